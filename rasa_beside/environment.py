"""Rasa's own environment: which Python 3.10 it is made from, and that it holds what the lock says."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PLACE = ROOT / "var" / "rasa"
"""Everything of Rasa's that can be made again: environment, training input, models."""

LOCK = Path(__file__).with_name("requirements.lock")
MISSING = (
    "Rasa 3.6.21 needs Python 3.10 and none was found, so nothing runs on Rasa here. "
    "Install one (.venv/bin/uv python install 3.10, or pyenv install 3.10), or name one in PERHEOVI_PYTHON310."
)
_SOURCES_ONLY = ("docopt", "mattermostwrapper", "randomname")
_UV = Path(sys.executable).with_name("uv")


class NoPython310Error(Exception):
    """This machine has no Python 3.10 and cannot fetch one; the message says how to get one."""


def python() -> Path:
    """The Python of Rasa's environment, made first when it is missing or the lock has changed.

    About a minute and 2.6 GB. Raises `NoPython310Error`, or `subprocess.CalledProcessError` when a package cannot
    be had.
    """
    folder = PLACE / "env"
    inside, ready = folder / "bin" / "python", folder / ".ready"
    mark = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if ready.exists() and ready.read_text() == mark:
        ready.touch()  # make looks at its time
        return inside
    base = find_python310()
    print(f"Setting up Rasa 3.6.21 in {folder} (a minute, 2.6 GB).", flush=True)
    shutil.rmtree(folder, ignore_errors=True)
    _uv("venv", "--python", str(base), str(folder))
    sources = [part for name in _SOURCES_ONLY for part in ("--no-binary", name)]
    _uv(
        "pip", "install", "--python", str(inside), "--require-hashes", "--only-binary", ":all:", *sources,
        "--build-constraints", str(LOCK), "--compile-bytecode", "-r", str(LOCK),
    )  # fmt: skip
    ready.write_text(mark)
    return inside


def find_python310() -> Path:
    """A working Python 3.10: the one named in PERHEOVI_PYTHON310, the machine's, pyenv's or uv's.

    Raises `NoPython310Error`.
    """
    named = os.environ.get("PERHEOVI_PYTHON310")
    if named:
        found = shutil.which(named)
        if found is None or not _is_310(found):
            raise NoPython310Error(f"PERHEOVI_PYTHON310 names {named}, which is no Python 3.10. {MISSING}")
        return Path(found)
    for candidate in _candidates():
        if _is_310(candidate):
            return Path(candidate)
    raise NoPython310Error(MISSING)


def _candidates() -> Iterator[str]:
    if on_path := shutil.which("python3.10"):
        yield on_path
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    yield from map(str, sorted(pyenv.glob("versions/3.10*/bin/python"), reverse=True))
    known = subprocess.run(
        [_UV, "python", "find", "--quiet", "3.10"], check=False, capture_output=True, text=True
    )
    if known.returncode == 0:
        yield known.stdout.strip()


def _is_310(candidate: str) -> bool:
    command = [candidate, "-c", "import sys, venv; print(*sys.version_info[:2])"]
    try:
        asked = subprocess.run(command, check=False, capture_output=True, text=True, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.stdout.strip() == "3 10"


def variables() -> dict[str, str]:
    """The environment variables Rasa is run with: quiet, telling nobody, and able to read our spelling."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {
        **kept,
        "PYTHONPATH": str(ROOT),
        "RASA_TELEMETRY_ENABLED": "false",
        "RASA_MAX_CACHE_SIZE": "0",
        "TF_CPP_MIN_LOG_LEVEL": "2",
        "CUDA_VISIBLE_DEVICES": "-1",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    }


def _uv(*arguments: str) -> None:
    subprocess.run([str(_UV), *arguments, "--quiet"], check=True)
