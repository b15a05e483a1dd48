"""The real model, trained once into the data folder where the bot would keep it."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.understanding import fingerprint, training
from bot.understanding.understand import Understander


@pytest.fixture(scope="session")
def model_path() -> Path:
    settings = Settings()
    path = settings.effective_model_path()
    if not fingerprint.model_is_current(settings.nlu_dir, path):
        training.train(settings.nlu_dir, path)
    return path


@pytest.fixture(scope="session")
def understander(model_path: Path) -> Understander:
    return Understander.load(Settings().nlu_dir, model_path)
