"""The easy form of a language: said where it is written, the plain form where it is not, and easy in truth."""

import re
from pathlib import Path

from bot import texts
from bot.checking import check_easy, check_languages
from bot.texts import Texts

DIALOGUES = Path(__file__).parents[2] / "dialogues"
PLAIN = """
responses:
  utter_ask_phone:
    - text: Mihin numeroon soitamme, {name}?
      translation: {sv: "Vilket nummer, {name}?"}
      buttons:
        - {title: En halua soittoa, payload: /deny, translation: {sv: {title: Inget samtal}}}
    - text: Mikä numero sopii, {name}?
  utter_bye:
    - text: Nähdään.
"""


def read(folder: Path, easy: str) -> Texts:
    (folder / "responses").mkdir()
    (folder / "responses" / "talk.yml").write_text(PLAIN, encoding="utf-8")
    (folder / "translations").mkdir()
    whole = f'version: "3.1"\nlanguage: fi-x-easy\nresponses:\n  {easy}\n'
    (folder / "translations" / "fi-x-easy.yml").write_text(whole, encoding="utf-8")
    return texts.load(folder)


def test_what_is_written_easily_is_said_so_and_the_rest_in_the_plain_language(tmp_path: Path) -> None:
    found = read(tmp_path, 'utter_ask_phone: [{text: "Mikä on sinun numerosi, {name}?"}]')
    assert found.text("utter_ask_phone", "fi-x-easy", name="Anna") == "Mikä on sinun numerosi, Anna?"
    assert found.text("utter_ask_phone", "fi-x-easy", 1, name="Anna") == "Mikä on sinun numerosi, Anna?"
    assert found.text("utter_ask_phone", "fi", name="Anna") == "Mihin numeroon soitamme, Anna?"
    assert found.text("utter_bye", "fi-x-easy") == "Nähdään."
    assert found.text("utter_ask_phone", "sv-x-easy", name="Anna") == "Vilket nummer, Anna?"
    assert found.easy == {"fi"}


def test_an_easy_text_may_keep_the_titles_of_its_buttons(tmp_path: Path) -> None:
    found = read(tmp_path, 'utter_ask_phone: [{text: "Numero, {name}?"}]')
    (button,) = found.variant("utter_ask_phone", 0, "fi-x-easy").buttons
    assert texts.written_in(button.titles, "fi-x-easy") == "En halua soittoa"
    assert check_languages(found) == []


def test_an_easy_text_without_what_the_plain_one_tells_is_left_out(tmp_path: Path) -> None:
    found = read(tmp_path, 'utter_ask_phone: [{text: "Mikä on numerosi?"}]')
    assert found.text("utter_ask_phone", "fi-x-easy", name="Anna") == "Mihin numeroon soitamme, Anna?"
    assert [one.what for one in found.left_out] == ["'utter_ask_phone' lacks {name}"]


def test_an_easy_language_does_not_count_among_those_the_bot_writes(tmp_path: Path) -> None:
    assert read(tmp_path, 'utter_bye: [{text: "Hei hei."}]').written == ("fi",)


def test_the_check_tells_which_text_of_the_core_has_no_easy_form_and_which_is_not_easy(
    tmp_path: Path,
) -> None:
    found = read(
        tmp_path,
        'utter_bye: [{text: "Hei hei. Tämä virke on aivan liian pitkä kenenkään lukea helposti ja nopeasti."}]',
    )
    told = [str(one).split(": ", 1)[1] for one in check_easy(found)]
    assert (
        "'utter_ask_phone' is not written in easy language (fi-x-easy) (add it to translations/fi-x-easy.yml)"
        in told
    )
    assert "'utter_bye' has an easy sentence of 11 words (at most 10: make it two)" in told


def test_our_own_easy_finnish_is_whole_and_has_no_conditionals() -> None:
    written = texts.load(DIALOGUES)
    assert check_easy(written) == []
    said = [
        variant.texts["fi-x-easy"]
        for variants in written.responses.values()
        for variant in variants
        if "fi-x-easy" in variant.texts
    ]
    conditional = re.compile(r"\b(?!(?:takaisin|viestisi)\b)\w+isi(?:n|t|mme|tte|vat)?\b|;")
    assert [text for text in said if conditional.search(text)] == []
