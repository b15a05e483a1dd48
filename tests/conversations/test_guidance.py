"""More about a matter: who hears what, and in which languages it is offered."""

import pytest

from bot.clock import SettableClock
from bot.messages import Answer, IncomingMessage
from bot.turn import Turns

SEEK_HELP = "/SetSlots(guide=seek_help)"


async def said(turns: Turns, clock: SettableClock, *messages: str, language: str = "fi") -> Answer:
    for number, text in enumerate(messages):
        answer = await turns.take(
            IncomingMessage(
                channel="web",
                sender="guided",
                text=text,
                message_id=f"{number}",
                received_at=clock(),
                language=language,
            )
        )
    return answer


def payloads(answer: Answer) -> list[str]:
    return [button.payload for reply in answer.replies for button in reply.buttons]


def names(turns: Turns, answer: Answer) -> set[str]:
    """The responses an answer is made of."""
    texts = turns.content().texts
    known = {
        variant.texts.get(answer.language): name
        for name, variants in texts.responses.items()
        for variant in variants
    }
    return {known[reply.text] for reply in answer.replies if reply.text in known}


async def test_advice_is_marked_and_one_button_under_it_leads_on(turns: Turns, clock: SettableClock) -> None:
    answer = await said(turns, clock, "vauva ei nuku, asutaan Mikkelissä")
    (advice,) = [reply for reply in answer.replies if reply.style == "advice"]
    assert [button.payload for button in advice.buttons] == [SEEK_HELP]


async def test_where_somebody_may_be_in_danger_the_first_thing_is_said_whatever_is_asked(
    turns: Turns, clock: SettableClock
) -> None:
    worry = "olen huolissani naapurin lapsista, vanhemmat huutavat heille joka päivä. mitä voin tehdä?"
    answer = await said(turns, clock, worry)
    told = [reply.text for reply in answer.replies if reply.style == "advice"]
    texts = turns.content().texts
    assert told == [texts.text(f"utter_{kind}_child_protection", "fi") for kind in ("tip", "tonight")]


async def test_a_child_hears_words_of_its_own(turns: Turns, clock: SettableClock) -> None:
    answer = await said(turns, clock, "oon 13 ja mua kiusataan koulussa", "milloin pitää hakea apua")
    assert names(turns, answer) >= {"utter_guide_from_child"}
    assert SEEK_HELP not in payloads(answer)


@pytest.mark.parametrize("language", ["ru", "et", "ar", "so", "uk"])
async def test_a_language_without_the_guidance_is_not_offered_it(
    turns: Turns, clock: SettableClock, language: str
) -> None:
    answer = await said(turns, clock, "/infant_care", language=language)
    assert answer.language == language
    assert SEEK_HELP not in payloads(answer)


async def test_a_payload_that_is_no_kind_tells_nothing(turns: Turns, clock: SettableClock) -> None:
    answer = await said(turns, clock, "/infant_care", "/SetSlots(guide=dosage)")
    assert not any(reply.style == "advice" for reply in answer.replies)


async def test_without_a_known_matter_one_is_told_who_to_ask(turns: Turns, clock: SettableClock) -> None:
    answer = await said(turns, clock, "/SetSlots(need=other)", SEEK_HELP)
    assert "utter_guide_unknown" in names(turns, answer)
