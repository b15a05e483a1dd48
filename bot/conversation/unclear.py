"""Words that are not understood: a guess is offered, more is listened to, or they are asked anew. Pure."""

from bot.conversation.commands import CannotHandle, Clarify, Command, Digress
from bot.conversation.moment import SHORT_ANSWER, Moment
from bot.conversation.told import PERHAPS
from bot.meaning import Understanding

INCIDENTAL = "callback_offer"
"""The offer that is left when something else is said, understood or not."""
_LIKELY = 0.35
_LONG_STORY = 10


def when_unclear(at: Moment) -> Command:
    """What is done: needs are offered to choose from, more is listened to, or the matter is asked in other words."""
    options = perhaps(at.heard)
    open_question = at.pending and (at.pending.name != INCIDENTAL or in_pattern(at))
    if _goes_on_telling(at) and not open_question and (at.has_need or not options):
        return Digress("pattern_listening")
    return Clarify(options) if options and not open_question else CannotHandle()


def _goes_on_telling(at: Moment) -> bool:
    """Whether a message tells more of a matter that is known, or much of one that has no name yet."""
    words = len(at.heard.text.split())
    return words >= (SHORT_ANSWER if at.has_need else _LONG_STORY) and at.heard.need(_LIKELY) is None


def perhaps(heard: Understanding) -> tuple[str, ...]:
    """The needs a message may mean, at most three; none when not even the first is likely."""
    if heard.need(PERHAPS) is None:
        return ()
    return tuple(guess.name for guess in heard.needs[:3] if guess.confidence >= PERHAPS / 3)


def in_pattern(at: Moment) -> bool:
    """Whether a pattern of repair, such as a crisis, is under way."""
    return at.flow.startswith("pattern_")
