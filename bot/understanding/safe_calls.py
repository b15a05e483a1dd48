"""Safe calling, as people tell it: who may answer, whether our number may show, a code word, a partner who watches."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, Final

from bot.meaning import Entity
from bot.understanding.letters import Written, fold, pattern
from bot.understanding.wordlists import expression, phrases, wordlist

OF_A_CALL: Final = frozenset(
    {"phone", "time", "message_allowed", "who_may_answer", "code_word", "confirm", "change"}
)
"""Questions of a booking: what is said of showing or telling at them is about the call."""
LONGEST_CODE_WORD = 40
_MOST_WORDS = 3
_FEW = 6
_NEAR = 3
_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")
_CALLING = re.compile(r"\b(?:soit|puhel|vasta|ring|samtal|svar|call|phone|answer|звон|дзвон|helist)")
_ASKS = re.compile(r"\W*(?:ringer ni|soitatteko|soittaako|tuleeko|nakyyko|onko|do you|will|is|does|syns)\b")
_WORD_AFTER = re.compile(r"[\s:,\"'«»“”„]*([^\W_][^\W_'’-]*(?:[ '’-][^\W_][^\W_'’-]*){0,4})")
_QUOTED = re.compile(r"[\s:,]*[\"'«“”„]\s*([^\"'«»“”„]{2,40}?)\s*[\"'»“”]")
_LINKS = frozenset({
    "ja", "kun", "jos", "ni", "niin", "mut", "mutta", "eika", "ettei", "och", "men", "om", "sa", "and", "but", "so",
    "if", "и", "но", "і", "але", "ning", "kuid", "kiitos", "tack", "please", "thanks", "soittakaa", "soita", "ring",
    "call", "sitten", "sit", "alkaa", "ei", "vain", "vaan", "saa",
})  # fmt: skip
"""Words at which a code word has ended."""


def find_safe_calls(written: Written, *, asked: str | None) -> list[Entity]:
    """`who_may_answer`, `show_number`, `code_word` and `careful` entities; bare words answer `asked`."""
    if not written.folded.strip() or written.text.startswith("/"):
        return []
    found = list(_code_word(written, asked))
    rest = written.without(*((one.start, one.end) for one in found))
    answer = _answer(rest, asked)
    found += answer or _who(rest, asked)
    found += _number(rest, asked)
    found += _careful(rest)
    return found


def apart_from_code_word(entities: Iterable[Entity]) -> list[Entity]:
    """The entities without those read inside a code word: "tunnussana Salo" names no town."""
    listed = list(entities)
    words = [one for one in listed if one.entity == "code_word" and one.value]
    return [
        one
        for one in listed
        if one in words or not any(word.start <= one.start and one.end <= word.end for word in words)
    ]


def _answer(written: Written, asked: str | None) -> list[Entity]:
    """What a whole message, or what stands before its first comma, answers to the question who may answer."""
    if asked != "who_may_answer":
        return []
    end = len(written.text.rstrip())
    whole = " ".join(re.findall(r"[\w'’-]+", written.folded))
    first = " ".join(re.findall(r"[\w'’-]+", re.split(r"[.,!?;\n]", written.folded, maxsplit=1)[0]))
    for heading, value in (("answer_only_me", "only_me"), ("answer_anyone", "anyone")):
        if any(_whole(heading).fullmatch(said) for said in (whole, first) if said):
            return [Entity(entity="who_may_answer", value=value, start=0, end=end)]
    return []


@cache
def _whole(heading: str) -> re.Pattern[str]:
    """Phrases that may be all that is said, with the polite words around them."""
    core = "|".join(re.escape(fold(one)) for one in phrases(wordlist("safe_calls")[heading]))
    opening = r"(?:(?:no|joo|kylla|siis|ei kun|nej|ja|well|yes|да|так|jah)\s+)*"
    closing = r"(?:\s+(?:kiitos|saa vastata|voi vastata|saan vastata|vastaa|vastaan|tack|far svara|kan svara|please))*"
    return re.compile(f"{opening}(?:{core}){closing}")


def _who(written: Written, asked: str | None) -> list[Entity]:
    """Who may answer, told in a sentence of its own; of several the last one counts."""
    found = [
        one
        for sentence in _SENTENCE.finditer(written.folded)
        if (one := _who_in(sentence, asked)) is not None
    ]
    return found[-1:]


def _who_in(sentence: re.Match[str], asked: str | None) -> Entity | None:
    said, start = sentence[0], sentence.start()
    if said.rstrip().endswith("?"):
        return None
    if _only_me(said, asked):
        place = _trimmed(said, {"start": start, "end": sentence.end()})
        return Entity(entity="who_may_answer", value="only_me", **place)
    bare = asked in OF_A_CALL and _whole("anyone_bare").fullmatch(said.strip(" .,!"))
    if found := _find("anyone", said):
        return Entity(
            entity="who_may_answer", value="anyone", start=start + found.start(), end=start + found.end()
        )
    return Entity(entity="who_may_answer", value="anyone", start=start, end=sentence.end()) if bare else None


def _only_me(said: str, asked: str | None) -> bool:
    """Whether nobody else is to learn of the call: "vain minä saan vastata", "älkää sanoko miehelle mistä soitatte"."""
    if _find("with_me_alone", said):
        return True
    if (me := _find("only_me", said)) and _within(said, me.end(), "answering"):
        return True
    if _others_answer(said):
        return True
    if (person := _find("partner", said)) and re.match(
        r"\W+(?:ei saa|ei voi|far inte|must not|can'?t|cannot)\W+(?:vastata|svara|answer)",
        said[person.end() :],
    ):
        return True
    return _not_to_be_told(said, asked)


def _others_answer(said: str) -> bool:
    """What to do when somebody else picks up: "jos mies vastaa, sulkekaa"."""
    opened = re.search(r"\b(?:jos|mikali|om|if|если|якщо|kui)\b", said)
    if not opened:
        return False
    rest = said[opened.end() :]
    person = _find("partner", rest) or _find("others", rest)
    return bool(
        person and (up := _within(rest, person.end(), "if_answers")) and _find("then_end", rest[up.end() :])
    )


def _not_to_be_told(said: str, asked: str | None) -> bool:
    """A refusal, telling, and who rings or whom it is told: "älkää kertoko miehelle, mistä soitatte"."""
    for refused, end in _refusals(said):
        of_call = _within(said, end, "of_the_call")
        told = _within(said, end, "to_them") or _within(said, refused, "to_them", words=_NEAR)
        if of_call and _CALLING.search(said) and (told or _CALLING.search(of_call[0])):
            return True
    return asked in OF_A_CALL and _asked_of_us(said)


def _refusals(said: str) -> Iterator[tuple[int, int]]:
    """Where a refusal to tell begins to be one, and where its verb ends."""
    for refused in expression("safe_calls", "not_said").finditer(said):
        if telling := _within(said, refused.end(), "telling"):
            yield refused.end(), telling.end()
    for found in expression("safe_calls", "not_telling").finditer(said):
        yield found.end(), found.end()


def _asked_of_us(said: str) -> bool:
    """Said to us while a call is agreed: "älkää kertoko miehelle"; "my son doesn't tell me" is another thing."""
    if refused := _find("not_telling", said):
        return bool(_within(said, refused.end(), "to_them"))
    found = _find("please_do_not", said) or re.match(r"\W*(?:do not|don'?t)\b", said)
    telling = _find("telling", said[found.start() :]) if found else None
    return bool(found and telling and _within(said, found.end(), "to_them"))


def _number(written: Written, asked: str | None) -> Iterator[Entity]:
    """Whether our number may be seen on the family's screen."""
    text = written.folded
    if text.rstrip().endswith("?") or _ASKS.match(text):
        return
    bare = asked in OF_A_CALL and len(text.split()) <= _FEW
    for heading, value in (("hide_number", False), ("show_number", True)):
        if found := _find(heading, text) or (
            _find(heading.replace("number", "bare"), text) if bare else None
        ):
            yield Entity(entity="show_number", value=value, start=found.start(), end=found.end())
            return


