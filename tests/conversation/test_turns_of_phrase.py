"""Refusals, questions that only sound like one, and who gets to know: what is taken as which, and the near misses."""

from collections.abc import Callable

import pytest

from bot.conversation import refusals, who_sees

Kind = Callable[[str], bool]

SAID: tuple[tuple[Kind, str], ...] = (
    (refusals.opens_refusing_a_call, "no call. goodbye"),
    (refusals.opens_refusing_a_call, "I don't want a call, I asked how to talk to her"),
    (refusals.opens_refusing_a_call, "en mä halua soittoa, haista paska"),
    (refusals.opens_refusing_a_call, "ei soittoa kiitos"),
    (refusals.opens_refusing_a_call, "nej jag vill inte ha något samtal, tack"),
    (refusals.asks_if_it_can_be_cancelled, "kiitti. voiko sen perua jos vanhemmat muuttaa mielensä"),
    (refusals.asks_if_it_can_be_cancelled, "kan man avboka senare?"),
    (refusals.asks_if_it_can_be_cancelled, "can I cancel it later?"),
    (
        refusals.asks_to_be_rung,
        "nej inte det där, han har redan träffat kurator. kan nån ringa mig istället?",
    ),
    (refusals.asks_to_be_rung, "ei noita, voisko joku soittaa mulle"),
    (refusals.asks_to_be_rung, "Mitä maksaa? Ja minä haluan puhelu. Minä puhun somali."),
    (refusals.asks_to_be_rung, "call me please, but my English is not very good"),
    (refusals.lets_delete, "joo"),
    (refusals.lets_delete, "joo poista kaikki mitä kirjoitin"),
    (refusals.opens_with_no, "no! I mean do the workers see it"),
    (refusals.refuses_child_protection, "en mie mithään lastensuojelua, tyttö vaan ei syö"),
    (refusals.refuses_child_protection, "sanoin että en lastensuojelua!!"),
    (refusals.denies_danger, "en mä mitään itsetuhoinen oo, väsyttää vaan"),
    (refusals.denies_danger, "ei se nyt kadoksissa oo, se on kotona"),
    (refusals.denies_danger, "I said she's fine, just tell me how to talk to her"),
    (who_sees.asks_who_sees, "älä kerro äidille tästä"),
    (who_sees.asks_who_sees, "kuulekse äiti tän"),
    (who_sees.asks_who_sees, "do they see what i wrote here"),
    (who_sees.asks_who_sees, "jag vill inte att hennes mamma får veta att det var jag"),
    (who_sees.asks_who_sees, "кто прочитает то, что я пишу?"),
    (who_sees.asks_if_a_child_may, "hei saaks tänne kirjottaa jos on lapsi"),
    (who_sees.quarrels_at_home, "äiti ja isi huutaa koko ajan"),
)
NOT_SAID: tuple[tuple[Kind, str], ...] = (
    (refusals.opens_refusing_a_call, "en jaksa soittaa"),
    (refusals.opens_refusing_a_call, "ei huomenna, soittakaa torstaina"),
    (refusals.asks_if_it_can_be_cancelled, "peru soitto"),
    (refusals.asks_to_be_rung, "älkää soittako, en halua puhelua"),
    (refusals.asks_to_be_rung, "ring mig inte"),
    (refusals.asks_to_be_rung, "poika soittaa kitaraa yöt"),
    (refusals.lets_delete, "ok cool, thanks for nothing"),
    (refusals.opens_with_no, "entä jos"),
    (refusals.refuses_child_protection, "en uskalla puhua kun pelkään lastensuojelua"),
    (refusals.denies_danger, "en oo itsetuhoinen mutta en jaksa elää"),
    (refusals.denies_danger, "en jaksa enää"),
    (who_sees.asks_who_sees, "isä näkee lapsia harvoin"),
    (who_sees.asks_who_sees, "poika lukee huonosti"),
    (who_sees.asks_if_a_child_may, "saako neuvolasta apua jos on vauva"),
    (who_sees.quarrels_at_home, "äiti on väsynyt"),
)


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_it_is_heard(kind: Kind, text: str) -> None:
    assert kind(text)


@pytest.mark.parametrize(("kind", "text"), NOT_SAID)
def test_a_near_miss_is_not(kind: Kind, text: str) -> None:
    assert not kind(text)
