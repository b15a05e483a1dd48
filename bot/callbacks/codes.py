"""The family's code: how they find their own request again, without a name or an account.

Twelve characters of Crockford's base 32 (60 random bits; no I, L, O or U, so that it survives being read aloud and
written by hand), shown in three groups of four. The database keeps a mark of it and the code itself sealed.
"""

import secrets

from bot.keys import Keys

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """A fresh code, as it is shown."""
    return show("".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH)))


def read_code(text: str) -> str | None:
    """The code in what a person typed, as twelve characters; None when it cannot be one.

    Small letters, spaces and dashes of any kind do not matter; O is read as 0, I and L as 1.
    """
    typed = "".join(character for character in text.upper() if character.isalnum()).translate(_READ_AS)
    if len(typed) != _LENGTH or any(character not in _ALPHABET for character in typed):
        return None
    return typed


def show(code: str) -> str:
    """Twelve characters as a family sees them: `7K3M-9QXT-R2VB`."""
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))


def mark_of(keys: Keys, code: str) -> str | None:
    """What the database looks a typed code up by; None when the text cannot be a code."""
    read = read_code(code)
    return keys.mark("callback code", read) if read else None
