"""The catalogue in the database: seeded once, changed by one person at a time, seen at once, remembered."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event

from bot.database import Database
from bot.guidance import reviewing, store
from bot.guidance.areas import Areas
from bot.guidance.store import CatalogueCache, ConflictError
from tests.guidance.conftest import MakeService

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


def statements_of(database: Database) -> list[str]:
    """Everything said to the database from now on, without the opening of transactions."""
    said: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    return said


@pytest.fixture
def seeded(database: Database, make_service: MakeService) -> Database:
    services = [make_service("a"), make_service("b"), make_service("c", status="draft")]
    assert database.write_now(lambda s: store.seed(s, services, now=NOW)) == 3
    return database


def test_an_empty_catalogue_is_seeded_once(
    seeded: Database, make_service: MakeService, shipped_areas: Areas
) -> None:
    assert seeded.write_now(lambda s: store.seed(s, [make_service("z")], now=LATER)) == 0
    catalogue = seeded.read_now(lambda s: store.load(s, shipped_areas))
    assert [service.id for service in catalogue.services] == ["a", "b"]
    assert catalogue.by_id["a"] == make_service("a")
    assert catalogue.revision == 1


def test_a_published_change_is_in_the_very_next_answer_and_only_then_read_again(
    seeded: Database, make_service: MakeService, shipped_areas: Areas
) -> None:
    here, replica = CatalogueCache(shipped_areas), CatalogueCache(shipped_areas)
    first = seeded.read_now(here.get)
    seeded.read_now(replica.get)
    said = statements_of(seeded)
    assert seeded.read_now(here.get) is first
    assert len([text for text in said if text.startswith("SELECT")]) == 1

    changed = make_service("a", summary={"fi": "Uusi teksti.", "sv": "Ny text.", "en": "New text."})
    seeded.write_now(lambda s: store.publish(s, changed, based_on=1, by="admin", now=LATER))
    for cache in (here, replica):
        assert seeded.read_now(cache.get).by_id["a"].summary.fi == "Uusi teksti."


def test_a_draft_is_kept_but_families_do_not_see_it(
    seeded: Database, make_service: MakeService, shipped_areas: Areas
) -> None:
    draft = make_service("a", anonymous="yes")
    seeded.write_now(lambda s: store.save_draft(s, draft, based_on=1, by="admin", now=LATER))
    entry = seeded.read_now(lambda s: store.entry(s, "a"))
    assert entry is not None
    assert (entry.status, entry.revision, entry.draft, entry.updated_at) == ("published", 2, draft, LATER)
    assert entry.service == make_service("a")
    catalogue = seeded.read_now(lambda s: store.load(s, shipped_areas))
    assert catalogue.by_id["a"].anonymous == "unknown"
    assert catalogue.revision == 1


def test_a_draft_is_published_and_gone(
    seeded: Database, make_service: MakeService, shipped_areas: Areas
) -> None:
    service = make_service("c", anonymous="yes", status="draft")
    seeded.write_now(lambda s: store.publish(s, service, based_on=1, by="admin", now=LATER))
    entry = seeded.read_now(lambda s: store.entry(s, "c"))
    assert entry is not None
    assert (entry.status, entry.draft) == ("published", None)
    assert "c" in seeded.read_now(lambda s: store.load(s, shipped_areas)).by_id


def test_a_new_entry_is_made_and_an_archived_one_is_taken_away(
    seeded: Database, make_service: MakeService, shipped_areas: Areas
) -> None:
    seeded.write_now(lambda s: store.publish(s, make_service("uusi"), based_on=0, by="admin", now=LATER))
    seeded.write_now(lambda s: reviewing.archive(s, "a", "Loppui.", based_on=1, by="admin", now=LATER))
    catalogue = seeded.read_now(lambda s: store.load(s, shipped_areas))
    assert sorted(catalogue.by_id) == ["b", "uusi"]
    assert catalogue.revision == 3
    statuses = {entry.id: entry.status for entry in seeded.read_now(store.entries)}
    assert statuses == {"a": "archived", "b": "published", "c": "draft", "uusi": "published"}


def test_who_changed_what_and_when_is_kept(seeded: Database, make_service: MakeService) -> None:
    changed = make_service("a", cost={"type": "free"})
    seeded.write_now(lambda s: store.publish(s, changed, based_on=1, by="admin", now=LATER))
    published, seed = seeded.read_now(lambda s: store.history(s, "a"))
    assert (published.by, published.action, published.at, published.revision) == (
        "admin",
        "published",
        LATER,
        2,
    )
    assert published.before == make_service("a").plain()
    assert published.after == changed.plain()
    assert (seed.by, seed.action, seed.before) == ("seed", "seeded", None)


def test_an_edit_that_began_from_an_older_revision_is_refused(
    seeded: Database, make_service: MakeService
) -> None:
    seeded.write_now(lambda s: store.publish(s, make_service("a"), based_on=1, by="first", now=LATER))
    for work in (
        lambda s: store.publish(s, make_service("a"), based_on=1, by="second", now=LATER),
        lambda s: store.save_draft(s, make_service("a"), based_on=1, by="second", now=LATER),
        lambda s: reviewing.archive(s, "a", "Loppui.", based_on=1, by="second", now=LATER),
        lambda s: store.publish(s, make_service("a"), based_on=0, by="second", now=LATER),
    ):
        with pytest.raises(ConflictError) as raised:
            seeded.write_now(work)
        assert raised.value.current == 2
    assert len(seeded.read_now(lambda s: store.history(s, "a"))) == 2


def test_an_entry_that_does_not_exist_cannot_be_changed(seeded: Database, make_service: MakeService) -> None:
    with pytest.raises(ConflictError) as raised:
        seeded.write_now(
            lambda s: store.publish(s, make_service("nobody"), based_on=4, by="admin", now=LATER)
        )
    assert raised.value.current is None
    assert seeded.read_now(lambda s: store.entry(s, "nobody")) is None


def test_of_many_who_publish_at_once_one_wins(seeded: Database, make_service: MakeService) -> None:
    def publish(number: int) -> bool:
        service = make_service("a", wait={"fi": f"Odotus {number} päivää."})
        try:
            seeded.write_now(lambda s: store.publish(s, service, based_on=1, by=str(number), now=LATER))
        except ConflictError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(publish, range(8))) == 1
    assert len(seeded.read_now(lambda s: store.history(s, "a"))) == 2


def test_replicas_that_start_at_once_seed_one_catalogue(
    database: Database, make_service: MakeService
) -> None:
    services = [make_service("a"), make_service("b")]
    with ThreadPoolExecutor(4) as pool:
        made = list(
            pool.map(lambda _: database.write_now(lambda s: store.seed(s, services, now=NOW)), range(4))
        )
    assert sorted(made) == [0, 0, 0, 2]


def test_an_unreadable_entry_does_not_take_the_others_away(seeded: Database, shipped_areas: Areas) -> None:
    with seeded.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE service SET data = '{\"id\": \"a\"}' WHERE id = 'a'")
    catalogue = seeded.read_now(lambda s: store.load(s, shipped_areas))
    assert [service.id for service in catalogue.services] == ["b"]
