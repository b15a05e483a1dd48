"""The organisation's own sign-in: OpenID Connect, authorisation code with PKCE (RFC 7636), state and nonce.

The provider's description and keys are fetched when first needed and kept an hour; a key nobody knows yet is asked
for at once, so that the provider may change its keys at any time.
"""

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import aiohttp
from joserfc.jwk import KeySet

from bot.staff.identity import Identity, UntrustedTokenError, identity_of, key_id

_KEPT = timedelta(hours=1)
_KEYS_ASKED_AGAIN = timedelta(minutes=1)
_SECONDS = aiohttp.ClientTimeout(total=10)
_MOST_BYTES = 512 * 1024
_MY_MACHINE = ("127.0.0.1", "::1", "localhost")


class ProviderError(Exception):
    """The provider does not answer, or not as it must; the message says what, and holds nothing secret."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A sign-in that was begun: where the browser goes, and what its answer must fit."""

    address: str
    state: str
    nonce: str
    verifier: str


class Provider:
    """One provider, as it was set up."""

    def __init__(self, issuer: str, client_id: str, client_secret: str | None, label: str | None) -> None:
        """Raises `ValueError` for an issuer that is not reached by https (plain http: on this machine only)."""
        parts = urlsplit(issuer)
        if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _MY_MACHINE):
            raise ValueError("PERHEOVI_OIDC_ISSUER must begin with https://")
        self.label = label
        """What its button is called; None for the words of the console."""
        self.issuer = issuer
        self._client_id, self._client_secret = client_id, client_secret
        self._description: tuple[datetime, Mapping[str, Any]] | None = None
        self._keys: tuple[datetime, KeySet] | None = None

    async def ask(self, back_to: str, now: datetime) -> Asked:
        """Begin: `back_to` is the address the browser comes back to. Raises `ProviderError`."""
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        query = urlencode(
            {
                "response_type": "code", "client_id": self._client_id, "redirect_uri": back_to,
                "scope": "openid email profile", "state": state, "nonce": nonce,
                "code_challenge": challenge, "code_challenge_method": "S256",
            }
        )  # fmt: skip
        at = await self._endpoint("authorization_endpoint", now)
        return Asked(f"{at}{'&' if urlsplit(at).query else '?'}{query}", state, nonce, verifier)

    async def identity(self, code: str, verifier: str, nonce: str, back_to: str, now: datetime) -> Identity:
        """Who the code stands for. Raises `ProviderError` or `UntrustedTokenError`."""
        given = {
            "grant_type": "authorization_code", "code": code, "redirect_uri": back_to,
            "client_id": self._client_id, "code_verifier": verifier,
        }  # fmt: skip
        headers = {}
        if self._client_secret is not None:  # RFC 6749, 2.3.1: both are encoded before they are joined
            pair = f"{quote(self._client_id, safe='')}:{quote(self._client_secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        answer = await self._json(await self._endpoint("token_endpoint", now), data=given, headers=headers)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise ProviderError("the token endpoint gave no id_token")
        keys = await self._keys_for(key_id(token), now)
        return identity_of(token, keys, issuer=self.issuer, client_id=self._client_id, nonce=nonce, now=now)

    async def _keys_for(self, kid: str | None, now: datetime) -> KeySet:
        if self._keys is not None:
            read_at, keys = self._keys
            is_known = kid is None or any(key.kid == kid for key in keys.keys)
            wait = _KEPT if is_known else _KEYS_ASKED_AGAIN
            if now - read_at < wait:
                return keys
        answer = await self._json(await self._endpoint("jwks_uri", now))
        try:
            keys = KeySet.import_key_set({"keys": [key for key in answer["keys"] if _signs(key)]})
        except (KeyError, TypeError, ValueError) as error:
            raise ProviderError("the provider's keys cannot be read") from error
        self._keys = (now, keys)
        return keys

    async def _endpoint(self, name: str, now: datetime) -> str:
        if self._description is None or now - self._description[0] >= _KEPT:
            found = await self._json(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise ProviderError(f"the provider calls itself {found.get('issuer')!r}, not {self.issuer!r}")
            self._description = (now, found)
        address = self._description[1].get(name)
        if not isinstance(address, str) or urlsplit(address).scheme not in (
            "https",
            urlsplit(self.issuer).scheme,
        ):
            raise ProviderError(f"the provider names no {name} that can be used")
        return address

    async def _json(
        self, address: str, *, data: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> Mapping[str, Any]:
        method = "GET" if data is None else "POST"
        try:
            async with (
                aiohttp.ClientSession(timeout=_SECONDS) as http,
                http.request(method, address, data=data, headers=headers, allow_redirects=False) as answer,
            ):
                if answer.status != 200:  # noqa: PLR2004
                    raise ProviderError(f"{urlsplit(address).path} answered {answer.status}")
                if (answer.content_length or 0) > _MOST_BYTES:
                    raise ProviderError(f"{urlsplit(address).path} answered too much")
                found = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise ProviderError(f"{urlsplit(address).path}: {type(error).__name__}") from error
        if not isinstance(found, dict):
            raise ProviderError(f"{urlsplit(address).path} answered no object")
        return found


def _signs(key: Any) -> bool:
    return isinstance(key, dict) and key.get("use", "sig") == "sig" and key.get("kty") in ("RSA", "EC")


__all__ = ["Asked", "Provider", "ProviderError", "UntrustedTokenError"]
