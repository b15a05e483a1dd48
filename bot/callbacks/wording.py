"""Days and times of a call as families read them, in each language in the form that answers "when".

The words stand in sentences such as "Soitamme {when}" and "viimeistään {day}", so each language has the form that
fits both: an adverb in Finnish and Estonian ("torstaina", "neljapäeval"), a date with its weekday after it in Russian
and Ukrainian, where the weekday alone would need a case of its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from babel import Locale
from babel.dates import format_date

from bot.clock import HELSINKI
from bot.meaning import Window


@dataclass(frozen=True, slots=True)
class _Form:
    locale: str
    day: str
    """A pattern of Unicode's LDML: `EEEE` the weekday, `d` the day, `M` and `MMMM` the month."""
    window: str
    hours_alone: bool = False
    """Whether a full hour is written without its minutes: "klo 13"."""
    minutes: str = ":"
    adessive: bool = False
    """Whether the weekday answers "when" by an ending of its own."""
    near: tuple[str, str] = ("", "")
    """Today and tomorrow."""


_FORMS: Mapping[str, _Form] = {
    "fi": _Form(
        "fi",
        "EEEE d.M.",
        "{day} klo {start}–{end}",
        hours_alone=True,
        minutes=".",
        near=("tänään", "huomenna"),
    ),
    "sv": _Form(
        "sv_FI",
        "EEEE d.M",
        "{day} kl. {start}–{end}",
        hours_alone=True,
        minutes=".",
        near=("i dag", "i morgon"),
    ),
    "en": _Form("en_GB", "EEEE d MMMM", "{day} at {start}–{end}", near=("today", "tomorrow")),
    "ru": _Form("ru", "d MMMM (ccc)", "{day}, {start}–{end}", near=("сегодня", "завтра")),
    "uk": _Form("uk", "d MMMM (ccc)", "{day}, {start}–{end}", near=("сьогодні", "завтра")),
    "et": _Form(
        "et",
        "EEEE d.M",
        "{day} kell {start}–{end}",
        hours_alone=True,
        minutes=".",
        adessive=True,
        near=("täna", "homme"),
    ),
    "ar": _Form("ar", "EEEE d MMMM", "{day} بين الساعة {start} و{end}", near=("اليوم", "غدًا")),
    "so": _Form("so", "EEEE d.M", "{day} saacadda {start}–{end}", near=("maanta", "berri")),
}


def day_words(day: date, language: str) -> str:
    """Say a day: "torstaina 26.11.", "26 ноября (чт)", "الخميس 26 نوفمبر"; in Finnish for an unknown language."""
    form = _FORMS.get(language) or _FORMS["fi"]
    said = format_date(day, form.day, locale=form.locale)
    if not form.adessive:
        return said
    weekday, _, rest = said.partition(" ")
    return f"{_estonian_when(weekday)} {rest}"


def _estonian_when(weekday: str) -> str:
    """The adessive: "neljapäev" is "neljapäeval", "reede" is "reedel"."""
    return weekday + ("l" if weekday.endswith("e") else "al")


def window_words(window: Window, language: str) -> str:
    """Say a window in local time: "keskiviikkona 25.11. klo 13–16", "25 ноября (ср), 13:00–16:00"."""
    form = _FORMS.get(language) or _FORMS["fi"]
    start, end = (moment.astimezone(HELSINKI) for moment in (window.start, window.end))
    day = day_words(start.date(), language)
    return form.window.format(day=day, start=_clock(start, form), end=_clock(end, form))


def near_words(window: Window, today: date, language: str) -> str:
    """The same with today and tomorrow by name: "huomenna klo 9–10"; `today` is the local day."""
    form = _FORMS.get(language) or _FORMS["fi"]
    start, end = (moment.astimezone(HELSINKI) for moment in (window.start, window.end))
    ahead = (start.date() - today).days
    day = form.near[ahead] if 0 <= ahead < len(form.near) else day_words(start.date(), language)
    return form.window.format(day=day, start=_clock(start, form), end=_clock(end, form))


def clock_words(at: time) -> str:
    """A clock time in a sentence of any language: `9`, or `8.30`."""
    return f"{at.hour}.{at.minute:02}" if at.minute else str(at.hour)


def language_name(code: str, language: str) -> str:
    """The name of a language: "persia"; the code itself when nobody has named it."""
    return str(Locale(language).languages.get(code, code))


def _clock(moment: datetime, form: _Form) -> str:
    if form.hours_alone and moment.minute == 0:
        return str(moment.hour)
    return f"{moment.hour}{form.minutes}{moment.minute:02}"
