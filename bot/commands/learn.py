"""`perheovi understand`, `train` and `evaluate`: the ear, used on files."""

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import system_clock
from bot.commands.settings import read_settings
from bot.safety import assess
from bot.settings import Settings, SetupError
from bot.understanding import evaluation, training
from bot.understanding.fingerprint import model_is_current
from bot.understanding.parse_answer import flat_answer
from bot.understanding.understand import Understander


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
    with target.open("w", encoding="utf-8") as out:
        for line in _lines(source):
            moment = datetime.fromisoformat(line["now"]) if line.get("now") else now or system_clock()
            text = str(line["text"])
            verdict = assess(text)
            understood = ear.understand(text, now=moment)
            answer = flat_answer(understood, verdict.urgency, verdict.category, line_id=line.get("id"))
            out.write(json.dumps(answer, ensure_ascii=False) + "\n")


def train(*, data: Path | None = None, model: Path | None = None) -> None:
    """Train the model.

    Args:
        data: The folder of training data; default: the installation's.
        model: Where to write the model; default: the served one.
    """
    settings = read_settings()
    path = model or settings.effective_model_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    report = training.train(data or settings.nlu_dir, path)
    counts = ", ".join(f"{language} {count}" for language, count in sorted(report.sentences.items()))
    print(
        f"Trained on {sum(report.sentences.values())} sentences ({counts}) in {report.seconds:.1f} s: {path}"
    )
    if not report.with_embedding:
        print("The packaged embedding does not run on this machine; languages with few sentences are weaker.")


def evaluate(*, data: Path | None = None, model: Path | None = None) -> None:
    """Measure on sentences the model has never seen, by language.

    Args:
        data: The folder of training data with its `unseen` sets; default: the installation's.
        model: Another model than the served one.
    """
    settings = read_settings()
    figures = evaluation.evaluate(data or settings.nlu_dir, _model(settings, model))
    for language, found in figures.items():
        print(f"{language}: {found}")


def _model(settings: Settings, chosen: Path | None) -> Path:
    path = chosen or settings.effective_model_path()
    if chosen is None and not model_is_current(settings.nlu_dir, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        training.train(settings.nlu_dir, path)
    return path


def _lines(source: Path) -> Iterator[dict[str, Any]]:
    try:
        lines = source.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetupError(f"{source} cannot be read: {error}") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            data["text"]
        except (json.JSONDecodeError, KeyError, TypeError) as error:
            raise SetupError(f'{source}:{number}: not a JSON object with "id" and "text"') from error
        yield data
