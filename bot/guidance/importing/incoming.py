"""One entry on its way in, and what is to become of it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.guidance.importing.merging import Merged, digest, merge
from bot.guidance.publishing import seen_by_two

Fate = Literal["new", "changed", "conflict", "gone", "same", "waiting", "refused"]
"""`same`: nothing has changed; `waiting`: the same is in the queue already; `refused`: it is not to come back."""
ASKED: frozenset[Fate] = frozenset({"new", "changed", "conflict", "gone"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """An entry as a register tells it now."""

    key: str
    """Its id there."""
    entry: Mapping[str, Any]
    """As `Service.plain()` gives it."""
    notes: tuple[tuple[str, str], ...] = ()
    why: str | None = None
    gone: bool = False
    """The register has withdrawn it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What we know of it: our entry's id, state and content, the register's last word, what is in the queue."""

    service_id: str
    status: str | None = None
    """Of our entry; None when there is none."""
    ours: Mapping[str, Any] | None = None
    """The draft somebody works on, else what families see."""
    drafted: bool = False
    told: Mapping[str, Any] | None = None
    """Ours as the register could tell it, where it can tell less (`merging.merge`)."""
    base: Mapping[str, Any] | None = None
    waiting: str | None = None
    """The digest of the proposal in the queue."""
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to become of one entry."""

    incoming: Incoming
    known: Known
    fate: Fate
    merged: Merged | None = None

    @property
    def result(self) -> Mapping[str, Any]:
        """The entry as it would be."""
        return self.merged.result if self.merged else self.incoming.entry

    @property
    def held(self) -> bool:
        """Whether a person has to look even where everything is to be applied.

        Somebody writes a draft of it, or two people have to see a change of what families see already.
        """
        published = self.known.ours if self.known.status == "published" else None
        return self.known.drafted or (
            published is not None and seen_by_two(published, self.result) is not None
        )


def decide(incoming: Incoming, known: Known) -> Decided:
    """What is to become of `incoming`."""
    fate, merged = _fate(incoming, known)
    if fate in ASKED and known.waiting == digest_of(incoming):
        fate = "waiting"
    return Decided(incoming, known, fate, merged)


def digest_of(incoming: Incoming) -> str:
    """By which a proposal is known to be the same."""
    return digest({"gone": True} if incoming.gone else incoming.entry)


def _fate(incoming: Incoming, known: Known) -> tuple[Fate, Merged | None]:
    if known.refused or known.status == "archived":
        return "refused", None
    if incoming.gone:
        return ("gone" if known.status == "published" else "same"), None
    if known.base is not None and digest(known.base) == digest(incoming.entry):
        return "same", None
    if known.ours is None:
        return "new", None
    merged = merge(known.base, known.ours, incoming.entry, told=known.told)
    if not merged.changes:
        return "same", merged
    return ("conflict" if merged.conflict else "changed"), merged
