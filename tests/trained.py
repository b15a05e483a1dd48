"""The real model, shared by all tests: the installation's own, trained at most once however many processes ask."""

import fcntl
from pathlib import Path

from bot.settings import Settings
from bot.understanding import fingerprint, training


def trained_model() -> Path:
    """Where a model of today's sentences is; the first to ask trains it, the others wait for it."""
    settings = Settings()
    path = settings.effective_model_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    with (path.parent / "model.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not fingerprint.model_is_current(settings.nlu_dir, path):
            training.train(settings.nlu_dir, path)
    return path
