"""What the API takes about callbacks."""

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

import phonenumbers
from pydantic import AfterValidator, AwareDatetime, BeforeValidator, ConfigDict, Field

from bot.api.callbacks_given import GIVEN
from bot.api.calls import FIGURES, Model, Query
from bot.callbacks.call_note import LONGEST_PART
from bot.callbacks.request import LONGEST_CODE_WORD, AttemptResult, NewCallback, Outcome, WhoMayAnswer
from bot.clock import helsinki
from bot.meaning import NEEDS, TimeWish
from bot.messages import Urgency

Words = Annotated[str, Field(max_length=4000)]
PartWords = Annotated[str, Field(max_length=LONGEST_PART)]
_LONG = len("+358501234")
LANGUAGE = r"^[a-z]{2,3}(-[a-z]{2})?$"
AREA = r"^[a-z0-9]+(-[a-z0-9]+)*$"
Flag = Literal["true", "false"]


def _e164(text: str) -> str:
    try:
        number = phonenumbers.parse(text, "FI")
    except phonenumbers.NumberParseException as error:
        raise ValueError("not a telephone number") from error
    written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    # A long number of a range not yet known to the library may be real; a short one is a slip of the pen.
    long_enough = phonenumbers.is_possible_number(number) and len(written) >= _LONG
    if not (phonenumbers.is_valid_number(number) or long_enough):
        raise ValueError("not a telephone number that can be rung")
    return written


def _need(code: str) -> str:
    if code not in NEEDS:
        raise ValueError("no such need")
    return code


Phone = Annotated[
    str,
    Field(max_length=40, json_schema_extra={"format": "phone", "examples": ["+358501234567"]}),
    AfterValidator(_e164),
]
Municipality = Annotated[
    str, Field(max_length=64, json_schema_extra={"format": "municipality", "examples": ["Askola"]})
]
"""By its Finnish or Swedish name; another is refused."""
Need = Annotated[str, Field(max_length=64, json_schema_extra={"enum": list(NEEDS)}), AfterValidator(_need)]


class WindowIn(Model):
    """When the family hopes to be rung: moments with their offset, or times alone (`"09:00"`) for any day."""

    start: AwareDatetime | time
    end: AwareDatetime | time


class CallbackIn(Model):
    """A call that came by telephone or on paper, as staff enter it. What `GET` adds to one may be sent along."""

    phone: Phone
    name: Annotated[str, Field(max_length=200)] | None = None
    anonymous: bool | None = None
    """Taken and not needed: a request without a name is anonymous."""
    municipality: Municipality | None = None
    need: Need | None = None
    needs: Annotated[tuple[Need, ...], Field(max_length=25)] = ()
    urgency: Urgency = "none"
    child_ages: Annotated[tuple[Annotated[float, Field(ge=0, le=30)], ...], Field(max_length=20)] = ()
    language: Annotated[str, Field(pattern=LANGUAGE)] = "fi"
    interpreter: Annotated[str, Field(max_length=12)] | None = None
    easy_language: bool = False
    window: WindowIn | None = None
    wish: Annotated[str, Field(max_length=400)] | None = None
    message_allowed: bool | None = None
    who_may_answer: WhoMayAnswer | None = None
    show_number: bool | None = None
    code_word: Annotated[str, Field(max_length=LONGEST_CODE_WORD)] | None = None
    notes: Words = ""
    channel: Annotated[str, Field(pattern=r"^[a-z_]{1,20}$")] = "phone"
    contact_mode: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")] = "call"
    sender_role: Literal["parent", "child", "relative", "professional"] = "parent"

    model_config = ConfigDict(extra="allow", json_schema_extra={"additionalProperties": False})

    def not_taken(self) -> list[str]:
        """Names that are neither taken nor given by us: a callback read from us may be sent as it is."""
        return sorted((self.model_extra or {}).keys() - GIVEN)

    def request(self) -> NewCallback:
        """The same as the queue takes it; its area and window are found from the municipality and the wish."""
        needs = tuple(dict.fromkeys([*([self.need] if self.need else []), *self.needs]))
        return NewCallback(
            area="",
            municipality=self.municipality,
            need=needs[0] if needs else None,
            needs=needs,
            urgency=self.urgency,
            phone=self.phone,
            contact_mode=self.contact_mode,
            name=None if self.anonymous else self.name,
            child_ages=self.child_ages,
            language=self.language,
            interpreter=self.interpreter,
            easy_language=self.easy_language,
            wish_words=self.wish or self._times_alone(),
            message_allowed=self.message_allowed,
            who_may_answer=self.who_may_answer,
            show_number=self.show_number,
            code_word=self.code_word,
            notes=self.notes,
            channel=self.channel,
            sender_role=self.sender_role,
        )

    def _times_alone(self) -> str | None:
        """Times without a day: they are wished for on every day, not only on the first that fits."""
        if self.window is None or not (
            isinstance(self.window.start, time) and isinstance(self.window.end, time)
        ):
            return None
        return f"{self.window.start:%H.%M}–{self.window.end:%H.%M}"

    def time_wish(self) -> TimeWish | None:
        """The wished window; None when any time will do."""
        if self.window is None:
            return None
        start, day = _local(self.window.start)
        end, last_day = _local(self.window.end)
        if start >= end or day != last_day:
            raise ValueError("the window ends before it begins, or on another day")
        return TimeWish(words=self.wish or "", day=day, from_time=start, to_time=end)


