"""An answer as Telegram's messages; and that our description of the Bot API is what the library knows of it."""

import inspect
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Bot
from telegram.constants import BOT_API_VERSION, InlineKeyboardButtonLimit, MessageLimit

from bot.channels.telegram.wording import LONGEST, data_for, payload_of, split, worded
from bot.messages import Answer, Button, Contact, CrisisCard, Reply
from tests.telegram.emulator import API

ABOUT = "vauva ei nuku ja minäkin valvon. "


def length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_words_that_belong_together_are_one_message_and_cards_their_own() -> None:
    card = CrisisCard(heard="", steps=(), contacts=(Contact(kind="phone", label="Hätä", value="112"),))
    answer = Answer(
        replies=(
            Reply(text="Kuulen."),
            Reply(text="Tässä apua."),
            Reply(text="Kortti 112", card=card),
            Reply(text="Sopiiko?", buttons=(Button("Kyllä", "/affirm"),)),
            Reply(text="Kiitos."),
        )
    )
    assert [one.text for one in worded(answer).messages] == [
        "Kuulen.\n\nTässä apua.", "Kortti 112", "Sopiiko?", "Kiitos.",
    ]  # fmt: skip
    assert worded(answer).messages[2].buttons == (("Kyllä", "=/affirm"),)


def test_a_long_text_is_cut_between_sentences() -> None:
    parts = split(ABOUT * 300)
    assert len(parts) > 1
    assert all(length(part) <= LONGEST for part in parts)
    assert all(part.endswith(".") for part in parts[:-1])


@pytest.mark.parametrize("text", ["", "kaksi\n\nosaa", "a" * LONGEST])
def test_a_text_that_fits_stays_whole(text: str) -> None:
    assert split(text) == [text]


@given(st.text(alphabet=st.sampled_from("a .\n😀ä"), max_size=3 * LONGEST).filter(str.strip))
def test_nothing_but_spaces_is_lost_in_cutting(text: str) -> None:
    parts = split(text)
    assert all(length(part) <= LONGEST for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@given(st.text(min_size=1, max_size=200))
def test_every_payload_fits_behind_a_button_and_comes_back(payload: str) -> None:
    data, kept = data_for(payload)
    assert 1 <= len(data.encode()) <= 64
    assert payload_of(data, kept) == payload


def test_the_description_speaks_of_the_library_s_bot_api() -> None:
    assert API["version"] == BOT_API_VERSION
    assert API["limits"]["text_utf16_units"] == MessageLimit.MAX_TEXT_LENGTH == LONGEST
    assert API["limits"]["callback_data_bytes"] == InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


@pytest.mark.parametrize("method", sorted(API["methods"]))
def test_the_library_knows_every_parameter_we_describe(method: str) -> None:
    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", method).lower()
    known = inspect.signature(getattr(Bot, snake)).parameters
    assert set(API["methods"][method]["properties"]) <= set(known)
