"""Updates as Telegram sends them, of a made-up person."""

from itertools import count
from typing import Any

from tests.telegram.emulator import BOT

CHAT = 700_000_001
CRISIS = "aion tappaa itseni tänä yönä"
_numbers = count(5000)

FILE = {"file_id": "AgAC", "file_unique_id": "AQAD"}
ATTACHMENTS: dict[str, Any] = {
    "sticker": {
        **FILE,
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
    "photo": [{**FILE, "width": 90, "height": 60}],
    "voice": {**FILE, "duration": 4},
    "document": FILE,
    "contact": {"phone_number": "+358501234567", "first_name": "Maija"},
    "location": {"latitude": 60.47, "longitude": 25.09},
}


def person(chat: int = CHAT, language: str = "fi") -> dict[str, Any]:
    return {
        "id": chat,
        "is_bot": False,
        "first_name": "Maija",
        "username": "maija_m",
        "language_code": language,
    }


def message(chat: int = CHAT, language: str = "fi", kind: str = "private", **content: Any) -> dict[str, Any]:
    return {
        "message_id": next(_numbers),
        "date": 1_795_500_000,
        "chat": {"id": chat, "type": kind, "first_name": "Maija"},
        "from": person(abs(chat), language),
        **content,
    }


def update(**content: Any) -> dict[str, Any]:
    return {"update_id": next(_numbers), **content}


def says(text: str, chat: int = CHAT, language: str = "fi") -> dict[str, Any]:
    return update(message=message(chat, language, text=text))


def sends(name: str, **more: Any) -> dict[str, Any]:
    return update(message=message(**{name: ATTACHMENTS[name], **more}))


def edits(text: str) -> dict[str, Any]:
    return update(edited_message=message(text=text, edit_date=1_795_500_100))


def presses(data: str, chat: int = CHAT) -> dict[str, Any]:
    pressed = {
        "id": "77",
        "from": person(chat),
        "chat_instance": "1",
        "message": message(chat, text="…"),
        "data": data,
    }
    return update(callback_query=pressed)


def membership(status: str, chat: int = CHAT, kind: str = "private") -> dict[str, Any]:
    change = {
        "chat": {"id": chat, "type": kind},
        "from": person(),
        "date": 1_795_500_000,
        "old_chat_member": {"status": "left", "user": BOT},
        "new_chat_member": {
            "status": status,
            "user": BOT,
            **({"until_date": 0} if status == "kicked" else {}),
        },
    }
    return update(my_chat_member=change)