def _code_word(written: Written, asked: str | None) -> Iterator[Entity]:
    """The word that is agreed on; an empty one when none is wanted."""
    text = written.folded
    if refused := _find("code_word_refused", text):
        yield Entity(entity="code_word", value="", start=refused.start(), end=refused.end())
        return
    for found in expression("safe_calls", "code_word").finditer(text):
        end_of_sentence = re.search(r"[.!?\n]|$", text[found.end() :])
        if end_of_sentence and end_of_sentence[0] == "?":
            continue
        if place := _word_after(written.text, text, found.end()):
            start, end = place
            yield Entity(entity="code_word", value=written.text[start:end], start=found.start(), end=end)
            return
    if asked == "code_word" and (place := _bare_word(written.text)):
        yield Entity(
            entity="code_word", value=written.text[place[0] : place[1]], start=place[0], end=place[1]
        )


def _word_after(text: str, folded: str, start: int) -> tuple[int, int] | None:
    """Where the word stands after "tunnussana on"."""
    while joining := re.match(r"\s*[:=]?\s*", folded[start:]):
        word = re.match(r"\w+", folded[start + joining.end() :])
        if word is None or not _joins(word[0]):
            break
        start += joining.end() + word.end()
    if quoted := _QUOTED.match(text[start:]):
        return start + quoted.start(1), start + quoted.end(1)
    following = _WORD_AFTER.match(folded[start:])
    if following is None or "\n" in following[0] or _find_at("no_code_word", following[1]):
        return None
    return _cut(folded, start + following.start(1), start + following.end(1))


