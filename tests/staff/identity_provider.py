"""A made-up organisation's sign-in: what OpenID Connect asks of a provider, and ways to break it."""

import base64
import hashlib
import secrets
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from aiohttp import web
from aiohttp.test_utils import TestServer
from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

from bot.clock import SettableClock

CLIENT_ID, CLIENT_SECRET = "perheovi", "a client's secret: with / and :"
Claims = dict[str, Any]
Spoil = Callable[[Claims], Claims]


class IdentityProvider:
    """Signs in whoever `claims` says, at once and without a page."""

    def __init__(self, clock: SettableClock) -> None:
        self.clock = clock
        self.claims: Claims = {"sub": "aino-1", "email": "aino@example.org", "email_verified": True}
        self.spoil: Spoil = lambda claims: claims
        self.token_made: Callable[[Claims], str] = self.signed
        self.keys_asked = 0
        self.used: list[str] = []
        self._codes: dict[str, dict[str, str]] = {}
        self.new_key()
        app = web.Application()
        app.router.add_get("/.well-known/openid-configuration", self._describe)
        app.router.add_get("/keys", self._keys)
        app.router.add_get("/authorize", self._authorize)
        app.router.add_post("/token", self._token)
        self.server = TestServer(app)

    @property
    def issuer(self) -> str:
        return str(self.server.make_url("")).rstrip("/")

    def new_key(self) -> None:
        """The provider changes its key; the earlier one is gone."""
        self.key = RSAKey.generate_key(2048, {"kid": secrets.token_hex(4), "use": "sig"})

    def signed(self, claims: Claims) -> str:
        return jwt.encode({"alg": "RS256", "kid": self.key.kid}, claims, self.key)

    async def _describe(self, _request: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def _keys(self, _request: web.Request) -> web.Response:
        self.keys_asked += 1
        return web.json_response(KeySet([self.key]).as_dict(private=False))

    async def _authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert "openid" in asked["scope"].split()
        code = secrets.token_urlsafe(16)
        self._codes[code] = asked
        back = urlencode({"code": code, "state": asked["state"], "iss": self.issuer})
        return web.Response(status=302, headers={"Location": f"{asked['redirect_uri']}?{back}"})

    async def _token(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        asked = self._codes.pop(form["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest())
        pair = base64.b64decode(request.headers["Authorization"].removeprefix("Basic ")).decode()
        right = (
            asked is not None
            and asked["code_challenge"] == challenge.rstrip(b"=").decode()
            and asked["redirect_uri"] == form["redirect_uri"]
            and pair == "perheovi:a%20client%27s%20secret%3A%20with%20%2F%20and%20%3A"
        )
        if not right or asked is None:
            return web.json_response({"error": "invalid_grant"}, status=400)
        self.used.append(form["code"])
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": asked["nonce"], **self.claims,
        }  # fmt: skip
        return web.json_response({"id_token": self.token_made(self.spoil(claims)), "token_type": "Bearer"})
