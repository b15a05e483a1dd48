"""What becomes of an entry that both we and its register have changed."""

from typing import Any

from bot.guidance.importing.incoming import Incoming, Known, decide, digest_of
from bot.guidance.importing.merging import merge

BASE: dict[str, Any] = {
    "id": "ptv-1", "name": {"fi": "Perhetyö"}, "summary": {"fi": "Apua kotiin."}, "provider": {"fi": "Kunta"},
    "channels": [
        {"kind": "phone", "number": "+358501", "external": {"scheme": "ptv", "id": "a"}},
        {"kind": "web", "url": {"fi": "https://a.example"}, "external": {"scheme": "ptv", "id": "b"}},
    ],
    "source": {"name": "PTV", "fetched_at": "2026-01-01"},
}  # fmt: skip


def but(entry: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return entry | changes


def test_what_only_the_register_changed_is_taken_and_what_only_we_changed_stays() -> None:
    ours = but(BASE, summary={"fi": "Perhe saa apua kotiin."}, needs=["home_help"])
    theirs = but(BASE, name={"fi": "Lapsiperheen perhetyö"}, needs=["upbringing"])
    merged = merge(BASE, ours, theirs)
    assert merged.result["name"] == theirs["name"]
    assert merged.result["summary"] == ours["summary"]
    assert merged.result["needs"] == ["home_help"]
    assert [change.field for change in merged.changes] == ["name"]
    assert not merged.conflict


def test_what_both_changed_goes_by_who_owns_the_field() -> None:
    theirs = but(BASE, summary={"fi": "Tukea arkeen."})
    results = {}
    for owner in ("upstream", "local", "locked"):
        ours = but(BASE, summary={"fi": "Perhe saa apua."}, ownership={"summary": owner})
        merged = merge(BASE, ours, theirs)
        results[owner] = (merged.result["summary"]["fi"], merged.conflict, len(merged.changes))
    assert results == {
        "upstream": ("Tukea arkeen.", False, 1),
        "local": ("Perhe saa apua.", True, 1),
        "locked": ("Perhe saa apua.", False, 0),
    }


def test_channels_are_merged_one_by_one() -> None:
    phone, page = BASE["channels"]
    own = {"kind": "email", "email": "perhe@kunta.example"}
    new = {"kind": "phone", "number": "116111", "external": {"scheme": "ptv", "id": "c"}}
    ours = but(BASE, channels=[phone, own])
    theirs = but(BASE, channels=[but(phone, number="+358502"), page, new])
    assert merge(BASE, ours, theirs).result["channels"] == [but(phone, number="+358502"), own, new]
    assert merge(BASE, BASE, but(BASE, channels=[page])).result["channels"] == [page]


def test_an_entry_made_by_hand_keeps_what_it_says_until_somebody_chooses() -> None:
    ours = {"id": "perhetyo", "name": {"fi": "Meidän perhetyö"}, "summary": {"fi": "Apua."}}
    merged = merge(None, ours, BASE)
    assert merged.result["name"] == ours["name"]
    assert merged.result["provider"] == BASE["provider"]
    assert merged.conflict


def test_when_it_was_fetched_is_no_change() -> None:
    later = but(BASE, source={"name": "PTV", "fetched_at": "2026-06-01"})
    found = decide(Incoming(key="1", entry=later), Known(service_id="ptv-1", ours=BASE, base=BASE))
    assert found.fate == "same"


def test_what_was_refused_archived_or_asked_already_is_not_asked_again() -> None:
    one = Incoming(key="1", entry=BASE)
    assert decide(one, Known(service_id="ptv-1")).fate == "new"
    assert decide(one, Known(service_id="ptv-1", refused=True)).fate == "refused"
    assert decide(one, Known(service_id="ptv-1", status="archived", ours=BASE)).fate == "refused"
    assert decide(one, Known(service_id="ptv-1", waiting=digest_of(one))).fate == "waiting"
