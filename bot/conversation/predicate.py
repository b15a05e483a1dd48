"""The conditions of flows: `slots.phone is not null and not slots.confirm`, in the form Rasa's flows use.

condition  = term ("or" term)*            term  = factor ("and" factor)*
factor     = "not" factor | "(" condition ")" | value [comparison value]
comparison = "=" "==" "is" "is not" "!=" "<" "<=" ">" ">="
value      = slots.name | "text" | 'text' | number | true | false | null
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import Any

Slots = Mapping[str, Any]
Condition = Callable[[Slots], Any]

_TOKEN = re.compile(r"""\s*("[^"]*"|'[^']*'|[<>!=]=|[<>=()]|-?\d+(?:\.\d+)?|[A-Za-z_][\w.]*)""")
_COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    "=": eq, "==": eq, "is": eq, "!=": ne, "is not": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip
_CONSTANTS = {"true": True, "false": False, "null": None}


class PredicateError(ValueError):
    """A condition cannot be read; the message quotes the place."""


def holds(condition: str | bool, slots: Slots) -> bool:
    """Whether a condition is true of the slots; an unknown slot is null, and an ordering with null is false."""
    return condition if isinstance(condition, bool) else bool(compiled(condition)(slots))


@lru_cache(maxsize=1024)
def compiled(condition: str) -> Condition:
    """Read a condition once; raises `PredicateError`."""
    tokens = _tokens(condition)
    found = _either(tokens)
    if tokens:
        raise PredicateError(f"did not expect '{tokens[0]}' in '{condition}'")
    return found


def slots_in(condition: str | bool) -> frozenset[str]:
    """The slots a condition looks at."""
    if isinstance(condition, bool):
        return frozenset()
    return frozenset(token[6:] for token in _tokens(condition) if token.startswith("slots."))


def _tokens(text: str) -> list[str]:
    tokens, at = [], 0
    while text[at:].strip():
        found = _TOKEN.match(text, at)
        if found is None:
            raise PredicateError(f"cannot read '{text[at:].strip()}' in '{text}'")
        tokens.append(found[1])
        at = found.end()
    return tokens


def _either(tokens: list[str]) -> Condition:
    parts = [_both(tokens)]
    while tokens and tokens[0] == "or":
        tokens.pop(0)
        parts.append(_both(tokens))
    return lambda slots: any(part(slots) for part in parts)


def _both(tokens: list[str]) -> Condition:
    parts = [_factor(tokens)]
    while tokens and tokens[0] == "and":
        tokens.pop(0)
        parts.append(_factor(tokens))
    return lambda slots: all(part(slots) for part in parts)


def _factor(tokens: list[str]) -> Condition:
    if tokens and tokens[0] == "not":
        tokens.pop(0)
        inner = _factor(tokens)
        return lambda slots: not inner(slots)
    if tokens and tokens[0] == "(":
        tokens.pop(0)
        inner = _either(tokens)
        if not tokens or tokens.pop(0) != ")":
            raise PredicateError("a bracket is not closed")
        return inner
    left = _value(tokens)
    if not tokens or tokens[0] not in _COMPARISONS:
        return left
    name = tokens.pop(0)
    if name == "is" and tokens and tokens[0] == "not":
        tokens.pop(0)
        name = "is not"
    return _comparison(_COMPARISONS[name], left, _value(tokens))


def _comparison(compare: Callable[[Any, Any], bool], left: Condition, right: Condition) -> Condition:
    def compared(slots: Slots) -> bool:
        try:
            return compare(left(slots), right(slots))
        except TypeError:
            return False

    return compared


def _value(tokens: list[str]) -> Condition:
    if not tokens:
        raise PredicateError("the condition ends too early")
    token = tokens.pop(0)
    if token.startswith("slots."):
        name = token.removeprefix("slots.")
        return lambda slots: slots.get(name)
    constant = _constant(token)
    return lambda slots: constant  # noqa: ARG005


def _constant(token: str) -> Any:
    if token[0] in "\"'":
        return token[1:-1]
    if token in _CONSTANTS:
        return _CONSTANTS[token]
    try:
        return float(token)
    except ValueError as error:
        raise PredicateError(f"'{token}' is neither a slot, a number nor quoted text") from error
