"""The page of a catalogue entry as it is drawn: its form, the card a family will see, and all that stands around."""

from collections.abc import Mapping
from typing import Any

from aiohttp import web

from bot.clock import helsinki
from bot.console import service_checks, service_form, service_history, service_tasks, service_view
from bot.console.entry_words import Difference, EntryWords
from bot.console.page import draw
from bot.console.words import words
from bot.guidance import cards
from bot.guidance.catalogue import Service
from bot.guidance.store import Entry
from bot.meaning import LANGUAGES
from bot.staff import accounts
from bot.staff.accounts import Member
from bot.staff.permissions import Permission
from bot.web import catalogue_work
from bot.web.appkeys import AREAS, CATALOGUE, CLOCK, DATABASE, TEXTS


async def drawn(
    request: web.Request,
    member: Member,
    entry: Entry | None,
    values: Mapping[str, Any],
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
    error: str = "",
    notice: str | None = None,
    more_to_review: int = 0,
) -> web.StreamResponse:
    """The page: `values` of the form, what is wrong with them by field, and what to say above them."""
    w, areas = words(), request.app[AREAS]
    may_edit = not entry or await catalogue_work.may_change(request.app, member, entry.id)
    base = _shown(entry, may_edit=may_edit)
    typed = service_form.read(values if may_edit else service_form.shown(base, w), base, areas, w)
    everybody = await request.app[DATABASE].read(accounts.everybody)
    people = {account.id: account.name for account in everybody}
    changes = await catalogue_work.history(request.app, entry.id) if entry else []
    says = EntryWords(w, {area.id: area.name.fi for area in areas.all})
    given = {**service_form.shown(None, w), "revision": str(entry.revision if entry else 0), **values}
    beside = _language(request, given, errors or {})
    return draw(
        request, member, "staff/service.html",
        status=status, tab="services", values=given, errors=errors or {}, error=error, notice=notice, entry=entry,
        card=card_of(request, typed.service, beside), checks=checks_of(request, typed.service) if may_edit else None,
        history=service_history.told(changes, people, says), people=people,
        more_to_review=more_to_review, as_typed=request.method == "POST",
        both="both" in request.query or "both" in given, **_around(entry, base, says),
        beside=beside, **service_view.choices(given, errors or {}, areas, w),
        may_edit=may_edit,
        may_publish=member.may(Permission.PUBLISH_CATALOGUE) or _of_another(entry, member),
        may_give=member.may(Permission.MANAGE_STAFF),
        owners=await catalogue_work.owners(request.app, entry.id) if entry else (),
        depends=await _depends(request, entry),
        keepers=[one for one in everybody if one.role == "owner" and one.active],
    )  # fmt: skip


def _shown(entry: Entry | None, *, may_edit: bool) -> Service | None:
    """What an editor works on; to others what families see, as long as they see something."""
    if entry is None:
        return None
    return entry.newest if may_edit else entry.service or entry.newest


def _of_another(entry: Entry | None, member: Member) -> bool:
    """Whether a colleague's draft waits to be published."""
    return entry is not None and entry.review == "waiting" and entry.review_by != member.id


def _around(entry: Entry | None, base: Service | None, says: EntryWords) -> dict[str, Any]:
    """What is told of the entry as it is kept, whatever is typed."""
    return {
        "coming": _coming(entry, says),
        "new_numbers": service_view.new_numbers(entry) if entry else (),
        "facts": says.facts(base.plain()) if base else (),
        "sections": service_view.sections(says.w),
        "language_states": service_view.language_states(base, says.w),
        "register": service_view.register(base, says.w),
        "lockable": service_view.lockable(base, says.w),
        "outdated": service_tasks.outdated(base) if base else (),
        "checked": service_view.checked_words(base, says.w),
    }


def _coming(entry: Entry | None, says: EntryWords) -> tuple[Difference, ...]:
    """What the draft would change for families; nothing for an entry they have never seen."""
    if entry is None or entry.service is None or entry.draft is None:
        return ()
    return says.differences(entry.service.plain(), entry.draft.plain())


def _language(request: web.Request, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    """The language beside the Finnish: that of a mistake, else the one that was chosen."""
    wrong = [code for code in LANGUAGES for name in errors if name.endswith(f"_{code}") and code != "fi"]
    asked = wrong[:1] or [request.query.get("language") or str(values.get("preview_language", ""))]
    return asked[0] if asked[0] in LANGUAGES else "fi"


async def _depends(request: web.Request, entry: Entry | None) -> list[str]:
    if entry is None or entry.status != "published":
        return []
    catalogue = await request.app[DATABASE].read(request.app[CATALOGUE].get)
    return service_view.depends_words(catalogue, entry.service, request.app[CLOCK](), words())


def checks_of(request: web.Request, service: Service | None) -> tuple[service_checks.Told, ...] | None:
    """What to mend in what is typed; None while it is no entry yet."""
    if service is None:
        return None
    return service_checks.told(service, helsinki(request.app[CLOCK]()).date(), words())


def card_of(request: web.Request, service: Service | None, language: str) -> Any:
    """The card a family in the entry's first municipality will see; None while it is no entry yet."""
    if service is None:
        return None
    place = service.areas.municipalities[0] if service.areas.municipalities else None
    return cards.card(
        service,
        language=language if language in LANGUAGES else "fi",
        municipality=place,
        now=request.app[CLOCK](),
        texts=request.app[TEXTS](),
    )


async def people(request: web.Request) -> dict[str, str]:
    """Everybody's names by account id."""
    everybody = await request.app[DATABASE].read(accounts.everybody)
    return {account.id: account.name for account in everybody}
