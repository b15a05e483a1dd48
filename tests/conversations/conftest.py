"""The whole bot behind its channels: trained ear, flows, texts, seeded catalogue, real database, standing clock."""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app.live_content import LiveContent
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import areas, reading
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.guidance.store import CatalogueCache, seed
from bot.settings import Settings
from bot.turn import Content, Turns
from bot.understanding import fingerprint, training
from bot.understanding.understand import Understander

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all scenes stand on: read once in a test run."""

    content: Content
    areas: Areas
    services: list[Service]


@pytest.fixture(scope="session")
def ground() -> Ground:
    settings = Settings()
    understander = Understander.load(ROOT / "nlu_data", _model(settings))
    return Ground(
        LiveContent(ROOT / "dialogues", understander).now(),
        areas.load(ROOT / "services_catalog"),
        list(reading.read_services(ROOT / "services_catalog")),
    )


def _model(settings: Settings) -> Path:
    """The served model when it knows these sentences, else one trained for the tests; the processes take turns."""
    if settings.model_path:
        return settings.model_path
    served, own = ROOT / "var" / "model.npz", ROOT / "var" / "tests" / "model.npz"
    own.parent.mkdir(parents=True, exist_ok=True)
    with (own.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for path in (served, own):
            if fingerprint.model_is_current(ROOT / "nlu_data", path):
                return path
        training.train(ROOT / "nlu_data", own, cache=ROOT / "var" / "embeddings.npz")
    return own


@pytest.fixture
def turns(ground: Ground, sqlite_database: Database, clock: SettableClock) -> Turns:
    """The bot on an empty SQLite database."""
    return turns_on(ground, sqlite_database, clock)


def turns_on(ground: Ground, database: Database, clock: SettableClock) -> Turns:
    """The bot on `database`, whose catalogue is seeded here."""
    database.write_now(lambda session: seed(session, ground.services, now=clock()))
    catalogue = CatalogueCache(ground.areas)
    return Turns(
        database=database,
        clock=clock,
        content=lambda: ground.content,
        areas=ground.areas,
        catalogue=catalogue.get,
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first may have to train the model: give it the time."""
    for item in items:
        if os.sep + "conversations" + os.sep in str(item.path):
            item.add_marker(pytest.mark.timeout(600))
