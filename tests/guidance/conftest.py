"""Services made for tests, the shipped areas, and the texts of the product."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot import texts
from bot.guidance import areas
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Service
from bot.texts import Texts

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = ROOT / "services_catalog"

MakeService = Callable[..., Service]


@pytest.fixture(scope="session")
def shipped_areas() -> Areas:
    return areas.load(CATALOGUE)


@pytest.fixture(scope="session")
def shipped_texts() -> Texts:
    return texts.load(ROOT / "dialogues")


@pytest.fixture
def make_service() -> MakeService:
    """A short valid entry; every field can be given."""

    def make(service_id: str = "perheohjaus", *, where: str = "Järvenpää", **fields: Any) -> Service:
        whole = where == "Suomi"
        place = {"scope": "whole_country"} if whole else {"scope": "limited", "municipalities": [where]}
        plain = {
            "id": service_id,
            "name": {"fi": f"Nimi {service_id}", "sv": "Namn", "en": "Name"},
            "summary": {"fi": "Apua arkeen.", "sv": "Hjälp i vardagen.", "en": "Help in daily life."},
            "provider": {"fi": "Kunta"},
            "areas": place,
            "needs": ["upbringing"],
        }
        return Service.model_validate(plain | fields)

    return make
