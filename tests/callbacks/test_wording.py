"""Days and times of a call in every language, in the form that answers "when"."""

from datetime import date, datetime

import pytest

from bot.callbacks.wording import day_words, language_name, window_words
from bot.clock import HELSINKI
from bot.meaning import LANGUAGES, Window

WINDOW = Window(
    datetime(2026, 11, 26, 13, 0, tzinfo=HELSINKI), datetime(2026, 11, 26, 15, 30, tzinfo=HELSINKI)
)
SAID = {
    "fi": "torstaina 26.11. klo 13–15.30",
    "sv": "torsdag 26.11 kl. 13–15.30",
    "en": "Thursday 26 November at 13:00–15:30",
    "ru": "26 ноября (чт), 13:00–15:30",
    "et": "neljapäeval 26.11 kell 13–15.30",
    "ar": "الخميس 26 نوفمبر بين الساعة 13:00 و15:30",
    "so": "Khamiis 26.11 saacadda 13:00–15:30",
    "uk": "26 листопада (чт), 13:00–15:30",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_window_is_said_in_each_language(language: str) -> None:
    assert window_words(WINDOW, language) == SAID[language]


def test_friday_has_its_own_ending_in_estonian() -> None:
    assert day_words(date(2026, 11, 27), "et") == "reedel 27.11"


def test_an_unknown_language_reads_finnish() -> None:
    assert day_words(date(2026, 11, 27), "fa") == "perjantaina 27.11."


def test_a_language_of_the_call_has_a_name_though_we_do_not_write_it() -> None:
    assert (language_name("fa", "fi"), language_name("und", "en")) == ("persia", "Unknown language")
