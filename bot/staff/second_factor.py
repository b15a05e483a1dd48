"""The second factor: six digits from an app that change every 30 seconds (TOTP, RFC 6238), and recovery codes.

The app's secret is sealed, the recovery codes are kept as marks. A code works once: the step of the last one used
is kept, and only a later step is taken.
"""

import base64
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from sqlalchemy import BigInteger, CursorResult, LargeBinary, String, delete, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.database import Base, UtcDateTime, keys_of
from bot.keys import SealBrokenError
from bot.staff.accounts import Account

_STEP_SECONDS = 30
_DIGITS = 6
_DRIFT = (-1, 0, 1)
"""The steps taken: a clock may be half a minute off, and a code typed slowly is still good."""
_ISSUER = "Perheovi"
_OFFER_LASTS = timedelta(minutes=30)
_RECOVERY_CODES = 10
_LETTERS = "0123456789abcdefghjkmnpqrstvwxyz"
"""Crockford's base 32: ten of them are 50 bits."""


class SecondFactor(Base):
    """The app of one account, proved with a first code."""

    __tablename__ = "second_factor"

    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    box: Mapped[bytes] = mapped_column(LargeBinary)
    last_step: Mapped[int] = mapped_column(BigInteger)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class RecoveryCode(Base):
    """One code that works without the app, once; used, its row is gone."""

    __tablename__ = "recovery_code"

    staff_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    mark: Mapped[str] = mapped_column(String(64), primary_key=True)


@dataclass(frozen=True, slots=True)
class Offer:
    """A new secret, to be proved. `box` comes back with the first code: until then nothing is kept."""

    key: str
    """Base 32, in groups of four: for who cannot photograph."""
    link: str
    """`otpauth://…`, which the app reads as a picture."""
    box: str


def offer(session: Session, account: Account, now: datetime, *, earlier: str = "") -> Offer:
    """A secret for this account's app; the one of an `earlier` box of the last half hour, when there is one."""
    keys, place = keys_of(session), _offer_place(account.id)
    key = _offered(session, account.id, earlier, now) or secrets.token_bytes(20)
    held = {"key": key.hex(), "until": (now + _OFFER_LASTS).timestamp()}
    box = base64.urlsafe_b64encode(keys.seal(place, held)).decode()
    text = base64.b32encode(key).decode()
    groups = " ".join(text[at : at + 4] for at in range(0, len(text), 4))
    return Offer(groups, _totp(key).get_provisioning_uri(account.email, _ISSUER), box)


def enrol(session: Session, staff_id: str, box: str, code: str, now: datetime) -> tuple[str, ...] | None:
    """Keep the offered secret when the app's first code is right, and give the recovery codes to be shown once.

    None when the code is wrong or the offer too old. An earlier app of this account no longer works.
    """
    key = _offered(session, staff_id, box, now)
    step = _matching(key, code, now) if key else ()
    if key is None or not step:
        return None
    remove(session, staff_id)
    sealed = keys_of(session).seal(_place(staff_id), key.hex())
    session.add(SecondFactor(staff_id=staff_id, box=sealed, last_step=step[-1], made_at=now))
    return renew_recovery_codes(session, staff_id)


def accepts(session: Session, staff_id: str, code: str, now: datetime) -> bool:
    """Whether this is a code of the app, or a recovery code, that was not used before. It is used up by this."""
    found = session.get(SecondFactor, staff_id)
    if found is None:
        return False
    key = bytes.fromhex(keys_of(session).open(_place(staff_id), found.box))
    for step in _matching(key, code, now):
        taken = session.execute(
            update(SecondFactor)
            .where(SecondFactor.staff_id == staff_id, SecondFactor.last_step < step)
            .values(last_step=step)
        )
        if cast("CursorResult[object]", taken).rowcount:
            return True
    used = session.execute(
        delete(RecoveryCode).where(
            RecoveryCode.staff_id == staff_id, RecoveryCode.mark == _recovery_mark(session, staff_id, code)
        )
    )
    return bool(cast("CursorResult[object]", used).rowcount)


def is_on(session: Session, staff_id: str) -> bool:
    """Whether this account has a second factor."""
    return session.get(SecondFactor, staff_id) is not None


def everybody_with(session: Session) -> frozenset[str]:
    """The accounts that have one."""
    return frozenset(session.scalars(select(SecondFactor.staff_id)))


def remove(session: Session, staff_id: str) -> bool:
    """Take app and recovery codes away; whether there were any."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    gone = session.execute(delete(SecondFactor).where(SecondFactor.staff_id == staff_id))
    return bool(cast("CursorResult[object]", gone).rowcount)


def renew_recovery_codes(session: Session, staff_id: str) -> tuple[str, ...]:
    """Ten new codes, to be shown once; the earlier ones no longer work."""
    session.execute(delete(RecoveryCode).where(RecoveryCode.staff_id == staff_id))
    codes = tuple(_recovery_code() for _ in range(_RECOVERY_CODES))
    session.add_all(
        RecoveryCode(staff_id=staff_id, mark=_recovery_mark(session, staff_id, code)) for code in codes
    )
    return codes


def recovery_codes_left(session: Session, staff_id: str) -> int:
    """How many recovery codes have not been used."""
    count = select(func.count()).select_from(RecoveryCode).where(RecoveryCode.staff_id == staff_id)
    return session.scalar(count) or 0


def _recovery_code() -> str:
    letters = "".join(secrets.choice(_LETTERS) for _ in range(10))
    return f"{letters[:5]}-{letters[5:]}"


def _recovery_mark(session: Session, staff_id: str, code: str) -> str:
    plain = "".join(code.lower().replace("-", "").split()).translate(str.maketrans("oil", "011"))
    return keys_of(session).mark("recovery", f"{staff_id}:{plain}")


def _totp(key: bytes) -> TOTP:
    # SHA-1 is what every app knows, and as an HMAC it is sound (RFC 6238; RFC 6194, 3.3).
    return TOTP(key, _DIGITS, SHA1(), _STEP_SECONDS)  # noqa: S303


def _matching(key: bytes, code: str, now: datetime) -> Sequence[int]:
    """The steps around now whose code this is."""
    given, at = "".join(code.split()).encode(), int(now.timestamp()) // _STEP_SECONDS
    steps = [at + drift for drift in _DRIFT]
    right = [hmac.compare_digest(_totp(key).generate(step * _STEP_SECONDS), given) for step in steps]
    return [step for step, is_right in zip(steps, right, strict=True) if is_right]


def _offered(session: Session, staff_id: str, box: str, now: datetime) -> bytes | None:
    try:
        held = keys_of(session).open(_offer_place(staff_id), base64.urlsafe_b64decode(box.encode()))
    except (ValueError, SealBrokenError):
        return None
    return bytes.fromhex(held["key"]) if now.timestamp() < held["until"] else None


def _place(staff_id: str) -> str:
    return f"second_factor:{staff_id}"


def _offer_place(staff_id: str) -> str:
    return f"second_factor_offer:{staff_id}"
