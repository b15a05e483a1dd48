"""What grows old: it comes last, then is not offered; a crisis service stays and holds up a release."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue, Service
from bot.guidance.freshness import check_release
from bot.guidance.matching import find
from bot.guidance.search import search
from tests.guidance.conftest import CATALOGUE, MakeService

NOW = datetime(2026, 11, 23, 23, 0, tzinfo=UTC)
"""The 24th in Finland."""
TODAY = date(2026, 11, 24)


def offered(areas: Areas, *services: Service, crisis: bool = False) -> list[str]:
    found = find(
        Catalogue(areas, services), needs=["upbringing"], municipality="Järvenpää", ages=[4], language="fi", now=NOW,
        crisis=crisis,
    )  # fmt: skip
    return [match.service.id for match in found.services]


def checked(day: str) -> dict[str, Any]:
    return {"verified": {"at": day}}


def test_an_old_entry_comes_last_and_a_very_old_one_not_at_all(
    shipped_areas: Areas, make_service: MakeService
) -> None:
    old = make_service("a-old", **checked("2025-05-01"))
    very_old = make_service("b-very-old", **checked("2024-11-22"))
    unchecked = make_service("c-unchecked")
    assert offered(shipped_areas, old, very_old, unchecked) == ["c-unchecked", "a-old"]


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({"publish_at": "2026-11-25"}, False),
        ({"publish_at": "2026-11-24"}, True),
        ({"archive_at": "2026-11-24"}, False),
        ({"archive_at": "2026-11-25"}, True),
        (checked("2024-11-23"), True),
        (checked("2024-11-22"), False),
        ({**checked("2020-01-01"), "urgency": "crisis"}, True),
        ({"archive_at": "2026-11-01", "urgency": "crisis"}, True),
    ],
)
def test_an_entry_is_offered_in_its_time(
    shipped_areas: Areas, make_service: MakeService, fields: dict[str, Any], is_offered: bool
) -> None:
    service = make_service("perheohjaus", **fields)
    assert bool(offered(shipped_areas, service, crisis=True)) is is_offered
    catalogue = Catalogue(shipped_areas, (service,))
    found = search(
        catalogue, "perheohjaus", municipality="Järvenpää", language="fi", limit=3, widely=True, today=TODAY
    )
    assert bool(found) is is_offered


def test_the_shipped_crisis_services_hold_up_a_release_half_a_year_later() -> None:
    assert {problem.what for problem in check_release(CATALOGUE, TODAY)} <= {
        "a crisis service nobody has checked"
    }
    late = check_release(CATALOGUE, date(2027, 6, 1))
    assert any(
        "mieli-kriisipuhelin" in problem.file and "checked 191 days ago" in problem.what for problem in late
    )


def test_a_release_is_held_up_where_the_next_check_is_past_due(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    name = "turvakoti.yaml"
    shutil.copy(CATALOGUE / "services" / name, tmp_path / "services" / name)
    text = (tmp_path / "services" / name).read_text(encoding="utf-8")
    kept = text[: text.index("verified:")]
    (tmp_path / "services" / name).write_text(
        kept + "verified: {at: 2026-10-01, next_due: 2026-11-23}\n", encoding="utf-8"
    )
    assert [problem.what for problem in check_release(tmp_path, TODAY)] == [
        "a crisis service whose check was due on 2026-11-23"
    ]
    (tmp_path / "services" / name).write_text(kept, encoding="utf-8")
    assert [problem.what for problem in check_release(tmp_path, TODAY)] == [
        "a crisis service nobody has checked"
    ]
