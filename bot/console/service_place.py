"""Where in the form of an entry a mistake of its data stands, and with which words it is told."""

from collections.abc import Mapping, Sequence
from typing import Any

_FIELD_OF = {
    "id": "id", "name": "name_fi", "summary": "summary_fi", "provider": "provider_fi", "alert": "alert_until",
    "areas": "municipalities", "ages": "age_min", "needs": "needs", "hours": "hours", "cost": "cost_text_fi",
    "keywords": "keywords_fi",
    **{
        name: name
        for name in (
            "languages", "search_terms", "classes", "target_groups", "life_events", "ontology", "referral",
            "makes_client", "anonymous", "urgency", "kind", "publish_at", "archive_at",
        )
    },
}  # fmt: skip
_ERROR_OF = {
    "id": "id", "areas": "areas", "ages": "ages", "ontology": "url",
    **dict.fromkeys(("classes", "target_groups", "life_events"), "codes"),
}  # fmt: skip
_ERROR_OF_WAY = {"phone": "number", "email": "email", "visit": "address"}
_OF_AN_ADDRESS = frozenset({"postcode", "municipality"})
_OF_A_GROUP = {
    "ages": "age_min", **{name: name for name in ("sign_up_url", "sign_up_by", "places", "sessions", "weekly")},
}  # fmt: skip


def place_of(
    loc: Sequence[int | str], data: Mapping[str, Any], places: Mapping[str, Sequence[str]]
) -> tuple[str, str]:
    """The field of the form that a mistake at `loc` belongs to, and the key of its words."""
    top = str(loc[0]) if loc else ""
    if top == "channels" and len(loc) > 1:
        return _of_way(places[top][int(loc[1])], str(data["channels"][loc[1]]["kind"]), loc)
    if top == "groups" and len(loc) > 1:
        inner = str(loc[2]) if len(loc) > 2 else ""  # noqa: PLR2004  (list, place, field)
        key = "url" if inner == "sign_up_url" else "ages" if inner == "ages" else "other"
        return f"{places[top][int(loc[1])]}_{_OF_A_GROUP.get(inner, 'name_fi')}", key
    return _FIELD_OF.get(top, "name_fi"), _ERROR_OF.get(top, "other")


def _of_way(at: str, kind: str, loc: Sequence[int | str]) -> tuple[str, str]:
    inner = str(loc[-1])
    if kind != "visit":
        of_url = "url" in loc and inner in {"sv", "en"}
        return (f"{at}_url_{inner}" if of_url else f"{at}_value"), _ERROR_OF_WAY.get(kind, "url")
    if "coordinates" in loc:
        return f"{at}_easting", "point"
    return f"{at}_{inner if inner in _OF_AN_ADDRESS else 'street'}", "address"