def _joins(word: str) -> bool:
    return bool(expression("safe_calls", "code_word_is").fullmatch(word))


def _cut(folded: str, start: int, end: int) -> tuple[int, int] | None:
    """A code word of at most three words, ended before a word that joins another clause."""
    last = start
    for number, word in enumerate(re.finditer(r"[^\s]+", folded[start:end])):
        if number == _MOST_WORDS or word[0] in _LINKS:
            break
        last = start + word.end()
    return (start, last) if start < last and last - start <= LONGEST_CODE_WORD else None


def _bare_word(text: str) -> tuple[int, int] | None:
    """Where the word stands when it was asked for and hardly anything else is said: "joo vaikka mansikka"."""
    found = list(re.finditer(r"[^\W_][^\s.,!\"«»“”„]*", text))
    if len(found) > 1 and fold(found[0][0]) == "no" and _is_small(found[1][0]):
        found.pop(0)  # "no vaikka mansikka"
    while found and _is_small(found[0][0]):
        found.pop(0)
    while found and _is_small(found[-1][0]):
        found.pop()
    if not found or "?" in text or len(found) > _MOST_WORDS or fold(found[0][0]) == "no":
        return None  # well then in Finnish, a refusal in English
    start, end = found[0].start(), found[-1].end()
    said = text[start:end]
    if end - start > LONGEST_CODE_WORD or not any(map(str.isalpha, said)):
        return None
    sentence = expression("safe_calls", "in_a_sentence").search(fold(said))
    return None if sentence or _find_at("no_code_word", fold(said)) else (start, end)


def _is_small(word: str) -> bool:
    """Whether a word only stands beside a code word: "joo", "vaikka", "ehkä"."""
    return bool(expression("safe_calls", "beside_word").fullmatch(fold(word)))


def _careful(written: Written) -> Iterator[Entity]:
    """A call with care, or a partner who watches over the telephone."""
    text = written.folded
    if found := _find("careful", text):
        yield Entity(entity="careful", value=True, start=found.start(), end=found.end())
        return
    for partner in expression("safe_calls", "partner").finditer(text):
        if _within(text, partner.end(), "watching", words=_NEAR):
            yield Entity(entity="careful", value=True, start=partner.start(), end=partner.start())
            return


def _within(said: str, start: int, heading: str, *, words: int = _FEW) -> re.Match[str] | None:
    """The first phrase of a heading after a place, with at most so many words between, in the same sentence."""
    found = expression("safe_calls", heading).search(said, start)
    if found is None:
        return None
    between = said[start : found.start()]
    apart = len(between.split()) > words or re.search(r"[.!?\n]", between)
    return None if apart else found


def _find(heading: str, said: str) -> re.Match[str] | None:
    found: re.Match[str] | None = expression("safe_calls", heading).search(said)
    return found


def _find_at(heading: str, said: str) -> bool:
    """Whether a text begins with a phrase of a heading."""
    return bool(_at_start(heading).match(said))


@cache
def _at_start(heading: str) -> re.Pattern[str]:
    return pattern(phrases(wordlist("safe_calls")[heading]))


def _trimmed(said: str, place: dict[str, int]) -> dict[str, Any]:
    """A sentence's place without the blanks and marks around it."""
    left = len(said) - len(said.lstrip(" ,;\t"))
    right = len(said) - len(said.rstrip(" ,;.!\t"))
    return {"start": place["start"] + left, "end": place["end"] - right}
