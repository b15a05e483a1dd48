"""The sentences people read: Rasa responses with translations, in `dialogues/`.

A response may have several variants; a translation falls back to Finnish, which every response has. Finnish, Swedish
and English stand side by side; the other languages have a file each (`bot/translations.py`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from bot import content, translations
from bot.content import ContentError, Document, Problem
from bot.meaning import LANGUAGES
from bot.right_to_left import FROM_THE_RIGHT, numbers_whole, set_apart
from bot.translations import Translation, Wording

COMPLETE = ("fi", "sv", "en")
"""The languages in which everything must be written, side by side."""
CORE_FILES = frozenset(
    {
        "talk",
        "callback",
        "catalogue",
        "chat",
        "errors",
        "frame",
        "front",
        "my",
        "notices",
        "privacy",
        "repair",
        "services",
        "ways_in",
        "without_call",
    }
)
"""The files whose every response a language needs before the bot writes in it, by their names without an ending."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FILLED = re.compile(r"\{(\w+)\}(\.?)")


@dataclass(frozen=True, slots=True)
class ButtonText:
    """A button of a response: its payload and its title by language."""

    payload: str
    titles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variant:
    """One wording of a response, by language; `fi` is always there."""

    texts: Mapping[str, str]
    buttons: tuple[ButtonText, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)
    file: str = ""
    line: int = 1

    @property
    def buttons_speak_for_themselves(self) -> bool:
        """Whether its titles are the same in every language, as the languages' own names are."""
        return bool(self.buttons) and all(len(button.titles) == 1 for button in self.buttons)


@dataclass(frozen=True, slots=True)
class Texts:
    """All responses by name."""

    responses: Mapping[str, tuple[Variant, ...]]
    core: frozenset[str] = frozenset()
    """The responses a language needs before the bot writes in it."""
    written: tuple[str, ...] = LANGUAGES[:1]
    """The languages the bot writes in: those with the whole core."""
    left_out: tuple[Problem, ...] = ()
    """What was wrong in the languages' own files; it was not taken."""
    easy: frozenset[str] = frozenset()
    """The languages that have texts in an easy form (selkokieli) too."""

    def __contains__(self, name: object) -> bool:
        return name in self.responses

    def variant(self, name: str, turn: int = 0, language: str = "fi") -> Variant:
        """The wording to use; different turns take different variants.

        A language, or its easy form (`fi-x-easy`), with fewer wordings says its first again, with the buttons of that
        one.
        """
        variants = self.responses[name]
        found = variants[turn % len(variants)]
        return found if language in found.texts or language not in variants[0].texts else variants[0]

    def text(self, name: str, language: str, turn: int = 0, /, **values: object) -> str:
        """The sentence in `language` (else Finnish), with `{placeholders}` filled from `values`.

        What has no easy form is said in the plain one. Raises KeyError for a response or a placeholder that is not
        there.
        """
        said = written_in(self.variant(name, turn, language).texts, language)
        return fill(said, values, apart=language in FROM_THE_RIGHT)

    def languages(self, name: str) -> frozenset[str]:
        """The languages in which a response can be said."""
        return frozenset(self.responses[name][0].texts)

    def missing(self, language: str) -> tuple[str, ...]:
        """The responses that are not written in `language`, in the order of the files."""
        return tuple(name for name, variants in self.responses.items() if language not in variants[0].texts)


def written_in(texts: Mapping[str, str], language: str) -> str:
    """What to show of a text or a title: in the language, else in the plain form of an easy one, else in Finnish."""
    return texts.get(language) or texts.get(translations.plain(language)) or texts["fi"]


def fill(text: str, values: Mapping[str, object], *, apart: bool = False) -> str:
    """Put values in the place of `{names}`; the values are never read as templates themselves.

    With `apart` each value keeps its own direction in a sentence that is read from the right.
    """

    def value(found: re.Match[str]) -> str:
        said, stop = str(values[found[1]]), found[2]
        # "viimeistään {day}." with "torstaina 26.11." ends with one full stop.
        return (set_apart(said) if apart else said) + ("" if said.endswith(".") else stop)

    return _FILLED.sub(value, text)


def placeholders(text: str) -> frozenset[str]:
    """The `{names}` a sentence needs."""
    return frozenset(_PLACEHOLDER.findall(text))


