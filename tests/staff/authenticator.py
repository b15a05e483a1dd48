"""An authenticator app on a telephone, written from RFC 6238 and not from our code."""

import base64
import hmac
import struct
from datetime import datetime


class Authenticator:
    """Shows the code for a key typed into it."""

    def __init__(self, key: str) -> None:
        self.key = base64.b32decode(key.replace(" ", ""))
        self.recovery_codes: tuple[str, ...] = ()

    def code(self, now: datetime) -> str:
        return self.code_at(int(now.timestamp()))

    def code_at(self, seconds: int) -> str:
        digest = hmac.digest(self.key, struct.pack(">Q", seconds // 30), "sha1")
        at = digest[-1] & 15
        number = int.from_bytes(digest[at : at + 4], "big") & 0x7FFFFFFF
        return f"{number % 1_000_000:06}"
