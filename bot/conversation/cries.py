"""A cry for help that says nothing of what has happened: after crisis help it means that help is still needed. Pure."""

import re
from datetime import datetime, timedelta

_CRY = re.compile(
    r"(?:(?:nyt|ja|voi|ei|please|nu|oh|god|snälla|herregud|jumalauta|oikeesti)\s+)*"
    r"(?:apua|auta|auttakaa|autakaa|hjälp|hjälp mig|hjälp oss|help|help me|help us|hätä|paniikki"
    r"|mitä (?:mä|minä)?\s*(?:nyt )?(?:teen|pitää tehdä)(?: nyt)?|en tiedä mitä (?:mä )?teen"
    r"|vad (?:ska|gör) jag(?: göra)?(?: nu)?|what (?:do|should) i do(?: now)?)"
    r"(?:\s+(?:nyt|heti|nu|now|please|apua|help|hjälp))*"
)
_LASTS = timedelta(hours=2)


def cries_again(text: str, crisis_at: str | None, now: datetime) -> bool:
    """Whether a message is a bare cry for help within two hours of crisis help.

    `crisis_at` is the moment of the last crisis help in ISO 8601, None when there was none; `now` is aware.
    """
    if crisis_at is None or now - datetime.fromisoformat(crisis_at) > _LASTS:
        return False
    words = " ".join(re.findall(r"[^\W\d_]+", text.casefold()))
    return bool(_CRY.fullmatch(words))
