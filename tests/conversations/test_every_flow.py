"""What must hold at every question of every flow, whatever comes in: an answer, no repetition, nothing lost."""

from dataclasses import replace

import pytest

from bot.actions.crisis import trouble_reply
from bot.clock import SettableClock
from bot.conversation import store
from bot.conversation.flow import Flow, Flows, Step
from bot.conversation.state import Frame, State
from bot.conversation.store import Past
from bot.database import Database
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns
from tests.conversations.conftest import Ground

HARD = {
    "empty": "",
    "blank": " \n\t ",
    "4,000 characters": "vauva ei nuku eikä kukaan jaksa " * 125,
    "more than 4,000 characters": "a" * 9000,
    "emoji only": "😭😭😭",
    "another language": "Мой ребёнок не спит по ночам, что мне делать?",
    "a script read from right to left": "طفلي لا ينام وأنا متعبة جدا",
    "stop": "stop",
    "a person": "ihminen",
    "a payload that is not ours": "/no_such_label{}",
    "a slot that is not ours": "/SetSlots(nothing_here=1)",
}
TOLD = {"phone": "+358501234567", "municipality": "Mikkeli", "need": "finances", "words": ["rahat ei riitä"]}


def questions(flows: Flows) -> list[tuple[Flow, Step]]:
    return [
        (flow, step)
        for flow in flows.by_id.values()
        for step in flow.steps.values()
        if step.kind == "collect"
    ]


async def put_at(turns: Turns, database: Database, sender: str, flow: Flow, step: Step) -> None:
    """A conversation that has just been asked this question, with what a family usually has told by then."""
    slots = {name: value for name, value in TOLD.items() if name != step.name}
    state = State(
        stack=(Frame(flow.id, step.id),), slots=slots, asked=step.name, last_offer=(step.utter,),
        times_said={step.utter: 1},
    )  # fmt: skip
    incoming = message(turns, sender, "", "before")

    def keep(session: object) -> None:
        conversation = store.conversation_id(session, incoming.channel, sender)  # type: ignore[arg-type]
        past = Past(conversation, f"{sender}-before", None, 0, None)
        store.keep(session, past, state, Answer(replies=()), now=turns.clock())  # type: ignore[arg-type]

    await database.write(keep)


def message(turns: Turns, sender: str, text: str, message_id: str) -> IncomingMessage:
    return IncomingMessage(
        channel="web",
        sender=sender,
        text=text,
        message_id=f"{sender}-{message_id}",
        received_at=turns.clock(),
    )


async def state_of(turns: Turns, database: Database, sender: str) -> State:
    past = await database.read(lambda session: store.recall(session, message(turns, sender, "", "look")))
    assert past.state is not None, f"{sender}: nothing is kept"
    return past.state


def words(answer: Answer) -> str:
    return "\n".join(reply.text for reply in answer.replies)


@pytest.mark.parametrize("kind", HARD)
async def test_every_question_survives(
    kind: str, turns: Turns, ground: Ground, sqlite_database: Database, clock: SettableClock
) -> None:
    broken = trouble_reply("fi", clock())
    for number, (flow, step) in enumerate(questions(ground.content.flows)):
        sender = f"{flow.id}/{step.name}/{number}"
        at = f"{flow.id}/{step.name}: {kind}"
        await put_at(turns, sqlite_database, sender, flow, step)
        before = ""
        for turn in range(3):
            answer = await turns.take(message(turns, sender, HARD[kind], str(turn)))
            assert answer.replies, at
            assert all(reply.text.strip() for reply in answer.replies), at
            assert broken not in answer.replies, at
            assert words(answer) != before, f"{at}: said twice: {before}"
            assert len(answer.replies) <= 8, f"{at}: {words(answer)}"
            before = words(answer)
            state = await state_of(turns, sqlite_database, sender)
            assert answer.asks == state.asked, at
            assert answer.asks is None or pending_name(state, ground.content.flows) == answer.asks, at
            kept = {name: state.slots.get(name) for name in ("phone", "municipality") if name != step.name}
            assert kept == {name: TOLD[name] for name in kept}, at
            assert set(TOLD["words"]) <= set(state.slots.get("words", ())), at


def pending_name(state: State, flows: Flows) -> str | None:
    return flows[state.stack[-1].flow].steps[state.stack[-1].step].name if state.stack else None


async def test_every_act_and_need_gets_an_answer_at_the_number_question_and_the_number_is_still_asked(
    turns: Turns, ground: Ground, sqlite_database: Database
) -> None:
    flow = ground.content.flows["book_callback"]
    step = next(step for step in flow.steps.values() if step.name == "phone")
    for trigger in ground.content.flows.by_trigger:
        await put_at(turns, sqlite_database, trigger, flow, step)
        answer = await turns.take(message(turns, trigger, f"/{trigger}", "1"))
        assert answer.replies, trigger
        assert answer.asks in ("phone", "delete_confirm", None), f"{trigger}: {answer.asks}"
        if answer.asks is None:
            assert trigger in ("cancel_callback", "deny"), trigger


async def test_every_button_of_every_response_does_something(
    turns: Turns, ground: Ground, clock: SettableClock
) -> None:
    broken = trouble_reply("fi", clock())
    payloads = {
        button.payload
        for variants in ground.content.texts.responses.values()
        for variant in variants
        for button in variant.buttons
    }
    for payload in sorted(payloads):
        answer = await turns.take(message(turns, f"button {payload}", payload, "1"))
        assert answer.replies, payload
        assert broken not in answer.replies, payload


def test_every_question_that_can_be_asked_again_has_other_words_and_a_way_out(ground: Ground) -> None:
    texts = ground.content.texts
    for flow, step in questions(ground.content.flows):
        if step.once or (step.offer and not flow.is_pattern and step.name != "time"):
            continue
        again = texts.responses.get(f"{step.utter}_again", ())
        assert len(again) >= 2, f"{flow.id}/{step.name}: {step.utter}_again"
        assert any(variant.buttons for variant in again), f"{step.utter}_again has no buttons"


def test_a_language_left_and_come_back_to_keeps_everything() -> None:
    state = State(language="fi", slots=TOLD)
    assert replace(state, language="sv").slots == TOLD
    assert State.from_json(state.as_json()) == state
