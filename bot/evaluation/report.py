"""Everything measured of one ear, and how it is told in the terminal."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.evaluation.facts import Found
from bot.evaluation.measuring import Figures, Heard
from bot.evaluation.statistics import Share, percentile
from bot.safety.evaluation import Row

_SHORT = 80
_LONG = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One ear's figures. `remarks` say what weakened it, such as a missing encoder."""

    engine: str
    sentences: int
    languages: dict[str, Figures]
    registers: dict[str, Figures]
    everything: Figures
    facts: dict[str, Found]
    confusion: Counter[tuple[str, str]]
    heard: Sequence[Heard]
    danger: dict[str, Sequence[Row]]
    """What the crisis layer said to each sheet of labelled sentences, by the sheet's name."""
    remarks: tuple[str, ...] = ()

    @property
    def missed(self) -> list[Heard]:
        """The sentences taken for something else, for those who improve the data."""
        return [one for one in self.heard if one.is_missed]


COLUMNS = (
    "sentences", "need first", "in three", "need F1", "no need", "act", "act F1", "rejected", "AUROC", "calib.",
    "language",
)  # fmt: skip


def rows(report: Report) -> Iterator[tuple[str, ...]]:
    """The table: a heading and one line for each language, each register and all together."""
    yield ("", *COLUMNS)
    for name, found in (*report.languages.items(), *report.registers.items(), ("all", report.everything)):
        yield (name, *cells(found))


def cells(found: Figures) -> tuple[str, ...]:
    """One group's figures, in the order of `COLUMNS`."""
    area = found.out_of_scope_auroc
    return (
        str(found.act_first.of),
        with_doubt(found.need_first),
        percent(found.need_in_three),
        f"{found.need_f1:.2f}",
        percent(found.no_need),
        with_doubt(found.act_first),
        f"{found.act_f1:.2f}",
        percent(found.rejected),
        f"{area:.3f}" if area is not None else "-",
        f"{found.calibration_error:.3f}",
        percent(found.language),
    )


def in_terminal(report: Report, *, with_misses: bool) -> Iterator[str]:
    """The report line by line."""
    yield f"{report.engine}: {report.sentences} unseen sentences"
    yield from report.remarks
    yield ""
    yield from _aligned(list(rows(report)))
    for kind, found in report.facts.items():
        yield f"{kind}: exact {with_doubt(found.exact)} of {found.exact.of}, invented {percent(found.invented)}"
    for sheet, said in danger(report):
        yield f"danger, {sheet}: {said}"
    yield times(report.heard)
    if with_misses:
        yield from (told(one) for one in report.missed)
        yield from (line for found in report.facts.values() for line in found.missed)


def danger(report: Report) -> Iterator[tuple[str, str]]:
    """Of each sheet of labelled sentences: what was caught, and what was interrupted for nothing."""
    for sheet, counted in report.danger.items():
        everything = [row for row in counted if row.language == "all"]
        yield sheet, "; ".join(_of_level(row) for row in everything)


def _of_level(row: Row) -> str:
    """How many got any card, and how many of them the crisis card, which interrupts."""
    word = "got a card" if row.level in ("ask", "none") else "caught"
    share = with_doubt(Share(row.noticed, row.lines))
    return f"{row.level} {word} {share} of {row.lines}, crisis card {row.interrupted}"


def told(one: Heard) -> str:
    """A sentence that was taken for something else."""
    taken = f"{(one.ranking or ['-'])[0] if one.example.need else one.need}+{one.act}"
    return f"  {one.example.language} {one.example.label} taken for {taken}: {one.example.text}"


def times(heard: Sequence[Heard]) -> str:
    """What hearing took, in milliseconds of this run on this machine."""
    short = [one.seconds * 1000 for one in heard if len(one.example.text) <= _SHORT]
    long = [one.seconds * 1000 for one in heard if _SHORT < len(one.example.text) <= _LONG]
    return (
        f"time: to {_SHORT} letters median {percentile(short, 0.5):.1f} ms, 99 % {percentile(short, 0.99):.1f} ms; "
        f"to {_LONG} letters median {percentile(long, 0.5):.1f} ms, 99 % {percentile(long, 0.99):.1f} ms"
    )


def percent(share: Share) -> str:
    """A share, or - of nothing."""
    return f"{share.value:.1%}" if share.of else "-"


def with_doubt(share: Share) -> str:
    """A share with its 95 % interval."""
    low, high = share.interval
    return f"{share.value:.1%} ({low * 100:.0f}-{high * 100:.0f})" if share.of else "-"


def _aligned(table: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for line in table:
        yield "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
