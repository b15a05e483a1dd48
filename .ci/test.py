"""Every check of `make test`, in order of speed. `--long` adds the rows at full size."""

import os
import subprocess
import sys
import time
from pathlib import Path

BIN = Path(sys.executable).parent
CHECKS = (
    ("ruff", [BIN / "ruff", "check", "."]),
    ("format", [BIN / "ruff", "format", "--check", "--quiet", "."]),
    ("imports", [BIN / "lint-imports"]),
    ("types", [BIN / "mypy"]),
    ("content", [BIN / "perheovi", "check"]),
)


def main() -> int:
    """Run all checks, say how long each took, and fail when any failed."""
    failed = []
    for name, command in CHECKS:
        if not run(name, command):
            failed.append(name)
    pytest = [BIN / "pytest", "-q", "-n", str(os.cpu_count() or 2), "--dist", "loadscope"]
    pytest += ["--no-loadscope-reorder"]  # tests/conftest.py puts what takes longest first
    pytest += [] if "--long" in sys.argv else ["-m", "not long"]
    if not run("tests", pytest):
        failed.append("tests")
    print("FAILED: " + ", ".join(failed) if failed else "All checks passed.")
    return 1 if failed else 0


def run(name: str, command: list[object]) -> bool:
    """One check; its output goes where ours goes."""
    print(f"== {name}", flush=True)
    began = time.monotonic()
    ok = subprocess.run([str(part) for part in command], check=False).returncode == 0
    print(f"== {name}: {'ok' if ok else 'FAILED'} in {time.monotonic() - began:.0f} s", flush=True)
    return ok


if __name__ == "__main__":
    sys.exit(main())
