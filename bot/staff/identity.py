"""Who somebody is at the organisation's sign-in: the id token checked, and the account it belongs to.

Nobody gets an account by signing in. An account is found by its verified e-mail once; from then on by the provider's
own, unchanging name for the person, so that an address given to somebody else later opens nothing.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from bot.database import keys_of
from bot.staff import sign_ins
from bot.staff.accounts import Account, by_email
from bot.staff.sign_ins import SignedIn

_ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384"]
"""Signatures with the provider's private key. Never `none`, never a shared secret."""
_LEEWAY_SECONDS = 60

NotLetIn = Literal["email_missing", "email_unverified", "no_account", "account_closed", "other_subject"]


class UntrustedTokenError(Exception):
    """The id token is not one for us, now; the message says which check failed, and holds nothing of it."""


@dataclass(frozen=True, slots=True)
class Identity:
    """What the provider vouches for."""

    issuer: str
    subject: str
    email: str | None
    email_is_verified: bool


def identity_of(
    token: str, keys: KeySet, *, issuer: str, client_id: str, nonce: str, now: datetime
) -> Identity:
    """Check signature, issuer, audience, nonce and times of an id token (OpenID Connect Core, 3.1.3.7).

    Raises `UntrustedTokenError`.
    """
    try:
        claims = jwt.decode(token, keys, algorithms=_ALGORITHMS).claims
        jwt.JWTClaimsRegistry(
            now=int(now.timestamp()),
            leeway=_LEEWAY_SECONDS,
            iss={"essential": True, "value": issuer},
            aud={"essential": True, "value": client_id},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
        ).validate(claims)
    except (JoseError, ValueError, TypeError) as error:
        raise UntrustedTokenError(type(error).__name__) from error
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise UntrustedTokenError("made for another client")
    email = claims.get("email")
    return Identity(
        issuer, str(claims["sub"]), email if isinstance(email, str) and email else None, _is_verified(claims)
    )


def key_id(token: str) -> str | None:
    """Which key a token says it was signed with; not yet believed."""
    try:
        part = token.split(".", 1)[0]
        header = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
        found = header.get("kid")
    except (ValueError, AttributeError):
        return None
    return found if isinstance(found, str) else None


def sign_in(session: Session, identity: Identity, now: datetime) -> SignedIn | NotLetIn:
    """Sign in the person this is, or why not. The first time, the account is bound to the provider's subject."""
    mark = keys_of(session).mark("provider", f"{identity.issuer}\0{identity.subject}")
    account = session.scalar(select(Account).where(Account.provider_mark == mark))
    if account is None:
        found = _by_verified_email(session, identity)
        if not isinstance(found, Account):
            return found
        bound = session.execute(
            update(Account)
            .where(Account.id == found.id, Account.provider_mark.is_(None))
            .values(provider_mark=mark)
        )
        if not cast("CursorResult[object]", bound).rowcount:
            return "other_subject"
        account = found
    if not account.active:
        return "account_closed"
    return sign_ins.begin(session, account, "provider", now)


def _by_verified_email(session: Session, identity: Identity) -> Account | NotLetIn:
    if identity.email is None:
        return "email_missing"
    if not identity.email_is_verified:
        return "email_unverified"
    account = by_email(session, identity.email)
    if account is None:
        return "no_account"
    return account if account.active else "account_closed"


def _is_verified(claims: Mapping[str, Any]) -> bool:
    """`email_verified` of the standard; Entra ID says `xms_edov` (the owner of the domain was verified)."""
    return claims.get("email_verified") is True or claims.get("xms_edov") in (True, 1, "1", "true")
