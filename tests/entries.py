"""Short catalogue entries for tests."""

from typing import Any

from bot.guidance.catalogue import Service


def entry(service_id: str, name: str, **fields: Any) -> Service:
    """An entry of Askola for upbringing; every field can be given."""
    plain = {
        "id": service_id,
        "name": {"fi": name, "sv": name, "en": name},
        "summary": {"fi": "Apua arkeen.", "sv": "Hjälp.", "en": "Help."},
        "provider": {"fi": "Askolan kunta"},
        "areas": {"scope": "limited", "municipalities": ["Askola"]},
        "needs": ["upbringing"],
    }
    return Service.model_validate(plain | fields)
