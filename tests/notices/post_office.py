"""An SMTP server (RFC 5321) as far as letters are handed in: with TLS, sign-in, and replies as it is told."""

import asyncio
import base64
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage


@dataclass
class PostOffice:
    """One server, in memory."""

    letters: list[EmailMessage] = field(default_factory=list)
    signed_in: list[str] = field(default_factory=list)
    """`user:password` of everybody who signed in."""
    refuses: dict[str, str] = field(default_factory=dict)
    """Command → the reply instead of taking it."""
    tls: ssl.SSLContext | None = None
    port: int = 0
    _server: asyncio.Server | None = None

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._talk, "127.0.0.1", 0, ssl=self.tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server:
            self._server.close()
            await self._server.wait_closed()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            writer.write(b"220 post.example ready\r\n")
            while line := (await reader.readline()).decode().strip():
                command, _, rest = line.partition(" ")
                reply = self.refuses.get(command.upper()) or await self._reply(
                    command.upper(), rest, reader, writer
                )
                writer.write(f"{reply}\r\n".encode())
                await writer.drain()
                if command.upper() == "QUIT":
                    break
        writer.close()

    async def _reply(
        self, command: str, rest: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> str:
        if command == "EHLO":
            return "250-post.example\r\n250-AUTH PLAIN\r\n250 SMTPUTF8"
        if command == "AUTH":
            _, user, password = base64.b64decode(rest.rsplit(maxsplit=1)[-1]).decode().split("\0")
            self.signed_in.append(f"{user}:{password}")
            return "235 welcome"
        if command == "DATA":
            writer.write(b"354 go on\r\n")
            letter = await reader.readuntil(b"\r\n.\r\n")
            self.letters.append(message_from_bytes(letter[:-3], policy=policy.default))
            return self.refuses.get("LETTER") or "250 taken"
        return "221 bye" if command == "QUIT" else "250 fine"
