"""What somebody had typed when their sign-in turned out to be over: it travels through the sign-in, and comes back.

It lives in hidden fields of the pages on the way and nowhere else: not in the browser's storage, not in the database.
After signing in the same fields are sent again to where they were going, marked, and their page is shown filled in.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import urlsplit

RESUMED = "resumed"
"""The field that says: show the form filled in, do nothing yet."""
_PREFIX = "kept."
_TO = "kept_to"
_NEVER = ("password", "old", "code", RESUMED)


@dataclass(frozen=True, slots=True)
class Kept:
    """A form on its way."""

    to: str
    """The address it was sent to: a page of the console."""
    fields: tuple[tuple[str, str], ...]

    @classmethod
    def lost(cls, path: str, form: Iterable[tuple[str, Any]]) -> Self | None:
        """Of a form that arrived without a sign-in; None when nothing was typed into it."""
        fields = tuple((name, value) for name, value in form if isinstance(value, str) and name not in _NEVER)
        return cls(path, fields) if any(value.strip() for _, value in fields) else None

    @classmethod
    def carried(cls, form: Mapping[str, Any], items: Iterable[tuple[str, Any]]) -> Self | None:
        """Of the sign-in form that carries it; None when it carries nothing."""
        to = str(form.get(_TO, ""))
        fields = tuple(
            (name.removeprefix(_PREFIX), value)
            for name, value in items
            if isinstance(value, str) and name.startswith(_PREFIX)
        )
        return cls(to, fields) if fields and inside(to) == to else None

    def hidden(self) -> list[tuple[str, str]]:
        """The fields by which a sign-in form carries it."""
        return [(_TO, self.to), *((_PREFIX + name, value) for name, value in self.fields)]

    def again(self) -> list[tuple[str, str]]:
        """The fields as they were, marked, for the page they were going to."""
        return [(RESUMED, "1"), *self.fields]


def inside(address: str) -> str:
    """The address when it is a page of the console, else the queue: nobody is led elsewhere by signing in."""
    parts = urlsplit(address)
    is_ours = parts.path.startswith("/staff/") and not parts.scheme and not parts.netloc
    if (
        not is_ours
        or "\\" in address
        or parts.path.startswith(("/staff/sign-in", "/staff/provider", "/staff/reset"))
    ):
        return "/staff/"
    return parts.path + (f"?{parts.query}" if parts.query else "")


def shown_at(path: str) -> str:
    """The page on which the form stood that was sent to `path`."""
    parent = path.rpartition("/")[0]
    return parent if parent.count("/") > 1 else "/staff/"
