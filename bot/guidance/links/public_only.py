"""Only public addresses are asked: an entry must not make our server knock at doors inside its own network.

The check is made on the very address that is connected to, after the name was looked up, at every redirect.
"""

import ipaddress
import socket
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

Ip = IPv4Address | IPv6Address
MayReach = Callable[[Ip], bool]
_EMBEDS_ANOTHER = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Translation to IPv4 (RFC 6052, RFC 8215)."""


class NotPublicError(OSError):
    """The address leads somewhere we do not go."""


def is_public(address: Ip) -> bool:
    """Whether an address is on the public internet: not private, loopback, link-local, multicast or embedding one."""
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped or address.sixtofour or address.teredo:
            return False
        if any(address in network for network in _EMBEDS_ANOTHER):
            return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def is_refused_here(error: BaseException | None) -> bool:
    """Whether a request failed since we do not go there, and not by what a server or the network did."""
    while error is not None:
        if isinstance(error, NotPublicError) or isinstance(getattr(error, "os_error", None), NotPublicError):
            return True
        error = error.__cause__
    return False


def check_address(url: URL, may_reach: MayReach) -> None:
    """Raise `NotPublicError` unless it is http(s) without a password, and its host a name or an address to reach."""
    if url.scheme not in {"http", "https"} or not url.host or url.user or url.password:
        raise NotPublicError
    try:
        literal = ipaddress.ip_address(url.host.partition("%")[0])
    except ValueError:  # a name; the resolver looks
        return
    if not may_reach(literal):
        raise NotPublicError


class PublicResolver(AbstractResolver):
    """Looks names up, and gives only what may be reached."""

    def __init__(self, may_reach: MayReach) -> None:
        """`may_reach` says which addresses."""
        self._inner, self._may_reach = aiohttp.ThreadedResolver(), may_reach

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a host that may be reached; raises `NotPublicError` when there is none."""
        found = await self._inner.resolve(host, port, family)
        allowed = [
            one for one in found if self._may_reach(ipaddress.ip_address(one["host"].partition("%")[0]))
        ]
        if not allowed:
            raise NotPublicError
        return allowed

    async def close(self) -> None:
        """Nothing is held."""
        await self._inner.close()
