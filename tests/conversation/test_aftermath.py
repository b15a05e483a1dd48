"""Words soon after a danger: what they are answered with."""

import pytest

from bot.conversation.aftermath import answered_by, goes_on

AFTER: tuple[tuple[str, str | None], ...] = (
    ("se hengittää ja itkee. mihin soitan??", "answer_where_to_ring"),
    ("who do i call", "answer_where_to_ring"),
    ("soitin jo, ne sano et ambulanssi tulee", "answer_help_called"),
    ("pitääkö soittaa ambulanssi?", None),
    ("en uskalla soittaa", None),
    ("kyl se on nyt turvassa", "answer_safe_now"),
    ("olen nyt turvassa, jatketaan soittopyyntöä", None),
)


@pytest.mark.parametrize(("text", "flow"), AFTER)
def test_words_after_a_danger_are_answered(text: str, flow: str | None) -> None:
    assert answered_by(text) == flow


def test_safe_and_on_with_the_call_is_a_yes() -> None:
    assert goes_on("olen nyt turvassa, jatketaan soittopyyntöä")
    assert not goes_on("olen nyt turvassa")
    assert not goes_on("en ole turvassa, soitan")
