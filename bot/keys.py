"""Every key of the installation, derived from one secret: sealing of personal fields, marks for look-up.

A sealed box is AES-256-GCM over JSON. Its *place* (table and row id) is authenticated with it, so that a box
copied to another row does not open there.
"""

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VERSION = b"\x01"
_NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A sealed box does not open: wrong key, wrong place, or changed bytes."""


class Keys:
    """Seals and opens personal fields, and makes marks of values that must be found without being readable."""

    def __init__(self, secret: bytes) -> None:
        """`secret`: at least 32 bytes; everything else is derived from it with HKDF-SHA256 (RFC 5869)."""
        if len(secret) < 32:  # noqa: PLR2004
            raise ValueError("PERHEOVI_SECRET_KEY is too short (give at least 32 characters)")
        self._secret = secret
        self._cipher = AESGCM(self._derive("sealed fields"))
        self._mark_key = self._derive("marks")

    def _derive(self, purpose: str) -> bytes:
        return HKDF(algorithm=hashes.SHA256(), length=32, salt=b"perheovi", info=purpose.encode()).derive(
            self._secret
        )

    def seal(self, place: str, value: Any) -> bytes:
        """Seal JSON `value` for `place`, e.g. `"callback:8f2…"`."""
        nonce = os.urandom(_NONCE_BYTES)
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        return _VERSION + nonce + self._cipher.encrypt(nonce, plain, place.encode())

    def open(self, place: str, box: bytes) -> Any:
        """Open what `seal` made for the same place; raises `SealBrokenError`."""
        if box[:1] != _VERSION:
            raise SealBrokenError(place)
        nonce, sealed = box[1 : 1 + _NONCE_BYTES], box[1 + _NONCE_BYTES :]
        try:
            return json.loads(self._cipher.decrypt(nonce, sealed, place.encode()))
        except InvalidTag as error:
            raise SealBrokenError(place) from error

    def mark(self, purpose: str, value: str) -> str:
        """A keyed fingerprint (64 hex digits): equal for equal values, tells nothing without the key."""
        return hmac.new(self._mark_key, f"{purpose}\0{value}".encode(), hashlib.sha256).hexdigest()


def read_or_make_secret(path: Path) -> bytes:
    """The secret kept in `path`; a new one is written there (mode 0600) when there is none."""
    try:
        return path.read_bytes().strip()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was quicker
        return path.read_bytes().strip()
    with os.fdopen(descriptor, "wb") as file:
        secret = secrets.token_urlsafe(48).encode()
        file.write(secret)
    return secret
