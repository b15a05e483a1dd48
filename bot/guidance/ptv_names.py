"""The Finnish names of PTV's codes: service classes, target groups, life events."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from bot import content

_FILE = Path(__file__).with_name("ptv_names.yaml")


def named(code: str) -> str:
    """A code with its name, `P3.7 Kasvatus- ja perheneuvonta`; the code alone when it has none."""
    return f"{code} {_names().get(code, '')}".strip()


def name_of(code: str) -> str:
    """The name alone; the code when it has none."""
    return _names().get(code, code)


@cache
def _names() -> Mapping[str, str]:
    return {str(code): str(name) for code, name in content.read(_FILE).data.items()}
