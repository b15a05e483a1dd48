"""`POST /services/{slug}/wrong`: a family tells that something on the page is wrong; nobody is asked who they are."""

from aiohttp import web

from bot.channels.service_page import drawn, gone, published
from bot.clock import system_clock
from bot.guidance import reports
from bot.safety import assess
from bot.web.appkeys import CLOCK, DATABASE
from bot.web.body import form
from bot.web.language import reader_language
from bot.web.limits import LIMITER, REPORTS_BY_ADDRESS, client_address


async def send(request: web.Request) -> web.Response:
    """Keep it and say thank you; words of a crisis are answered with those who help, whatever else."""
    fields = await form(request)
    service = await published(request)
    if service is None:
        return await gone(request)
    text, language = fields.get("wrong", "").strip()[: reports.LONGEST], reader_language(request)
    helps = assess(text, language=language).interrupts
    if not request.app[LIMITER].allow(REPORTS_BY_ADDRESS, client_address(request)):
        status = 200 if helps else 429
        return drawn(request, service, status=status, notice="page_services_wrong_often", helps=helps)
    now = request.app.get(CLOCK, system_clock)()
    await request.app[DATABASE].write(
        lambda session: reports.tell(session, service.id, text, language=language, now=now)
    )
    return drawn(request, service, notice="page_services_wrong_thanks", helps=helps)
