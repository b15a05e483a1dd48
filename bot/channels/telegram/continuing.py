"""`/continue/{token}`: a conversation from Telegram goes on here. The link opens once, and only when it is pressed.

Programs that look ahead at links only ever read the page with the button.
"""

from aiohttp import web
from sqlalchemy.orm import Session

from bot.channels.incoming import new_sender
from bot.channels.live_lines import CHANNEL
from bot.channels.telegram import links
from bot.channels.telegram.links import Carried
from bot.channels.web_chat import a_talk
from bot.clock import system_clock
from bot.conversation import carrying
from bot.web.appkeys import CLOCK, DATABASE, TEXTS
from bot.web.language import offered, reader_language
from bot.web.rendering import render


async def ask(request: web.Request) -> web.Response:
    """`GET /continue/{token}`: the button that opens the conversation, or that the link is over."""
    token, now = request.match_info["token"], request.app.get(CLOCK, system_clock)()
    opens = await request.app[DATABASE].read(lambda session: links.opens(session, token, now=now))
    if not opens:
        return _over(request)
    return render(request, "family/continue.html", opens=True)


async def go_on(request: web.Request) -> web.Response:
    """`POST /continue/{token}`: the chat, where the conversation in Telegram was."""
    token, now = request.match_info["token"], request.app.get(CLOCK, system_clock)()
    sender = new_sender()

    def take_over(session: Session) -> Carried | None:
        carried = links.use(session, token, now=now)
        if carried:
            carrying.begin_with(session, CHANNEL, sender, carried.state, now=now)
        return carried

    carried = await request.app[DATABASE].write(take_over)
    if carried is None:
        return _over(request)
    language = carried.state.language
    if language not in offered(request.app[TEXTS]()):
        language = reader_language(request)
    talk = a_talk(request, sender, answered=carried.answer)
    # The language menu must lead to the chat: this address is used up.
    return render(request, "family/chat.html", language=language, talk=talk, path="/chat")


def _over(request: web.Request) -> web.Response:
    return render(request, "family/continue.html", status=410, opens=False)
