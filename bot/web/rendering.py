"""Pages from templates: Jinja2 with autoescape, the reader's language, and addresses of static files.

Every template may use: `t("page_…")` (a sentence in the reader's language), `t_in("fi", "page_…")`, `language`,
`direction`, `direction_of("ar")`, `languages` (the menu), `static("site.css")`, `icon("phone")`, `demo`, `path`.
"""

from functools import partial
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.web.appkeys import DEMO, TEXTS
from bot.web.language import COOKIE, chosen_now, direction, menu, reader_language
from bot.web.static import ASSETS

ENVIRONMENT = web.AppKey("environment", Environment)

_BOT = Path(__file__).resolve().parent.parent
_FOLDERS = tuple(_BOT / part / "templates" for part in ("web", "channels", "console"))


def environment() -> Environment:
    """The templates of all pages. What a template names and nobody gave it is an error."""
    found = Environment(
        loader=FileSystemLoader(_FOLDERS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    found.globals["icon"] = icon
    found.globals["direction_of"] = direction
    return found


def icon(name: str, classes: str = "icon") -> Markup:
    """One of the drawings of `icons.html`, hidden from screen readers: words always stand beside it."""
    drawing = Markup('<svg class="{}" aria-hidden="true" focusable="false"><use href="#icon-{}"/></svg>')
    return drawing.format(classes, name)


def rendered(request: web.Request, template: str, **context: Any) -> str:
    """A template as text. `context` wins over what every template is given."""
    app = request.app
    language = context.get("language") or reader_language(request)
    texts = app[TEXTS]()

    def t_in(chosen: str, name: str, **values: Any) -> str:
        return texts.text(name, chosen, **values)

    given: dict[str, Any] = {
        "t": partial(t_in, language),
        "t_in": t_in,
        "language": language,
        "direction": direction(language),
        "languages": menu(texts),
        "static": app[ASSETS].address,
        "demo": app.get(DEMO, False),
        "path": request.path,
    }
    return app[ENVIRONMENT].get_template(template).render(given | context)


def render(request: web.Request, template: str, *, status: int = 200, **context: Any) -> web.Response:
    """A page. A language chosen in the menu is remembered in a cookie; nothing else ever is."""
    response = web.Response(
        text=rendered(request, template, **context), status=status, content_type="text/html", charset="utf-8"
    )
    chosen = chosen_now(request)
    if chosen:
        response.set_cookie(COOKIE, chosen, path="/", samesite="Lax", httponly=True, secure=request.secure)
    return response


def say(request: web.Request, name: str, **values: Any) -> str:
    """A sentence in the reader's language, for code that answers without a template."""
    return request.app[TEXTS]().text(name, reader_language(request), **values)
