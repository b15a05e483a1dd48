"""An import from its file to the click: what waits, what is applied, what does not come back."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.guidance import store
from bot.guidance.importing import proposals, running, taking_in
from bot.guidance.importing.proposals import GoneError
from bot.guidance.importing.registers import REGISTERS
from bot.guidance.importing.spool import Spool
from bot.guidance.importing.tables import ImportRun, Proposal
from bot.guidance.importing.taking_in import Counts
from tests.importing.test_ptv import a_service
from tests.registers import registers

PTV = REGISTERS["ptv"]


class Importing:
    """Imports records written to a file."""

    def __init__(self, database: Database, clock: SettableClock, folder: Path) -> None:
        self.database, self.clock, self.folder = database, clock, folder

    def __call__(self, *payloads: dict[str, Any], apply: bool = False) -> Counts:
        file = self.folder / "services.jsonl"
        file.write_text("\n".join(json.dumps(one) for one in payloads), encoding="utf-8")
        return self.files([file], apply=apply)

    def files(self, files: list[Path], *, apply: bool = False) -> Counts:
        spool = Spool()
        counts, problems = taking_in.understand(
            PTV, files, spool, now=self.clock(), everything=False, progress=lambda *_: None
        )
        assert problems == []
        run = running.run_id("ptv", spool, apply=apply)
        running.store(
            self.database,
            PTV,
            spool,
            counts,
            run=run,
            apply=apply,
            now=self.clock(),
            progress=lambda *_: None,
        )
        spool.close()
        return counts

    @property
    def queue(self) -> list[Proposal]:
        return self.database.read_now(proposals.waiting)

    def take(self, proposal: Proposal, *theirs: str) -> None:
        self.database.write_now(
            lambda session: proposals.take(session, proposal.id, theirs=theirs, by="x", now=self.clock())
        )

    def entry(self, number: int = 1) -> store.Entry | None:
        name = f"ptv-00000000-0000-4000-8000-{number:012}"
        return self.database.read_now(lambda session: store.entry(session, name))


@pytest.fixture
def imports(database: Database, clock: SettableClock, tmp_path: Path) -> Importing:
    return Importing(database, clock, tmp_path)


def named(name: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    names = [{"language": "fi", "value": name, "type": "Name"}]
    return a_service(id=f"00000000-0000-4000-8000-{number:012}", serviceNames=names, **changes)


def test_nothing_is_applied_without_a_click(imports: Importing) -> None:
    assert imports(named("Perheohjaus")).created == 1
    assert imports.entry() is None
    assert [(one.kind, one.name) for one in imports.queue] == [("new", "Perheohjaus")]
    assert imports(named("Perheohjaus")).fates["waiting"] == 1
    imports.take(imports.queue[0])
    found = imports.entry()
    assert found is not None
    assert found.service is not None
    assert (found.status, found.service.name.fi) == ("published", "Perheohjaus")
    assert imports(named("Perheohjaus")).fates["same"] == 1
    assert imports.queue == []


def test_a_change_of_the_register_is_proposed_and_our_own_stays(imports: Importing) -> None:
    imports(named("Perheohjaus"), apply=True)
    ours = imports.entry()
    assert ours is not None
    assert ours.service is not None
    edited = ours.service.model_copy(update={"needs": ("home_help",), "ownership": {"name": "local"}})
    imports.database.write_now(
        lambda session: store.publish(session, edited, based_on=1, by="x", now=imports.clock())
    )
    requirements = [{"language": "fi", "value": "Kaikille perheille.", "type": "Requirements"}]
    assert imports(named("Perheohjaus", requirements=requirements)).updated == 1
    imports.take(imports.queue[0])
    now = imports.entry()
    assert now is not None
    assert now.service is not None
    assert now.service.needs == ("home_help",)
    assert now.service.who_for is not None


def test_of_a_field_both_changed_a_person_chooses(imports: Importing) -> None:
    imports(named("Perheohjaus"), apply=True)
    ours = imports.entry()
    assert ours is not None
    assert ours.service is not None
    name = ours.service.name.model_copy(update={"fi": "Apua kotiin"})
    edited = ours.service.model_copy(update={"name": name, "ownership": {"name": "local"}})
    imports.database.write_now(
        lambda session: store.publish(session, edited, based_on=1, by="x", now=imports.clock())
    )
    assert imports(named("Ohjausta perheelle"), apply=True).fates["conflict"] == 1
    waiting = imports.queue[0]
    assert waiting.kind == "conflict"
    imports.take(waiting, "name")
    now = imports.entry()
    assert now is not None
    assert now.service is not None
    assert now.service.name.fi == "Ohjausta perheelle"


def test_what_was_left_is_asked_again_only_when_it_changes(imports: Importing) -> None:
    imports(named("Perheohjaus"))
    one = imports.queue[0]
    imports.database.write_now(lambda session: proposals.leave(session, one.id, now=imports.clock()))
    assert imports(named("Perheohjaus")).fates["same"] == 1
    assert imports(named("Perheohjaus kotona")).created == 1


def test_what_was_refused_does_not_come_back(imports: Importing) -> None:
    imports(named("Perheohjaus"))
    one = imports.queue[0]
    imports.database.write_now(lambda session: proposals.refuse(session, one.id, by="x", now=imports.clock()))
    assert imports(named("Perheohjaus kotona")).fates["refused"] == 1
    assert imports.queue == []
    with pytest.raises(GoneError):
        imports.take(one)


def test_what_the_register_withdrew_is_archived_by_a_click_and_stays_away(imports: Importing) -> None:
    imports(named("Perheohjaus"), apply=True)
    assert imports(named("Perheohjaus", publishingStatus="Deleted"), apply=True).fates["gone"] == 1
    found = imports.entry()
    assert found is not None
    assert found.status == "published"
    imports.take(imports.queue[0])
    found = imports.entry()
    assert found is not None
    assert found.status == "archived"
    assert imports(named("Perheohjaus"), apply=True).fates["refused"] == 1


def test_an_import_that_was_cut_off_goes_on_where_it_was(imports: Importing) -> None:
    spool, counts, many = Spool(), Counts(), [named(f"Perheohjaus {n}", n) for n in range(1, 451)]
    (imports.folder / "services.jsonl").write_text("\n".join(map(json.dumps, many)), encoding="utf-8")
    counts, _ = taking_in.understand(
        PTV, [imports.folder], spool, now=imports.clock(), everything=False, progress=lambda *_: None
    )
    run = running.run_id("ptv", spool, apply=True)

    def cut_off(_what: str, done: int, _total: int) -> None:
        if done == 400:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.store(
            imports.database, PTV, spool, counts, run=run, apply=True, now=imports.clock(), progress=cut_off
        )
    again = Counts()
    done = running.store(
        imports.database,
        PTV,
        spool,
        again,
        run=run,
        apply=True,
        now=imports.clock(),
        progress=lambda *_: None,
    )
    assert (done, again.created) == (400, 450)
    assert imports.database.read_now(lambda session: session.get(ImportRun, run)) is None


def test_two_hundred_broken_records_are_told_and_nothing_is_kept(imports: Importing) -> None:
    broken = [named("", number) for number in range(1, 300)]
    (imports.folder / "services.jsonl").write_text("\n".join(map(json.dumps, broken)), encoding="utf-8")
    counts, problems = taking_in.understand(
        PTV, [imports.folder], Spool(), now=imports.clock(), everything=False, progress=lambda *_: None
    )
    assert counts.errors == 200
    assert str(problems[1]).endswith(
        "services.jsonl:2: no name in Finnish, Swedish or English (mend it or take it out)"
    )


def test_the_real_services_come_in_and_come_in_once(imports: Importing) -> None:
    folder = registers() / "ptv_2018"
    counts = imports.files([folder])
    assert (counts.read, counts.errors, counts.kept + counts.left_out) == (446, 0, 446)
    assert counts.created == counts.kept == len(imports.queue)
    assert imports.files([folder]).fates["waiting"] == counts.kept
