"""Searching the audit: who read and did what. A search is itself written down, with why when it was by a number.

Who works with families searches what was done with those of their own areas; who keeps the accounts searches what is
of no family. Both come from what the role may do.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import phonenumbers
from aiohttp import web
from sqlalchemy.orm import Session

from bot import audit
from bot.audit import chain
from bot.audit.chain import Anchor
from bot.audit.search import Asked, Entry, search
from bot.callbacks import audited, queue
from bot.staff import accounts, tokens
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web.appkeys import CLOCK, DATABASE

FAMILIES = ("callback", "live_chat")
OTHERS = ("service", "staff", "token", "unclear_message", "rota", "alarm", "audit")
"""The kinds of records that hold nothing of families."""
PAGE = 50
MOST = 10_000
"""Entries in one export."""
_ID = re.compile(r"[0-9a-f]{32}")
_NAMED = 3
"""An entry that touched more requests than this is shown with their number alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What somebody asks the audit."""

    words: str = ""
    """A family's code, its number, or the id of a request; empty for all."""
    actor: str | None = None
    kind: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    """Aware; not included."""
    before: int | None = None
    """Only entries older than this one."""
    reason: str = ""
    """Why, asked for where it is by number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A page of entries with everything they are worded with."""

    entries: Sequence[Entry] = ()
    more: bool = False
    """Whether there are older ones."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Of people and programs, by id."""
    codes: Mapping[str, str] = field(default_factory=dict)
    """Of requests within reach, by id; empty for one that its family has deleted."""
    narrowed: bool = False
    """Whether it was one family that was looked for, so that long entries name it too."""
    unknown: bool = False
    """There is no such code, number or request within reach."""
    end: Anchor = field(default_factory=lambda: Anchor(0, chain.FIRST))
    """Where the chain ends now."""


def kinds_of(member: Member) -> tuple[str, ...]:
    """The kinds of records of which the member may search the audit."""
    families = FAMILIES if member.may(Permission.READ_CALLBACKS) else ()
    return families + (OTHERS if member.may(Permission.MANAGE_STAFF) else ())


def number_in(words: str) -> str | None:
    """The telephone number that was typed, E.164; None when it is something else."""
    if any(letter.isalpha() for letter in words):  # a code without a single letter is one in a million
        return None
    try:
        number = phonenumbers.parse(words, "FI")
    except phonenumbers.NumberParseException:
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


async def find(
    app: web.Application, member: Member, sought: Sought, *, limit: int = PAGE, action: str = "audit_searched"
) -> Found:
    """The entries within the member's reach, the newest first; the search is the newest entry of the next one."""
    now = app[CLOCK]()

    def work(session: Session) -> Found:
        ids = _ids(session, member, sought.words) if sought.words else None
        seen = kinds_of(member)
        kinds = (sought.kind,) if sought.kind in seen else seen
        asked = Asked(kinds=kinds, ids=ids, actor=sought.actor, since=sought.since, until=sought.until)
        of_families = bool(set(kinds) & set(FAMILIES))
        walls = [audited.within(session, member.reach)] if of_families else []
        counted = audited.how_many(session, member.reach) if of_families else None
        entries = search(session, asked, *walls, counted=counted, limit=limit + 1, before=sought.before)
        shown = entries[:limit]
        named = _codes(session, member, shown, ids)
        kind = FAMILIES[0] if member.may(Permission.READ_CALLBACKS) else OTHERS[-1]
        touched = dict.fromkeys([*(ids or ()), *named])
        audit.record(
            session, member.id, action, kind, touched,
            now=now, areas=member.areas or None, reason=sought.reason or None,
        )  # fmt: skip
        return Found(
            entries=shown,
            more=len(entries) > limit,
            names=_names(session),
            codes=named,
            narrowed=ids is not None,
            unknown=ids == [],
            end=chain.last_seal(session),
        )

    return await app[DATABASE].write(work)


def named_in(found: Found, entry: Entry) -> tuple[tuple[str, str], ...]:
    """The requests an entry is shown with, each id with its code; none for a long one that touched many."""
    if len(entry.ids) > _NAMED and not found.narrowed:
        return ()
    return tuple((id_, found.codes[id_]) for id_ in entry.ids if id_ in found.codes)


async def people(app: web.Application) -> dict[str, str]:
    """Everybody who can stand in the audit: the name by id."""
    return await app[DATABASE].read(_names)


def _ids(session: Session, member: Member, words: str) -> list[str]:
    if not member.may(Permission.READ_CALLBACKS):
        return [words]
    if _ID.fullmatch(words):
        return [words] if queue.area_of(session, words, member.reach) else []
    number = number_in(words)
    by_number = audited.of_number(session, number, member.reach) if number else []
    return by_number or audited.of_code(session, words, member.reach)


def _codes(
    session: Session, member: Member, entries: Sequence[Entry], sought: Sequence[str] | None
) -> Mapping[str, str]:
    """The codes of those that were looked for and of nobody else; without a search, of the few an entry names."""
    if not member.may(Permission.READ_CALLBACKS):
        return {}
    few = [id_ for one in entries if len(one.ids) <= _NAMED for id_ in one.ids]
    return audited.codes_of(session, few if sought is None else sought, member.reach)


def _names(session: Session) -> dict[str, str]:
    people_ = {account.id: account.name for account in accounts.everybody(session)}
    return people_ | {token.id: token.name for token in tokens.everything(session)}
