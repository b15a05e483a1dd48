"""The whole bot behind its channels: trained ear, flows, texts, seeded catalogue, real database, standing clock."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.app.live_content import LiveContent
from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import areas, contact_persons, reading
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.guidance.contact_persons import ContactPersons
from bot.guidance.store import CatalogueCache, seed
from bot.rota.reading import RotaCache
from bot.turn import Content, Turns
from bot.understanding.understand import Understander
from tests.trained import trained_model

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Ground:
    """What all scenes stand on: read once in a test run."""

    content: Content
    areas: Areas
    services: list[Service]
    contacts: ContactPersons


@pytest.fixture(scope="session")
def ground() -> Ground:
    understander = Understander.load(ROOT / "nlu_data", trained_model())
    return Ground(
        LiveContent(ROOT / "dialogues", understander).now(),
        areas.load(ROOT / "services_catalog"),
        list(reading.read_services(ROOT / "services_catalog")),
        contact_persons.load(ROOT / "services_catalog"),
    )


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
        rota=RotaCache(ground.areas),
        contacts=ground.contacts,
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever comes first may have to train the model: give it the time."""
    for item in items:
        if os.sep + "conversations" + os.sep in str(item.path):
            item.add_marker(pytest.mark.timeout(600))
