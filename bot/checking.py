"""Checks all content, so that a mistake is found by its writer and not by a family: `file:line: what (what to do)`."""

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

from bot import content, texts, translations
from bot.actions import ACTIONS
from bot.content import ContentError, Document, Problem
from bot.conversation import guidance_asked, reading
from bot.conversation.flow import Flow, Flows, Step
from bot.conversation.predicate import slots_in
from bot.guidance import checking as catalogue_checking
from bot.meaning import LANGUAGES, NEEDS
from bot.texts import COMPLETE, Texts, Variant
from bot.understanding import labels, training_data

_NAMED_BY_CODE = (
    "utter_", "need_", "card_", "page_", "summary_", "language_", "status_",
)  # fmt: skip

EASY_CORE = frozenset(
    {f"utter_heard_{need}" for need in NEEDS}
    | {f"utter_ask_{asked}" for asked in (
        "need", "municipality", "child_age", "callback_offer", "callback_offer_short", "phone", "time",
        "municipality_for_call", "need_for_call", "interpreter", "message_allowed", "confirm", "change", "new_time",
        "cancel_confirm", "delete_confirm", "who_may_answer", "code_word",
    )}
    | {f"utter_ask_{asked}_again" for asked in (
        "need", "phone", "time", "message_allowed", "confirm", "who_may_answer", "code_word",
    )}
    | {f"utter_status_{state}" for state in ("waiting", "waiting_window", "tried", "claimed", "done", "cancelled")}
    | {f"utter_time_{problem}" for problem in ("weekend", "holiday", "outside_hours", "past")}
    | {
        "utter_greet", "utter_services_here", "utter_services_anywhere", "utter_services_none", "utter_no_callback",
        "utter_explain_callback", "utter_phone_incomplete", "utter_booked", "utter_booked_promise", "utter_human",
        "utter_booking_failed", "utter_moved", "utter_cancelled", "utter_privacy", "utter_bot", "utter_deleted",
        "utter_cannot_handle", "utter_empty",
    }
)  # fmt: skip
"""The responses that a language with an easy form (selkokieli) needs in it: from the greeting to the booked call."""
MOST_EASY_WORDS = 10
_END_OF_SENTENCE = re.compile(r"[.!?:]\s+")


def check_all(dialogues: Path, nlu_data: Path, catalogue: Path, now: datetime) -> list[Problem]:
    """Every problem in the three content folders; empty when all is well."""
    problems: list[Problem] = []
    try:
        written = texts.load(dialogues)
        problems += check_dialogues(dialogues, written)
        problems += check_languages(written)
        problems += check_easy(written)
        problems += catalogue_checking.check(catalogue, written, now)
    except ContentError as error:
        problems += error.problems
    problems += training_data.check(nlu_data)
    return problems


def check_dialogues(dialogues: Path, written: Texts) -> list[Problem]:
    """Flows and responses against each other and against what the engine knows."""
    try:
        flows = reading.load(dialogues)
    except ContentError as error:
        return list(error.problems)
    problems = list(_unknown_sections(dialogues))
    for flow in flows.by_id.values():
        problems += _check_flow(flow, flows, written)
    problems += _check_matters(flows, written)
    problems += _check_wordings(written)
    return problems


def check_languages(written: Texts) -> list[Problem]:
    """What is wrong in the languages that have a file of their own, and what a begun one still lacks of the core."""
    problems = list(written.left_out)
    for language in LANGUAGES:
        lacking = [name for name in written.missing(language) if name in written.core]
        if language not in COMPLETE and len(lacking) < len(written.core):
            for name in lacking:
                variant = written.variant(name)
                what = f"'{name}' is not written in {language}"
                remedy = f"add it to {translations.FOLDER}/{language}.yml"
                problems.append(Problem(variant.file, variant.line, what, remedy))
    return problems


def check_easy(written: Texts) -> list[Problem]:
    """What the easy form of a language lacks of the core of the way, and where it is not easy."""
    problems: list[Problem] = []
    for language in sorted(written.easy):
        code = f"{language}{translations.EASY}"
        home = f"{translations.FOLDER}/{code}.yml"
        for name in sorted(EASY_CORE):
            if name in written and code not in written.variant(name).texts:
                variant = written.variant(name)
                what = f"'{name}' is not written in easy language ({code})"
                problems.append(Problem(variant.file, variant.line, what, f"add it to {home}"))
        problems += _hard_sentences(written, code, home)
    return problems


def _hard_sentences(written: Texts, code: str, home: str) -> Iterator[Problem]:
    for name, variants in written.responses.items():
        for text in (variant.texts.get(code, "") for variant in variants):
            for sentence in _END_OF_SENTENCE.split(text):
                if (words := len(sentence.split())) > MOST_EASY_WORDS:
                    what = f"'{name}' has an easy sentence of {words} words"
                    yield Problem(home, 1, what, f"at most {MOST_EASY_WORDS}: make it two")


