"""A family in Telegram: what it writes is answered, and what we cannot read is said kindly."""

import json
import re

import pytest
from sqlalchemy import text

from bot.channels.telegram.arrivals import ALLOWED
from tests.telegram.conftest import PUBLIC, Place
from tests.telegram.updates import (
    ATTACHMENTS,
    CHAT,
    CRISIS,
    edits,
    membership,
    message,
    presses,
    says,
    sends,
    update,
)


async def test_telegram_is_told_where_to_bring_updates(place: Place) -> None:
    (told,) = place.emulator.called("setWebhook")
    assert told["url"] == f"{PUBLIC}/webhooks/telegram"
    assert told["allowed_updates"] == list(ALLOWED)


@pytest.mark.parametrize("secret", ["", "somebody else's"])
async def test_a_stranger_is_not_let_in(place: Place, secret: str) -> None:
    assert await place.bring(says("hei"), secret=secret) == 401
    await place.work()
    assert place.emulator.messages == []


async def test_what_is_no_update_is_refused(place: Place) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": place.telegram.secret}
    answer = await place.client.post("/webhooks/telegram", json={"message": "?"}, headers=headers)
    assert answer.status == 400


async def test_the_first_word_tells_what_this_is_and_what_not_to_write(place: Place) -> None:
    await place.hears(says("/start"))
    (said,) = place.emulator.texts(CHAT)
    for part in ("ohjelma", "älä kirjoita tänne nimiä", "vuorokaudessa", "/stop", "112"):
        assert part in said
    assert len(place.emulator.buttons(CHAT)) >= 3


@pytest.mark.parametrize(
    ("language", "word"), [("sv", "Ett program"), ("en-GB", "A program"), ("de", "ohjelma")]
)
async def test_the_first_word_is_in_the_language_of_the_phone(place: Place, language: str, word: str) -> None:
    await place.hears(says("/start", language=language))
    assert word in place.emulator.texts(CHAT)[0]


async def test_help_has_the_numbers_where_a_person_answers(place: Place) -> None:
    await place.hears(says("/help@perheovi_bot"))
    (said,) = place.emulator.texts(CHAT)
    assert "112" in said
    assert "09 2525 0111" in said


async def test_a_pressed_matter_is_heard_and_services_come_with_their_numbers(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"))
    assert place.emulator.called("answerCallbackQuery") == [{"callback_query_id": "77"}]
    await place.hears(
        presses('=/SetSlots(municipality="Esimerkkilä")'), presses('=/SetSlots(child_age="2 v")')
    )
    said = "\n".join(place.emulator.texts(CHAT))
    assert "Esimerkkilä" in said
    assert re.search(r"\b0\d\d[\d ]{5,}", said)


async def test_a_payload_too_long_for_a_button_is_kept_for_when_it_is_pressed(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"), presses('=/SetSlots(municipality="Järvenpää")'))
    for button in place.emulator.buttons(CHAT):
        assert len(button["callback_data"].encode()) <= 64
    before = len(place.emulator.messages)
    await place.hears(presses(place.emulator.buttons(CHAT)[0]["callback_data"]))
    assert len(place.emulator.messages) > before


async def test_a_button_nobody_remembers_is_said_to_be_old(place: Place) -> None:
    await place.hears(presses("#0123456789abcdef"), presses("of another version"))
    assert all("vanha" in said for said in place.emulator.texts(CHAT))


async def test_words_are_never_taken_for_a_button(place: Place) -> None:
    await place.hears(says('/SetSlots(phone="+358501234567")'), says("/request_callback"))
    assert "soiton" not in " ".join(button.get("url", "") for button in place.emulator.buttons(CHAT))
    assert place.emulator.called("sendMessage")
    assert not any("/continue/" in json.dumps(one) for one in place.emulator.messages)


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("sticker", "tarra"), ("photo", "kuvia"), ("document", "tiedostoja"), ("voice", "112"),
        ("contact", "yhteystietoja"), ("location", "Kuntasi nimi"),
    ],
)  # fmt: skip
async def test_what_we_cannot_read_is_answered_kindly(place: Place, name: str, part: str) -> None:
    await place.hears(sends(name))
    (said,) = place.emulator.texts(CHAT)
    assert part.casefold() in said.casefold()


