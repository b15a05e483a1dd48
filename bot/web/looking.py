"""What each sign-in has been shown of the queue: an open page that looks again by itself writes only what is new.

The audit says who was shown what of whom, and when for the first time. A console that is left open all day fetches the
queue at every change; a row that stands there as it stood is no new reading. A look that a person takes is written
whole, whatever was shown before.
"""

from collections import OrderedDict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from aiohttp import web

from bot.web.signed_in import is_by_itself, sign_in_of

_MOST_SIGN_INS, _MOST_ROWS = 1_000, 5_000
"""Of which is remembered what they were shown; who is forgotten has everything written once more."""

Rows = Mapping[str, Hashable]
"""What is shown by its id, each with something that differs when it is shown otherwise."""


@dataclass(frozen=True, slots=True)
class Looker:
    """Who looks: a browser's sign-in, as a mark; None for a program."""

    sign_in: str | None = None
    by_itself: bool = False
    """Whether the open page looks although nobody has done anything."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """What is in the audit already, in this process: after a restart, or on another replica, it is written again."""

    _of: "OrderedDict[str, dict[str, Hashable]]" = field(default_factory=OrderedDict)

    def new_to(self, looker: Looker, rows: Rows) -> list[str]:
        """The ids to be written of this look."""
        known = self._of.get(looker.sign_in or "", {}) if looker.by_itself else {}
        return [id_ for id_, shown in rows.items() if known.get(id_) != shown]

    def keep(self, looker: Looker, rows: Rows) -> None:
        """Remember what has been written, once it is committed."""
        if looker.sign_in is None:
            return
        known = self._of.setdefault(looker.sign_in, {})
        if len(known) > _MOST_ROWS:
            known.clear()
        known.update(rows)
        self._of.move_to_end(looker.sign_in)
        while len(self._of) > _MOST_SIGN_INS:
            self._of.popitem(last=False)


REMEMBERED: web.AppKey[Remembered] = web.AppKey("remembered", Remembered)


def looker_of(request: web.Request) -> Looker:
    """Who looks with this request."""
    return Looker(sign_in_of(request), is_by_itself(request))
