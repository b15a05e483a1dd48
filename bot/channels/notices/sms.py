"""SMS through any gateway that takes JSON over HTTPS. The format is described in `docs/notices.md`."""

from dataclasses import dataclass
from datetime import timedelta

import aiohttp
import structlog
from pydantic import AnyHttpUrl

from bot.channels.notices.loopback import is_loopback
from bot.channels.notices.telling import NotNow, Outcome, Refused, Taken, Telling
from bot.settings import SetupError

log = structlog.get_logger()

_SECONDS = 15
_TAKEN, _CONFLICT = range(200, 300), 409
_BUSY = 429
_WILL_NEVER_DO = frozenset({400, 413, 422})
_MOST_PAUSE = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class SmsGateway:
    """Where text messages go."""

    url: str
    token: str | None
    sender: str | None
    """The name or number that the receiver sees, where the gateway lets us choose."""

    async def deliver(self, telling: Telling) -> Outcome:
        """Hand one message to the gateway. A redirect is not followed: a number goes nowhere else."""
        headers = {"Idempotency-Key": telling.key}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        body = {"to": telling.address, "text": telling.text, "reference": telling.key}
        if self.sender:
            body["from"] = self.sender
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        try:
            async with (
                aiohttp.ClientSession(timeout=timeout) as client,
                client.post(self.url, json=body, headers=headers, allow_redirects=False) as answer,
            ):
                return _outcome(answer, telling)
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            log.warning("sms gateway not reached", notice=telling.notice_id, error=type(error).__name__)
            return NotNow("unreachable")


def _outcome(answer: aiohttp.ClientResponse, telling: Telling) -> Outcome:
    status = answer.status
    # A conflict is how gateways that keep idempotency keys say that they have it already.
    if status in _TAKEN or status == _CONFLICT:
        return Taken()
    log.warning("sms gateway refuses", notice=telling.notice_id, status=status)
    if status in _WILL_NEVER_DO:
        return Refused("refused")
    return NotNow("busy" if status == _BUSY else "gateway", _asked(answer.headers.get("Retry-After")))


def _asked(seconds: str | None) -> timedelta | None:
    """The pause of a `Retry-After` in seconds; an hour at most."""
    return timedelta(seconds=min(int(seconds), _MOST_PAUSE)) if seconds and seconds.isdecimal() else None


def open_gateway(url: AnyHttpUrl, token: str | None, sender: str | None) -> SmsGateway:
    """The gateway at this address. Raises `SetupError` when messages would travel unencrypted."""
    if url.scheme != "https" and not is_loopback(url.host or ""):
        raise SetupError(
            "PERHEOVI_SMS_URL is not https: numbers and messages would travel in the open. Use https://…"
        )
    return SmsGateway(url=str(url), token=token, sender=sender)
