"""How one can be called safely, as a form tells it: who may answer, whether our number may show, a code word."""

from collections.abc import Mapping
from typing import Any

from bot.callbacks.request import LONGEST_CODE_WORD, NewCallback

WHO = ("only_me", "anyone")
NUMBER = ("hidden", "shown")
FIELDS = ("who_may_answer", "our_number", "code_word", "no_code_word")
"""The names of the fields; `no_code_word` takes the agreed one away."""


def read(fields: Mapping[str, str]) -> dict[str, Any]:
    """The answers as fields of a request; None where nothing was said.

    Where only one person may answer, our number is hidden unless it was said that it may show.
    """
    who = fields.get("who_may_answer") if fields.get("who_may_answer") in WHO else None
    shown = {"hidden": False, "shown": True}.get(fields.get("our_number", ""))
    if who == "only_me" and shown is None:
        shown = False
    word = " ".join(fields.get("code_word", "").split())[:LONGEST_CODE_WORD]
    return {"who_may_answer": who, "show_number": shown, "code_word": word or None}


def changes(fields: Mapping[str, str], before: NewCallback) -> dict[str, Any]:
    """What a form changes in a request: an empty word leaves the agreed one, which the form does not show."""
    told = read(fields)
    if fields.get("no_code_word") == "yes":
        told["code_word"] = None
    elif told["code_word"] is None:
        del told["code_word"]
    return {name: value for name, value in told.items() if getattr(before, name) != value}


def as_fields(request: NewCallback) -> dict[str, str]:
    """The answers of a request as the form's values; never the code word itself."""
    shown = {True: "shown", False: "hidden", None: ""}[request.show_number]
    return {"who_may_answer": request.who_may_answer or "", "our_number": shown}
