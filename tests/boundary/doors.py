"""Every door of the staff side, who may open it, and what it answers. One line for each route.

A new route needs a line here; `test_matrix` says so by name. `who` is written out and not taken from the permission
tables, so that a slip there is seen here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STRANGERS = frozenset({"nobody", "family", "disabled"})
HERE, ELSEWHERE = "jarvenpaa", "askola"
ADVISORS = frozenset({"advisor", "advisor elsewhere"})
COORDINATORS = frozenset({"coordinator", "coordinator elsewhere"})
WORKERS = ADVISORS | COORDINATORS | {"program elsewhere"}
"""Who works with families."""
TEACHERS = COORDINATORS | {"admin", "program elsewhere"}
EDITORS = frozenset({"owner", "admin", "program elsewhere"}) | COORDINATORS
"""Who writes in the catalogue, which is of no area."""
ADMINS = frozenset({"admin"})
PEOPLE = ADVISORS | COORDINATORS | {"owner", "admin"}
EVERYBODY = PEOPLE | {"program elsewhere"}
CATALOGUE = EVERYBODY | {"program of the catalogue"}
AUDITORS = COORDINATORS | ADMINS | {"program elsewhere"}
AWAY = frozenset({"advisor elsewhere", "coordinator elsewhere", "program elsewhere"})
"""Whose areas are others than the family's."""
ACTORS = tuple(sorted(STRANGERS | EVERYBODY | {"program of the catalogue"}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Door:
    """What is expected of one route."""

    who: frozenset[str] | None
    """Who may use it; None: everybody, signed in or not."""
    says: int
    """What it answers to who may."""
    away: int | None = None
    """What it answers to those of another area, when that differs; 404 for whatever is of one family."""
    or_says: int | None = None
    """Where it may as well answer something else, e.g. that there were too many tries."""
    inside: int | None = None
    """What a door that is open to everybody answers to people who are signed in, when that differs."""
    of: str = ""
    """What `{id}` is: `callback` or `chat` of a family in the area `HERE`; empty: an id that nothing has."""
    held: bool = False
    """Whether who asks has it claimed, even when the wall has come between since."""
    form: Mapping[str, str] | None = None
    """Fields; `{actor}` in them is who asks."""
    body: Any = None
    """JSON."""
    path: Mapping[str, str] = field(default_factory=dict)
    """What stands in the address for other names than `{id}`."""
    shows: bool = False
    """Whether the family's words or number are in the answer to who may, so that looking for them means something."""
    stream: bool = False
    last: bool = False
    """Whether it signs out: such doors are tried when all others have been."""


def _family(who: frozenset[str], says: int, of: str = "callback", **more: Any) -> Door:
    return Door(who=who, says=says, away=404, of=of, **more)


_CALL = {"phone": "050 123 4567", "municipality": "Askola", "notes": "soittaisitteko"}
_OTHER = {"other": "0" * 32}
_SERVICE = {"id": "no-such-service"}

DOORS: Mapping[str, Door] = {
    "GET /staff": Door(who=None, says=303),
    "GET /staff/sign-in": Door(who=None, says=200, inside=303),
    "POST /staff/sign-in": Door(
        who=None, says=403, or_says=429, form={"email": "x-{actor}@example.org", "password": "wrong"}
    ),
    "GET /staff/sign-in/code": Door(who=None, says=303),
    "POST /staff/sign-in/code": Door(who=None, says=403, or_says=429, form={"code": "000000"}),
    "GET /staff/forgot": Door(who=None, says=200),
    "POST /staff/forgot": Door(who=None, says=404, form={"email": "x@example.org"}),
    "GET /staff/reset": Door(who=None, says=410),
    "POST /staff/reset": Door(who=None, says=410, form={}),
    "GET /staff/provider": Door(who=None, says=404),
    "GET /staff/provider/back": Door(who=None, says=404),
    "GET /staff/me": Door(who=PEOPLE, says=200),
    "POST /staff/me": Door(who=PEOPLE, says=400, form={}),
    "POST /staff/sign-out": Door(who=PEOPLE, says=303, last=True),
    "GET /staff/": Door(who=WORKERS, says=200, shows=True),
    "GET /staff/crises": Door(who=WORKERS, says=200),
    "GET /staff/live": Door(who=EVERYBODY, says=200, stream=True),
    "GET /staff/here": Door(who=PEOPLE, says=200),
    "POST /staff/here": Door(who=PEOPLE, says=200, form={}),
    "POST /staff/": Door(who=WORKERS, says=200, form={}),
    "GET /staff/alarms": Door(who=WORKERS, says=200),
    "POST /staff/alarms/{id}": Door(who=WORKERS, says=409, form={}, path={"id": "999"}),
    "GET /staff/digest": Door(who=COORDINATORS | ADMINS | {"program elsewhere"}, says=200),
    "GET /staff/callbacks/new": Door(who=WORKERS, says=200),
    "POST /staff/callbacks": Door(who=WORKERS, says=200, away=303, form=_CALL),
    "GET /staff/callbacks/{id}": _family(WORKERS, 200, shows=True),
    "POST /staff/callbacks/{id}/claim": _family(WORKERS, 303),
    "POST /staff/callbacks/{id}/release": _family(WORKERS, 303, held=True),
    "POST /staff/callbacks/{id}/transfer": _family(WORKERS, 422, held=True, form={"to": "nobody"}),
    "POST /staff/callbacks/{id}/number": _family(WORKERS, 200, held=True, shows=True),
    "POST /staff/callbacks/{id}/renew": _family(WORKERS, 204, held=True),
    "POST /staff/callbacks/{id}/record": _family(
        WORKERS, 303, held=True, form={"what": "outcome:enough", "note": "puhuttu"}
    ),
    "POST /staff/callbacks/{id}/draft": _family(WORKERS, 200, held=True, form={"note": "kesken"}),
    "POST /staff/callbacks/{id}/earlier": _family(WORKERS, 200, held=True, form={}),
    "POST /staff/callbacks/{id}/follow-up/start": _family(WORKERS, 409),
    "POST /staff/callbacks/{id}/follow-up/end": _family(WORKERS, 409),
    "GET /staff/day": Door(who=WORKERS, says=200),
    "POST /staff/day/feed": Door(who=WORKERS, says=200, form={}),
    "POST /staff/day/feed/end": Door(who=WORKERS, says=303, form={}),
    "GET /staff/day.ics": Door(who=None, says=404),
    "POST /staff/callbacks/{id}/transfer/accept": _family(WORKERS, 409),
    "POST /staff/callbacks/{id}/transfer/decline": _family(WORKERS, 303),
    "POST /staff/callbacks/{id}/transfer/withdraw": _family(WORKERS, 303, held=True),
    "POST /staff/callbacks/{id}/merge": _family(WORKERS, 409, held=True, form={"other": "0" * 32}),
    "POST /staff/callbacks/{id}/split": _family(WORKERS, 409, held=True, form={"other": "0" * 32}),
    "POST /staff/callbacks/{id}/apart": _family(WORKERS, 409, held=True, form={"other": "0" * 32}),
    "POST /staff/callbacks/{id}/decide": _family(WORKERS, 422, form={}),
    "GET /staff/team": Door(who=WORKERS, says=200),
    "POST /staff/team/hours": Door(who=WORKERS, says=404, form={}),
    "POST /staff/team/absences": Door(who=WORKERS, says=422, form={}),
    "POST /staff/team/absences/{id}/remove": Door(who=WORKERS, says=404, form={}),
    "POST /staff/team/exceptions": Door(who=COORDINATORS | {"program elsewhere"}, says=422, form={}),
    "POST /staff/team/exceptions/{id}/remove": Door(
        who=COORDINATORS | {"program elsewhere"}, says=404, form={}
    ),
    "GET /staff/audit": Door(who=AUDITORS, says=200),
    "POST /staff/audit": Door(who=AUDITORS, says=200, form={"reason": "tarkistus"}),
    "POST /staff/audit/export": Door(who=AUDITORS, says=200, form={"reason": "tarkistus"}),
    "GET /staff/chats": Door(who=WORKERS, says=200),
    "GET /staff/chats/{id}": _family(WORKERS, 200, of="chat", shows=True),
    "POST /staff/chats/{id}/take": _family(WORKERS, 303, of="chat"),
    "POST /staff/chats/{id}/say": _family(WORKERS, 303, of="chat", held=True, form={"message": "hei"}),
    "POST /staff/chats/{id}/seen": _family(WORKERS, 204, of="chat", held=True),
    "POST /staff/chats/{id}/end": _family(WORKERS, 303, of="chat", held=True),
    "GET /staff/services": Door(who=CATALOGUE, says=200),
    "POST /staff/services": Door(who=EDITORS, says=422, form={"id": ""}),
    "GET /staff/services/find": Door(who=CATALOGUE, says=200),
    "GET /staff/services/reports": Door(who=EDITORS, says=200),
    "POST /staff/services/reports/{id}": Door(who=EDITORS, says=404, form={}),
    "GET /staff/services/imports": Door(who=EDITORS, says=200),
    "POST /staff/services/imports": Door(who=EDITORS, says=400, form={}),
    "GET /staff/services/imports/{id}": Door(who=EDITORS, says=404),
    "POST /staff/services/imports/{id}": Door(who=EDITORS, says=400, form={}),
    "GET /staff/services/new": Door(who=EDITORS, says=200),
    "GET /staff/services/check": Door(who=EDITORS, says=200),
    "GET /staff/services/links": Door(who=CATALOGUE, says=200),
    "POST /staff/services/links/{id}/ignore": Door(who=EDITORS, says=404, form={}),
    "POST /staff/services/links/{id}/replace": Door(who=EDITORS, says=404, form={}),
    "POST /staff/services/preview": Door(who=CATALOGUE, says=200, form={"id": ""}),
    "GET /staff/services/{id}": Door(who=CATALOGUE, says=404, path=_SERVICE),
    "POST /staff/services/{id}": Door(who=EDITORS, says=404, form={}, path=_SERVICE),
    "POST /staff/services/{id}/step": Door(who=EDITORS, says=404, form={}, path=_SERVICE),
    "POST /staff/services/{id}/check": Door(who=EDITORS, says=404, form={}, path=_SERVICE),
    "POST /staff/services/{id}/restore": Door(who=EDITORS, says=404, form={}, path=_SERVICE),
    "POST /staff/services/{id}/owners": Door(who=ADMINS, says=404, form={}, path=_SERVICE),
    "GET /staff/unclear": Door(who=TEACHERS, says=200),
    "GET /staff/unclear/{language}.yml": Door(who=TEACHERS, says=200, path={"language": "fi"}),
    "POST /staff/unclear/{id}": Door(who=TEACHERS, says=400, form={}),
    "GET /staff/texts": Door(who=TEACHERS, says=200),
    "GET /staff/people": Door(who=ADMINS, says=200),
    "POST /staff/people": Door(who=ADMINS, says=422, form={}),
    "GET /staff/people/{id}": Door(who=ADMINS, says=404),
    "POST /staff/people/{id}": Door(who=ADMINS, says=400, form={}),
    "POST /staff/tokens": Door(who=ADMINS, says=422, form={}),
    "POST /staff/tokens/{id}": Door(who=ADMINS, says=404, form={}),
    "GET /api/openapi.json": Door(who=None, says=200),
    "GET /api/docs": Door(who=None, says=200),
    "GET /api/v1/callbacks": Door(who=WORKERS, says=200, shows=True),
    "POST /api/v1/callbacks": Door(
        who=WORKERS, says=201, body={"phone": "+358501234567", "municipality": "Askola"}
    ),
    "GET /api/v1/callbacks/{id}": _family(WORKERS, 200, shows=True),
    "PATCH /api/v1/callbacks/{id}": _family(WORKERS, 200, shows=True, body={"show_number": False}),
    "POST /api/v1/callbacks/{id}/claim": _family(WORKERS, 200, shows=True),
    "POST /api/v1/callbacks/{id}/release": _family(WORKERS, 200, held=True),
    "POST /api/v1/callbacks/{id}/transfer": _family(WORKERS, 422, held=True, body={"to": "nobody"}),
    "POST /api/v1/callbacks/{id}/attempts": _family(WORKERS, 200, held=True, body={"result": "no_answer"}),
    "POST /api/v1/callbacks/{id}/close": _family(WORKERS, 200, held=True, body={"outcome": "enough"}),
    "POST /api/v1/callbacks/{id}/transfer/accept": _family(WORKERS, 409),
    "POST /api/v1/callbacks/{id}/transfer/decline": _family(WORKERS, 409),
    "POST /api/v1/callbacks/{id}/transfer/withdraw": _family(WORKERS, 409, held=True),
    "POST /api/v1/callbacks/{id}/merge": _family(WORKERS, 404, held=True, body=_OTHER),
    "POST /api/v1/callbacks/{id}/split": _family(WORKERS, 404, held=True, body=_OTHER),
    "POST /api/v1/callbacks/{id}/apart": _family(WORKERS, 404, held=True, body=_OTHER),
    "POST /api/v1/callbacks/{id}/decision": _family(WORKERS, 409, body={"decision": "write"}),
    "GET /api/v1/alarms": Door(who=WORKERS, says=200),
    "POST /api/v1/alarms/{id}/acknowledge": Door(who=WORKERS, says=404, path={"id": "999"}),
    "GET /api/v1/services": Door(who=CATALOGUE, says=200),
    "POST /api/v1/services": Door(who=EDITORS, says=422, body={}),
    "GET /api/v1/services/{id}": Door(who=CATALOGUE, says=404, path=_SERVICE),
    "PUT /api/v1/services/{id}": Door(who=EDITORS, says=422, body={}, path=_SERVICE),
    "POST /api/v1/services/{id}/publish": Door(who=EDITORS, says=404, path=_SERVICE),
    "GET /api/v1/reports/summary": Door(who=COORDINATORS | ADMINS | {"program elsewhere"}, says=200),
}
