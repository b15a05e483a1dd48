"""The statistical second look only ever adds a gentle line."""

import pytest

from bot.safety import RANK, assess, booster
from tests.safety.sentences import of_set


def test_it_never_lowers_and_adds_no_more_than_a_gentle_line(monkeypatch: pytest.MonkeyPatch) -> None:
    some = of_set("development")[::7]
    with_it = [assess(s.text, language=s.language) for s in some]
    monkeypatch.setattr(booster, "raises", lambda _: False)
    without = [assess(s.text, language=s.language) for s in some]
    for more, less in zip(with_it, without, strict=True):
        assert more == less or (more.urgency, more.rule, less.urgency) == ("ask", "booster", "none")
        assert RANK[more.urgency] <= RANK[less.urgency]


def test_where_no_rule_hears_anything_it_adds_the_gentle_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(booster, "raises", lambda _: True)
    verdict = assess("tänään satoi räntää")
    assert (verdict.urgency, verdict.category, verdict.rule) == ("ask", "none", "booster")


def test_a_model_that_is_written_can_be_read() -> None:
    numbers, weights = booster.written([0.5, -1.27, 0.0], -0.25, 2.0).splitlines()
    assert [float(number) for number in numbers.split()] == [0.01, -0.25, 2.0]
    assert weights == "MoEA"


@pytest.mark.parametrize("text", ["", "🙏", "\x00", "a" * 5000, "!!!"])
def test_odd_text_is_nothing(text: str) -> None:
    assert booster.raises(text) is False
