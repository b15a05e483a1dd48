"""Every address that families and front ends use."""

from aiohttp import web

from bot.channels import (
    chat_messages,
    crawling,
    e_form_page,
    embed,
    health,
    live_stream,
    my,
    my_safe_call,
    pages,
    rest,
    service_list,
    service_page,
    service_report,
    web_chat,
)

_OWN_REQUEST = (
    web.get("/my", my.enter),
    web.post("/my", my.find),
    web.get("/my/{code}", my.show),
    web.post("/my/{code}/move", my.move),
    web.post("/my/{code}/safe", my_safe_call.save),
    web.get("/my/{code}/cancel", my.ask_cancel),
    web.post("/my/{code}/cancel", my.cancel),
    web.get("/my/{code}/delete", my.ask_delete),
    web.post("/my/{code}/delete", my.delete),
)
"""The family's own request, by its code."""
_SERVICES = (
    web.get("/services", service_list.show),
    web.get("/services/{slug:[a-z0-9-]{1,80}}", service_page.show),
    web.get("/services/{slug:[a-z0-9-]{1,80}}/groups.ics", service_page.calendar),
    web.post("/services/{slug:[a-z0-9-]{1,80}}/wrong", service_report.send),
    web.get("/robots.txt", crawling.robots),
    web.get("/sitemap.xml", crawling.sitemap),
)
"""The public pages of services."""


def add_routes(app: web.Application) -> None:
    """Add the family pages, the REST channel and the signs of life; `bot.web.setup.prepare` comes before."""
    app.add_routes(
        [
            *_OWN_REQUEST,
            *_SERVICES,
            web.get("/", web_chat.front),
            web.get("/chat", web_chat.alone),
            web.post("/chat", web_chat.post_form),
            web.post("/chat/messages", chat_messages.post_message),
            web.get("/chat/events", live_stream.events),
            web.options("/chat/messages", embed.preflight),
            web.get("/embed.js", embed.script),
            web.get("/embed/chat", embed.chat),
            web.get("/form", e_form_page.ask),
            web.post("/form", e_form_page.send),
            web.get("/help", pages.show_help),
            web.get("/privacy", pages.privacy),
            web.get("/accessibility", pages.accessibility),
            web.get("/exit", pages.leave),
            web.get("/favicon.ico", pages.no_icon),
            web.get("/webhooks/rest/", rest.status),
            web.post("/webhooks/rest/webhook", rest.webhook),
            web.options("/webhooks/rest/webhook", rest.preflight),
            web.get("/health/live", health.live),
            web.get("/health/ready", health.ready),
            web.get("/metrics", health.metrics),
        ]
    )
