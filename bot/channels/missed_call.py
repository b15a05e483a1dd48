"""`POST /hooks/missed-call`: a telephone exchange tells of a call nobody answered, and it becomes a callback.

The exchange signs what it sends: HMAC-SHA256 with the shared secret over the moment of sending (Unix seconds), a
full stop and the body, as hexadecimal digits. What is not signed by it, or was sent more than five minutes ago, is
refused; an event that comes twice gets the same answer and makes nothing new.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

import phonenumbers
import structlog
from aiohttp import web
from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, field_validator
from sqlalchemy.orm import Session

from bot.callbacks.missed_calls import Kind, MissedCall, TakenIn, take_in
from bot.callbacks.request import NewCallback
from bot.database import DatabaseUnavailableError
from bot.guidance.areas import Areas
from bot.settings import Settings
from bot.web.appkeys import ANNOUNCER, AREAS, CLOCK, DATABASE, ROTA
from bot.web.body import BodyTooLargeError, raw_body
from bot.web.live import QUEUE
from bot.web.problem import problem

log = structlog.get_logger()

PATH = "/hooks/missed-call"
TIMESTAMP, SIGNATURE = "X-Perheovi-Timestamp", "X-Perheovi-Signature"
CHANNEL = "missed_call"
WITHHELD = "withheld"
WINDOW = timedelta(minutes=5)
"""How far the moment of sending may be from ours, either way."""
_OLDEST = timedelta(days=7)
_MOST_BYTES = 8 * 1024
_STATUS = {"created": 201, "added": 200, "withheld": 200}
_EXPLAINED = "The caller's number was withheld: there is nobody to ring, and no callback was made."


class Event(BaseModel):
    """What an exchange sends; members it does not name are left unread."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    event_id: Annotated[str, Field(min_length=1, max_length=200)]
    """The exchange's own id of this event: the same id is the same event."""
    caller: str
    """E.164 with its plus sign, or `withheld`."""
    called_at: AwareDatetime
    """ISO 8601 with its offset."""
    kind: Kind
    recording: Annotated[str, Field(max_length=500)] | None = None
    """Where the exchange keeps the recording, for staff to look up there; we never fetch it."""
    municipality: Annotated[str, Field(max_length=100)] | None = None
    """Whose line was rung, in Finnish or Swedish; without it the callback is for the area of everybody else."""

    @field_validator("caller")
    @classmethod
    def _is_a_number(cls, value: str) -> str:
        if value == WITHHELD:
            return value
        try:
            number = phonenumbers.parse(value, None)
        except phonenumbers.NumberParseException as error:
            raise ValueError("neither E.164 nor 'withheld'") from error
        if not phonenumbers.is_possible_number(number):
            raise ValueError("a telephone number of another length")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)

    def call(self) -> MissedCall:
        """The event as the queue takes it in."""
        return MissedCall(
            event_id=self.event_id,
            caller=None if self.caller == WITHHELD else self.caller,
            called_at=self.called_at,
            kind=self.kind,
            recording=self.recording,
        )


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """What the exchange sends in `X-Perheovi-Signature`: `sha256=` and 64 hexadecimal digits."""
    signed = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return f"sha256={signed}"


@dataclass(frozen=True, slots=True)
class Hook:
    """Where the exchange knocks, and the secret by which we know that it is the exchange."""

    secret: str

    async def receive(self, request: web.Request) -> web.Response:
        """201 for a new callback, 200 for one that was open or nobody to ring; else problem+json."""
        try:
            body = await raw_body(request, _MOST_BYTES)
        except BodyTooLargeError:
            return problem(413, f"An event has at most {_MOST_BYTES} bytes")
        now = request.app[CLOCK]()
        if refused := self._stranger(request, body, now):
            return problem(401, refused)
        if request.content_type != "application/json":
            return problem(415, "Send JSON (Content-Type: application/json)")
        try:
            event = Event.model_validate_json(body)
        except ValidationError as error:
            return problem(422, "This is no event of a missed call", errors=_wrong(error))
        if not now - _OLDEST <= event.called_at <= now + WINDOW:
            return problem(422, "'called_at' lies in the future, or more than seven days back")
        return await _taken_in(request, event, now)

    def _stranger(self, request: web.Request, body: bytes, now: datetime) -> str | None:
        """Why the sender is not believed; None for the exchange."""
        sent, given = request.headers.get(TIMESTAMP, ""), request.headers.get(SIGNATURE, "")
        right = signature_of(self.secret, sent, body)
        if not hmac.compare_digest(given.encode("utf-8", "replace"), right.encode()):
            return f"Sign the body: {TIMESTAMP} and {SIGNATURE} are missing or wrong"
        if not (sent.isascii() and sent.isdigit() and len(sent) <= 10):  # noqa: PLR2004  (seconds until 2286)
            return f"{TIMESTAMP} is not the moment of sending in Unix seconds"
        if abs(now.timestamp() - int(sent)) > WINDOW.total_seconds():
            return f"{TIMESTAMP} is more than five minutes from our clock; sign again when sending again"
        return None


async def _taken_in(request: web.Request, event: Event, now: datetime) -> web.Response:
    call, new = event.call(), _callback(event, request.app[AREAS])

    def work(session: Session) -> TakenIn:
        calendar = request.app[ROTA].get(session, now).calendar(new.area)
        promised = calendar.promised_day(min(event.called_at, now))  # counted from the call
        return take_in(session, call, new, promised_day=promised, now=now)

    try:
        taken = await request.app[DATABASE].write(work)
    except DatabaseUnavailableError:
        log.warning("missed call not kept")
        refused = problem(503, "Not kept; send it again")
        refused.headers["Retry-After"] = "30"
        return refused
    if taken.callback:
        request.app[ANNOUNCER].announce(QUEUE)
    told = taken.as_json() | ({"detail": _EXPLAINED} if taken.result == "withheld" else {})
    return web.json_response(told, status=_STATUS[taken.result])


def _callback(event: Event, areas: Areas) -> NewCallback:
    """The callback to make of it."""
    return NewCallback(
        area=areas.area_of(event.municipality).id,
        municipality=areas.name_of(event.municipality),
        phone=None if event.caller == WITHHELD else event.caller,
        channel=CHANNEL,
    )


def _wrong(error: ValidationError) -> list[dict[str, str]]:
    """Which members are wrong and why, without what they held."""
    return [
        {"member": ".".join(map(str, one["loc"])), "problem": one["msg"]}
        for one in error.errors(include_input=False, include_url=False, include_context=False)
    ]


def add_missed_calls(app: web.Application, settings: Settings) -> None:
    """Open the door when there is a secret; without one the address does not exist."""
    if settings.exchange_secret is not None:
        app.router.add_post(PATH, Hook(settings.exchange_secret.get_secret_value()).receive)
