"""A web address of the catalogue and how it answered; pure.

Nothing is called broken: servers refuse programs, sleep, or are slow, while the page is there for people.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal, Self
from urllib.parse import urldefrag

from bot.guidance.catalogue import Service
from bot.guidance.entry import Links

State = Literal["new", "ok", "moved", "look", "gone"]
"""`look`: a person should, for it answered otherwise than with the page. `gone`: twice in a row there was no page."""
Fault = Literal["", "slow", "unreachable", "not_public", "redirects"]
KEPT = 3
"""How many results of an address are kept."""
_GONE = frozenset({404, 410})
_FINE, _NOT_FINE = 200, 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """How an address answered at a moment. `status`: the HTTP status, None without an answer."""

    at: datetime
    status: int | None = None
    moved_to: str | None = None
    """Where the page is for good, by its server's word."""
    fault: Fault = ""

    def plain(self) -> dict[str, Any]:
        """As JSON data."""
        return asdict(self) | {"at": self.at.isoformat()}

    @classmethod
    def read(cls, data: dict[str, Any]) -> Self:
        """From what `plain` gave."""
        return cls(**{**data, "at": datetime.fromisoformat(data["at"])})


def judge(results: Sequence[Result]) -> State:
    """What the last results, the newest first, say of an address."""
    if not results:
        return "new"
    newest = results[0]
    if newest.status is not None and _FINE <= newest.status < _NOT_FINE:
        return "moved" if newest.moved_to else "ok"
    if len(results) > 1 and all(one.status in _GONE for one in results[:2]):
        return "gone"
    return "look"


def addresses_of(service: Service) -> frozenset[str]:
    """Every web address families are given, without what stands after `#`."""
    return frozenset(urldefrag(address).url for links in _links(service) for address in _written(links))


def with_address(service: Service, old: str, new: str) -> Service:
    """The entry with `new` wherever `old` stood, whatever followed its `#`."""
    changed = service.model_copy(
        update={
            "channels": tuple(
                one.model_copy(update={"url": _replaced(one.url, old, new)}) for one in service.channels
            ),
            "groups": tuple(
                one.model_copy(update={"sign_up_url": _replaced(one.sign_up_url, old, new)})
                for one in service.groups
            ),
        }
    )
    return Service.model_validate(changed.plain())


def _links(service: Service) -> Iterator[Links]:
    for channel in service.channels:
        if channel.url:
            yield channel.url
    for group in service.groups:
        if group.sign_up_url:
            yield group.sign_up_url


def _written(links: Links) -> Iterator[str]:
    yield from (address for _, address in links if address)


def _replaced(links: Links | None, old: str, new: str) -> Links | None:
    if links is None:
        return None
    change: Callable[[str], str] = lambda address: new if urldefrag(address).url == old else address  # noqa: E731
    return Links(**{code: change(address) for code, address in links if address})
