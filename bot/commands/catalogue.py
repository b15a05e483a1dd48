"""`perheovi catalog …`: the catalogue from the command line."""

import json
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from bot import texts
from bot.app.parts import open_database
from bot.clock import system_clock
from bot.commands.catalogue_advice import catalogue_advice
from bot.commands.settings import read_settings
from bot.guidance import areas, checking
from bot.guidance.search import search as search_catalogue
from bot.guidance.store import load


def search(
    query: str,
    /,
    *,
    limit: Annotated[int, Parameter(validator=Number(gte=1))] = 5,
    municipality: str | None = None,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> None:
    """Find services by words.

    Args:
        query: What to look for.
        limit: How many to show at most.
        municipality: Only what serves there (Finnish name).
        as_json: Print JSON.
    """
    settings = read_settings()
    database = open_database(settings)
    try:
        catalogue = database.read_now(lambda session: load(session, areas.load(settings.catalogue_dir)))
    finally:
        database.close()
    found = search_catalogue(catalogue, query, municipality=municipality, language="fi", limit=limit)
    rows = [{"id": match.service.id, "name": match.service.name.fi, "reach": match.reach} for match in found]
    if as_json:
        print(json.dumps(rows, ensure_ascii=False))
        return
    for row in rows:
        print(f"{row['name']}  ({row['id']})")


def check() -> int:
    """Check the catalogue's files, and advise on their texts; exit 1 when something is wrong."""
    settings, now = read_settings(), system_clock()
    problems = checking.check(settings.catalogue_dir, texts.load(settings.dialogues_dir), now)
    for line in (*problems, *catalogue_advice(settings.catalogue_dir, now)):
        print(line)
    return 1 if problems else 0
