"""How well the search finds what parents mean: questions in their words, judged by the names of the services.

Each question is asked as it is written, with one letter lost from its longest word, and without its dots. Measured are
the mean reciprocal rank of the first right service among ten (MRR@10) and how often one is among five (hit@5).
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import content
from bot.content import ContentError
from bot.guidance.catalogue import Catalogue
from bot.guidance.search import search
from bot.guidance.search.letters import folded
from bot.guidance.search.word_forms import Finnish

QUESTIONS = Path(__file__).with_name("search_questions")
_MOST, _FIRST = 10, 5
Needs = Callable[[str], Sequence[tuple[str, float]]]
"""What the ear makes of a question: needs with their chances."""
Spelling = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Question:
    """What a parent types, and the parts of names of which one makes a service a right answer."""

    ask: str
    fits: tuple[str, ...]

    def is_answered_by(self, name: str) -> bool:
        """Whether a service of this name is a right answer."""
        return any(re.search(part, name.casefold()) for part in self.fits)


@dataclass(frozen=True, slots=True)
class Found:
    """What came of one question: the rank of the first right service among ten (1 is best), or None; the names."""

    question: Question
    asked: str
    rank: int | None
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one way of spelling."""

    questions: int
    mean_reciprocal_rank: float
    first: float
    """The share whose first answer is right."""
    hit: float
    """The share with a right answer among five."""
    misses: tuple[Found, ...]


def questions(file: Path) -> tuple[Question, ...]:
    """The questions of a file; raises `ContentError` when it cannot be read."""
    document = content.read(file)
    try:
        return tuple(Question(one["ask"], tuple(one["fits"])) for one in document.data["questions"])
    except (KeyError, TypeError) as error:
        raise ContentError(
            document.problem("no questions", "write `ask` and `fits` below `questions:`")
        ) from error


def measure(
    catalogue: Catalogue, asked: Sequence[Question], needs: Needs, how: Finnish | None = None
) -> Mapping[str, Figures]:
    """The figures by spelling: `as written`, `one letter lost`, `without dots`.

    The ear hears each question as it is spelled too. `how` takes Finnish words apart; the best of this machine else.
    """
    return {name: _figures(catalogue, asked, spell, needs, how) for name, spell in _SPELLINGS.items()}


def _figures(
    catalogue: Catalogue, asked: Sequence[Question], spell: Spelling, needs: Needs, how: Finnish | None
) -> Figures:
    found = [_found(catalogue, one, spell(one.ask), needs, how) for one in asked]
    ranks = [one.rank for one in found]
    return Figures(
        questions=len(asked),
        mean_reciprocal_rank=sum(1 / rank for rank in ranks if rank) / len(asked),
        first=sum(rank == 1 for rank in ranks) / len(asked),
        hit=sum(rank is not None and rank <= _FIRST for rank in ranks) / len(asked),
        misses=tuple(one for one in found if one.rank is None or one.rank > _FIRST),
    )


def _found(catalogue: Catalogue, question: Question, asked: str, needs: Needs, how: Finnish | None) -> Found:
    matches = search(
        catalogue,
        asked,
        municipality=None,
        language="fi",
        limit=_MOST,
        needs=needs(asked),
        widely=True,
        how=how,
    )
    names = tuple(match.service.name.fi for match in matches)
    rank = next((place for place, name in enumerate(names, 1) if question.is_answered_by(name)), None)
    return Found(question, asked, rank, names)


def _one_letter_lost(text: str) -> str:
    longest = max(text.split(), key=len)
    middle = len(longest) // 2
    return text.replace(longest, longest[:middle] + longest[middle + 1 :], 1)


_SPELLINGS: Mapping[str, Spelling] = {
    "as written": lambda text: text,
    "one letter lost": _one_letter_lost,
    "without dots": folded,
}
