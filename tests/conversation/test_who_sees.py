"""Who gets to know, a child's leave to write, and words soon after a danger: what is heard as such, and what is not."""

from collections.abc import Callable

import pytest

from bot.conversation import who_sees
from bot.conversation.aftermath import answered_by

Kind = Callable[[str], bool]

SAID: tuple[tuple[Kind, str], ...] = (
    (who_sees.asks_who_sees, "älä kerro äidille tästä"),
    (who_sees.asks_who_sees, "kuulekse äiti tän"),
    (who_sees.asks_who_sees, "do they see what i wrote here"),
    (who_sees.asks_who_sees, "jag vill inte att hennes mamma får veta att det var jag"),
    (who_sees.asks_who_sees, "кто прочитает то, что я пишу?"),
    (who_sees.asks_if_a_child_may, "hei saaks tänne kirjottaa jos on lapsi"),
    (who_sees.quarrels_at_home, "äiti ja isi huutaa koko ajan"),
)
NOT_SAID: tuple[tuple[Kind, str], ...] = (
    (who_sees.asks_who_sees, "isä näkee lapsia harvoin"),
    (who_sees.asks_who_sees, "poika lukee huonosti"),
    (who_sees.asks_if_a_child_may, "saako neuvolasta apua jos on vauva"),
    (who_sees.quarrels_at_home, "äiti on väsynyt"),
)
AFTER: tuple[tuple[str, str | None], ...] = (
    ("se hengittää ja itkee. mihin soitan??", "answer_where_to_ring"),
    ("who do i call", "answer_where_to_ring"),
    ("soitin jo, ne sano et ambulanssi tulee", "answer_help_called"),
    ("pitääkö soittaa ambulanssi?", None),
    ("en uskalla soittaa", None),
)


@pytest.mark.parametrize(("kind", "text"), SAID)
def test_it_is_heard(kind: Kind, text: str) -> None:
    assert kind(text)


@pytest.mark.parametrize(("kind", "text"), NOT_SAID)
def test_a_near_miss_is_not(kind: Kind, text: str) -> None:
    assert not kind(text)


@pytest.mark.parametrize(("text", "flow"), AFTER)
def test_words_after_a_danger_are_answered(text: str, flow: str | None) -> None:
    assert answered_by(text) == flow