def load(folder: Path) -> Texts:
    """Read the `responses:` of every file below `folder`; raises `ContentError` with all that is wrong.

    What is wrong in a language's own file is told in `left_out` instead, and that language does without it.
    """
    responses: dict[str, tuple[Variant, ...]] = {}
    core: set[str] = set()
    problems: list[Problem] = []
    for path in translations.originals(folder):
        document = content.read(path)
        section = document.data.get("responses") if isinstance(document.data, dict) else None
        for name, variants in content.each(section):
            if name in responses:
                problems.append(
                    document.problem(
                        f"response '{name}' stands in another file too", "keep one", "responses", name
                    )
                )
            else:
                responses[name] = _variants(document, name, variants, problems)
                core.update({name} if path.stem in CORE_FILES else ())
    if problems:
        raise ContentError(*problems)
    left_out: list[Problem] = []
    easy: set[str] = set()
    for translation in translations.read_all(folder):
        left_out += _merge(responses, translation)
        easy |= translations.eased(translation)
    whole = {code for code in LANGUAGES if core and all(code in responses[name][0].texts for name in core)}
    written = tuple(code for code in LANGUAGES if code == "fi" or code in whole)
    return Texts(responses, frozenset(core), written, tuple(left_out), frozenset(easy))


def _merge(responses: dict[str, tuple[Variant, ...]], translation: Translation) -> list[Problem]:
    """Put a language's wordings beside the Finnish ones; gives what is wrong with those that were left out."""
    problems = list(translation.problems)
    for name, wordings in translation.wordings.items():
        variants = responses.get(name)
        if variants is None:
            problems.append(
                wordings[0].problem(f"there is no response '{name}'", "use a name of the Finnish files")
            )
            continue
        if len(wordings) > len(variants):
            what = f"'{name}' has {len(wordings)} wordings, in Finnish {len(variants)}"
            problems.append(wordings[len(variants)].problem(what, "leave out those at the end"))
        faults = [
            fault for own, one in zip(variants, wordings, strict=False) for fault in _faults(name, own, one)
        ]
        problems += faults
        if not faults:
            pairs = zip(variants, wordings, strict=False)
            merged = tuple(_with(own, translation.language, one) for own, one in pairs)
            responses[name] = merged + variants[len(merged) :]
    return problems


def _faults(name: str, own: Variant, wording: Wording) -> list[Problem]:
    problems = []
    wanted, found = placeholders(own.texts["fi"]), placeholders(wording.text)
    if missing := wanted - found:
        what = f"'{name}' lacks {{{'}, {'.join(sorted(missing))}}}"
        problems.append(wording.problem(what, "put it where the words need it"))
    if unknown := found - wanted:
        what = f"'{name}' has an unknown placeholder {{{'}, {'.join(sorted(unknown))}}}"
        problems.append(wording.problem(what, "use those of the Finnish text"))
    same_titles = own.buttons_speak_for_themselves or (wording.is_easy and not wording.titles)
    if len(wording.titles) != len(own.buttons) and not same_titles:
        what = f"'{name}' has {len(wording.titles)} buttons, in Finnish {len(own.buttons)}"
        problems.append(wording.problem(what, "write a title for each, in the same order"))
    return problems


def _with(own: Variant, language: str, wording: Wording) -> Variant:
    buttons = own.buttons
    if wording.titles and not own.buttons_speak_for_themselves:
        pairs = zip(own.buttons, wording.titles, strict=True)
        buttons = tuple(replace(one, titles={**one.titles, language: title}) for one, title in pairs)
    text = numbers_whole(wording.text, language)
    return replace(own, texts={**own.texts, language: text}, buttons=buttons)


def _variants(document: Document, name: str, variants: Any, problems: list[Problem]) -> tuple[Variant, ...]:
    at = ("responses", name)
    if not isinstance(variants, list) or not variants:
        problems.append(document.problem(f"response '{name}' is empty", "write at least one text", *at))
        return ()
    found = []
    for index, item in enumerate(variants):
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            problems.append(document.problem(f"a variant of '{name}' has no text", "add `text:`", *at, index))
            continue
        texts = {"fi": item["text"].strip()}
        texts.update((code, str(text).strip()) for code, text in content.each(item.get("translation")))
        found.append(
            Variant(
                texts,
                tuple(_button(button) for button in item.get("buttons") or ()),
                item.get("metadata") or {},
                content.shown(document.path),
                document.line(*at, index),
            )
        )
    return tuple(found)


def _button(item: Mapping[str, Any]) -> ButtonText:
    titles = {"fi": str(item["title"])}
    titles.update((code, str(part["title"])) for code, part in content.each(item.get("translation")))
    return ButtonText(str(item["payload"]), titles)
