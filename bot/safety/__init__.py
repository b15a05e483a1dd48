"""Crisis help that stands alone: standard library and a checked data file, nothing else."""

from bot.safety.assessment import assess
from bot.safety.children import by_child
from bot.safety.help import Help, Line, QuestionButton, help_for, helplines, multilingual_card, trouble
from bot.safety.review import check_data
from bot.safety.verdict import CATEGORIES, LANGUAGES, RANK, URGENCIES, Category, Urgency, Verdict, graver

__all__ = [
    "CATEGORIES",
    "LANGUAGES",
    "RANK",
    "URGENCIES",
    "Category",
    "Help",
    "Line",
    "QuestionButton",
    "Urgency",
    "Verdict",
    "assess",
    "by_child",
    "check_data",
    "graver",
    "help_for",
    "helplines",
    "multilingual_card",
    "trouble",
]
