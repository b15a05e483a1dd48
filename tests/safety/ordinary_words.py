"""Writes `words.txt` anew: ordinary words that look like a slip of the finger for a word of the rules.

`python -m tests.safety.ordinary_words` reads the ordinary sentences of `nlu_data/`. A word used at least twice
is a word of its own. A word used once may be a slip itself; it is one of its own only where reading it as a slip
would raise an alarm over an ordinary sentence. Seal the data afterwards.
"""

import textwrap
from collections import Counter
from collections.abc import Iterator
from functools import cache

import yaml

from bot.safety import assess, data
from bot.safety.normalise import tokens
from tests.safety.sentences import FOLDER, learned_from

_READ_WITH_SLIPS = ("fi", "sv", "en")
_WORDS = data.FOLDER / "words.txt"
_OFTEN = 2


def ordinary() -> Iterator[tuple[str, str]]:
    """Every ordinary sentence with its language: what is trained on, and the labelled lines' own."""
    for language in _READ_WITH_SLIPS:
        for path in sorted((FOLDER.parent / language).glob("[!u]*/*.yml")):
            for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
                for line in entry["examples"].splitlines():
                    yield line.strip().removeprefix("- "), language
    yield from ((s.text, s.language) for s in learned_from() if s.level in ("none", "ask"))


@cache
def could_be_a_slip(word: str) -> bool:
    """Whether a word that no rule knows as it is would be read as another."""
    return word.isalpha() and any(
        grammar.classes_of_slip(word, ()) - grammar.classes(word)
        for grammar in data.grammars()
        if grammar.language in _READ_WITH_SLIPS
    )


def words_of(text: str) -> set[str]:
    """The words of a text that could be read as a slip of another."""
    return {word for token in tokens(text) if could_be_a_slip(word := token.forms[-1])}


def _write(words: set[str]) -> None:
    lines = textwrap.wrap(" ".join(sorted(words)), 110, break_long_words=False)
    _WORDS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def rewrite() -> int:
    """Write the list; returns how many words it has."""
    sentences = list(ordinary())
    often = Counter(word for text, _ in sentences for word in words_of(text))
    own = {word for word, times in often.items() if times >= _OFTEN}
    vocabulary = data.vocabulary()
    data.own_words = lambda: vocabulary | own  # type: ignore[assignment]  # what the list would say
    for text, language in sentences:
        if words_of(text) - own and assess(text, language=language).urgency != "none":
            own |= words_of(text)
    _write(own - vocabulary)
    return len(own)


if __name__ == "__main__":
    print(rewrite())  # noqa: T201  it is a report
