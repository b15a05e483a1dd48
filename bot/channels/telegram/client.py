"""python-telegram-bot's `Bot` over aiohttp's client, which the rest of the program uses too.

Only `Bot` and `Update` are used: the library's own application would acknowledge updates before they are kept.
"""

import os

import aiohttp
from telegram import Bot
from telegram._utils.types import ODVInput
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

os.environ.setdefault("PTB_TIMEDELTA", "1")  # the library's own switch to durations as `timedelta`

_SECONDS = 10.0


class OverAiohttp(BaseRequest):
    """How requests reach Telegram."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds that an answer may take when nothing else is said."""
        return _SECONDS

    async def initialize(self) -> None:
        """Nothing: connections are made when they are needed."""

    async def shutdown(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0917  (the arguments are the library's)
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002
    ) -> tuple[int, bytes]:
        """Status and body of the answer. Raises the library's `TimedOut` and `NetworkError`.

        We never send a file, so everything is a form.
        """
        seconds = read_timeout if isinstance(read_timeout, int | float) else _SECONDS
        session = self._open()
        try:
            async with session.request(
                method,
                url,
                data=request_data.json_parameters if request_data else None,
                timeout=aiohttp.ClientTimeout(total=seconds),
            ) as response:
                return response.status, await response.read()
        except TimeoutError as error:
            raise TimedOut from error
        except aiohttp.ClientError as error:
            # What went wrong, without the address: the bot's token is in it.
            raise NetworkError(type(error).__name__) from error

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession()
        return self._session


def open_bot(token: str, api_url: str) -> Bot:
    """The bot with this token at this Bot API server; closed with `close_bot`."""
    return Bot(
        token,
        base_url=f"{api_url.rstrip('/')}/bot",
        request=OverAiohttp(),
        get_updates_request=OverAiohttp(),
    )


async def close_bot(bot: Bot) -> None:
    """Close its connections."""
    for request in bot._request:  # noqa: SLF001  (shutdown() would first want a getMe)
        await request.shutdown()
