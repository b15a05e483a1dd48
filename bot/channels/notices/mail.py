"""E-mail through an SMTP server, with the standard library's client in a thread."""

import asyncio
import smtplib
import ssl
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import formatdate, parseaddr
from typing import Literal
from urllib.parse import unquote, urlsplit

import structlog

from bot.channels.notices.loopback import is_loopback
from bot.channels.notices.telling import NotNow, Outcome, Refused, Taken, Telling
from bot.settings import SetupError

log = structlog.get_logger()

_SECONDS = 20
_PORTS = {"smtp": 587, "smtps": 465}
_FOREVER = 500
"""From this reply code on, SMTP means that trying again will not help (RFC 5321, 4.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """Where e-mail goes, and from whom."""

    host: str
    port: int
    security: Literal["tls", "starttls", "none"]
    user: str = ""
    password: str = field(default="", repr=False)
    sender: Address
    context: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    async def deliver(self, telling: Telling) -> Outcome:
        """Hand one letter to the server."""
        try:
            await asyncio.to_thread(self._send, letter(telling, self.sender))
        except smtplib.SMTPRecipientsRefused as error:
            code = max(code for code, _ in error.recipients.values())
            return self._not_taken(telling, error, code)
        except smtplib.SMTPDataError as error:
            return self._not_taken(telling, error, error.smtp_code)
        except (smtplib.SMTPException, OSError) as error:  # of our side: sign-in, sender, network
            log.warning("mail server not usable", notice=telling.notice_id, error=type(error).__name__)
            return NotNow("unreachable")
        return Taken()

    def _not_taken(self, telling: Telling, error: Exception, code: int) -> Outcome:
        log.warning("mail refused", notice=telling.notice_id, error=type(error).__name__, code=code)
        return Refused("refused") if code >= _FOREVER else NotNow("gateway")

    def _send(self, message: EmailMessage) -> None:
        with self._connected() as server:
            if self.security == "starttls":
                server.starttls(context=self.context)
            if self.user:
                server.login(self.user, self.password)
            server.send_message(message)

    def _connected(self) -> smtplib.SMTP:
        if self.security == "tls":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=_SECONDS, context=self.context)
        return smtplib.SMTP(self.host, self.port, timeout=_SECONDS)


def letter(telling: Telling, sender: Address) -> EmailMessage:
    """The notice as a letter. Its Message-ID is the same at every try."""
    message = EmailMessage()
    message["From"] = sender
    message["To"] = telling.address
    message["Subject"] = telling.subject
    message["Date"] = formatdate()
    message["Message-ID"] = f"<{telling.key}@{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = telling.language
    message.set_content(f"{telling.text}\n")
    return message


def open_server(url: str, sender: str | None) -> MailServer:
    """The server of `smtps://user:password@host:465` or `smtp://…:587` (with STARTTLS, unless on this machine).

    Raises `SetupError` when the address or the sender cannot be used.
    """
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname:
        raise SetupError("PERHEOVI_SMTP_URL cannot be used: write smtps://user:password@host:465")
    name, address = parseaddr(sender or "")
    if "@" not in address:
        raise SetupError("PERHEOVI_SMTP_FROM is not set: e-mail needs an address to come from.")
    security: Literal["tls", "starttls", "none"] = "tls" if parts.scheme == "smtps" else "starttls"
    if security == "starttls" and is_loopback(parts.hostname):
        security = "none"
    return MailServer(
        host=parts.hostname,
        port=parts.port or _PORTS[parts.scheme],
        security=security,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=Address(name, addr_spec=address),
    )
