"""How much one sender, or one address, may ask in a while. In memory: each process counts for itself.

A message in a crisis is never limited: channels ask the safety layer first, and this only after it.
"""

from aiohttp import web
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from bot.web.appkeys import TRUSTED_PROXIES

MESSAGES_BY_SENDER = RateLimitItemPerMinute(40, namespace="messages-sender")
MESSAGES_BY_ADDRESS = RateLimitItemPerMinute(600, namespace="messages-address")
"""Generous: a whole school or a shelter may share one address."""
CONNECTIONS_BY_ADDRESS = RateLimitItemPerMinute(600, namespace="connections-address")
"""Connections that stay open."""
CODES_BY_ADDRESS = RateLimitItemPerMinute(30, 10, namespace="codes-address")
"""Codes that were not right, in ten minutes: guessing is hopeless, and a shared address is soon let in again."""
SIGN_INS_BY_ADDRESS = RateLimitItemPerMinute(10, namespace="sign-ins-address")
RESETS_BY_ADDRESS = RateLimitItemPerMinute(10, 10, namespace="resets-address")
REPORTS_BY_ADDRESS = RateLimitItemPerMinute(10, 10, namespace="reports-address")
"""What families tell of entries that are wrong."""
RESETS_BY_MAIL = RateLimitItemPerMinute(2, 60, namespace="resets-mail")
"""Letters with a link to choose a new password: nobody's mailbox is filled by a stranger."""


class Limiter:
    """Counts in sliding windows."""

    def __init__(self) -> None:
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def allow(self, item: RateLimitItem, key: str) -> bool:
        """Count one use by `key`; False when it is one too many."""
        return self._limiter.hit(item, key)

    def has_room(self, item: RateLimitItem, key: str) -> bool:
        """Whether one more use by `key` would be allowed; counts nothing."""
        return self._limiter.test(item, key)

    def is_spent(self, item: RateLimitItem, key: str) -> bool:
        """Whether the next use by `key` would be one too many; counts nothing."""
        return not self._limiter.test(item, key)


LIMITER = web.AppKey("limiter", Limiter)


def client_address(request: web.Request) -> str:
    """The address of who asks, as the nearest proxy that we trust saw it; only for counting, never stored."""
    proxies = request.app.get(TRUSTED_PROXIES, 0)
    if proxies:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        if len(hops) >= proxies:
            return hops[-proxies]
    return request.remote or "unknown"
