"""Figures against values worked out by hand or published."""

import pytest

from bot.evaluation.statistics import Share, auroc, calibration_error, macro_f1, percentile


@pytest.mark.parametrize(
    ("right", "of", "low", "high"),
    [(0, 140, 0.0, 0.0267), (140, 140, 0.9733, 1.0), (81, 263, 0.2553, 0.3662)],
)
def test_a_share_has_wilsons_interval(right: int, of: int, low: float, high: float) -> None:
    assert Share(right, of).interval == pytest.approx((low, high), abs=0.0001)


def test_a_share_of_nothing_says_nothing() -> None:
    assert (Share.count([]).value, Share.count([]).interval) == (0.0, (0.0, 1.0))


def test_macro_f1_counts_a_rare_label_as_much_as_a_common_one() -> None:
    pairs = [("a", "a")] * 8 + [("b", "a"), ("b", "b")]
    # a: 2*8/(8+9), b: 2*1/(2+1)
    assert macro_f1(pairs) == pytest.approx((16 / 17 + 2 / 3) / 2)


def test_auroc_is_the_chance_that_a_positive_scores_higher() -> None:
    assert auroc([0.9, 0.4], [0.5, 0.1]) == pytest.approx(3 / 4)
    assert auroc([0.5], [0.5]) == pytest.approx(0.5)
    assert auroc([], [0.5]) is None


def test_calibration_error_is_the_gap_between_confidence_and_being_right() -> None:
    assert calibration_error([(0.9, True)] * 9 + [(0.9, False)]) == pytest.approx(0.0)
    assert calibration_error([(1.0, False), (0.05, True)]) == pytest.approx((1.0 + 0.95) / 2)


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([5.0, 1.0, 3.0], 0.5) == 3.0
    assert percentile([], 0.5) == 0.0
