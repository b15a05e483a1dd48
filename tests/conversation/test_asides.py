"""Turns of phrase about the talk itself: what is taken as one, and the near misses that are a family's matter."""

from collections.abc import Callable

import pytest

from bot.conversation import asides
from bot.conversation.cries import tells_of_company
from bot.conversation.fragments import is_begun, joined, short_ones
from bot.conversation.numbers import says_not_to_ring

Kind = Callable[[str], bool]

SAID: tuple[tuple[Kind, str], ...] = (
    (asides.asks_what_is_meant, "mitä tarkoitat?"),
    (asides.asks_what_is_meant, "Siis mitä"),
    (asides.asks_what_is_meant, "miksi kysyt sitä"),
    (asides.asks_what_is_meant, "what do you mean"),
    (asides.asks_again, "uudestaan"),
    (asides.asks_again, "voisitko sanoa uudelleen"),
    (asides.asks_again, "en ehtinyt lukea"),
    (asides.tells_later, "kerron sitten puhelimessa"),
    (asides.speaks_of_before, "niin kuin eilen kerroin, poika ei nuku"),
    (asides.speaks_of_before, "hei, jatketaan siitä mihin jäätiin"),
    (asides.is_advertising, "Osta halpoja lainoja www.laina.example"),
    (asides.gives_up, "ei sittenkään, en haluu"),
    (asides.gives_up, "antaa olla"),
    (asides.asks_who_rings, "kuka sieltä soittaa?"),
    (asides.asks_cost, "onko tää maksullista?"),
    (asides.asks_cost, "mitä tää maksaa"),
    (asides.asks_for_secrecy, "en haluu et äiti tietää"),
    (asides.asks_for_secrecy, "pitääkö vanhempien antaa lupa"),
    (asides.is_insult, "oot ihan tyhmä"),
    (asides.is_insult, "vitun idiootti"),
    (asides.does_not_know, "en mä tiiä mistä aloittaa"),
    (asides.is_unsure, "no ehkä myöhemmin"),
    (asides.takes_note, "ok"),
    (asides.is_distress, "😭😭"),
    (asides.is_distress, "kaikki vaan menee pieleen"),
    (asides.finds_no_help, "ei noista oo mitään apua"),
    (asides.has_no_phone, "joo mut mulla ei oo puhelinta"),
    (asides.adds_something, "ei vielä, lisää et ovikello on rikki"),
    (asides.is_outsider, "naapuri tässä, hei"),
    (asides.names_a_site, "olen kuraattori Pikkolan koululta"),
    (asides.asks_what_is_meant, "varför behöver ni det?"),
    (asides.asks_what_is_meant, "I don't understand the question"),
    (asides.asks_again, "jag hann inte läsa, en gång till?"),
    (asides.asks_again, "sorry, can you say that again?"),
    (asides.is_insult, "du är helt värdelös"),
    (asides.does_not_know, "vet inte riktigt var jag ska börja"),
    (asides.does_not_know, "I don't really know where to start"),
    (asides.finds_no_help, "det där hjälper inte ett skit"),
    (asides.asks_for_secrecy, "måste mina föräldrar ge lov?"),
    (asides.asks_for_secrecy, "do my parents have to know"),
    (tells_of_company, "my sister is with me now"),
    (tells_of_company, "min granne kommer hit nu"),
    (tells_of_company, "naapuri on tulossa"),
    (says_not_to_ring, "mitt nummer är 0501234567 men ring inte"),
    (is_begun, "min dotter på 13"),
    (is_begun, "my son he is 14"),
    (is_begun, "Mun tytär"),
    (is_begun, "se on vaan niin että"),
)
NOT: tuple[tuple[Kind, str], ...] = (
    (asides.asks_what_is_meant, "en ymmärrä mun teiniä"),
    (asides.asks_again, "lapsi heräsi taas uudestaan"),
    (asides.is_advertising, "laina on maksamatta ja rahat loppu"),
    (asides.gives_up, "en jaksa enää"),
    (asides.asks_cost, "kaikki maksaa niin paljon ettei rahat riitä"),
    (asides.asks_for_secrecy, "en halua enää huutaa lapsille"),
    (asides.is_insult, "mies haukkuu mua idiootiksi"),
    (asides.is_insult, "saatana kun lapset tappelee"),
    (asides.does_not_know, "en tiedä miten kerron lapsille isän kuolemasta"),
    (asides.takes_note, "ok, vauva ei nuku"),
    (asides.finds_no_help, "vauva huutaa eikä mikään auta itkuun kun yö on pitkä ja kaikki väsyneitä"),
    (asides.has_no_phone, "teini ei irrota puhelinta kädestä"),
    (asides.is_outsider, "naapuri valittaa vauvan itkusta"),
    (tells_of_company, "my husband is here now"),
    (tells_of_company, "min granne kommer hit och skriker varje kväll"),
    (says_not_to_ring, "mitt nummer är 0501234567, ring inte efter åtta"),
    (is_begun, "min son på 13 vill inte gå till skolan"),
    (is_begun, "vauva ei nuku"),
    (is_begun, "joo"),
)


@pytest.mark.parametrize(("kind", "text"), SAID, ids=lambda one: getattr(one, "__name__", one))
def test_a_turn_of_phrase_is_taken_for_what_it_is(kind: Kind, text: str) -> None:
    assert kind(text)


@pytest.mark.parametrize(("kind", "text"), NOT, ids=lambda one: getattr(one, "__name__", one))
def test_a_familys_matter_is_no_turn_of_phrase(kind: Kind, text: str) -> None:
    assert not kind(text)


def test_a_request_says_more_than_a_call_when_three_words_are_its_own() -> None:
    assert not asides.says_more_than_a_call("haluaisin että joku soittaa mulle")
    assert asides.says_more_than_a_call("laittakaa tekstari ensin ennen kuin soitatte")


def test_parts_of_a_message_are_joined_and_buttons_stand_alone() -> None:
    assert joined("Mun tytär", "on 15") == "Mun tytär on 15"
    assert joined("Mun tytär", "/teen_life") == "/teen_life"
    assert short_ones(["en", "jaksa"], "enää elää") == ["en", "jaksa", "enää elää"]
    assert short_ones(["en"], "tässä on jo monta sanaa") == []
