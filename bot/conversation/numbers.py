"""A telephone number in a message: whether it is for a call, or was told in passing and is of no use here. Pure."""

import re

from bot.conversation.state import State
from bot.identifiers import MASK
from bot.meaning import Understanding

_FOR_A_CALL = frozenset(
    {"phone", "callback_offer", "resume_offer", "time", "confirm", "change", "message_allowed"}
)
"""Questions of a call: a number told at them belongs to it."""
_ACTS = frozenset(
    {"request_callback", "change_callback", "callback_status", "ask_human", "professional_contact"}
)
_NOT_TO_RING = re.compile(
    r"\b(?:men ring inte|but (?:please )?(?:do not|don.?t) (?:call|ring)|mutta älkää soittako|mut älkää soittako)\b"
)
_LIKELY = 0.3
_BARE = 4
_LEAST_DIGITS = 8
"""A number of fewer digits has some of them in words."""
_SPEAKS = re.compile(
    r"soit|soita|puhelu|tavoit|numero\w* (?:on|olis)|yhteyt|tekstari|viesti[äa]?\b|ring|samtal|nås|numret|call|phone me"
    r"|reach|позвон|звон|номер|helista|kõne|wac|дзвон|اتصل|رقم",
    re.IGNORECASE,
)


def is_for_a_call(heard: Understanding, state: State) -> bool:
    """Whether the numbers in a message may be kept: true of one without numbers."""
    found = [one for one in heard.entities if one.entity in ("phone", "phone_fragment")]
    if not any(one.entity == "phone" for one in found) or heard.set_slots:
        return True
    under_way = any(frame.flow == "book_callback" for frame in state.stack)
    if says_not_to_ring(heard.text) and not under_way:
        return False
    if under_way or state.asked in _FOR_A_CALL or state.slots.get("callback"):
        return True
    if any(guess.name in _ACTS and guess.confidence >= _LIKELY for guess in heard.acts):
        return True
    left = without_numbers(heard, heard.text).replace(MASK, " ")
    words = [word for word in left.split() if any(map(str.isalpha, word))]
    return len(words) < _BARE or bool(_SPEAKS.search(left))


def says_not_to_ring(text: str) -> bool:
    """Whether a number is told, and no call to it wanted: "mitt nummer är 040…, men ring inte"."""
    return bool(_NOT_TO_RING.search(text.casefold()))


def without_numbers(heard: Understanding, text: str) -> str:
    """A text with the numbers heard in the message put out of sight."""
    for one in heard.entities:
        if one.entity == "phone":
            text = text.replace(heard.text[one.start : one.end], MASK)
    return text


def is_in_words(heard: Understanding) -> bool:
    """Whether a telephone number was told in words, or half so: it is read back, since it may have been read wrong."""
    found = next((one for one in heard.entities if one.entity == "phone"), None)
    if found is None:
        return False
    return sum(letter.isdigit() for letter in heard.text[found.start : found.end]) < _LEAST_DIGITS
