"""`perheovi catalog import`: entries from other registers, read, compared and put into the review queue."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from cyclopts import Parameter

from bot.clock import system_clock
from bot.content import ContentError, Problem, shown
from bot.guidance.importing import taking_in
from bot.guidance.importing.registers import REGISTERS, Register
from bot.guidance.importing.spool import Spool
from bot.guidance.importing.taking_in import Counts

Switch = Parameter(negative="")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_STEP = 5000


def import_catalogue(
    kind: str,
    /,
    *sources: str,
    dry_run: Annotated[bool, Switch] = False,
    apply: Annotated[bool, Switch] = False,
    everything: Annotated[bool, Parameter(name="--all", negative="")] = False,
    as_json: Annotated[bool, Parameter(name="--json", negative="")] = False,
) -> int:
    """Read entries from other registers; what is new or changed waits in the console for a click.

    Args:
        kind: `ptv` (Suomi.fi, versions 7 to 12), `helsinki` (the city's register) or `csv` (our own columns).
        sources: JSON, JSON lines, CSV, a folder or a zip of them; or an `https://` address that answers with one.
        dry_run: Count only, write nothing.
        apply: Publish without the click; what both sides have changed waits for it all the same.
        everything: Keep what is not for families too.
        as_json: End with the counts as JSON.
    """
    register = REGISTERS.get(kind)
    if register is None:
        raise _mistake(f"unknown kind '{kind}' (use one of {', '.join(REGISTERS)})")
    if not sources:
        raise _mistake("name the files or the addresses to import")
    if dry_run and apply:
        raise _mistake("--dry-run and --apply exclude each other")
    counts, spool = Counts(), Spool()
    try:
        with TemporaryDirectory(prefix="perheovi-import-") as folder:
            files = _at_hand(register, sources, Path(folder))
            counts, refused = _read(register, files, spool, everything=everything)
        if not refused:
            _compare_and_write(kind, register, spool, counts, dry_run=dry_run, apply=apply)
    finally:
        spool.close()
    _print_counts(counts, dry_run=dry_run, apply=apply, refused=refused)
    if as_json:
        print(json.dumps(counts.plain()))
    return 1 if refused else 0


def _mistake(what: str) -> Exception:
    # A file is refused without loading every setting there is.
    from bot.settings import SetupError  # noqa: PLC0415

    return SetupError(what)


def _at_hand(register: Register, sources: tuple[str, ...], folder: Path) -> dict[Path, str]:
    """The files to read, and what those that were fetched are to be called; the others by their own name."""
    files: dict[Path, str] = {}
    for number, source in enumerate(sources):
        if not _ADDRESS.match(source):
            files[Path(source)] = shown(Path(source))
            continue
        # What fetches is loaded only by those who fetch.
        import asyncio  # noqa: PLC0415

        from bot.commands.settings import read_settings  # noqa: PLC0415
        from bot.guidance.importing.fetching import fetch  # noqa: PLC0415

        below, key = folder / str(number), read_settings().ptv_api_key
        below.mkdir()
        secret = key.get_secret_value() if key else None
        files |= asyncio.run(fetch(source, below, ending=register.ending, key=secret, progress=_progress))
    return files


def _read(
    register: Register, files: Mapping[Path, str], spool: Spool, *, everything: bool
) -> tuple[Counts, bool]:
    """The counts, and whether the files are refused as they are; why is told on standard error."""
    try:
        counts, problems = taking_in.understand(
            register, list(files), spool, now=system_clock(), everything=everything, progress=_progress
        )
    except ContentError as error:
        counts, problems = Counts(errors=len(error.problems)), list(error.problems)
    for problem in problems:
        print(_named(problem, files), file=sys.stderr)
    return counts, bool(problems)


def _named(problem: Problem, files: Mapping[Path, str]) -> Problem:
    """A problem under the address its file was fetched from."""
    for file, name in files.items():
        if problem.file.startswith(shown(file)):
            return replace(problem, file=name + problem.file.removeprefix(shown(file)))
    return problem


def _compare_and_write(
    kind: str, register: Register, spool: Spool, counts: Counts, *, dry_run: bool, apply: bool
) -> None:
    # A file is refused without waiting for all that a talk needs to be loaded.
    from bot.app.parts import open_database, prepare_database  # noqa: PLC0415
    from bot.commands.settings import read_settings  # noqa: PLC0415
    from bot.guidance.importing import running  # noqa: PLC0415

    settings, now = read_settings(), system_clock()
    database = open_database(settings)
    try:
        prepare_database(settings, database, system_clock)
        if dry_run:
            running.look(database, register, spool, counts)
            return
        run = running.run_id(kind, spool, apply=apply)
        done = running.store(
            database, register, spool, counts, run=run, apply=apply, now=now, progress=_progress
        )
        if done:
            print(f"went on after {done} that an earlier try had done", file=sys.stderr)
    finally:
        database.close()


def _progress(what: str, done: int, total: int) -> None:
    step = 10 if what == "fetching" else _STEP
    if done % step == 0 or (done == total and total > step):
        print(f"{what}: {done} of {total}", file=sys.stderr, flush=True)


def _print_counts(counts: Counts, *, dry_run: bool, apply: bool, refused: bool) -> None:
    if refused:
        print(f"refused: {counts.errors} mistakes; the catalogue is as it was", file=sys.stderr)
        return
    print(f"read {counts.read}, kept {counts.kept}, left out {counts.left_out}")
    done = "would be" if dry_run else ("published" if apply else "for review")
    told = {
        "new": f"new, {done}", "changed": f"changed, {done}",
        "held": "changed, for review: a new number, a crisis entry or somebody's draft",
        "conflict": "changed on both sides, for review",
        "gone": "withdrawn there, for review", "same": "as before", "waiting": "in the review queue already",
        "refused": "not to come back",
    }  # fmt: skip
    for fate, words in told.items():
        if counts.fates[fate]:
            print(f"  {counts.fates[fate]} {words}")
    for fate, number in counts.notes.most_common():
        print(f"  {number} with: {fate.replace('_', ' ')}")
