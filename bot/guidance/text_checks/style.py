"""How the texts of an entry are written: what grows old in them, what is hard to read."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from bot import content
from bot.guidance.catalogue import Service
from bot.guidance.contact_persons_checking import CONTACT_IN_TEXT
from bot.guidance.text_checks.finding import Finding
from bot.guidance.text_checks.texts import Running, labels, running_texts

_MOST_WORDS, _MOST_SENTENCES = 25, 4
_FEW_PASSIVES = 2
"""One is often the shortest way to say a thing; with two nobody knows who acts."""
_HOURS = re.compile(
    r"\b(?:klo|kello|kl\.?)\s*\d{1,2}\b|\b(?:ma|ti|ke|to|pe|la|su)\s?[-–]\s?(?:ti|ke|to|pe|la|su)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"\b(?:19|20)\d\d\b(?!-lu|-tal)|\b(?:[12]?\d|3[01])\.(?:1[0-2]|[1-9])\.(?:\d{2}\b|\s?[-–])"
)
_LAW = re.compile(
    r"§|\(\d{1,4}/(?:19|20)\d\d\)|\blain (?:mukaan|mukai|nojalla|perusteella)"
    r"|\w*(?:huolto|suojelu|palvelu|opetus|koulutus|kasvatus|oikeus|kuntoutus)la(?:ki|kia|in|issa|kiin)\b"
    r"|\benligt lag|\w+lagen\b(?<!anlagen)(?<!inlagen)|\b[A-Z]\w+ Act\b",
)
_PASSIVE = re.compile(
    r"\b(?:\w{2,}(?:etaan|etään|ataan|otaan|ötään|idaan|idään|ellaan|ellään)"
    r"|tehdään|nähdään|tullaan|mennään|ollaan|sovitaan|valitaan|kysytään|pyritään|käytetään)\b",
    re.IGNORECASE,
)
_NOT_PASSIVE = re.compile(
    r"\w*(?:hetkellään|puolellaan|itsellään|edellään|keskellään|alueellaan|ksellaan|mielellään|tavallaan)"
    r"|sotaan|rataan|vuotaan|luotaan",
    re.IGNORECASE,
)
"""What ends like a passive and is a possessive (of 1,139 found in the registers, 3 words of 142 were)."""
_CAPITALS = re.compile(r"\b[A-ZÅÄÖ]{6,}\b|\b[A-ZÅÄÖ]{4,} [A-ZÅÄÖ]{4,}\b")
"""Longer than what short names of offices are."""
_CLICK = re.compile(
    r"klikkaa|tästä linkistä|linkistä tästä|lue lisää (?:tästä|täältä)|klicka här|click here|läs mer här",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-z]{1,10}[ >/]|&[a-z]{2,6};|\*\*|\]\(", re.IGNORECASE)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")
_PARAGRAPH_ENDS = re.compile(r"\n+")
_WORDS_AND_CODES = ((_HOURS, "hours_in_text"), (_YEAR, "year_in_text"), (_LAW, "law_in_text"))


def check(service: Service) -> Iterator[Finding]:
    """What to mend in the running texts, each kind once a text; in labels only shouting and bare "click here"."""
    for running in running_texts(service):
        for rule in (_grows_old, _hard_to_read, _loud):
            yield from rule(running)
    for label in labels(service):
        yield from _loud(label)


def _grows_old(running: Running) -> Iterator[Finding]:
    if CONTACT_IN_TEXT.search(running.text):
        yield running.finding("contact_in_text")
    for pattern, code in _WORDS_AND_CODES:
        if found := pattern.search(running.text):
            yield running.finding(code, found.group())


def _hard_to_read(running: Running) -> Iterator[Finding]:
    for code, find in _HARD.items():
        if (shown := find(running)) is not None:
            yield running.finding(code, shown)


def _loud(running: Running) -> Iterator[Finding]:
    if found := _CAPITALS.search(running.text):
        yield running.finding("capitals", found.group())
    if "!" in running.text:
        yield running.finding("exclamation")
    if found := _CLICK.search(running.text):
        yield running.finding("click_here", found.group())
    if found := _MARKUP.search(running.text):
        yield running.finding("markup", found.group())


def _passive(running: Running) -> str | None:
    if running.language != "fi":
        return None
    words = [found.group() for found in _PASSIVE.finditer(running.text)]
    passives = [word for word in words if not _NOT_PASSIVE.fullmatch(word)]
    return ", ".join(passives[:_FEW_PASSIVES]) if len(passives) >= _FEW_PASSIVES else None


def _long_sentence(running: Running) -> str | None:
    for sentence in _SENTENCE_ENDS.split(running.text):
        words = sentence.split()
        if len(words) > _MOST_WORDS:
            return " ".join(words[:4]) + " …"
    return None


def _long_paragraph(running: Running) -> str | None:
    for paragraph in _PARAGRAPH_ENDS.split(running.text):
        sentences = [part for part in _SENTENCE_ENDS.split(paragraph.strip()) if part]
        if len(sentences) > _MOST_SENTENCES:
            return " ".join(paragraph.split()[:4]) + " …"
    return None


def _officialese(running: Running) -> str | None:
    pattern = _officialese_of(running.language)
    found = pattern.search(running.text) if pattern else None
    return found.group() if found else None


_HARD: dict[str, Callable[[Running], str | None]] = {
    "passive": _passive,
    "long_sentence": _long_sentence,
    "long_paragraph": _long_paragraph,
    "officialese": _officialese,
}


@cache
def _officialese_of(language: str) -> re.Pattern[str] | None:
    told = content.read(Path(__file__).with_name("officialese.yaml")).data
    words = told.get(language)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b", re.IGNORECASE) if words else None
