"""What open consoles are told of the queue: that it has changed, and before that, that a crisis has come."""

from sqlalchemy.orm import Session

from bot.callbacks.history import revision
from bot.callbacks.screenfuls import waiting_crises
from bot.web.live import CRISES, Revision, of_area

EVERY_SECONDS = 0.3
"""How often changes of other replicas are looked for: of the second that a crisis may take this is the first part."""


class QueueWatch:
    """The look at what has changed. One look at a time."""

    def __init__(self) -> None:
        self._last: Revision | None = None

    def look(self, session: Session) -> Revision:
        """The number of the last change, and which crises wait where; those are read only when the number is new."""
        number = revision(session)
        if self._last is None or self._last.number != number:
            crises = waiting_crises(session)
            self._last = Revision(number, frozenset((of_area(CRISES, area), id_) for area, id_ in crises))
        return self._last
