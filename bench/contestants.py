"""Who is measured: how each is trained, and how its server is started."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.split import Split
from bot.settings import Settings
from rasa_beside import environment, server, training


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """What a training cost, as whole commands: seconds by the wall and of the processors; how much was learned."""

    seconds: float
    cpu_seconds: float
    sentences: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One engine, trained. `command` gives how its server is started on a port."""

    name: str
    command: Callable[[int], list[str]]
    variables: dict[str, str]
    folder: Path
    trained: Training | None
    """None for what was trained before, on more than the split."""
    knows_held_out: bool = False
    """Whether it has learned from the held-out sentences too: then only the unseen ones measure it."""


def ours(name: str, split: Split, *, encoder: Path | None = None) -> Contestant:
    """Our engine, trained anew on the split; with the encoder of that folder or with the package's own."""
    folder = split.folder.parent / name.replace(" ", "_")
    data = folder / "sentences"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(split.folder, data)
    if encoder is not None and encoder.exists():
        shutil.copytree(encoder, data / "encoder")
    model = folder / "model.npz"
    began = time.monotonic()
    command = [sys.executable, "-m", "bot", "train", "--data", str(data), "--model", str(model)]
    with (folder / "training.log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=_variables(data, model, folder))
        _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise training.TrainingFailedError(f"our engine could not be trained; see {folder / 'training.log'}")
    trained = Training(
        seconds=time.monotonic() - began,
        cpu_seconds=used.ru_utime + used.ru_stime,
        sentences=len(split.learned),
    )
    return Contestant(
        name=name, command=_serve, variables=_variables(data, model, folder), folder=folder, trained=trained
    )


def as_shipped(place: Path) -> Contestant:
    """The installation's own engine and model, which know every training sentence."""
    settings = Settings()
    folder = place / "as_shipped"
    folder.mkdir(parents=True, exist_ok=True)
    variables = _variables(settings.nlu_dir, settings.effective_model_path(), folder)
    return Contestant(
        name="as shipped",
        command=_serve,
        variables=variables,
        folder=folder,
        trained=None,
        knows_held_out=True,
    )


def rasa(split: Split, epochs: int | None) -> Contestant:
    """Rasa DIET on the split; a model of the same sentences and pipeline is kept from an earlier run."""
    folder = split.folder.parent / "rasa"
    folder.mkdir(parents=True, exist_ok=True)
    trained = training.train(split.folder, folder, epochs=epochs)
    return Contestant(
        name="Rasa DIET",
        command=lambda port: server.command(trained.model, "127.0.0.1", port),
        variables=environment.variables(),
        folder=folder,
        trained=Training(
            seconds=trained.seconds,
            cpu_seconds=trained.cpu_seconds,
            sentences=trained.sentences,
            note=f"{trained.epochs} epochs",
        ),
    )


def _serve(port: int) -> list[str]:
    return [sys.executable, "-m", "bot", "serve", "--port", str(port), "--enable-api"]


def _variables(data: Path, model: Path, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PERHEOVI_")}
    return {
        **kept,
        "PYTHONPATH": str(environment.ROOT),
        "PERHEOVI_NLU_DIR": str(data),
        "PERHEOVI_MODEL_PATH": str(model),
        "PERHEOVI_DATA_DIR": str(folder),
    }
