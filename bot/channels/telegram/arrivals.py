"""An update from Telegram, read into the little that we need of it: no name, no picture, no address."""

import re
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self

from telegram import CallbackQuery, ChatMemberUpdated, Message, Update
from telegram.constants import ChatMemberStatus, ChatType

from bot.meaning import LANGUAGES

ALLOWED = ("message", "edited_message", "callback_query", "my_chat_member")
"""The kinds of updates we ask Telegram for."""

Kind = Literal["words", "press", "command", "edited", "unreadable", "group", "invited", "back", "gone"]
Sort = Literal["picture", "voice", "sticker", "contact", "location", "other"]

_COMMANDS = frozenset({"start", "help", "stop"})
_COMMAND = re.compile(r"/([a-z]+)(?:@\w+)?(?=\s|$)", re.IGNORECASE)
_SORTS: tuple[tuple[str, Sort], ...] = (
    ("sticker", "sticker"), ("dice", "sticker"), ("voice", "voice"), ("audio", "voice"), ("video_note", "voice"),
    ("photo", "picture"), ("video", "picture"), ("animation", "picture"), ("document", "picture"),
    ("story", "picture"), ("contact", "contact"), ("venue", "location"), ("location", "location"), ("poll", "other"),
    ("game", "other"), ("checklist", "other"), ("paid_media", "picture"), ("invoice", "other"),
)  # fmt: skip
_INSIDE = (ChatMemberStatus.MEMBER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.RESTRICTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """One thing that came from Telegram."""

    update_id: int
    """Telegram's own; the same again is the same update."""
    chat_id: int
    kind: Kind
    text: str = ""
    """The words; of a press its data, of a command its name, of what we cannot read its sort."""
    sort: Sort | None = None
    """What came with the words, or instead of them, that we cannot read."""
    language: str | None = None
    """The language of the writer's Telegram, when it is one of ours."""
    query: str | None = None
    """The id of a press, which Telegram wants back."""
    album: str | None = None
    """The same for all pictures sent at once."""
    helped: str | None = None
    """A fingerprint of the crisis help that was sent before anything else."""
    number_hidden: bool = False
    """Whether a telephone number was taken out of the words."""

    def as_json(self) -> dict[str, Any]:
        """Plain data for a sealed box."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Self:
        """What `as_json` gave."""
        return cls(**data)


def read(update: Update) -> Arrival | None:
    """What an update says to us; None when it asks for nothing (a pin, a reaction, a live position that moved)."""
    if update.my_chat_member:
        return _membership(update.update_id, update.my_chat_member)
    if update.callback_query:
        return _press(update.update_id, update.callback_query)
    if update.edited_message:
        return _edited(update.update_id, update.edited_message)
    message = update.effective_message
    return _message(update.update_id, message) if message else None


def _membership(update_id: int, change: ChatMemberUpdated) -> Arrival | None:
    inside = change.new_chat_member.status in _INSIDE
    kind: Kind
    if change.chat.type == ChatType.PRIVATE:
        kind = "back" if inside else "gone"
    elif inside:
        kind = "invited"
    else:
        return None
    language = _known(change.from_user.language_code)
    return Arrival(update_id=update_id, chat_id=change.chat.id, kind=kind, language=language)


def _press(update_id: int, query: CallbackQuery) -> Arrival | None:
    if query.message is None or query.message.chat.type != ChatType.PRIVATE:
        return None
    return Arrival(
        update_id=update_id,
        chat_id=query.message.chat.id,
        kind="press",
        text=query.data or "",
        query=query.id,
        language=_known(query.from_user.language_code),
    )


def _edited(update_id: int, message: Message) -> Arrival | None:
    words = message.text or message.caption
    if not words or message.chat.type != ChatType.PRIVATE:
        return None
    return Arrival(
        update_id=update_id,
        chat_id=message.chat.id,
        kind="edited",
        text=words,
        language=_language(message),
    )


def _message(update_id: int, message: Message) -> Arrival | None:
    words = message.text or message.caption or ""
    sort = next((sort for name, sort in _SORTS if getattr(message, name, None)), None)
    if not words and sort is None:
        return None
    kind: Kind = "words" if words else "unreadable"
    if message.chat.type != ChatType.PRIVATE:
        kind = "group"
    elif words.startswith("/"):
        command = _COMMAND.match(words)
        if command and command[1].lower() in _COMMANDS:
            kind, words = "command", words[1:]
        else:  # what a button would send is never taken from somebody's words
            words = words.lstrip("/ ")
    return Arrival(
        update_id=update_id,
        chat_id=message.chat.id,
        kind=kind,
        text=words,
        sort=sort,
        language=_language(message),
        album=message.media_group_id,
    )


def _language(message: Message) -> str | None:
    return _known(message.from_user.language_code if message.from_user else None)


def _known(code: str | None) -> str | None:
    """`fi` of `fi-FI`; None for a language that is not ours."""
    short = (code or "").split("-")[0].lower()
    return short if short in LANGUAGES else None