def _unknown_sections(dialogues: Path) -> Iterator[Problem]:
    for path in translations.originals(dialogues):
        document: Document = content.read(path)
        if not isinstance(document.data, dict):
            yield document.problem("is empty", "write flows, slots or responses into it, or delete it")
            continue
        for name in document.data.keys() - {"version", "flows", "slots", "responses"}:
            yield document.problem(f"unknown section '{name}'", "use flows, slots or responses", name)


def _check_flow(flow: Flow, flows: Flows, written: Texts) -> Iterator[Problem]:
    for trigger in flow.triggers:
        if trigger not in labels.NEEDS and trigger not in labels.ACTS:
            yield _in(flow, f"unknown intent '{trigger}'", "use a need or an act of the taxonomy")
    if not flow.description:
        yield _in(flow, "no description", "say in a sentence what it is for")
    for step in flow.steps.values():
        yield from _check_step(flow, step, flows, written)
    for step_id in _unreachable(flow):
        yield _in(flow, f"nothing leads to step '{step_id}'", "lead to it or delete it")


def _check_step(flow: Flow, step: Step, flows: Flows, written: Texts) -> Iterator[Problem]:
    spoken = [rejection.utter for rejection in step.rejections]
    if step.kind == "collect":
        spoken.append(step.utter)
    elif step.kind == "action" and step.name.startswith("utter_"):
        spoken.append(step.name)
    elif step.kind == "action" and step.name not in ACTIONS:
        yield _in(flow, f"unknown action '{step.name}'", f"use one of {', '.join(sorted(ACTIONS))}")
    for name in spoken:
        if name not in written:
            yield _in(flow, f"there is no response '{name}'", "write it below dialogues/responses")
    for name in _slots_of(step):
        if name not in flows.slot_types:
            yield _in(flow, f"unknown slot '{name}'", "add it to dialogues/domain.yml")


def _slots_of(step: Step) -> Iterable[str]:
    yield from step.values
    if step.kind == "collect":
        yield step.name
    for condition in [branch.condition for branch in step.branches] + [
        item.condition for item in step.rejections
    ]:
        yield from slots_in(condition)


def _unreachable(flow: Flow) -> set[str]:
    reached, ahead = set(), [flow.first]
    while ahead:
        step = flow.steps.get(ahead.pop())
        if step is not None and step.id not in reached:
            reached.add(step.id)
            ahead += [branch.target for branch in step.branches] if step.kind != "link" else []
    return set(flow.steps) - reached


def _check_matters(flows: Flows, written: Texts) -> Iterator[Problem]:
    home = Problem("dialogues/needs", 1, "", "")
    for need in labels.NEEDS:
        if need not in flows.by_trigger:
            yield Problem(home.file, 1, f"no flow starts on '{need}'", "add it to a flow's nlu_trigger")
        advice = (f"utter_{kind}_{need}" for kind in guidance_asked.KINDS)
        for name in (f"need_{need}", f"utter_heard_{need}", f"utter_tip_{need}", *advice):
            if name not in written:
                yield Problem(
                    home.file, 1, f"there is no response '{name}'", "write what a family in it is told"
                )


def _check_wordings(written: Texts) -> Iterator[Problem]:
    for name, variants in written.responses.items():
        if not name.startswith(_NAMED_BY_CODE):
            file, line = variants[0].file, variants[0].line
            yield Problem(
                file, line, f"'{name}' has no known kind of name", f"begin with {', '.join(_NAMED_BY_CODE)}"
            )
        for variant in variants:
            yield from _check_variant(name, variant)


def _check_variant(name: str, variant: Variant) -> Iterator[Problem]:
    wanted = texts.placeholders(variant.texts["fi"])
    for language in COMPLETE:
        if language not in variant.texts:
            yield Problem(
                variant.file, variant.line, f"'{name}' is not written in {language}", "translate it"
            )
    for button in variant.buttons:
        if not set(COMPLETE) <= button.titles.keys() and not name.startswith("utter_language_"):
            yield Problem(
                variant.file, variant.line, f"a button of '{name}' lacks a language", "translate its title"
            )
    for language, text in variant.texts.items():
        if not text:
            yield Problem(variant.file, variant.line, f"'{name}' is empty in {language}", "write it")
        if not texts.placeholders(text) <= wanted | {"municipality", "phone"}:
            what = f"'{name}' names other placeholders in {language} than in fi"
            yield Problem(variant.file, variant.line, what, f"use {', '.join(sorted(wanted)) or 'none'}")


def _in(flow: Flow, what: str, remedy: str) -> Problem:
    return Problem(flow.file, flow.line, f"flow '{flow.id}': {what}", remedy)
