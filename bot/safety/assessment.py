"""Reads one message and says how urgent it is. Rules decide; the second look may only raise."""

from bot.safety import booster, data
from bot.safety.context import Frames, urgency_here
from bot.safety.grammar import Grammar, category_of
from bot.safety.matching import Match, Page, matches
from bot.safety.normalise import tokens
from bot.safety.verdict import RANK, Urgency, Verdict

_UNTOLD = "und"
_READ_WITH_SLIPS = ("fi", "sv", "en")
"""Languages whose ordinary words we know well enough to tell a slip of the finger from another word."""


def assess(text: str, *, language: str | None = None) -> Verdict:
    """How urgent a message of any length, in any language, is. Never raises: a fault of ours is `urgent`.

    `language` is a hint (the page's language); every language's rules are read in any case.
    """
    try:
        return _assess(text, language)
    except Exception:  # noqa: BLE001  whatever is wrong with us, the person gets help
        return Verdict("urgent", "none", "internal-error", language or _UNTOLD)


def _assess(text: str, hint: str | None) -> Verdict:
    words = tokens(text, data.vocabulary())
    best: tuple[Urgency, Match, str] | None = None
    pages = [Page(grammar, words) for grammar in data.grammars()]
    likely = _likely_language(pages, hint)
    for page in pages:
        grammar = page.grammar
        if grammar.language == likely and likely in _READ_WITH_SLIPS:
            page.allow_slips(data.own_words())
        for urgency, match in _findings(grammar, page):
            if best is None or RANK[urgency] < RANK[best[0]]:
                best = (urgency, match, grammar.language)
    if best is None:
        raised = booster.raises(text)
        return Verdict("ask" if raised else "none", "none", "booster" if raised else "", hint or likely)
    gravest, match, language = best
    return Verdict(gravest, category_of(match.rule), match.rule.name, language)


def _findings(grammar: Grammar, page: Page) -> list[tuple[Urgency, Match]]:
    """Every match that is urgent to some degree where it stands; stops at the first immediate one."""
    frames = Frames()
    found: list[tuple[Urgency, Match]] = []
    for rule in grammar.near(page.present):
        for match in matches(page, rule):
            if rule.kind == "mask":
                page.hide((match.first, match.last))
            elif rule.kind == "context":
                frames.add(page, match)
            else:
                urgency = urgency_here(page, match, frames)
                if urgency != "none":
                    found.append((urgency, match))
                if urgency == "immediate":
                    return found
    return found


def _likely_language(pages: list[Page], hint: str | None) -> str:
    """The language of which most words are known to the rules; of equals the hint; `und` when none is known."""
    known = max(page.known for page in pages)
    languages = [page.grammar.language for page in pages if known and page.known == known]
    if hint in languages:
        return hint
    return languages[0] if languages else hint or _UNTOLD
