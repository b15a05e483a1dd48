"""The live chat in a turn: asking for a person, passing the family's words on, and coming back to the bot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot import safety
from bot.actions.call_time import fitted
from bot.actions.crisis import crisis_reply
from bot.actions.scene import Scene
from bot.callbacks.wording import day_words
from bot.conversation.state import Frame, State
from bot.conversation.told import VERY_SURE
from bot.live_chat import changing, reading
from bot.live_chat.chat import LEFT_ALONE, NOTICES, Chat, Ending, HandOver
from bot.meaning import SPOKEN_BY_ADVISORS

CHANNELS = frozenset({"web"})
"""Where a person's words reach the family by themselves."""
_OTHER = "other"
_BACK = (Frame("person_back", "offer"),)
_MOST_WORDS = 1000


@dataclass(frozen=True, slots=True)
class Standing:
    """Who answers this message: the bot, a person, or nobody any more because it is answered already."""

    who: Literal["bot", "person", "answered"]
    state: State


def look_for_person(scene: Scene) -> Mapping[str, Any]:
    """Find out whether somebody of the family's area is in the live chat now."""
    shared = scene.language in SPOKEN_BY_ADVISORS  # in another language a call with an interpreter is the way
    if not scene.live_chat or not shared or scene.incoming.channel not in CHANNELS:
        return {"person": "off"}
    return {"person": "open" if scene.calendar.is_open_at(scene.now) else "closed"}


def explain_closed_chat(scene: Scene) -> None:
    """Say when people are in the chat, and by which day somebody rings."""
    scene.say(
        "utter_person_closed",
        day=day_words(fitted(scene).promised_day, scene.language),
    )


def ask_for_person(scene: Scene) -> Mapping[str, Any]:
    """Put the conversation before the staff of its area; the bot waits with the family."""
    if not scene.calendar.is_open_at(scene.now):  # the yes came after closing time
        explain_closed_chat(scene)
        return {"person": None}
    slots = scene.slots
    need = slots.get("need")
    new = HandOver(
        conversation=scene.conversation,
        area=scene.area.id,
        municipality=slots.get("municipality") or None,
        need=need if need and need != _OTHER else None,
        urgency=slots.get("urgency") or "none",
        category=slots.get("category"),
        language=scene.language,
    )
    chat_id = changing.ask(scene.session, new, now=scene.now)
    scene.say("utter_person_asked")
    scene.extras |= {"live": "waiting", "queue": True}
    return {"person": None, "live_chat": chat_id}


def leave_person(scene: Scene) -> Mapping[str, Any]:
    """Go on with the bot at the family's wish."""
    if chat := reading.of_conversation(scene.session, scene.conversation):
        changing.leave(scene.session, chat.id, now=scene.now)
    scene.extras.clear()
    scene.extras["queue"] = True
    scene.say("utter_person_left")
    return {"live_chat": None, "person_left": None}


def standing(scene: Scene, state: State, verdict: safety.Verdict) -> Standing:
    """Who holds the conversation now. Costs a statement only when a person was asked for in it."""
    if not state.slots.get("live_chat"):
        return Standing("bot", state)
    chat = reading.of_conversation(scene.session, scene.conversation)
    if chat is None or not chat.is_open:
        return Standing("bot", _back(scene, state, chat))
    if (ending := chat.left_alone(scene.now)) and changing.give_up(
        scene.session, chat.id, ending, now=scene.now
    ):
        if verdict.interrupts:
            return Standing("bot", state.with_slots(live_chat=None))
        scene.say(NOTICES[ending], person=chat.first_name)
        return Standing("answered", _offered(state.with_slots(words=_words(scene, state))))
    scene.extras["live"] = chat.state.value
    return Standing("bot" if _is_for_bot(scene, state) else "person", state)


def pass_on(scene: Scene, state: State, verdict: safety.Verdict, *, by_child: bool) -> State:
    """Hand the family's words to the person who has the chat, or whom it waits for. A crisis gets its card at once."""
    if verdict.interrupts:
        scene.replies.extend(crisis_reply(verdict, scene.language, scene.now, by_child=by_child))
        danger = {
            "urgency": verdict.urgency,
            "category": verdict.category,
            "crisis_at": scene.now.isoformat(),
        }
        state = state.with_slots(**danger)
    text = state.title_of(scene.incoming.text).strip()
    if text:
        changing.pass_on(
            scene.session,
            state.slots["live_chat"],
            text,
            now=scene.now,
            urgency=verdict.urgency,
            category=verdict.category,
        )
        scene.extras |= {"passed": True, "queue": verdict.interrupts}
    waiting = scene.extras["live"] == "waiting"
    if waiting and not scene.times_said.get("utter_person_waiting") and not verdict.interrupts:
        scene.say("utter_person_waiting")
    return replace(state, times_said=scene.times_said)


def _back(scene: Scene, state: State, chat: Chat | None) -> State:
    """The conversation as it goes on with the bot, which has told the family how it came to that."""
    if chat is None:
        return state.with_slots(live_chat=None)
    changing.take_up(scene.session, chat.id, now=scene.now)
    if chat.ending in LEFT_ALONE:
        return _offered(state)
    state = replace(state, stack=(), asked=None)
    if chat.ending is Ending.CALLBACK and chat.callback_id:
        state = state.with_slots(callback={"id": chat.callback_id}, callback_state="waiting", words=None)
    return state.with_slots(live_chat=None)


def _offered(state: State) -> State:
    """The state in which the family has just been offered the call."""
    back = replace(state, stack=_BACK, asked="callback_offer", last_offer=(NOTICES[Ending.NOBODY_FREE],))
    return back.with_slots(live_chat=None)


def _words(scene: Scene, state: State) -> list[str]:
    """What the family has told, with this message, for whoever rings."""
    known, text = state.slots.get("words", ()), state.title_of(scene.incoming.text).strip()
    return [*known, *([text[:_MOST_WORDS]] if text else [])]


def _is_for_bot(scene: Scene, state: State) -> bool:
    """What only the bot can do: end the wait, and delete what was told."""
    if "person_left" in scene.heard.set_slots or state.asked == "delete_confirm":
        return True
    return scene.heard.act(VERY_SURE) == "delete_my_data"
