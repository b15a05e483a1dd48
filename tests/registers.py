"""The public registers that some tests read; what they are and how they may be used is told beside them."""

import os
from pathlib import Path

import pytest

_DEFAULT = Path(__file__).resolve().parent.parent.parent / "shared" / "data"


def registers() -> Path:
    """The folder of registers; a test that needs it says so where it is absent, and fails in CI."""
    folder = Path(os.environ.get("PERHEOVI_TEST_DATA") or _DEFAULT)
    if not folder.is_dir():
        message = f"the public registers are not in {folder} (name their folder with PERHEOVI_TEST_DATA)"
        pytest.skip(message)
    return folder
