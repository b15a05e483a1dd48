"""Deterministic checks of an entry: what a careful colleague would mark, the same every time.

Sources: the quality list of the Finnish Service Catalogue (DVV) and its limits. No entry is refused for advice.
"""

import datetime as dt

from bot.guidance.catalogue import Service
from bot.guidance.text_checks import facts, language, style
from bot.guidance.text_checks.finding import Finding

__all__ = ["Finding", "checks_of"]


def checks_of(service: Service, today: dt.date) -> tuple[Finding, ...]:
    """Everything to mend in one entry on a local day, errors first, then in the order of its fields."""
    found = [*facts.check(service, today), *style.check(service), *language.check(service)]
    order = {name: number for number, name in enumerate(Service.model_fields)}
    return tuple(sorted(found, key=lambda one: (one.severity != "error", order[one.field], one.code)))
