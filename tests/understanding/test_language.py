"""Which language a message is in, with pieces that all sound Finnish: what the words before it weigh."""

import numpy as np
import pytest

from bot.understanding.language import Languages, piece_numbers

CODES = ("fi", "sv", "en", "et", "so")


def finnish_leaning(text: str, bias: float) -> Languages:
    """Languages whose every piece of `text` is known, and which lean to Finnish by `bias`."""
    pieces = np.unique(piece_numbers(text.split()))
    weights = np.zeros((len(pieces), len(CODES)), dtype=np.float16)
    return Languages(
        codes=CODES, pieces=pieces, weights=weights, bias=np.array([bias, 0, 0, 0, 0], dtype=np.float32)
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("et", "hommikuti"), ("et", "raha"), ("et", "homme hommikul"), ("et", "pärast kahte"), ("et", "ok"),
        ("so", "goor kasta"), ("so", "galabtii"), ("so", "isniin"), ("so", "14:00 ka dib"),
    ],
)  # fmt: skip
def test_a_word_or_two_are_in_the_language_of_the_conversation(language: str, text: str) -> None:
    assert finnish_leaning(text, 20.0).detect(text, language)[0] == language


@pytest.mark.parametrize(
    ("text", "language"), [("hello", "en"), ("thank you", "en"), ("hej", "sv"), ("tere", "et"), ("haa", "so")]
)
def test_an_unmistakable_word_is_in_its_own_language(text: str, language: str) -> None:
    other = "fi" if language != "fi" else "et"
    assert finnish_leaning(text, 20.0).detect(text, other)[0] == language


def test_a_few_words_stay_in_the_language_of_the_conversation_when_the_guess_is_unsure() -> None:
    text = "enne kella kolme"
    assert finnish_leaning(text, 1.5).detect(text, "et")[0] == "et"
    assert finnish_leaning(text, 20.0).detect(text, "et")[0] == "fi"


def test_a_few_words_change_nothing_of_the_likeliest_guess_when_no_language_is_known() -> None:
    text = "enne kella kolme"
    assert finnish_leaning(text, 1.5).detect(text)[0] == "fi"


@pytest.mark.parametrize(
    ("text", "hint", "language"),
    [("після обіду", "ru", "uk"), ("уже выспался", "uk", "ru"), ("завтра", "uk", "uk"), ("завтра", "ru", "ru"),
     ("أي وقت", "fi", "ar")],
)  # fmt: skip
def test_the_letters_tell_the_language_first(text: str, hint: str, language: str) -> None:
    assert finnish_leaning(text, 20.0).detect(text, hint)[0] == language
