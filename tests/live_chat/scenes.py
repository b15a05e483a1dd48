"""A live chat in an empty database, and who takes part."""

from datetime import UTC, datetime
from typing import Any

from bot.database import Database
from bot.live_chat import changing, reading
from bot.live_chat.chat import Chat, HandOver, Taker
from bot.reach import EVERYWHERE

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
AINO, VEIKKO = Taker("a1", "Aino Lehtola", EVERYWHERE), Taker("v1", "Veikko Sarala", EVERYWHERE)


def asked(database: Database, *, now: datetime = NOW, conversation: str = "c" * 64, **facts: Any) -> str:
    """Somebody asks for a person; the chat's id."""
    new = HandOver(conversation=conversation, **({"area": "jarvenpaa"} | facts))
    return database.write_now(lambda session: changing.ask(session, new, now=now))


def taken(database: Database, *, now: datetime = NOW, **facts: Any) -> str:
    """The same, and Aino is there."""
    chat_id = asked(database, now=now, **facts)
    database.write_now(lambda session: changing.take(session, chat_id, AINO, now=now))
    return chat_id


def chat_of(database: Database, chat_id: str) -> Chat:
    """As it stands now."""
    found = database.read_now(lambda session: reading.find(session, chat_id, EVERYWHERE))
    assert found is not None
    return found
