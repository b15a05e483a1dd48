"""What the command does with a hostile file: refused at its line, before anything heavy is loaded or written."""

import os
import subprocess
import sys
from pathlib import Path


def test_a_hostile_file_is_refused_before_a_database_is_loaded_or_made(tmp_path: Path) -> None:
    bomb, kept = tmp_path / "bomb.json", tmp_path / "kept"
    bomb.write_text('{"a":' * 100_000, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "bot", "catalog", "import", "ptv", str(bomb)],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PERHEOVI_DATA_DIR": str(kept)},
    )
    assert done.returncode == 1
    assert f"{bomb}:1: nested more than 30 deep" in done.stderr
    assert not kept.exists()
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if "import time:" in line}
    assert not loaded & {"sqlalchemy", "numpy", "aiohttp", "structlog"}
