"""An understanding as others read it: Rasa's parse answer with more fields, and the flat form of a batch."""

from datetime import date, datetime, time
from typing import Any

from bot.clock import HELSINKI
from bot.meaning import Guess, TimeWish, Understanding
from bot.understanding import labels

_OPENS, _CLOSES = time(8), time(16)
_SHOWN = {"municipality", "child_age", "phone", "time_window", "language", "name"}


def parse_answer(understanding: Understanding, urgency: str, category: str) -> dict[str, Any]:
    """Rasa's parse answer. `urgency` and `category` are the safety layer's verdict on the same text.

    `need` is null when it is likelier that the message tells of no family matter.
    """
    need, act = _need(understanding), _act(understanding)
    return {
        "text": understanding.text,
        "intent": _intent(need, act),
        "intent_ranking": _ranking(understanding, need, act),
        "entities": _entities(understanding),
        "language": understanding.language,
        "need": _shown(need) if need else None,
        "needs": [_shown(one) for one in understanding.needs],
        "act": _shown(act),
        "acts": [_shown(one) for one in understanding.acts],
        "urgency": urgency,
        "category": category,
    }


def flat_answer(understanding: Understanding, urgency: str, category: str, *, line_id: Any) -> dict[str, Any]:
    """One line of `perheovi understand`: the parse answer with its `id` and the entities flattened.

    `child_age_years` is a number, or a list when several children's ages are told; times are ISO 8601 or null.
    """
    answer = parse_answer(understanding, urgency, category)
    ages = understanding.all("child_age")
    wishes = [_window(wish) for wish in understanding.all("time_window")]
    start, end = next((window for window in wishes if window is not None), (None, None))
    return {
        "id": line_id,
        **answer,
        "municipality": understanding.first("municipality") or understanding.first("municipality_maybe"),
        "child_age_years": ages[0] if len(ages) == 1 else list(ages) or None,
        "phone": understanding.first("phone"),
        "time_from": start,
        "time_to": end,
    }


def _need(understanding: Understanding) -> Guess | None:
    if not understanding.needs:
        return None
    first = understanding.needs[0]
    no_need = 1 - sum(one.confidence for one in understanding.needs)
    return first if first.confidence >= no_need else None


def _act(understanding: Understanding) -> Guess:
    return understanding.acts[0] if understanding.acts else Guess(labels.NO_ACT, 1.0)


def _intent(need: Guess | None, act: Guess) -> dict[str, Any]:
    if need is None or act.name == labels.NO_ACT:
        return _shown(need or act)
    return {"name": f"{need.name}+{act.name}", "confidence": min(need.confidence, act.confidence)}


def _ranking(understanding: Understanding, need: Guess | None, act: Guess) -> list[dict[str, Any]]:
    singles = [one for one in (*understanding.needs, *understanding.acts) if one.name != labels.NO_ACT]
    ranked = [_shown(one) for one in sorted(singles, key=lambda one: -one.confidence)]
    first = _intent(need, act)
    return [first, *(one for one in ranked if one["name"] != first["name"])][:10]


def _shown(guess: Guess) -> dict[str, Any]:
    return {"name": guess.name, "confidence": guess.confidence}


def _entities(understanding: Understanding) -> list[dict[str, Any]]:
    found = []
    for one in understanding.entities:
        name = "municipality" if one.entity == "municipality_maybe" else one.entity
        if name not in _SHOWN:
            continue
        value = one.value
        if isinstance(value, TimeWish):
            start, end = _window(value) or (None, None)
            value = {"start": start, "end": end}
        found.append({"entity": name, "value": value, "start": one.start, "end": one.end})
    return found


def _window(wish: TimeWish) -> tuple[str | None, str | None] | None:
    """A wish as ISO start and end in Helsinki; bare times where no day was named, None for `anytime`."""
    if wish.anytime or (wish.day is None and wish.from_time is None and wish.to_time is None):
        return None
    if wish.day is None:
        return _bare(wish.from_time), _bare(wish.to_time)
    return (
        _moment(wish.day, wish.from_time or _OPENS),
        _moment(wish.last_day or wish.day, wish.to_time or _CLOSES),
    )


def _bare(at: time | None) -> str | None:
    return at.strftime("%H:%M") if at else None


def _moment(day: date, at: time) -> str:
    return datetime.combine(day, at, HELSINKI).isoformat()