def _local(moment: datetime | time) -> tuple[time, date | None]:
    if isinstance(moment, time):
        return moment.replace(tzinfo=None), None
    local = helsinki(moment)
    return local.time(), local.date()


class CorrectIn(Model):
    """What is wrong in an open request, as it should be. What is left out stays; null empties what may be empty."""

    phone: Phone = ""
    name: Annotated[str, Field(max_length=200)] | None = None
    municipality: Municipality | None = None
    """With it the call goes to the area of this municipality, which the asker must reach; its time stays."""
    needs: Annotated[tuple[Need, ...], Field(min_length=1, max_length=25)] = ()
    """The first is `need`."""
    child_ages: Annotated[tuple[Annotated[float, Field(ge=0, le=30)], ...], Field(max_length=20)] = ()
    language: Annotated[str, Field(pattern=LANGUAGE)] = ""
    interpreter: Annotated[str, Field(max_length=12)] | None = None
    easy_language: bool = False
    message_allowed: bool | None = None
    who_may_answer: WhoMayAnswer | None = None
    show_number: bool | None = None
    code_word: Annotated[str, Field(max_length=LONGEST_CODE_WORD)] | None = None
    notes: Words = ""
    contact_mode: Annotated[str, Field(pattern=r"^[a-z_]{1,30}$")] = ""
    version: Annotated[int, Field(ge=1)] | None = None
    """The version that was read; when it is given and no longer the last, the answer is 409."""

    def changes(self) -> dict[str, Any]:
        """What was sent, as fields of the request."""
        sent = {name: getattr(self, name) for name in self.model_fields_set - {"version"}}
        return sent | ({"need": self.needs[0]} if "needs" in sent else {})


class TransferIn(Model):
    """To whom: the id, the e-mail address or the name of a colleague, or the name of a token."""

    to: Annotated[str, Field(max_length=254)]


class AttemptIn(Model):
    """What happened when staff rang."""

    result: AttemptResult
    note: Words | None = None


class NoteParts(Model):
    """What was said of each matter; every one may be left out."""

    coping: PartWords = ""
    everyday: PartWords = ""
    child: PartWords = ""
    parenting: PartWords = ""
    couple: PartWords = ""
    finances: PartWords = ""
    network: PartWords = ""
    agreed: PartWords = ""


class CloseIn(Model):
    """How the callback ended."""

    outcome: Outcome
    services: Annotated[tuple[Annotated[str, Field(max_length=80)], ...], Field(max_length=20)] = ()
    """Ids of the services the family was guided to."""
    note: Words | None = None
    note_parts: NoteParts | None = None
    """Words under the headings of a call note; read back, each stands in the note behind its heading in Finnish."""
    follow_up_on: date | None = None
    """A working day within a year on which the advisor has agreed to be in touch again."""


def _moment(sent: Any) -> Any:
    """Only what looks like ISO 8601 is read as a moment; a bare number is no time."""
    if isinstance(sent, str) and "T" not in sent.upper():
        raise ValueError("not a moment as 2026-11-24T10:00:00+02:00")
    return sent


class ListQuery(Query):
    """Which callbacks to list."""

    state: Literal["waiting", "claimed", "done", "cancelled", "all"] = "waiting"
    area: Annotated[str, Field(pattern=AREA)] | None = None
    language: Annotated[str, Field(pattern=LANGUAGE)] | None = None
    need: Annotated[Literal[*NEEDS], Field(description="The first need of the callback")] | None = None  # type: ignore[valid-type]  # the taxonomy is data
    late: (
        Annotated[
            Flag, Field(description="true: only open ones whose promise has passed; false: only the others")
        ]
        | None
    ) = None
    mine: (
        Annotated[Flag, Field(description="true: only those the asker holds; false: only the others")] | None
    ) = None
    updated_since: (
        Annotated[
            AwareDatetime,
            BeforeValidator(_moment),
            Field(description="Only what has changed at or after this moment, in the order of the changes"),
        ]
        | None
    ) = None
    limit: Annotated[int, Field(ge=1, le=1000), FIGURES] = 200
    offset: Annotated[int, Field(ge=0, le=1_000_000), FIGURES] = 0
