"""What a person in need is told, in every language."""

import re
from datetime import UTC, datetime
from itertools import product
from zoneinfo import ZoneInfo

import pytest

from bot.safety import (
    CATEGORIES,
    LANGUAGES,
    Category,
    Urgency,
    Verdict,
    assess,
    by_child,
    check_data,
    data,
    help_for,
    helplines,
    multilingual_card,
    trouble,
)
from bot.safety.hours import is_holiday, opening

NOON = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
HELSINKI = ZoneInfo("Europe/Helsinki")
ALARMS: tuple[Urgency, ...] = ("immediate", "urgent")
EVERY = list(product(LANGUAGES, CATEGORIES))
TOPIC_NUMBERS = {
    "suicide_self": "09 2525 0111",
    "violence_now": "080 005 005",
    "violence_partner": "080 005 005",
    "sexual_abuse": "080 005 005",
    "poisoning_accident": "0800 147 111",
    "runaway": "116 000",
}


@pytest.mark.parametrize(("language", "category"), EVERY)
def test_every_reply_is_whole_and_short(language: str, category: Category) -> None:
    for urgency, child in product(ALARMS, (False, True)):
        reply = help_for(Verdict(urgency, category, "x", language), language, NOON, by_child=child)
        text = reply.as_text()
        assert reply.heard
        assert reply.steps
        assert len(reply.after) == 2
        assert "112" in " ".join(reply.steps) or reply.lines[0].number == "112"
        assert "112" in text
        assert len(re.findall(r"[^\W_]+", text)) <= 90, text
        assert "!" not in text
        if not child:
            assert TOPIC_NUMBERS.get(category, "112") in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_row_of_every_reply_calls_112(language: str) -> None:
    for urgency, category in product(ALARMS, CATEGORIES):
        lines = help_for(Verdict(urgency, category, "x", language), language, NOON).lines
        assert lines[0].href == "tel:112"
        assert len(lines) >= 2
        assert all(line.href.startswith(("tel:", "https://")) for line in lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_soft_line_is_one_line_with_112_and_nothing_else(language: str) -> None:
    for category in CATEGORIES:
        reply = help_for(Verdict("ask", category, "x", language), language, NOON)
        assert reply.soft_line is not None
        assert "112" in reply.soft_line
        assert (reply.lines, reply.question) == ((), None)
        assert len(reply.soft_line.split()) <= 20


def test_poisoning_names_the_poison_centre_with_the_right_digits_to_everyone() -> None:
    for language, child in product(LANGUAGES, (False, True)):
        reply = help_for(
            Verdict("immediate", "poisoning_accident", "x", language), language, NOON, by_child=child
        )
        assert ("0800 147 111", "tel:0800147111") in {(line.number, line.href) for line in reply.lines}


def test_a_child_is_told_that_children_may_call_and_is_given_the_childrens_line() -> None:
    text = help_for(assess("iskä lyö äitiä"), "fi", NOON, by_child=True).as_text()
    assert "lapsikin" in text
    assert "116 111" in text
    assert "0800 96 116" in help_for(assess("pappa slår mamma"), "sv", NOON, by_child=True).as_text()


def test_a_text_message_to_112_is_for_those_who_cannot_hear_or_speak() -> None:
    text = help_for(assess("mies hakkaa mua nyt"), "fi", NOON).as_text()
    assert "Jos et voi kuulla tai puhua, lähetä tekstiviesti numeroon 112." in text


def test_social_emergency_is_the_areas_own_and_has_no_number() -> None:
    text = help_for(Verdict("urgent", "child_neglect", "x", "fi"), "fi", NOON).as_text()
    assert "Oman alueesi sosiaalipäivystys auttaa aina, myös 112:n kautta." in text


def test_one_gentle_question_with_three_answers_follows() -> None:
    reply = help_for(assess("haluan kuolla"), "fi", NOON)
    assert reply.question == "Onko luonasi joku, johon luotat?"
    payloads = [button.payload for button in reply.question_buttons]
    assert payloads == [f"/SetSlots(adult_near={answer})" for answer in ("yes", "alone", "cannot_call")]


def test_a_child_is_asked_for_a_grown_up() -> None:
    reply = help_for(assess("haluan kuolla"), "fi", NOON, by_child=True)
    assert reply.question == "Onko joku aikuinen luonasi?"


def test_an_unknown_language_gets_112_in_all_languages() -> None:
    card = help_for(Verdict("immediate", "suicide_self", "x", "und"), "und", NOON)
    assert card == multilingual_card()
    for name in ("Suomi", "Svenska", "English", "Русский", "Eesti", "العربية", "Soomaali", "Українська"):
        assert name in card.as_text()


def test_nothing_is_said_when_nothing_is_wrong() -> None:
    assert help_for(assess("vauva heräilee"), "fi", NOON).as_text() == ""


@pytest.mark.parametrize("language", [*LANGUAGES, "de"])
def test_when_the_program_is_broken_helplines_are_shown(language: str) -> None:
    shown = trouble(language, NOON)
    numbers = [line.number for line in helplines(language, NOON)]
    assert numbers[:2] == ["112", "080 005 005"]
    assert any(number.startswith("09 2525 011") for number in numbers)
    assert all(number in shown.as_text() for number in numbers)


@pytest.mark.parametrize(
    ("local", "note"),
    [
        ("2026-11-23 08:59", None),
        ("2026-11-23 09:00", "Auki nyt klo 15.00 asti."),
        ("2026-11-23 14:59", "Auki nyt klo 15.00 asti."),
        ("2026-11-23 15:00", None),
        ("2026-11-26 19:59", "Auki nyt klo 20.00 asti."),
        ("2026-11-28 12:00", None),
        ("2026-12-25 15:00", None),
        ("2026-12-24 10:00", None),
        ("2027-01-06 10:00", None),
        ("2027-03-26 10:00", None),
        ("2027-03-29 10:00", None),
        ("2027-05-06 14:00", None),
        ("2027-06-25 10:00", None),
        ("2027-03-25 14:00", "Auki nyt klo 20.00 asti."),
        ("2027-10-30 10:00", None),
        ("2027-11-01 09:00", "Auki nyt klo 15.00 asti."),
        ("2027-03-29 23:59", None),
    ],
)
def test_the_chat_of_nollalinja_is_offered_only_while_it_is_open(local: str, note: str | None) -> None:
    now = datetime.fromisoformat(local).replace(tzinfo=HELSINKI)
    lines = help_for(Verdict("urgent", "violence_partner", "x", "fi"), "fi", now).lines
    assert [line.note for line in lines if line.number == "nollalinja.fi"] == ([note] if note else [])


@pytest.mark.parametrize(
    ("utc", "is_open", "changes"),
    [
        ("2027-03-28T00:30", True, "2027-03-28 04:00"),  # 02.30 in winter; the clock will jump from 3 to 4
        ("2027-03-28T00:59", True, "2027-03-28 04:00"),
        ("2027-03-28T01:00", False, "2027-03-29 02:00"),  # 04.00 in summer
        ("2027-10-30T23:30", True, "2027-10-31 04:00"),  # 02.30 in summer
        ("2027-10-31T00:30", True, "2027-10-31 04:00"),  # 03.30 the first time
        ("2027-10-31T01:30", True, "2027-10-31 04:00"),  # 03.30 the second time
        ("2027-10-31T02:00", False, "2027-11-01 02:00"),
    ],
)
def test_opening_hours_hold_on_the_nights_when_the_clock_is_turned(
    utc: str, is_open: bool, changes: str
) -> None:
    every_night = {str(day): [["02:00", "04:00"]] for day in range(1, 8)}
    now = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    found = opening(every_night, now, closed_on_holidays=False)
    assert found.open_now is is_open
    assert found.changes_at is not None
    assert f"{found.changes_at:%Y-%m-%d %H:%M}" == changes


def test_the_holidays_of_2027_are_known() -> None:
    days = (
        "01-01",
        "01-06",
        "03-26",
        "03-28",
        "03-29",
        "05-01",
        "05-06",
        "05-16",
        "06-25",
        "06-26",
        "12-06",
        "12-24",
    )
    assert all(is_holiday(datetime.fromisoformat(f"2027-{day}").date()) for day in days)
    assert not is_holiday(datetime(2027, 6, 24, tzinfo=UTC).date())


@pytest.mark.parametrize(
    ("text", "child"),
    [
        ("oon 12v ja iskä lyö mua", True),
        ("äiti on kännissä ja me ollaan yksin", True),
        ("jag är 11 år och rädd", True),
        ("im 12 years old", True),
        ("mieheni lyö lapsia", False),
        ("olen 35 vuotias", False),
        ("poikani on 12v ja äitini lyö häntä", False),
    ],
)
def test_a_child_is_heard_as_a_child(text: str, child: bool) -> None:
    assert by_child(text) is child


def test_numbers_grow_stale_in_half_a_year_and_the_release_check_says_so() -> None:
    checked = datetime.fromisoformat(data.texts()["lines"]["112"]["checked"]).replace(tzinfo=UTC)
    assert check_data(checked) == []
    stale = check_data(checked.replace(year=checked.year + 1))
    assert len(stale) == len(data.texts()["lines"])
    assert "checked 365 days ago" in stale[0]
