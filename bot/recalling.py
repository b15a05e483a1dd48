"""What is read before a message is understood: the talk so far, its calls, and where a call may get its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from bot.callbacks import reading
from bot.callbacks.callback import Callback
from bot.callbacks.places import Places
from bot.conversation import store
from bot.conversation.state import State
from bot.conversation.store import Past
from bot.guidance.areas import Areas
from bot.messages import IncomingMessage
from bot.rota.reading import Rota, RotaCache

_ARRANGING = frozenset({"book_callback", "change_callback"})
"""The flows in which a call gets its time."""
_CALLS = ("callback", "earlier_callback")
"""The slots of the calls that were booked in this talk."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the calls: the rota, and the places of the area with which one is arranged."""

    rota: Rota
    places: Mapping[str, Places] = field(default_factory=dict)
    calls: Mapping[str, Callback | None] = field(default_factory=dict)
    """The calls booked in this talk by their ids, None when there is none any more; whoever changes one looks again."""


def recall(
    session: Session, incoming: IncomingMessage, rota: RotaCache, areas: Areas, *, now: datetime
) -> tuple[Past, Known]:
    """The talk so far with its calls; where the next message may give a call its time, also which places are free."""
    past, current = store.recall(session, incoming), rota.get(session, now)
    if past.state is None or past.answer is not None:
        return past, Known(current)
    ids = [known["id"] for name in _CALLS if (known := past.state.slots.get(name))]
    found = reading.of_family(session, ids)
    calls = {one: found.get(one) for one in ids}
    if not _may_need_places(past.state):
        return past, Known(current, calls=calls)
    area = areas.area_of(past.state.slots.get("municipality") or incoming.municipality)
    return past, Known(current, {area.id: current.places(session, area.id, now)}, calls)


def _may_need_places(state: State) -> bool:
    """Whether a call is arranged, or there is one that may be moved."""
    return bool(state.slots.get("callback")) or any(frame.flow in _ARRANGING for frame in state.stack)
