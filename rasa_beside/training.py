"""Trains Rasa on our sentences, once for each choice of sentences and pipeline."""

import hashlib
import json
import os
import subprocess
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.understanding import training_data
from rasa_beside import environment, sentences

_CONFIG = Path(__file__).with_name("config.yml")
_ALSO_READ = (
    Path(__file__).with_name("in_rasa") / "spelling.py",
    environment.ROOT / "bot" / "understanding" / "normalise.py",
)
_TOKENIZER, _CLASSIFIER = 0, -1


class TrainingFailedError(Exception):
    """Rasa would not train; the message ends with what it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A trained Rasa: its model's file, what it learned from, and what that cost."""

    model: Path
    sentences: int
    epochs: int
    seconds: float
    cpu_seconds: float


def train(
    nlu_dir: Path,
    folder: Path,
    *,
    most: int | None = None,
    epochs: int | None = None,
    as_written: bool = False,
) -> Trained:
    """Train on the sentences of `nlu_dir`, at most so many, and keep the model in `folder`.

    A model of the same sentences, pipeline and spelling is not trained again. `as_written` leaves our spelling of
    words out. Raises `ContentError` for data that cannot be used, `NoPython310Error` and `TrainingFailedError`.
    """
    examples = sentences.chosen(training_data.load(nlu_dir), most)
    config = _config(epochs, as_written=as_written)
    folder = folder.resolve()
    draft = folder / "input"
    sentences.write(examples, draft / "nlu" / "sentences.yml")
    for path, data in sentences.word_lists(nlu_dir):
        (draft / "nlu" / path.name).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    (draft / "config.yml").write_text(yaml.safe_dump(config, sort_keys=False), encoding="utf-8")
    mark = _mark(draft)
    model, report = folder / f"{mark}.tar.gz", folder / f"{mark}.json"
    if not (model.exists() and report.exists()):
        seconds, cpu_seconds = _run(draft, folder, mark)
        figures = {"sentences": len(examples), "epochs": config["pipeline"][_CLASSIFIER]["epochs"]}
        report.write_text(json.dumps({**figures, "seconds": seconds, "cpu_seconds": cpu_seconds}))
        _keep_only(mark, folder)
    return Trained(model=model, **json.loads(report.read_text()))


def _keep_only(mark: str, folder: Path) -> None:
    """Models of earlier sentences are forty megabytes each."""
    for path in folder.iterdir():
        if path.suffix in (".gz", ".json") and not path.name.startswith(mark):
            path.unlink()


def as_json(trained: Trained) -> dict[str, Any]:
    """The same as plain data."""
    return {**asdict(trained), "model": str(trained.model)}


def _config(epochs: int | None, *, as_written: bool) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(_CONFIG.read_text(encoding="utf-8"))
    if epochs is not None:
        config["pipeline"][_CLASSIFIER]["epochs"] = epochs
    if as_written:
        config["pipeline"][_TOKENIZER]["name"] = "WhitespaceTokenizer"
    return config


def _mark(draft: Path) -> str:
    """Changes when anything Rasa learns from changes."""
    read = hashlib.sha256()
    for path in (*sorted(draft.rglob("*.yml")), *_ALSO_READ, environment.LOCK):
        read.update(path.read_bytes())
    return read.hexdigest()[:16]


def _run(draft: Path, folder: Path, name: str) -> tuple[float, float]:
    """Train; gives wall and processor seconds of the whole command, as anybody would run it."""
    rasa = environment.python().with_name("rasa")
    command = [
        str(rasa), "train", "nlu", "--nlu", str(draft / "nlu"), "--config", str(draft / "config.yml"),
        "--out", str(folder), "--fixed-model-name", name,
    ]  # fmt: skip
    said = folder / "training.log"
    began = time.monotonic()
    with said.open("w") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment.variables(), stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode or not (folder / f"{name}.tar.gz").exists():
        end = said.read_text(errors="replace")[-1500:]
        raise TrainingFailedError(f"Rasa could not be trained; {said} ends with\n{end}")
    return time.monotonic() - began, used.ru_utime + used.ru_stime
