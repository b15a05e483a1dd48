"""One turn of a conversation, readable top to bottom.

The crisis layer looks first and needs nothing. Then: recall, understand, decide, act, keep, in one transaction. When
anything in that breaks, the person still gets an answer: crisis help if it was called for, else an honest sentence
with telephone numbers.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy.orm import Session

from bot import safety
from bot.actions import ACTIONS
from bot.actions.crisis import asks_for_an_adult, crisis_reply, soft_line, trouble_reply
from bot.actions.easy_language import with_easy_offer
from bot.actions.payloads import checked
from bot.actions.scene import Scene
from bot.actions.with_person import pass_on, standing
from bot.callbacks.request import ChangedMeanwhileError
from bot.clock import Clock
from bot.conversation import store
from bot.conversation.commands import SetSlots, TakeOver
from bot.conversation.cries import in_this_talk, is_quiet_since, told_in_crisis
from bot.conversation.engine import Do, Say, advance
from bot.conversation.flow import Flows
from bot.conversation.listening import commands_for
from bot.conversation.other_language import commands_in_another
from bot.conversation.spoken_language import first_language, in_language, unwritten
from bot.conversation.state import State, titles
from bot.conversation.store import OvertakenError, Past
from bot.conversation.told import slot_values
from bot.database import Database
from bot.guidance.areas import Areas
from bot.guidance.catalogue import Catalogue
from bot.guidance.contact_persons import NOBODY, ContactPersons
from bot.hearing import Hearing, Understands, hear, with_email
from bot.identifiers import Masked, masked
from bot.meaning import Understanding
from bot.messages import Answer, IncomingMessage
from bot.recalling import Known, recall
from bot.right_to_left import numbers_whole
from bot.rota.reading import RotaCache
from bot.texts import Texts
from bot.understanding.danger import second_look

log = structlog.get_logger()

_TRIES = 20
"""Each time another was quicker: another message of this talk, or another family who took the same place."""
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Content:
    """What is read from files, as it was when it last passed its checks."""

    flows: Flows
    texts: Texts
    understander: Understands


@dataclass(frozen=True, slots=True, kw_only=True)
class Turns:
    """What turns are taken with."""

    database: Database
    clock: Clock
    content: Callable[[], Content]
    areas: Areas
    catalogue: Callable[[Session], Catalogue]
    """The catalogue as it is published now; costs one statement."""
    rota: RotaCache
    """Who is at work when."""
    contacts: ContactPersons = NOBODY
    """The directory of contact persons."""
    booked: Callable[[], None] = lambda: None
    """Told when the queue changed, after the commit."""
    learns: bool = False
    """Whether a message that was not understood may be asked for, to teach the bot."""
    live_chat: bool = False
    """Whether a family may ask for a person in staffed hours."""
    notices: Collection[str] = ()
    """The ways by which notices of a call can be sent here: `sms`, `email`, `telegram`."""
    passed_on: Callable[[], None] = lambda: None
    """Told when a message went to a person, after the commit."""

    async def take(self, incoming: IncomingMessage) -> Answer:
        """Answer one message. Never raises; the same message id gets the same answer."""
        verdict = safety.assess(incoming.text[:_LONGEST], language=incoming.language)
        without = masked(incoming.text[:_LONGEST])  # from here on nobody sees what is not needed
        incoming = replace(incoming, text=without.text)
        try:
            return await self._answer(incoming, verdict, without)
        except Exception:
            log.exception("turn failed", channel=incoming.channel, urgency=verdict.urgency)
            language = incoming.language or "fi"
            if verdict.interrupts:
                young = safety.by_child(incoming.text)
                replies = crisis_reply(verdict, language, self.clock(), by_child=young)
                return Answer(replies=replies, urgency=verdict.urgency)
            return Answer(replies=(trouble_reply(language, self.clock()),), language=language)

    async def _answer(self, incoming: IncomingMessage, verdict: safety.Verdict, without: Masked) -> Answer:
        content = self.content()
        for _ in range(_TRIES):
            past, known = await self.database.read(
                lambda session: recall(session, incoming, self.rota, self.areas, now=self.clock())
            )
            if past.answer is not None:
                return past.answer
            begun = first_language(incoming.language, content.texts.written)
            hearing = await asyncio.to_thread(
                hear,
                content.understander,
                past.state or State(language=begun, slots={"gone": True} if past.gone else {}),
                without,
                verdict,
                now=self.clock(),
                language=past.state.language if past.state else incoming.language,
            )
            turn = self._turn(content, incoming, past, hearing, known)
            try:
                answer = await self.database.write(turn.play)
            except (OvertakenError, ChangedMeanwhileError):
                continue
            if answer.callback or answer.extras.get("queue"):
                self.booked()
            if answer.extras.get("passed"):
                self.passed_on()
            return answer
        raise OvertakenError(past.conversation)

    def _turn(
        self, content: Content, incoming: IncomingMessage, past: Past, hearing: Hearing, known: Known
    ) -> "_Turn":
        """The message as it is answered, with a payload's values checked: what does not hold sets nothing."""
        hearing = with_email(hearing) if "email" in self.notices else hearing
        heard, state, now = hearing.heard, hearing.state, self.clock()
        if heard.set_slots:
            values = checked(heard.set_slots, content.flows, self.areas, now=now, language=heard.language)
            heard = replace(heard, set_slots=values)
        if "phone" in hearing.without.found:
            past = replace(past, said=hearing.without.text)
        state = state.with_slots(quiet_since_crisis=is_quiet_since(state.slots, now) or None)
        verdict = in_this_talk(second_look(hearing.verdict, heard.danger), incoming.text, state.slots, now)
        return _Turn(self, content, incoming, verdict, past, known, state, heard, hearing.without)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One message, understood, about to be answered inside a transaction."""

    turns: Turns
    content: Content
    incoming: IncomingMessage
    verdict: safety.Verdict
    past: Past
    known: Known
    state: State
    heard: Understanding
    without: Masked

    def play(self, session: Session) -> Answer:
        """Decide, act, keep; everything or nothing."""
        now = self.turns.clock()
        state = in_language(
            self.heard, self._with_hints(self.state), self.content.texts.written, begins=not self.past.state
        )
        scene = self._scene(session, state, now)
        state = self._answered(scene, state)
        buttons = (button for reply in scene.replies for button in reply.buttons)
        pressable = titles((button.title, button.payload) for button in buttons)
        state = self._with_gentle_line(scene, state)
        answer = Answer(
            replies=tuple(
                replace(reply, text=numbers_whole(reply.text, scene.language)) for reply in scene.replies
            ),
            language=scene.language,
            urgency=self.verdict.urgency,
            services=tuple(dict.fromkeys(scene.services)),
            callback=scene.callback,
            asks=state.asked,
            extras=scene.extras,
        )
        if scene.erased:
            store.erase(session, self.past, answer, now=now)
        else:
            store.keep(session, self.past, replace(state, buttons=pressable), answer, now=now)
        return answer

    def _scene(self, session: Session, state: State, now: datetime) -> Scene:
        """What the actions of this turn work with."""
        return Scene(
            session=session,
            texts=self.content.texts,
            areas=self.turns.areas,
            look_up=self.turns.catalogue,
            rota=self.known.rota,
            places_read=dict(self.known.places),
            calls=dict(self.known.calls),
            contacts=self.turns.contacts,
            incoming=self.incoming,
            heard=self.heard,
            conversation=self.past.conversation,
            language=state.language,
            slots=state.slots,
            now=now,
            learns=self.turns.learns,
            live_chat=self.turns.live_chat,
            notices=self.turns.notices,
            times_said=dict(state.times_said),
        )

    def _answered(self, scene: Scene, state: State) -> State:
        """Let the one who has the conversation answer: the bot, or a person who was asked for."""
        found = standing(scene, state, self.verdict)
        if found.who == "bot":
            return self._advance(scene, found.state)
        if found.who == "answered":
            return replace(found.state, times_said=scene.times_said)
        self._say_what_is_masked(scene)
        return pass_on(scene, found.state, self.verdict, by_child=self._by_child(found.state))

    def _say_what_is_masked(self, scene: Scene) -> None:
        for kind in self.without.found:
            scene.say(f"utter_masked_{kind}")

    def _with_gentle_line(self, scene: Scene, state: State) -> State:
        """The gentle line under the answer, when one is due, and when it was said."""
        if self.verdict.urgency != "ask":
            return state
        scene.replies.append(soft_line(self.verdict, scene.language, scene.now))
        return replace(state, slots={**state.slots, "soft_at": scene.now.isoformat()})

    def _advance(self, scene: Scene, state: State) -> State:
        said: list[str] = []
        if self.verdict.interrupts:
            scene.replies.extend(
                crisis_reply(self.verdict, scene.language, scene.now, by_child=self._by_child(state))
            )
        elif not self.heard.text.strip():
            scene.say("utter_empty")
            return replace(state, times_said=scene.times_said)
        self._say_what_is_masked(scene)
        run = advance(self.content.flows, state, self._commands(state))
        outcome: Mapping[str, Any] | None = None
        while True:
            try:
                request = run.send(outcome)
            except StopIteration as finished:
                state = finished.value
                break
            outcome = None
            scene.slots = request.slots
            match request:
                case Say(response, again=again):
                    name = f"{response}_again" if again and f"{response}_again" in scene.texts else response
                    scene.say(name)
                    said.append(response)
                case Do(action):
                    outcome = ACTIONS[action](scene) or {}
                    if scene.erased:  # there is nothing left to go on with
                        return State(language=scene.language)
        if not self.verdict.interrupts:
            state = with_easy_offer(scene, state)
        return replace(
            state,
            language=scene.language,
            times_said=scene.times_said,
            last_offer=tuple(said[-1:]) or state.last_offer,
        )

    def _commands(self, state: State) -> tuple[Any, ...]:
        if not self.verdict.interrupts:
            if code := unwritten(self.heard):
                return commands_in_another(self.heard, state, code)
            return commands_for(self.heard, state, self.content.flows)
        by_child, now = self._by_child(state), self.turns.clock()
        values = slot_values(self.heard, state, self.content.flows)
        crisis = told_in_crisis(self.verdict, self.heard.text, values, state.slots, now)
        crisis["adult_asked"] = asks_for_an_adult(self.verdict, state.language, now, by_child=by_child)
        if by_child:
            crisis["sender_role"] = "child"
        return (SetSlots(crisis), TakeOver("pattern_crisis"))

    def _by_child(self, state: State) -> bool:
        """Whether a young person writes, by these words or by what was told before."""
        role = self.heard.first("sender_role") or state.slots.get("sender_role")
        return role == "child" or (role is None and safety.by_child(self.incoming.text))

    def _with_hints(self, state: State) -> State:
        """The municipality a front end knows, when the family has not said another."""
        if self.incoming.municipality and not state.slots.get("municipality"):
            return state.with_slots(municipality=self.incoming.municipality)
        return state
