"""Which language a family page is shown in: what was asked for, what was chosen before, what the browser says."""

from dataclasses import dataclass

from aiohttp import web
from babel import Locale, UnknownLocaleError

from bot.texts import Texts
from bot.web.appkeys import TEXTS

COOKIE = "language"
"""Set only when a language is chosen in the menu; holds its code and nothing else."""


@dataclass(frozen=True, slots=True)
class PageLanguage:
    """A language as the menu shows it."""

    code: str
    name: str
    """In the language itself."""


def offered(texts: Texts) -> tuple[str, ...]:
    """The codes of the languages the pages are written in, in the order of the menu."""
    return texts.written


def menu(texts: Texts) -> tuple[PageLanguage, ...]:
    """The languages to choose from, each by its own name."""
    return tuple(PageLanguage(code, _own_name(code)) for code in offered(texts))


def chosen_now(request: web.Request) -> str | None:
    """The language asked for in the address (`?lang=sv`), when we have it."""
    wanted = request.query.get("lang", "")
    return wanted if wanted in offered(request.app[TEXTS]()) else None


def reader_language(request: web.Request) -> str:
    """The reader's language: the address, then the cookie, then `Accept-Language` (RFC 9110 12.5.4), else `fi`."""
    codes = offered(request.app[TEXTS]())
    remembered = request.cookies.get(COOKIE, "")
    asked = (
        request.query.get("lang", ""),
        remembered,
        *_accepted(request.headers.get("Accept-Language", "")),
    )
    return next((code for code in asked if code in codes), "fi")


def direction(language: str) -> str:
    """`rtl` or `ltr`; `auto`, by its first letter, for a language nobody has described."""
    try:
        return str(Locale(language).text_direction)
    except UnknownLocaleError:
        return "auto"


def whole_page(request: web.Request, beginning: str) -> str:
    """The language in which a page whose texts begin so can be shown whole: the reader's, else Finnish."""
    texts, language = request.app[TEXTS](), reader_language(request)
    own = (name for name in texts.responses if name.startswith(beginning))
    return language if all(language in texts.languages(name) for name in own) else "fi"


def _own_name(code: str) -> str:
    name = Locale(code).get_display_name(code) or code
    return name[:1].upper() + name[1:]


def _accepted(header: str) -> list[str]:
    weighted = []
    for place, part in enumerate(header.split(",")[:20]):
        code, _, quality = part.partition(";q=")
        try:
            weight = float(quality or 1)
        except ValueError:
            weight = 0.0
        if weight > 0:
            weighted.append((-weight, place, code.strip()[:2].lower()))
    return [code for _, _, code in sorted(weighted)]
