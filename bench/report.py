"""What was measured, as a table for people and as plain data."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Literal

import bot
from bench.contestants import Contestant
from bench.running import Figures, times_better
from bench.split import Split
from rasa_beside import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One whole run. Rasa is the last of the contestants."""

    split: Split
    contestants: Sequence[Contestant]
    figures: Mapping[str, Figures]
    load_before: float
    timed: int


def lines(report: Report) -> Iterator[str]:
    """The report as Markdown, which reads well in a terminal too."""
    split, rasa = report.split, report.contestants[-1]
    yield "# Perheovi and Rasa side by side"
    yield ""
    yield f"{_machine(report.load_before)}"
    yield f"{_versions()}"
    yield (
        f"Split {split.mark}: learned {len(split.learned)}, held out {len(split.held_out)} of the training sentences,"
        f" unseen {len(split.unseen)}. Times: {report.timed} sentences one after another over HTTP,"
        f" {len(report.figures[rasa.name].medians)} rounds in turns; the median round is shown."
    )
    yield ""
    yield from _table("Cost", report, list(_cost_rows(report)))
    yield from _table("Held out of the training sentences", report, list(_score_rows(report, "held_out")))
    yield from _table("Unseen sentences, by other hands", report, list(_score_rows(report, "unseen")))
    yield "`×`: how many times less than Rasa's, the median over the rounds of the ratio in each round."
    yield "*as shipped* has learned from every training sentence; the others from the same split alone."


def _table(title: str, report: Report, rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head = [title, *(one.name for one in report.contestants)]
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    yield _row(head, widths)
    yield "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    for row in rows:
        yield _row(row, widths)
    yield ""


def _row(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def _cost_rows(report: Report) -> Iterator[list[str]]:
    theirs = report.figures[report.contestants[-1].name]
    found = [report.figures[one.name] for one in report.contestants]
    yield ["parse, median", *(_better(one.medians, theirs.medians, "ms") for one in found)]
    yield ["parse, p99", *(_better(one.p99s, theirs.p99s, "ms") for one in found)]
    yield ["resident after that", *(_better([one.resident], [theirs.resident], "MB") for one in found)]
    yield ["start to first answer", *(_better(one.starts, theirs.starts, "s") for one in found)]
    trained = [one.trained for one in report.contestants]
    for title, name in (("training, wall", "seconds"), ("training, processors", "cpu_seconds")):
        last = getattr(trained[-1], name)
        yield [
            title,
            *("–" if one is None else _better([getattr(one, name)], [last], "s") for one in trained),
        ]


def _better(ours: Sequence[float], theirs: Sequence[float], unit: str) -> str:
    shown = f"{median(ours):.3g} {unit}" if median(ours) < 100 else f"{median(ours):.0f} {unit}"  # noqa: PLR2004
    return shown if ours == theirs else f"{shown} ({times_better(theirs, ours):.1f} ×)"


def _score_rows(report: Report, part: Literal["held_out", "unseen"]) -> Iterator[list[str]]:
    found = [getattr(report.figures[one.name], part) for one in report.contestants]
    for language, score in found[-1].items():
        for title, name in (("need first", "need_first"), ("need in three", "need_in_three"), ("act", "act")):
            count = score.sentences if name == "act" else score.with_need
            shares = [f"{getattr(one[language], name):.1%}" if one else "–" for one in found]
            yield [f"{language}: {title} ({count})", *shares]


def as_json(report: Report) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": _machine(report.load_before),
        "versions": _versions(),
        "split": {
            "mark": report.split.mark,
            **{part: len(getattr(report.split, part)) for part in ("learned", "held_out", "unseen")},
        },
        "contestants": {
            one.name: {
                "training": asdict(one.trained) if one.trained else None,
                **asdict(report.figures[one.name]),
            }
            for one in report.contestants
        },
    }


def write(report: Report, folder: Path) -> list[Path]:
    """Write `bench.json` and `bench.md` into the folder; gives where."""
    folder.mkdir(parents=True, exist_ok=True)
    data, page = folder / "bench.json", folder / "bench.md"
    data.write_text(json.dumps(as_json(report), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    page.write_text("\n".join(lines(report)) + "\n", encoding="utf-8")
    return [data, page]


def _machine(load: float) -> str:
    cpuinfo = Path("/proc/cpuinfo")
    named = (
        cpuinfo.read_text().partition("model name")[2].partition("\n")[0].strip(" \t:")
        if cpuinfo.exists()
        else ""
    )
    cores = f"{os.cpu_count()} cores ({named or platform.machine()})"
    return f"{cores}, {platform.system()}; load before the run {load:.1f}."


def _versions() -> str:
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],  # noqa: S607 - whichever git is there
        cwd=environment.ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    theirs = subprocess.run(
        [
            environment.python(),
            "-c",
            "import platform, rasa; print(platform.python_version(), rasa.__version__)",
        ],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    return (
        f"Perheovi {bot.__version__} ({commit or 'no git'}) on Python {sys.version.split()[0]};"
        f" Rasa {theirs[1]} on Python {theirs[0]}."
    )
