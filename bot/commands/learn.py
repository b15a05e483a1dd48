"""`perheovi understand`, `train` and `evaluate`: the ear, used on files."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from bot.clock import system_clock
from bot.commands.measure_search import evaluate_search
from bot.commands.settings import read_settings
from bot.evaluation import whole
from bot.evaluation.page import write as write_page
from bot.evaluation.report import in_terminal
from bot.safety import assess
from bot.settings import Settings, SetupError
from bot.understanding import training
from bot.understanding.danger import second_look
from bot.understanding.fingerprint import model_is_current
from bot.understanding.parse_answer import flat_answer
from bot.understanding.rasa_engine import Rasa, RasaSilentError, RasaUnderstander
from bot.understanding.understand import Understander

_RASA_SECONDS = 30


def understand(
    source: Path, target: Path, /, *, now: datetime | None = None, model: Path | None = None
) -> None:
    """Understand every line of SOURCE (JSON lines with `id` and `text`) and write one line each to TARGET.

    Args:
        source: The file to read; a line may carry its own `now`.
        target: The file to write.
        now: The moment relative dates count from, with its zone; default: the present.
        model: Another model than the served one.
    """
    settings = read_settings()
    ear = Understander.load(settings.nlu_dir, _model(settings, model))
    moment = _with_zone(now, "--now") if now else system_clock()
    answers = [_answer(ear, line, line["now"] or moment) for line in _lines(source)]
    try:
        # Half of an emoji, as careless programs cut them, cannot be written as UTF-8: it becomes "?".
        with target.open("w", encoding="utf-8", errors="replace") as out:
            out.writelines(json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    except OSError as error:
        raise SetupError(f"{target} cannot be written: {error.strerror}") from error


def _answer(ear: Understander, line: dict[str, Any], now: datetime) -> dict[str, Any]:
    understood = ear.understand(line["text"], now=now)
    verdict = second_look(assess(line["text"]), understood.danger)
    return flat_answer(understood, verdict.urgency, verdict.category, line_id=line.get("id"))


def train(*, data: Path | None = None, model: Path | None = None) -> None:
    """Train the model.

    Args:
        data: The folder of training data; default: the installation's. Its labels may be others than Perheovi's.
        model: Where to write the model; default: the served one.
    """
    settings = read_settings()
    path = model or settings.effective_model_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    report = training.train(data or settings.nlu_dir, path, any_label=data is not None)
    counts = ", ".join(f"{language} {count}" for language, count in sorted(report.sentences.items()))
    print(
        f"Trained on {sum(report.sentences.values())} sentences ({counts}) in {report.seconds:.1f} s: {path}"
    )
    if not report.with_embedding:
        print("The packaged embedding is not on this machine; languages with few sentences are weaker.")


def evaluate(
    *,
    engine: Literal["embedded", "rasa"] = "embedded",
    data: Path | None = None,
    model: Path | None = None,
    page: Path | None = None,
    misses: bool = False,
    search: bool = False,
) -> None:
    """Measure on sentences the model has never seen: a table here, and a page with a picture of the confusions.

    Args:
        engine: Which ear is measured.
        data: The folder of training data with its `unseen` sets; default: the installation's.
        model: Another model than the served one.
        page: Where to write the page; default: `evaluation/<engine>.html` beside the served model.
        misses: Whether to list what was taken for something else here too.
        search: Measure the search for services instead, on the public registers in PERHEOVI_TEST_DATA.
    """
    settings = read_settings()
    if search:
        evaluate_search(settings, _model(settings, model), with_misses=misses)
        return
    ear = _ear(settings, engine, _model(settings, model))
    try:
        report = whole.measure(
            data or settings.nlu_dir, lambda text, now: ear.understand(text, now=now), engine=engine
        )
    except RasaSilentError as error:
        raise SetupError(
            f"Rasa at {settings.rasa_url} gave no answer ({error}). Start it with `make rasa`, or name another in"
            " PERHEOVI_RASA_URL."
        ) from error
    for line in in_terminal(report, with_misses=misses):
        print(line)
    target = page or settings.effective_model_path().parent / "evaluation" / f"{engine}.html"
    write_page(report, target)
    print(f"As a page: {target}")


def _ear(settings: Settings, engine: Literal["embedded", "rasa"], model: Path) -> Understander:
    """The engine to be measured: Rasa with all the time it wants and nobody standing in for it."""
    if engine == "rasa":
        return RasaUnderstander.beside(
            settings.nlu_dir, model, Rasa(str(settings.rasa_url), limit=_RASA_SECONDS)
        )
    return Understander.load(settings.nlu_dir, model)


def _model(settings: Settings, chosen: Path | None) -> Path:
    path = chosen or settings.effective_model_path()
    if chosen is None and not model_is_current(settings.nlu_dir, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        training.train(settings.nlu_dir, path)
    return path


def _lines(source: Path) -> Iterator[dict[str, Any]]:
    """Every line of the file, with `text` and with `now` as a moment or None; raises `SetupError`."""
    try:
        # Only a line feed ends a line of JSON: other separators of Unicode may stand inside a text.
        lines = source.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{source} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        where = f"{source}:{number}"
        try:
            data = json.loads(line)
            text, now = data["text"], data.get("now")
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise SetupError(f'{where}: not a JSON object with "id" and "text"') from error
        if not isinstance(text, str):
            raise SetupError(f'{where}: "text" is not a text')
        yield {**data, "now": _moment(now, where) if now else None}


def _moment(written: object, where: str) -> datetime:
    try:
        return _with_zone(datetime.fromisoformat(str(written)), where)
    except ValueError as error:
        raise SetupError(f'{where}: "now" is not a time (write 2026-12-01T10:15+02:00)') from error


def _with_zone(moment: datetime, where: str) -> datetime:
    if moment.tzinfo is None:
        raise SetupError(f"{where}: the time has no zone (write 2026-12-01T10:15+02:00)")
    return moment
