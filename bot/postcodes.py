"""Which municipality a Finnish postcode belongs to; what NOTICE says of the source holds for `postcodes.json`."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".json")


@cache
def municipalities() -> Mapping[str, str]:
    """The Finnish name of a municipality by each of its postcodes (five digits)."""
    listed = json.loads(_FILE.read_text(encoding="utf-8"))
    return {code: municipality for municipality, codes in listed.items() for code in codes.split()}
