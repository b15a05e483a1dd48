"""A language in a file of its own: taken where it is whole, told where it is not, and never half a sentence."""

from pathlib import Path

import pytest

from bot import texts
from bot.checking import check_languages
from bot.meaning import LANGUAGES
from bot.texts import Texts

DIALOGUES = Path(__file__).parents[2] / "dialogues"
FINNISH = """
responses:
  utter_hello:
    - text: Hei {name}.
      buttons:
        - {title: Kyllä, payload: /affirm, translation: {sv: {title: Ja}}}
    - text: Hei taas {name}.
  utter_choice:
    - text: Kumpi?
      buttons: [{title: Suomi, payload: /fi}, {title: Svenska, payload: /sv}]
  utter_bye:
    - text: Nähdään.
"""
GREETED = 'utter_hello: [{text: "Привет, {name}.", buttons: [Да]}]'
WHOLE = f"{GREETED}\n  utter_choice: [{{text: Что?}}]\n  utter_bye: [{{text: Пока.}}]"


def read(folder: Path, russian: str, header: str = "language: ru") -> Texts:
    (folder / "responses").mkdir(exist_ok=True)
    (folder / "responses" / "talk.yml").write_text(FINNISH, encoding="utf-8")
    (folder / "translations").mkdir(exist_ok=True)
    whole = f'version: "3.1"\n{header}\nresponses:\n  {russian}\n'
    (folder / "translations" / "ru.yml").write_text(whole, encoding="utf-8")
    return texts.load(folder)


def test_a_whole_language_is_written(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found.written == ("fi", "ru")
    assert check_languages(found) == []
    assert found.text("utter_hello", "ru", name="Анна") == "Привет, Анна."


def test_with_fewer_wordings_the_first_is_said_again_with_its_own_buttons(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert found.text("utter_hello", "ru", 1, name="Анна") == "Привет, Анна."
    assert [one.titles["ru"] for one in found.variant("utter_hello", 1, "ru").buttons] == ["Да"]
    assert found.text("utter_hello", "fi", 1, name="Anna") == "Hei taas Anna."
    assert found.variant("utter_hello", 1).buttons == ()


def test_what_is_missing_is_said_in_finnish_and_the_language_is_not_written(tmp_path: Path) -> None:
    found = read(tmp_path, GREETED)
    assert found.text("utter_bye", "ru") == "Nähdään."
    assert found.written == ("fi",)
    assert found.missing("ru") == ("utter_choice", "utter_bye")
    told = [str(one) for one in check_languages(found)]
    assert [one.split(": ", 1)[1] for one in told] == [
        "'utter_choice' is not written in ru (add it to translations/ru.yml)",
        "'utter_bye' is not written in ru (add it to translations/ru.yml)",
    ]


def test_buttons_that_are_names_need_no_translation(tmp_path: Path) -> None:
    found = read(tmp_path, WHOLE)
    assert [one.titles["fi"] for one in found.variant("utter_choice", 0, "ru").buttons] == [
        "Suomi",
        "Svenska",
    ]


@pytest.mark.parametrize(
    ("russian", "says"),
    [
        ("utter_helo: [{text: Привет.}]", "there is no response 'utter_helo'"),
        ('utter_hello: [{text: "Привет, {name}.", buttons: [Да, Нет]}]', "has 2 buttons, in Finnish 1"),
        ("utter_hello: [{text: Привет., buttons: [Да]}]", "lacks {name}"),
        ('utter_bye: [{text: "Пока, {name}."}]', "has an unknown placeholder {name}"),
        ("utter_bye: [{text: Пока.}, {text: Всё.}]", "has 2 wordings, in Finnish 1"),
        ("utter_bye: [{text: ''}]", "a wording of 'utter_bye' has no text"),
        ("utter_bye: []", "'utter_bye' is empty"),
        ("utter_bye: [{text: Пока., payload: /x}]", "unknown key 'payload'"),
        ("utter_bye: [{text: Пока., buttons: [{title: Да}]}]", "not a list of titles"),
        ("utter_bye: [", "not valid YAML"),
    ],
)
def test_a_mistake_is_told_with_its_place_and_left_out(tmp_path: Path, russian: str, says: str) -> None:
    found = read(tmp_path, russian)
    told = [str(one) for one in found.left_out]
    assert any(says in one and "translations/ru.yml:" in one for one in told), told
    assert found.written == ("fi",)


@pytest.mark.parametrize(
    ("header", "says"),
    [("language: uk", "not that of the file's name"), ("language: ru\nflows: {}", "unknown section 'flows'")],
)
def test_a_file_must_be_what_it_says(tmp_path: Path, header: str, says: str) -> None:
    found = read(tmp_path, WHOLE, header)
    assert any(says in str(one) for one in found.left_out)
    assert found.missing("ru") == ("utter_hello", "utter_choice", "utter_bye")


def test_in_arabic_a_number_keeps_its_order(tmp_path: Path) -> None:
    read(tmp_path, WHOLE)
    arabic = (
        'language: ar\nresponses:\n  utter_hello: [{text: "مثلًا 050 123 4567 يا {name}", buttons: [نعم]}]\n'
    )
    (tmp_path / "translations" / "ar.yml").write_text(arabic, encoding="utf-8")
    said = texts.load(tmp_path).text("utter_hello", "ar", name="+358 50 123 4567")
    assert said == "مثلًا \u2068050 123 4567\u2069 يا \u2068+358 50 123 4567\u2069"


def test_the_bot_writes_in_all_eight_languages() -> None:
    shipped = texts.load(DIALOGUES)
    assert [str(one) for one in check_languages(shipped)] == []
    assert shipped.written == LANGUAGES
