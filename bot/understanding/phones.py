"""Telephone numbers in a message, written in any way, and never anything that only looks like one."""

import re
from collections.abc import Iterator

import phonenumbers

from bot.meaning import Entity
from bot.understanding.letters import Written
from bot.understanding.spoken_digits import spoken_numbers

_RUN = re.compile(
    r"(?<![\w@])(?:\+\s?|[(\[]\+?)?\(?(?:\d|o(?=\d|\s?\d))(?:(?:[\s()\[\].\-/_]{0,3}|,)(?:\d|(?<=\d)o(?=\s?\d))){3,}(?!\w*@)"
)
_NOT_PHONES = re.compile(
    r"\b\d{6}[-+a-fu-y]\d{3}[0-9a-z]\b"  # personal identity code
    r"|\b[a-z]{2}\d{2}(?:\s?[\da-z]{4}){3,7}(?:\s?[\da-z]{1,3})?\b"  # account number
    r"|\b(?:hetu\w*|tilinumero\w*|y-tunnus\w*|viitenumero\w*|personbeteckning\w*)\W+[\d\s-]+"
    r"|\b\d{1,2}\s?\.\s?\d{1,2}\s?\.\s?(?:\d{4}|\d{2})?(?!\d)"  # date
    r"|\b(?:19|20)\d{2}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[.:]\d{2}(?:\s?-\s?\d{1,2}[.:]\d{2})?(?![\d.:]|\s?\d{2})"
    r"|\b\d+(?:[.,]\d+)?\s?(?:e\b|eur\w*|€|euro\w*|kr\b|km\b|kg\b|g\b|%)"
)
_CUE = re.compile(
    r"\b(?:nume?ro\w*|puh\w*|puhelin\w*|nro|nron?|tel\w*|nummer\w*|number|phone|mobile|mob|kännykk\w*|kannyk\w*|gsm"
    r"|тел\w*|номер\w*|telefon\w*|رقم\w*|الرقم|lambar\w*|soit\w*|ring\w*|call)\b"
)
_NEVER = re.compile(r"(?:112|116\d{3}|116117|0?118\d*|0?[678]00\d*|011[12])$")
_MOBILE = re.compile(r"0(?:4\d|50)")
_OLD = re.compile(
    r"(?<!v )(?<!vuotta )(?<!kk )\b(?:vanha[an]?|entinen|edellinen|aiempi|aikaisempi|gamla|gammalt|tidigare"
    r"|old|previous|former|стар\w+|vana)\b[^.!?]{0,25}$"
)
_NO_LONGER = re.compile(
    r"\s*(?:(?:on|oli|ar|var|is|was) (?:se |the )?(?:vanha\w*|gammalt|gamla|old)|ei (?:o[ol]e? enaa|toimi"
    r"|ole kaytossa)|is no longer|doesn't work|fungerar inte)\b"
)
_ZERO_GROUP = re.compile(r"(?<!\d)(?<=.)[0o]")
_AREA = re.compile(r"0(?:2|3|5|6|8|9|1[3-9])")
_SHORTEST_MOBILE, _LONGEST_MOBILE = 9, 11
_SHORTEST_LANDLINE, _LONGEST_LANDLINE = 7, 10
_SHORTEST_FOREIGN, _LONGEST_FOREIGN = 8, 15
_SHORTEST_FRAGMENT = 4
_POSTCODE_DIGITS = 5


def find_phones(written: Written, *, asked: bool = False) -> list[Entity]:
    """Whole numbers as E.164 (real ones first), else pieces of a number as `phone_fragment`.

    `asked`: the bot has just asked for the number, so bare digits are meant as one.
    """
    text = _NOT_PHONES.sub(lambda found: " " * len(found[0]), written.folded)
    cue = asked or bool(_CUE.search(text))
    found = [entity for run in _RUN.finditer(text) for entity in _read(run[0], run.start(), cue, asked)]
    found += [
        entity
        for run in spoken_numbers(written)
        for entity in _read(run.text, run.start, cue, asked, run.end)
    ]
    whole = _in_use([entity for entity in found if entity.entity == "phone"], text)
    if whole:
        return sorted(whole, key=lambda entity: (not _valid(entity.value), entity.start))
    return found


def _in_use(numbers: list[Entity], text: str) -> list[Entity]:
    """Each number once, and none that is called the old one when another is given."""
    once = list({one.value: one for one in reversed(numbers)}.values())[::-1]
    left, last = [], 0
    for one in once:
        gone = _NO_LONGER.match(text, one.end)
        if not gone and not _OLD.search(text[last : one.start]):
            left.append(one)
        last = gone.end() if gone else one.end
    return left or once


