"""Passwords: kept as Argon2id hashes (RFC 9106's second recommended setting, argon2-cffi's default)."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST = 10
"""Characters. Length is the only rule asked of a password (NIST SP 800-63B advises against others)."""
LONGEST = 200
_HASHER = PasswordHasher()


class PasswordTooShortError(ValueError):
    """The password has fewer than `SHORTEST` characters, or more than `LONGEST`."""


def hashed(password: str) -> str:
    """The hash to keep; raises `PasswordTooShortError`. Takes some 50 ms and 64 MiB: never in the event loop."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise PasswordTooShortError(f"a password has {SHORTEST} to {LONGEST} characters")
    return _HASHER.hash(password)


def matches(password_hash: str | None, password: str) -> bool:
    """Whether the password is the right one. Without a hash (none or empty) the work is the same and the answer is no.

    Equal work for an e-mail address nobody has: how long a refusal takes must not tell who works here.
    """
    try:
        _HASHER.verify(password_hash or _nobodys_hash(), password[:LONGEST])
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash("the password of nobody")
