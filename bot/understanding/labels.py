"""The labels of a message: what the family's matter is about (need) and what the sender wants done (act)."""

from bot.meaning import NEEDS as NEEDS  # noqa: PLC0414  (half of the labels, said once for all)

ACTS = (
    "request_callback", "change_callback", "cancel_callback", "callback_status", "ask_service", "ask_human",
    "network_meeting", "professional_contact", "ask_privacy", "delete_my_data", "change_language", "feedback",
    "ask_bot", "greet", "thanks", "goodbye", "affirm", "deny", "out_of_scope",
)  # fmt: skip

NO_NEED = "no_need"
"""What the model calls a message about no family matter; never leaves this package."""

NO_ACT = "none"
"""A message that tells its matter without asking for anything in particular."""


def parts(label: str) -> tuple[str | None, str] | None:
    """A training label (`need`, `act`, `none` or Rasa's multi-intent `need+act`) as (need or None, act or `none`).

    None when the label is not one of ours.
    """
    if label == NO_ACT:  # a bare answer: a place, a time, a name
        return None, NO_ACT
    first, plus, second = label.partition("+")
    if plus:
        return (first, second) if first in NEEDS and second in ACTS else None
    if first in NEEDS:
        return first, NO_ACT
    return (None, first) if first in ACTS else None
