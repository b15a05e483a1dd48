"""Telephone numbers as people in Finland read them."""

import re

import phonenumbers
from phonenumbers import PhoneNumberFormat

_FINLAND = 358
_MOBILE = re.compile(r"(0[45]\d)(\d{3})(\d{3,5})")
_SHOWN_FIRST, _SHOWN_LAST = 3, 2


def readable(number: str) -> str:
    """An E.164 number as `050 123 4567` (a foreign one with its country), a short one as `116 111`."""
    if not number.startswith("+"):
        threes = len(number) > 3 and len(number) % 3 == 0  # noqa: PLR2004  (groups of three)
        return " ".join(re.findall("...", number)) if threes else number
    parsed = phonenumbers.parse(number, None)
    if parsed.country_code != _FINLAND:
        return phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    national = phonenumbers.format_number(parsed, PhoneNumberFormat.NATIONAL)
    mobile = _MOBILE.fullmatch(national.replace(" ", ""))
    return " ".join(mobile.groups()) if mobile else national


def hidden(number: str) -> str:
    """The same with only its beginning and its last two digits: `050 ••• ••67`."""
    shown = readable(number)
    digits = [at for at, letter in enumerate(shown) if letter.isdigit()]
    covered = set(digits[_SHOWN_FIRST:-_SHOWN_LAST])
    return "".join("•" if at in covered else letter for at, letter in enumerate(shown))
