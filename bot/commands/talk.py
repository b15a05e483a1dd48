"""`perheovi talk`: a conversation in the terminal, against the real database and content."""

import asyncio
import secrets

from bot.app import open_parts
from bot.app import prepare as prepare_installation
from bot.app.parts import Parts
from bot.clock import system_clock
from bot.commands.settings import log_to_stderr, read_settings
from bot.messages import Answer, Button, IncomingMessage


def talk(*, language: str = "fi") -> None:
    """Write to the bot in the terminal. A number presses a button; an empty line ends.

    Args:
        language: The language to begin in: fi, sv or en.
    """
    log_to_stderr()
    settings = read_settings()
    prepare_installation(settings, system_clock)
    parts = open_parts(settings, system_clock)
    try:
        asyncio.run(_talk(parts, language))
    finally:
        parts.close()


async def _talk(parts: Parts, language: str) -> None:
    sender = secrets.token_hex(16)
    buttons: list[Button] = []
    print(parts.content.now().texts.text("utter_greet", language))
    while line := (await asyncio.to_thread(_ask)).strip():
        pressed = int(line) - 1 if line.isdigit() and len(line) == 1 else -1
        text = buttons[pressed].payload if 0 <= pressed < len(buttons) else line
        message = IncomingMessage(
            channel="terminal",
            sender=sender,
            text=text,
            message_id=secrets.token_hex(8),
            received_at=parts.clock(),
            language=language,
        )
        answer = await parts.turns.take(message)
        buttons = _show(answer)


def _ask() -> str:
    try:
        return input("> ")
    except (EOFError, KeyboardInterrupt):
        return ""


def _show(answer: Answer) -> list[Button]:
    buttons: list[Button] = []
    for reply in answer.replies:
        print(f"\n{reply.text}")
        for button in reply.buttons:
            buttons.append(button)
            print(f"  [{len(buttons)}] {button.title}")
    print()
    return buttons
