"""One-time links that take a conversation from Telegram to our own page: signed, for half an hour, for one opening."""

import base64
import binascii
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from bot.channels.telegram.tables import LinkRow
from bot.conversation.state import State
from bot.database import keys_of
from bot.keys import Keys
from bot.messages import Answer

LASTS = timedelta(minutes=30)
_ANSWER = TypeAdapter(Answer)
_ID_BYTES, _TIME_BYTES, _SEAL_BYTES = 16, 5, 18


@dataclass(frozen=True, slots=True)
class Carried:
    """What goes along to the page: where the conversation was, and what was said last, the question among it."""

    state: State
    answer: Answer


def make(session: Session, chat: str, carried: Carried, *, now: datetime) -> str:
    """A link's token; `carried` waits sealed until it is opened."""
    ends = now.replace(microsecond=0) + LASTS
    token_id = secrets.token_bytes(_ID_BYTES)
    content = token_id + int(ends.timestamp()).to_bytes(_TIME_BYTES, "big")
    keys = keys_of(session)
    row_id = keys.mark("telegram link", token_id.hex())
    data = {"state": carried.state.as_json(), "answer": _ANSWER.dump_python(carried.answer, mode="json")}
    box = keys.seal(f"telegram_link:{row_id}", data)
    session.add(LinkRow(id=row_id, chat=chat, expires_at=ends, box=box))
    return base64.urlsafe_b64encode(content + _signature(keys, content)).decode()


def opens(session: Session, token: str, *, now: datetime) -> bool:
    """Whether the link would open now. Uses nothing up: programs that look ahead at links do no harm."""
    row_id = _row_of(keys_of(session), token, now)
    found = select(LinkRow.id).where(LinkRow.id == row_id, LinkRow.expires_at > now)
    return row_id is not None and session.scalar(found) is not None


def use(session: Session, token: str, *, now: datetime) -> Carried | None:
    """Open the link, once: of two who try, one gets it, and the chat's other links are over too.

    None when it is used, ended, or not ours.
    """
    keys = keys_of(session)
    row_id = _row_of(keys, token, now)
    if row_id is None:
        return None
    used = delete(LinkRow).where(LinkRow.id == row_id, LinkRow.expires_at > now)
    row = session.execute(used.returning(LinkRow.chat, LinkRow.box)).first()
    if row is None:
        return None
    session.execute(delete(LinkRow).where(LinkRow.chat == row.chat))
    data: dict[str, Any] = keys.open(f"telegram_link:{row_id}", row.box)
    return Carried(State.from_json(data["state"]), _ANSWER.validate_python(data["answer"]))


def _row_of(keys: Keys, token: str, now: datetime) -> str | None:
    """The row a token names; None when we have not signed it or its time is over."""
    try:
        raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    content, signature = raw[: _ID_BYTES + _TIME_BYTES], raw[_ID_BYTES + _TIME_BYTES :]
    if not hmac.compare_digest(signature, _signature(keys, content)):
        return None
    ends = datetime.fromtimestamp(int.from_bytes(content[_ID_BYTES:], "big"), UTC)
    return keys.mark("telegram link", content[:_ID_BYTES].hex()) if ends > now else None


def _signature(keys: Keys, content: bytes) -> bytes:
    return bytes.fromhex(keys.mark("telegram link signature", content.hex()))[:_SEAL_BYTES]
