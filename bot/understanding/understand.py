"""Understands one message: button payloads exactly, everything else by the model and the fact finders."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from bot.meaning import Entity, Guess, Understanding
from bot.understanding import asks, clauses, danger, embedding, facts, labels, matters, model, remarks
from bot.understanding.embedding import Embed
from bot.understanding.features import Floats
from bot.understanding.model import Head, Model, Reading

_LABEL_PAYLOAD = re.compile(r"/([a-z_]+(?:\+[a-z_]+)?)\s*")
_SLOTS_PAYLOAD = re.compile(r"/SetSlots\((.*)\)\s*", re.DOTALL)
_SLOT = re.compile(r"\s*([a-z][a-z0-9_]*)\s*=\s*(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^,]*?)\s*(?:,|$)")
_WORDS = {"true": True, "false": False, "null": None, "none": None}
_YES_OR_NO = 0.97
_CLEAR = 0.8
_POLITE = frozenset({labels.NO_ACT, "affirm", "deny", "greet", "thanks", "goodbye", "out_of_scope"})
_FACTS = frozenset({"phone", "phone_fragment", "time_window", "municipality"})
_WITHOUT_CALL = frozenset({"text", "video_interpreting"})


class Understander:
    """Holds the model in memory. One object serves all threads; it changes nothing after `load`."""

    def __init__(self, known: Model, embed: Embed | None) -> None:
        self._model = known
        self._embed = embed if len(known.neighbours) and known.neighbours.shape[1] else None

    @classmethod
    def load(cls, nlu_dir: Path, model_path: Path) -> Self:  # noqa: ARG003 - other engines read it
        """Read the trained model; raises `model.ModelError` when there is none that can be used."""
        known, embed = model.load(model_path), embedding.embedder()
        return cls(known, embed if embed and embed.mark == known.embedder else None)

    def understand(
        self, text: str, *, now: datetime, language: str | None = None, asked: str | None = None
    ) -> Understanding:
        """What a message means.

        Args:
            text: The message, or a button's payload (`/label`, `/SetSlots(slot=value)`).
            now: The present moment, aware.
            language: The page's or the conversation's language, as a hint.
            asked: The slot the bot is waiting for, which helps to read a bare answer.
        """
        button = pressed(text, language or "fi")
        if button is not None:
            return button
        code, confidence = self._model.languages.detect(text, language)
        found = facts.find_facts(text, now=now, language=code, asked=asked)
        matter = _without_facts(text, found.entities)
        said = self._read(matter)
        needs, acts = self._labels(matter, said)
        needs = matters.told_plainly(text, found.entities, self._own_needs(text, found.entities, needs))
        return Understanding(
            text=text,
            language=code,
            language_confidence=confidence,
            needs=needs,
            acts=_with_facts(acts, text, found, asked),
            danger=self._danger(said),
            entities=found.entities,
            set_slots={"more": True} if remarks.asks_for_more(text) else {},
            correction=found.correction,
            repeat=found.repeat,
            abuse=found.abuse,
            skip=found.skip,
            asks=asks.asked(text),
        )

    def _labels(
        self,
        text: str,  # noqa: ARG002 - other ears read it
        said: Reading | None,
    ) -> tuple[tuple[Guess, ...], tuple[Guess, ...]]:
        if said is None:
            return (), (Guess(labels.NO_ACT, 1.0),)
        needs = _ranked(self._model.need.labels, said.need)
        acts = _ranked(self._model.act.labels, said.act)
        return tuple(one for one in needs if one.name != labels.NO_NEED), acts

    def _own_needs(
        self, text: str, entities: Sequence[Entity], needs: tuple[Guess, ...]
    ) -> tuple[Guess, ...]:
        """The needs without how the writer is to be reached: "olen kuuro" is no illness of a child."""
        own = _without_way(text, entities)
        return self._labels(own, self._read(own))[0] if own is not None else needs

    def _danger(self, said: Reading | None) -> Guess | None:
        """The likeliest danger, with the chance that there is one at all."""
        if said is None:
            return None
        quiet = _columns(self._model.danger, {danger.NONE})
        likely = next(
            (one for one in _ranked(self._model.danger.labels, said.danger) if one.name != danger.NONE), None
        )
        return replace(likely, confidence=round(1 - float(said.danger[quiet].sum()), 4)) if likely else None

    def _read(self, text: str) -> Reading | None:
        """The whole and its clauses as one; None for what has no words."""
        if not any(letter.isalpha() for letter in text):
            return None
        (whole,) = self._model.read([text], self._embed)
        # The quick voice alone reads the clauses: embedding them too would double the time and gain nothing.
        parts = self._model.read(clauses.clauses(text), None)
        if not parts:
            return whole
        needs, acts = [part.need for part in parts], [part.act for part in parts]
        return whole._replace(
            need=clauses.matters(whole.need, needs, _columns(self._model.need, {labels.NO_NEED})),
            act=clauses.request(whole.act, acts, _columns(self._model.act, _POLITE)),
        )


def _columns(head: Head, names: Collection[str]) -> list[int]:
    return [at for at, name in enumerate(head.labels) if name in names]


def _without_facts(text: str, entities: Sequence[Entity]) -> str:
    """The text without its telephone numbers, times and places: they say nothing of the matter itself."""
    for entity in sorted(entities, key=lambda one: -one.start):
        if entity.entity in _FACTS:
            text = f"{text[: entity.start]} {text[entity.end :]}"
    return text


def _without_way(text: str, entities: Sequence[Entity]) -> str | None:
    """The text without how its writer is reached; None when nothing is told of that."""
    ways = [one for one in entities if one.entity == "contact_mode" and one.value in _WITHOUT_CALL]
    for way in ways:
        text = f"{text[: way.start]} {text[way.end :]}"
    return text if ways else None


def _with_facts(
    acts: tuple[Guess, ...], text: str, found: facts.Facts, asked: str | None
) -> tuple[Guess, ...]:
    """What the writer wants, once yes, no, putting right and stopping are read from the words themselves."""
    if (found.affirm or found.deny) and (asked or not _asks_for_something(acts)):
        acts = _put_first(acts, Guess("affirm" if found.affirm else "deny", _YES_OR_NO))
    if found.correction and not found.deny:
        acts = _without(acts, "deny")  # "ei kun 050…" puts something right, it refuses nothing
    if remarks.says_stop(text):
        acts = _put_first(acts, Guess("cancel_callback", _YES_OR_NO))
    return acts


def _asks_for_something(acts: Sequence[Guess]) -> bool:
    """Whether the words say more than yes or no: "soittakaa mulle" is a request unless we just offered it."""
    return acts[0].confidence >= _CLEAR and acts[0].name not in _POLITE


def _ranked(names: Sequence[str], chances: Floats) -> tuple[Guess, ...]:
    guesses = [Guess(name, round(float(chance), 4)) for name, chance in zip(names, chances, strict=True)]
    return tuple(sorted(guesses, key=lambda guess: -guess.confidence))


def _put_first(guesses: Sequence[Guess], first: Guess) -> tuple[Guess, ...]:
    left = 1 - first.confidence
    others = [one for one in guesses if one.name != first.name]
    return (first, *(replace(one, confidence=round(one.confidence * left, 4)) for one in others))


def _without(guesses: Sequence[Guess], name: str) -> tuple[Guess, ...]:
    kept = [one for one in guesses if one.name != name]
    total = sum(one.confidence for one in kept) or 1.0
    return tuple(replace(one, confidence=round(one.confidence / total, 4)) for one in kept)


def pressed(text: str, language: str) -> Understanding | None:
    """What a button's payload means, exactly; None for words."""
    slots = _SLOTS_PAYLOAD.fullmatch(text)
    if slots:
        return Understanding(text=text, language=language, set_slots=_slots(slots[1]))
    label = _LABEL_PAYLOAD.fullmatch(text)
    meant = labels.parts(label[1]) if label else None
    if meant is None:
        return None
    need, act = meant
    return Understanding(
        text=text,
        language=language,
        needs=(Guess(need, 1.0),) if need else (),
        acts=(Guess(act, 1.0),),
    )


def _slots(inside: str) -> Mapping[str, Any]:
    found: dict[str, Any] = {}
    for slot, value in _SLOT.findall(inside):
        quoted = value[:1] in {'"', "'"}
        found[slot] = re.sub(r"\\(.)", r"\1", value[1:-1]) if quoted else _WORDS.get(value.lower(), value)
    return found
