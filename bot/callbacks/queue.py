"""The queue of callbacks: everything that can be done with it, in one place.

Each function takes the session first and the moment as `now`; what can be expected to go wrong (a colleague was
quicker, the family has cancelled) is returned, not raised. See `request` for the words, `callback` for what is read.
"""

from bot.callbacks.booking import book, cancel, correct, erase
from bot.callbacks.calling import close, record_attempt
from bot.callbacks.claiming import (
    begin_to_ring,
    claim,
    release,
    release_all,
    renew_lease,
    return_expired_leases,
    see,
)
from bot.callbacks.deciding import decide
from bot.callbacks.history import revision
from bot.callbacks.merging import merge, set_apart, split
from bot.callbacks.moving import move
from bot.callbacks.reading import (
    Page,
    area_of,
    by_code,
    by_conversation,
    by_phone,
    find,
    list_callbacks,
    list_waiting,
    of_family,
    others_of,
)
from bot.callbacks.transferring import accept, decline, end_offers_to, offer, withdraw

__all__ = [
    "Page",
    "accept",
    "area_of",
    "begin_to_ring",
    "book",
    "by_code",
    "by_conversation",
    "by_phone",
    "cancel",
    "claim",
    "close",
    "correct",
    "decide",
    "decline",
    "end_offers_to",
    "erase",
    "find",
    "list_callbacks",
    "list_waiting",
    "merge",
    "move",
    "of_family",
    "offer",
    "others_of",
    "record_attempt",
    "release",
    "release_all",
    "renew_lease",
    "return_expired_leases",
    "revision",
    "see",
    "set_apart",
    "split",
    "withdraw",
]