def _read(run: str, start: int, cue: bool, asked: bool, end: int | None = None) -> Iterator[Entity]:
    """The numbers of one run of digits: whole, or two side by side, or a number with a clock time after it."""
    for piece, place in _pieces(run.replace("o", "0")):
        begin = start + place
        stop = begin + len(piece.rstrip(" ()-./")) if end is None else end
        number = e164(piece, loosely=asked or cue)
        if number:
            yield Entity(entity="phone", value=number, start=begin, end=stop)
        elif (digits := _fragment(piece, cue, asked)) is not None:
            yield Entity(entity="phone_fragment", value=digits, start=begin, end=stop)


def _pieces(run: str) -> Iterator[tuple[str, int]]:
    """A run cut where a new number begins ("0501234567 / 0407654321") or where a clock time follows a number."""
    place = 0
    while place < len(run):
        rest = run[place:]
        cut = _cut(rest)
        yield rest[:cut], place
        place += cut
        while place < len(run) and run[place] in " ()-./":
            place += 1


def _cut(run: str) -> int:
    """Where the first number of a run ends, or where one begins that follows an hour or an age."""
    late = _late_start(run)
    if late:
        return late
    digits = 0
    plain = re.sub(r"\D", "", run)
    local = _MOBILE.match(plain) and not run.lstrip(" (").startswith(("+", "00"))
    shortest = _SHORTEST_MOBILE + next((len(one) - 1 for one in ("00358", "358") if plain.startswith(one)), 0)
    for place, letter in enumerate(run):
        if not letter.isdigit():
            continue
        starts_anew = place and not run[place - 1].isdigit()
        enough = digits >= shortest and starts_anew and (letter == "0" or run[place - 1] in "/+")
        full = local and digits >= _LONGEST_MOBILE - 1 and starts_anew
        if enough or full:
            return place
        digits += 1
    return len(run)


def _late_start(run: str) -> int:
    """Where a mobile number begins after other figures ("10 0401234567", "10-12 040…"), or 0 when it does not."""
    plain = re.sub(r"\D", "", run)
    if run.lstrip(" (").startswith("+") or plain.startswith(("00", "358")) or _MOBILE.match(plain):
        return 0
    for group in _ZERO_GROUP.finditer(run):
        rest = re.sub(r"\D", "", run[group.start() :])
        if _MOBILE.match(rest) and _SHORTEST_MOBILE <= len(rest) <= _LONGEST_MOBILE:
            return group.start()
    return 0


def e164(written: str, *, loosely: bool = False) -> str | None:
    """A number as E.164, or None when it is not a whole, possible number that can be called back.

    A Finnish number begins with 0, +358, 00358 or 358; `loosely` also takes a mobile number without its first zero.
    """
    digits = re.sub(r"\D", "", written)
    plus = written.lstrip(" (").startswith("+")
    if digits.startswith("00"):
        plus, digits = True, digits[2:]
    if digits.startswith("358") and (plus or len(digits) >= _LONGEST_MOBILE):
        plus, digits = False, "0" + digits[3:].removeprefix("0")
    if not plus and loosely and digits[:1] in ("4", "5") and len(digits) == _SHORTEST_MOBILE:
        digits = "0" + digits
    if _NEVER.match(digits):
        return None
    if not (_SHORTEST_FOREIGN <= len(digits) <= _LONGEST_FOREIGN if plus else _whole_finnish(digits)):
        return None
    try:
        number = phonenumbers.parse(f"+{digits}" if plus else digits, "FI")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def _whole_finnish(digits: str) -> bool:
    if _MOBILE.match(digits):
        return _SHORTEST_MOBILE <= len(digits) <= _LONGEST_MOBILE
    return bool(_AREA.match(digits)) and _SHORTEST_LANDLINE <= len(digits) <= _LONGEST_LANDLINE


def _fragment(piece: str, cue: bool, asked: bool) -> str | None:
    digits = re.sub(r"\D", "", piece)
    if _NEVER.match(digits) or len(digits) < _SHORTEST_FRAGMENT:
        return None
    began = piece.lstrip(" (").startswith("+") or bool(_MOBILE.match(digits))
    if len(digits) == _POSTCODE_DIGITS and not asked and not began:
        return None
    return digits if began or asked or (cue and digits.startswith("0")) else None


def _valid(number: str) -> bool:
    return phonenumbers.is_valid_number(phonenumbers.parse(number))
