"""The report as one HTML page that needs nothing else: tables, and a picture of which needs are taken for which."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.evaluation.measuring import NOTHING
from bot.evaluation.report import Report, danger, percent, rows, times, told, with_doubt
from bot.understanding import labels

_SIDE = 22
"""Of a square of the picture, in pixels."""


@dataclass(frozen=True, slots=True)
class Square:
    """How often one need was taken for another: where it stands, how dark it is (0-1), what it says."""

    x: int
    y: int
    count: int
    depth: float
    right: bool
    title: str


def write(report: Report, target: Path) -> None:
    """Write the page; the folder is made when it is missing."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined
    )
    head, *lines = rows(report)
    page = environment.get_template("page.html").render(
        report=report,
        head=head,
        lines=lines,
        facts=[
            (kind, with_doubt(found.exact), found.exact.of, percent(found.invented))
            for kind, found in report.facts.items()
        ],
        danger=list(danger(report)),
        times=times(report.heard),
        names=_names(report.confusion),
        squares=squares(report.confusion),
        side=_SIDE,
        missed=[told(one) for one in report.missed],
        missed_facts=[(kind, line) for kind, found in report.facts.items() for line in found.missed],
    )
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page, encoding="utf-8")


def squares(confusion: Counter[tuple[str, str]]) -> list[Square]:
    """The squares of the picture that are not empty: a row is what was meant, a column what it was taken for."""
    names = _names(confusion)
    totals = Counter[str]()
    for (meant, _), count in confusion.items():
        totals[meant] += count
    return [
        Square(
            names.index(taken) * _SIDE,
            names.index(meant) * _SIDE,
            count,
            count / totals[meant],
            meant == taken,
            f"{meant} taken for {taken}: {count} of {totals[meant]}",
        )
        for (meant, taken), count in sorted(confusion.items())
    ]


def _names(confusion: Counter[tuple[str, str]]) -> list[str]:
    """Our needs in their order, others by the alphabet, and none of them last."""
    met = {name for pair in confusion for name in pair} - {NOTHING}
    return [*(n for n in labels.NEEDS if n in met), *sorted(met - set(labels.NEEDS)), NOTHING]
