"""Which texts lack which language, from the texts the bot speaks with right now."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from aiohttp import web

from bot.checking import EASY_CORE
from bot.console.page import draw
from bot.guidance.catalogue import Catalogue
from bot.meaning import LANGUAGES
from bot.staff.accounts import Member
from bot.texts import Texts
from bot.translations import EASY
from bot.web.appkeys import CATALOGUE, DATABASE, TEXTS


@dataclass(frozen=True, slots=True)
class Lack:
    """A text that a language lacks: its name, its Finnish words, and whether the bot needs it to write at all."""

    name: str
    finnish: str
    core: bool


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the texts are written in one language."""

    language: str
    written: bool
    """Whether the bot writes in it."""
    core: int
    """How many texts of the core are missing."""
    other: int
    services: int | None
    """How many published services have no name or summary in it; None for easy language, which services have not."""
    lacking: tuple[tuple[str, tuple[Lack, ...]], ...]
    """What is missing, by file."""
    easy: bool = False
    """Whether it is the easy form of the language (selkokieli)."""


async def show(request: web.Request, member: Member) -> web.StreamResponse:
    """The languages, and under each what it lacks."""
    cache = request.app[CATALOGUE]
    catalogue = await request.app[DATABASE].read(cache.get)
    texts = request.app[TEXTS]()
    return draw(
        request, member, "staff/texts.html",
        tab="texts", texts=len(texts.responses), services=len(catalogue.by_id),
        coverages=[
            *(coverage(texts, catalogue, code) for code in LANGUAGES if code != "fi"),
            *(easy_coverage(texts, code) for code in LANGUAGES if code in texts.easy),
        ],
        problems=[str(problem) for problem in texts.left_out],
    )  # fmt: skip


def coverage(texts: Texts, catalogue: Catalogue, language: str) -> Coverage:
    """What `language` has and lacks."""
    missing = texts.missing(language)
    core = sum(name in texts.core for name in missing)
    return Coverage(
        language=language,
        written=language in texts.written,
        core=core,
        other=len(missing) - core,
        services=sum(
            service.name.get(language) is None or service.summary.get(language) is None
            for service in catalogue.by_id.values()
        ),
        lacking=tuple(_by_file(texts, missing, texts.core)),
    )


def easy_coverage(texts: Texts, language: str) -> Coverage:
    """What the easy form of `language` has and lacks of what the bot says; pages and cards have none."""
    said = [name for name in texts.missing(f"{language}{EASY}") if name.startswith("utter_")]
    core = sum(name in EASY_CORE for name in said)
    return Coverage(
        language=language,
        written=True,
        core=core,
        other=len(said) - core,
        services=None,
        lacking=tuple(_by_file(texts, said, EASY_CORE)),
        easy=True,
    )


def _by_file(
    texts: Texts, names: Sequence[str], core: Collection[str]
) -> Iterator[tuple[str, tuple[Lack, ...]]]:
    for file, found in groupby(names, key=lambda name: texts.variant(name).file):
        yield file, tuple(Lack(name, texts.variant(name).texts["fi"], name in core) for name in found)
