"""From parts of the day and clock times as they were said to the hours of a wish: "kahdelta" is in the afternoon."""

from datetime import time

from bot.understanding.said_times import Clock, Span

_AFTERNOON_LAST = 7
_SEVEN = 7 * 60
_EVENING = 16 * 60
_NOON = 12 * 60
_END_OF_DAY = 24 * 60 - 1
_GAP = _HOUR = 60


def times_of(
    parts: list[Span], clocks: list[Span], not_times: list[Span]
) -> list[tuple[time | None, time | None]]:
    """The clock times of a wish, from the narrowest that was said; several when they lie apart.

    `parts` of the day, `clocks` said by the clock, `not_times` refused; an open end is None.
    """
    part = parts[0] if parts else None
    if clocks:
        spans = _clock_spans(clocks, part)
        if len(spans) == 1 and not_times:
            spans = [_narrowed(spans[0], not_times[0])]
        return [(_time(start), _time(end)) for start, end in spans]
    if parts:
        return [(_time(start), _time(end)) for start, end in _united(parts)]
    if not_times:
        return [_outside(not_times)]
    return [(None, None)]


def _united(parts: list[Span]) -> list[tuple[int, int]]:
    spans = sorted({(part.start.minutes, part.end.minutes) for part in parts if part.start and part.end})
    united = [spans[0]]
    for start, end in spans[1:]:
        if start - united[-1][1] <= _GAP:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _clock_spans(clocks: list[Span], part: Span | None) -> list[tuple[int | None, int | None]]:
    """Clock times that meet make one stretch ("kahden jälkeen mutta ennen neljää"); those apart stay two."""
    spans = sorted((_in_office_hours(clock, part) for clock in clocks), key=lambda span: span[0] or 0)
    groups: list[list[tuple[int | None, int | None]]] = []
    for span in spans:
        if groups and (span[0] or 0) <= max(_END_OF_DAY if end is None else end for _, end in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return [_whole_span(group, part) for group in groups]


def _whole_span(
    spans: list[tuple[int | None, int | None]], part: Span | None
) -> tuple[int | None, int | None]:
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    start, end = min(starts, default=None), max(ends, default=None)
    if start is None and part and part.start and end and part.start.minutes < end:
        start = part.start.minutes
    return start, end


def _narrowed(span: tuple[int | None, int | None], refused: Span) -> tuple[int | None, int | None]:
    """An open end closed by what is refused: "ei ennen kymmentä eikä kolmen jälkeen"."""
    start, end = span
    from_, until = _in_office_hours(refused, None)
    if end is None and start is not None and until is None and from_ is not None and from_ > start:
        return start, from_
    if start is None and end is not None and from_ is None and until is not None and until < end:
        return until, end
    return span


def _in_office_hours(span: Span, part: Span | None) -> tuple[int | None, int | None]:
    start = _minutes(span.start, part) if span.start else None
    end = _minutes(span.end, part) if span.end else None
    if span.start and start and end and start > end and _SEVEN <= span.start.minutes < end:
        start = span.start.minutes  # "puoli kahdeksan ja yhdeksän välillä" is a morning
    if start is not None and end is not None and end <= start and end + _NOON <= _END_OF_DAY:
        end += _NOON
    return start, end


def _minutes(clock: Clock, part: Span | None) -> int:
    """A clock time as meant: one to seven are in the afternoon, unless it is a morning or written as "07:30"."""
    if clock.fixed:
        return clock.minutes
    morning = part is not None and part.end is not None and part.end.minutes <= _NOON
    evening = part is not None and part.start is not None and part.start.minutes >= _EVENING
    early = clock.minutes < (_AFTERNOON_LAST + 1) * 60
    if (early and not morning) or (evening and clock.minutes < _NOON):
        return clock.minutes + _NOON
    return clock.minutes


def _outside(not_times: list[Span]) -> tuple[time | None, time | None]:
    """What is left when a time is refused: "ei aamulla" from ten, "ei iltapäivällä" until noon."""
    edges = [
        one.minutes
        for span in not_times
        for one in (span.start, span.end)
        if one and not (span.start and span.end)
    ]
    # "ennen yhdeksää aamulla": the part of the day only says which nine
    left = [_outside_of(span) for span in not_times if not any(_holds(span, edge) for edge in edges)]
    starts = [start for start, _ in left if start is not None]
    ends = [end for _, end in left if end is not None]
    start, end = max(starts, default=None), min(ends, default=None)
    return (start, end) if start is None or end is None or start < end else left[0]


def _holds(span: Span, minutes: int) -> bool:
    return bool(span.start and span.end and span.start.minutes <= minutes <= span.end.minutes)


def _outside_of(span: Span) -> tuple[time | None, time | None]:
    start, end = _in_office_hours(span, None)
    if start is not None and end == start + _HOUR:  # that one hour will not do says nothing of the others
        return None, None
    if start is not None and (end is None or end > _NOON):
        return None, _time(start)
    return _time(end), None


def _time(minutes: int | None) -> time | None:
    return None if minutes is None else time(*divmod(min(max(minutes, 0), _END_OF_DAY), 60))
