"""Who asks for easy language, and who may be glad of it; nobody who writes Finnish as Finns do is taken for that."""

import pytest

from bot.understanding import easy

ASKED = (
    "selkokielellä", "puhu helpommin", "en ymmärrä noin vaikeaa", "Puhu selkokieltä kiitos!", "selkosuomeksi",
    "helpommin", "kirjoita selkeämmin ja helpommilla sanoilla", "liian vaikeita sanoja", "lättläst tack",
    "på lätt svenska", "skriv enklare", "easy language please", "could you use simpler words", "plain english",
)  # fmt: skip
NOT_ASKED = (
    "vauva ei nuku", "poika ei osaa sanoa vaikeita sanoja", "tyttö sanoo vain helppoja sanoja", "tämä on vaikeaa",
    "on helpompi kirjoittaa kuin puhua", "meillä on vaikeaa", "pojken säger bara enkla ord", "it is not easy with him",
)  # fmt: skip
LEARNERS = (
    "puhun vähän suomea",
    "minun suomi on huono",
    "minä ei ymmärtää, lapsi ei nukkua",
    "min svenska är dålig",
)
FINNS = (
    "me ei jakseta enää", "ei haluta enää riidellä", "mä en jaksa", "ei voida maksaa vuokraa", "ei olla nukuttu",
    "minä olen väsynyt", "voinko minä puhua jollekin", "lapsi ei suostu nukkumaan", "ei tarvita soittoa",
    "en ymmärrä miksi hän itkee", "poika ei ymmärrä kieltoa", "kukaan ei ymmärrä minua",
)  # fmt: skip


@pytest.mark.parametrize("text", ASKED)
def test_a_wish_for_easy_language_is_heard(text: str) -> None:
    assert easy.wish(text) is True


@pytest.mark.parametrize("text", NOT_ASKED)
def test_hard_and_easy_things_of_life_are_no_wish(text: str) -> None:
    assert easy.wish(text) is None


@pytest.mark.parametrize(
    "text", ["selkokieli pois", "kirjoita tavallisesti", "vanlig svenska", "normal english please"]
)
def test_easy_language_is_done_without(text: str) -> None:
    assert easy.wish(text) is False


@pytest.mark.parametrize("text", LEARNERS)
def test_who_is_learning_the_language_may_be_glad_of_it(text: str) -> None:
    assert easy.signs(text) >= easy.OFFER_AT


@pytest.mark.parametrize("text", FINNS)
def test_spoken_finnish_is_no_sign(text: str) -> None:
    assert easy.signs(text) == 0


def test_one_thing_not_understood_is_one_sign_only() -> None:
    assert easy.signs("en ymmärrä") == 1


def test_a_matter_told_with_the_wish_is_kept() -> None:
    assert easy.besides("kirjoita selkokielellä, meillä on rahat loppu") == "meillä on rahat loppu"
    assert easy.besides("puhu helpommin kiitos") == ""
