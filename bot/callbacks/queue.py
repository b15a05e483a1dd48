"""The queue of callbacks: everything that can be done with it, in one place.

Each function takes the session first and the moment as `now`; what can be expected to go wrong (a colleague was
quicker, the family has cancelled) is returned, not raised. See `request` for the words, `callback` for what is read.
"""

from bot.callbacks.booking import book, cancel, correct, erase, move
from bot.callbacks.calling import close, record_attempt
from bot.callbacks.claiming import claim, release, renew_lease, return_expired_leases, transfer
from bot.callbacks.history import revision
from bot.callbacks.reading import (
    Page,
    area_of,
    by_code,
    by_conversation,
    by_phone,
    find,
    list_callbacks,
    list_waiting,
)

__all__ = [
    "Page",
    "area_of",
    "book",
    "by_code",
    "by_conversation",
    "by_phone",
    "cancel",
    "claim",
    "close",
    "correct",
    "erase",
    "find",
    "list_callbacks",
    "list_waiting",
    "move",
    "record_attempt",
    "release",
    "renew_lease",
    "return_expired_leases",
    "revision",
    "transfer",
]
