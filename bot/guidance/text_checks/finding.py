"""One thing to mend in an entry. The console says it in words (`checks.<code>`)."""

from dataclasses import dataclass
from typing import Literal

from bot.content import Place

Severity = Literal["error", "advice"]
ERRORS = {
    "contact_in_text": ("a number or address in the text", "make it a channel"),
    "summary_is_name": ("the summary in '{language}' repeats the name", "say what it is"),
    "personal_address": ("this looks like a person's own address", "use the office's"),
    "sign_in_address": (
        "the address is that of the sign-in, not of the service",
        "use the page from which one signs in",
    ),
    "number_too_short": ("the number is too short to ring", "write all of it, or the short number as it is"),
    "hours_overlap": ("two rules open it at the same time", "join them into one"),
}
"""What no entry of ours may have, as `perheovi check` says it: what is wrong, and what to do."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, where, and in which language's text; `shown` are the words it is about, if it is about words."""

    code: str
    at: Place
    """The way to it in the entry, as `("channels", 0, "number")`."""
    language: str | None = None
    shown: str = ""

    @property
    def field(self) -> str:
        """The field of the entry."""
        return str(self.at[0])

    @property
    def severity(self) -> Severity:
        """Whether it keeps a file of ours from being used, or is advice."""
        return "error" if self.code in ERRORS else "advice"

    @property
    def place(self) -> Place:
        """The same with the language as its last step, as it stands in a file."""
        return (*self.at, self.language) if self.language else self.at