async def test_a_picture_with_words_is_answered_by_its_words(place: Place) -> None:
    await place.hears(
        sends("photo", caption="vauva itkee", media_group_id="9"), sends("photo", media_group_id="9")
    )
    said = place.emulator.texts(CHAT)
    assert "kuvia" in said[0]
    assert len([one for one in said if "kuvia" in one]) == 1
    assert len(said) >= 2


async def test_an_edited_message_is_asked_for_anew(place: Place) -> None:
    await place.hears(edits("vauva ei nukukaan"))
    assert "muutit" in place.emulator.texts(CHAT)[0]


async def test_an_edited_message_that_tells_of_danger_gets_help(place: Place) -> None:
    await place.hears(edits(CRISIS))
    assert "112" in place.emulator.texts(CHAT)[0]
    assert "muutit" not in "".join(place.emulator.texts(CHAT))


async def test_a_group_is_left_with_a_kind_word(place: Place) -> None:
    await place.hears(membership("member", -500, "group"))
    (said,) = place.emulator.texts(-500)
    assert "kahden kesken" in said
    assert place.emulator.requests[-1] == ("leaveChat", {"chat_id": -500})


async def test_being_shown_out_of_a_group_asks_for_nothing(place: Place) -> None:
    await place.hears(membership("left", -500, "group"))
    assert place.emulator.called("leaveChat") == []


async def test_mark_up_in_words_stays_words(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"), presses('=/SetSlots(municipality="<b>Järvenpää")'))
    assert all("parse_mode" not in one for one in place.emulator.messages)


async def test_nobody_can_be_read_out_of_the_database(place: Place) -> None:
    await place.bring(says("Olen Maija, numeroni on 050 123 4567"))
    await place.work()

    def everything(session: object) -> str:
        tables = ("telegram_update", "telegram_message", "telegram_chat", "conversation", "inbox")
        rows = [session.execute(text(f"SELECT * FROM {table}")).all() for table in tables]  # type: ignore[attr-defined]  # noqa: S608
        return repr(rows)

    found = place.database.read_now(everything)
    assert str(CHAT) not in found
    assert "Maija" not in found
    assert "numeroa" in place.emulator.texts(CHAT)[0]


async def test_stop_deletes_the_conversation_here(place: Place) -> None:
    await place.hears(presses("=/parental_exhaustion"))
    await place.hears(says("/stop"))
    assert "Poistin" in place.emulator.texts(CHAT)[-1]
    for table in ("conversation", "inbox", "telegram_chat"):
        kept = place.database.read_now(
            lambda session, name=table: session.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # type: ignore[misc]  # noqa: S608
        )
        assert (table, kept) == (table, 0)


async def test_a_very_long_message_is_answered(place: Place) -> None:
    await place.hears(says("vauva itkee " * 341))
    assert place.emulator.texts(CHAT)


async def test_a_second_matter_in_swedish_is_answered_in_the_language_of_the_talk(place: Place) -> None:
    await place.hears(says("/start", language="sv"), sends("sticker"))
    assert "klistermärken" in place.emulator.texts(CHAT)[1]


async def test_an_unknown_command_is_read_as_words(place: Place) -> None:
    await place.hears(says(f"/{CRISIS}"))
    assert "112" in place.emulator.texts(CHAT)[0]


async def test_danger_in_a_group_is_answered_before_we_leave(place: Place) -> None:
    await place.hears(update(message=message(-500, kind="group", text=CRISIS)))
    assert "112" in place.emulator.texts(-500)[0]
    assert place.emulator.requests[-1] == ("leaveChat", {"chat_id": -500})


async def test_what_asks_for_nothing_is_passed_over(place: Place) -> None:
    await place.hears(
        update(message=message(pinned_message=message(text="hei"))),
        update(edited_message=message(location=ATTACHMENTS["location"], edit_date=1)),
        update(message=message(-500, kind="supergroup", new_chat_title="Perhe")),
    )
    assert place.emulator.requests[1:] == []
