"""How fast search is, and how much memory its index takes, with 1,000, 30,000 and 100,000 entries.

The shipped entries are multiplied over the municipalities of Finland, their words swapped among them, so that sizes
and languages are those of real entries. Every question is asked with an area, as a family asks. Times are of this
machine; the load is told with them, and beside them the time of the processor, which others' work lengthens less.
"""

import argparse
import gc
import json
import os
import random
import statistics
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from bot.guidance import areas, reading
from bot.guidance.areas import Areas, County, find_county
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.entry import Coverage, Words
from bot.guidance.search import index_of, search
from bot.settings import Settings

GOALS_MS = {1_000: 2.0, 30_000: 8.0, 100_000: 30.0}
"""p95 of a question with an area, by the number of entries."""
MEMORY_GOAL_MB = 60
QUESTIONS = (
    "lapsiperheiden kotipalvelu", "apua kotiin vauvan kanssa", "neuvola", "perheneuvola", "avioero ja lapset",
    "lastenvalvojan ajanvaraus", "päiväkotipaikka", "turvakoti", "toimeentulotuki", "velkaneuvonta",
    "nuori ei käy koulussa", "koulukuraattori", "puheterapeutti", "kotipavelu", "paivakoti", "adhd",
    "vertaistukiryhmä vanhemmille", "hemservice", "child health clinic", "perhekahvila", "tukiperhe",
    "lastensuojeluilmoitus", "mies lyö", "uhmaikäinen saa raivareita", "koulukyyti", "iltapäiväkerho",
)  # fmt: skip
_COUNTIES = [county for code in range(1, 22) if (county := find_county(f"{code:02}"))]


def main() -> int:
    """Measure the sizes one after the other, from small to large; 1 when one of them misses its goal."""
    asked = _arguments()
    settings = Settings()
    known = areas.load(settings.catalogue_dir)
    shipped = [one for one in reading.read_services(settings.catalogue_dir) if not one.fictional]
    print(f"Load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.")
    good = True
    for size in asked.sizes:
        good &= _measure(known, shipped, size, asked.rounds, asked.out)
    return 0 if good else 1


def _measure(known: Areas, shipped: Sequence[Service], size: int, rounds: int, out: Path | None) -> bool:
    catalogue = Catalogue(known, tuple(_many(shipped, size)))
    gc.collect()
    before, began = _resident_mb(), time.perf_counter()
    index_of(catalogue)
    built, chance = time.perf_counter() - began, random.Random(7)
    times, spent = [], []
    for _ in range(rounds):
        for question in QUESTIONS:
            place = chance.choice(chance.choice(_COUNTIES).municipalities)
            start, worked = time.perf_counter(), time.thread_time()
            search(catalogue, question, municipality=place, language="fi", limit=10, widely=True)
            times.append((time.perf_counter() - start) * 1000)
            spent.append((time.thread_time() - worked) * 1000)
    times.sort()
    spent.sort()
    more, p95 = _resident_mb() - before, times[int(len(times) * 0.95)]
    found = {
        "entries": size, "built_s": round(built, 1), "p50_ms": round(statistics.median(times), 2),
        "p95_ms": round(p95, 2), "p95_of_processor_ms": round(spent[int(len(spent) * 0.95)], 2),
        "goal_ms": GOALS_MS.get(size), "more_memory_mb": round(more, 1),
    }  # fmt: skip
    print(json.dumps(found), flush=True)
    if out:
        with out.open("a", encoding="utf-8") as file:
            file.write(json.dumps(found) + "\n")
    return p95 <= GOALS_MS.get(size, p95) and more <= MEMORY_GOAL_MB


def _many(shipped: Sequence[Service], size: int) -> list[Service]:
    chance = random.Random(size)
    return [_one(number, chance, shipped) for number in range(size)]


def _one(number: int, chance: random.Random, shipped: Sequence[Service]) -> Service:
    """An entry with the name, the summary and the words of three others, in a municipality, a county or everywhere."""
    named, told, worded = (chance.choice(shipped) for _ in range(3))
    county: County = chance.choice(_COUNTIES)
    place = chance.choice(county.municipalities)
    where = chance.random()
    name = Words(fi=f"{named.name.fi} {place}", sv=named.name.sv, en=named.name.en)
    return named.model_copy(
        update={
            "id": f"entry-{number}",
            "name": name,
            "summary": told.summary,
            "description": worded.description,
            "areas": Coverage(scope="whole_country")
            if where < 0.02  # noqa: PLR2004  (a few of the whole country)
            else Coverage(scope="limited", counties=(county.code,))
            if where < 0.3  # noqa: PLR2004  (a quarter of a county)
            else Coverage(scope="limited", municipalities=(place,)),
        }
    )


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.search", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=list(GOALS_MS))
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--out", type=Path, help="a file to which each line is added")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
