"""The real model, trained once into the data folder where the bot would keep it."""

from pathlib import Path

import pytest

from bot.settings import Settings
from bot.understanding.understand import Understander
from tests.trained import trained_model


@pytest.fixture(scope="session")
def model_path() -> Path:
    return trained_model()


@pytest.fixture(scope="session")
def understander(model_path: Path) -> Understander:
    return Understander.load(Settings().nlu_dir, model_path)
