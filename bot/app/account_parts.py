"""What signing in needs of the settings: the second factor's rule, the organisation's sign-in, letters to staff."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.channels.notices.mail import open_server
from bot.channels.notices.telling import Taken, Telling
from bot.database import new_id
from bot.settings import Settings, SetupError
from bot.staff.provider import Provider
from bot.web import appkeys


def add_accounts(app: web.Application, settings: Settings, *, demo: bool) -> None:
    """Fill the keys that the sign-in pages use. Raises `SetupError`."""
    public = settings.public_url
    app[appkeys.SECOND_FACTOR_REQUIRED] = settings.second_factor_required(demo=demo)
    app[appkeys.PROVIDER] = _provider(settings)
    app[appkeys.PUBLIC_URL] = str(public).rstrip("/") if public is not None else None
    app[appkeys.SEND_LETTER] = _letters(settings)


def _provider(settings: Settings) -> Provider | None:
    if settings.oidc_issuer is None:
        return None
    if settings.oidc_client_id is None:
        raise SetupError("PERHEOVI_OIDC_CLIENT_ID is not set: the organisation's sign-in must know who asks.")
    secret = settings.oidc_client_secret
    try:
        return Provider(
            settings.oidc_issuer,
            settings.oidc_client_id,
            secret.get_secret_value() if secret else None,
            settings.oidc_label,
        )
    except ValueError as error:
        raise SetupError(str(error)) from error


def _letters(settings: Settings) -> Callable[[str, str, str], Awaitable[bool]] | None:
    if settings.smtp_url is None:
        return None
    server = open_server(settings.smtp_url.get_secret_value(), settings.smtp_from)

    async def send(to: str, subject: str, text: str) -> bool:
        key = new_id()
        letter = Telling(
            notice_id=0, key=key, address=to, language="fi", subject=subject, text=text, handed_over=False
        )
        return isinstance(await server.deliver(letter), Taken)

    return send
