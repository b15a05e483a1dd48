"""Telephone numbers as people write them, as we keep them."""

import re

import phonenumbers
from phonenumbers import PhoneNumberType

_AS_RUNG = {
    PhoneNumberType.TOLL_FREE, PhoneNumberType.PREMIUM_RATE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN,
}  # fmt: skip
"""Kinds of Finnish numbers that are written as they are rung."""
_SHORT, _NATIONAL = 6, 10
"""How many digits a short number has at most, and a national one."""


def kept(text: str) -> str:
    """A number rung in Finland, or with its country code: E.164, a short or service number as it is rung."""
    digits = re.sub(r"[^\d+]", "", text)
    if not digits.startswith("0") or len(digits) <= _SHORT:
        return digits
    kind = phonenumbers.number_type(phonenumbers.parse(digits, "FI"))
    return digits if kind in _AS_RUNG and len(digits) <= _NATIONAL else f"+358{digits[1:]}"
