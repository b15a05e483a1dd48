"""`perheovi catalog …`: the catalogue from the command line."""

import datetime as dt
import json
from collections.abc import Sequence
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from bot import texts
from bot.app.parts import open_database
from bot.clock import helsinki, system_clock
from bot.commands.catalogue_advice import catalogue_advice
from bot.commands.settings import read_settings
from bot.guidance import areas, checking
from bot.guidance.catalogue import Catalogue
from bot.guidance.match import Match
from bot.guidance.search import search as search_catalogue
from bot.guidance.search.narrowing import Narrowing
from bot.guidance.store import load
from bot.settings import Settings, SetupError
from bot.understanding.model import ModelError
from bot.understanding.understand import Understander

_NEEDS = 3


def search(
    query: str,
    /,
    *,
    limit: Annotated[int, Parameter(validator=Number(gte=1))] = 5,
    municipality: str | None = None,
    age: Annotated[list[float] | None, Parameter(negative="", validator=Number(gte=0, lte=120))] = None,
    language: str | None = None,
    free: Annotated[bool, Parameter(negative="")] = False,
    open_now: Annotated[bool, Parameter(negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Find services by words, and by what a parent means with them where there is a trained model.

    Args:
        query: What to look for.
        limit: How many to show at most.
        municipality: Only what serves there (Finnish name).
        age: Only what is for a child of this age in years; given again, for any of them.
        language: Only what is told to serve in this language (`fi`, `ru`).
        free: Only what is told to cost nothing.
        open_now: Not what is closed now; what tells no hours comes last.
        as_json: Print JSON.
    """
    settings, now = read_settings(), system_clock()
    catalogue = _catalogue(settings)
    place = catalogue.areas.name_of(municipality)
    if municipality and place is None:
        raise SetupError(f"There is no municipality {municipality}. Write its Finnish name.")
    narrowing = Narrowing(
        ages=tuple(age or ()), served_in=language, open_now=now if open_now else None, free_only=free
    )
    found = search_catalogue(
        catalogue, query, municipality=place, language=language or "fi", limit=limit,
        needs=_heard(settings, query, now), narrowing=narrowing, widely=True, today=helsinki(now).date(),
    )  # fmt: skip
    _print(found, as_json=as_json)


def _print(found: Sequence[Match], *, as_json: bool) -> None:
    rows = [
        {"id": match.service.id, "name": match.service.name.fi, "reason": match.reason, "reach": match.reach}
        for match in found
    ]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['name']}  ({row['id']}; {row['reason']}, {row['reach']})")


def _catalogue(settings: Settings) -> Catalogue:
    database, known = open_database(settings), areas.load(settings.catalogue_dir)
    try:
        return database.read_now(lambda session: load(session, known))
    finally:
        database.close()


def _heard(settings: Settings, query: str, now: dt.datetime) -> Sequence[tuple[str, float]]:
    """What the trained model makes of the words: needs with their chances; nothing where there is no model."""
    try:
        ear = Understander.load(settings.nlu_dir, settings.effective_model_path())
    except ModelError:
        return ()
    return [(guess.name, guess.confidence) for guess in ear.understand(query, now=now).needs[:_NEEDS]]


def check() -> int:
    """Check the catalogue's files, and advise on their texts; exit 1 when something is wrong."""
    settings, now = read_settings(), system_clock()
    problems = checking.check(settings.catalogue_dir, texts.load(settings.dialogues_dir), now)
    for line in (*problems, *catalogue_advice(settings.catalogue_dir, now)):
        print(line)
    return 1 if problems else 0
