"""The second look at danger: what a message that no rule of the crisis layer met is like.

It may only raise. Rules know words; this knows what many frightened people wrote, whatever their words.
"""

from dataclasses import replace
from pathlib import Path

from bot.meaning import Guess
from bot.safety import CATEGORIES, RANK, Urgency, Verdict, assess
from bot.safety.evaluation import Sentence, sentences
from bot.understanding.training_data import Example, danger_files

NONE = "none"
"""The label of a message that tells of no danger; the others are the crisis layer's categories."""
RULE = "likeness"
"""What stands as the rule of a verdict that was raised here."""
GENTLE, URGENT = 0.3, 0.7
"""How likely a danger must be for one gentle line, and for the crisis card."""

_GRAVE = frozenset({"violence", "child_protection"})
"""Needs whose sentences are often danger itself: they teach nothing of what is harmless."""
_DANGERS = ("immediate", "urgent")


def lines(nlu_dir: Path) -> list[Sentence]:
    """The labelled lines to learn danger from; empty when the folder has none."""
    told = (one for file in danger_files(nlu_dir) for one in sentences(file))
    return [one for one in told if of_line(one)]


def of_line(line: Sentence) -> str | None:
    """What a labelled line teaches: its category, `none`, or nothing."""
    if line.level in _DANGERS:
        return line.category
    return NONE if line.level == NONE else None


def of_sentence(example: Example) -> str | None:
    """What a training sentence teaches of danger: that it is none, unless it may be one."""
    if example.need in _GRAVE:
        return None
    return NONE if assess(example.text, language=example.language).rule == "" else None


def second_look(verdict: Verdict, likely: Guess | None) -> Verdict:
    """The verdict, raised when the message is much like those of people in danger; never lowered.

    `likely` is the likeliest category with the chance that there is any danger at all.
    """
    if likely is None or likely.name not in CATEGORIES or likely.confidence < GENTLE:
        return verdict
    urgency: Urgency = "urgent" if likely.confidence >= URGENT else "ask"
    if RANK[urgency] >= RANK[verdict.urgency]:
        return verdict
    return replace(verdict, urgency=urgency, category=likely.name, rule=RULE)
