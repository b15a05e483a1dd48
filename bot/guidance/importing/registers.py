"""The kinds of files that can be imported: how their records are told apart, and read."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.content import ContentError
from bot.guidance.importing import csv_table, files, helsinki, ptv, ptv_12
from bot.guidance.importing.files import Found
from bot.guidance.importing.record import Record
from bot.guidance.importing.spool import Spool

_CHANNELS, _ORGANISATIONS = "channel", "organisation"
_WITHDRAWN = {"Deleted", "Archived", "Withdrawn", "Removed"}


@dataclass(frozen=True, slots=True)
class Register:
    """One kind of file."""

    system: str
    """What its entries' ids and bases are kept under."""
    gather: Callable[[Iterable[Path], Spool], None]
    """Puts everything in the files into the spool. Raises `ContentError`."""
    read: Callable[[Found, Spool, dt.date], Record]
    """One record as an entry. Raises `KeyError`, `TypeError` or `ValueError` for one that cannot be an entry."""
    key: Callable[[Found], str]
    """The record's id there. Raises `KeyError`."""
    family: bool = True
    """Whether it holds other services too, so that those of families are picked out."""
    ending: str = ".json"
    """What its files are where a web address does not say."""

    def withdrawn(self, found: Found) -> bool:
        """Whether the register has withdrawn it."""
        return found.data.get("publishingStatus") in _WITHDRAWN


def _gather_ptv(paths: Iterable[Path], spool: Spool) -> None:
    for found in files.records(paths):
        data = found.data
        if "serviceContentId" in data and "channelContentId" in data:
            spool.add_link(str(data["serviceContentId"]), data)
        elif "serviceChannelType" in data or "serviceChannelNames" in data:
            id_ = _id(found)
            if data.get("publishingStatus") not in _WITHDRAWN:
                spool.add_aside(_CHANNELS, id_, data)
        elif "serviceNames" in data or ("serviceType" in data and "generalDescriptionTypes" not in data):
            _id(found)
            spool.add_record(found)
        elif "organizationNames" in data or "organizationType" in data:
            spool.add_aside(_ORGANISATIONS, _id(found), data)
        else:
            what = "neither a service nor a channel, an organisation or a connection of PTV"
            raise ContentError(found.problem(what))


def _gather_helsinki(paths: Iterable[Path], spool: Spool) -> None:
    for found in files.records(paths):
        if "id" not in found.data:
            raise ContentError(found.problem("no id"))
        if any(found.data.get(code) for code in ("fi", "sv", "en")):
            spool.add_record(found)


def _gather_csv(paths: Iterable[Path], spool: Spool) -> None:
    for name, text in files.tables(paths):
        for found in csv_table.rows(name, text):
            spool.add_record(found)


def _id(found: Found) -> str:
    known = found.data.get("id") or found.data.get("contentId")
    if not isinstance(known, str) or not known:
        raise ContentError(found.problem("no id"))
    return known


def _read_ptv(found: Found, spool: Spool, today: dt.date) -> Record:
    payload: Mapping[str, Any] = found.data
    channels = spool.aside(_CHANNELS)
    if "languageVersions" in payload:
        links = spool.links(_id(found))
        payload, channels = ptv_12.as_before(payload, links, channels, spool.aside(_ORGANISATIONS))
    return ptv.read(payload, channels, today=today)


def _read_helsinki(found: Found, _spool: Spool, today: dt.date) -> Record:
    return helsinki.read(found.data, today=today)


def _read_csv(found: Found, _spool: Spool, today: dt.date) -> Record:
    return csv_table.read(found.data, today=today)


def _helsinki_key(found: Found) -> str:
    first: Any = next((found.data[code] for code in ("fi", "sv", "en") if found.data.get(code)), {})
    return f"{'errand-' if 'channels' in first else ''}{found.data['id']}"


REGISTERS: Mapping[str, Register] = {
    "ptv": Register(ptv.SYSTEM, _gather_ptv, _read_ptv, _id),
    "helsinki": Register(helsinki.SYSTEM, _gather_helsinki, _read_helsinki, _helsinki_key),
    "csv": Register(
        csv_table.SYSTEM,
        _gather_csv,
        _read_csv,
        lambda found: str(found.data["id"]),
        family=False,
        ending=".csv",
    ),
}
