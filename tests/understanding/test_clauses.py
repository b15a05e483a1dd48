"""Long messages are read clause by clause as well as whole."""

from datetime import UTC, datetime

import pytest

from bot.understanding.clauses import clauses
from bot.understanding.understand import Understander

pytestmark = pytest.mark.timeout(600)  # the first of these may have to train the model

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("vauva ei nuku", []),
        ("vauva itkee ja me itketään", []),
        ("vauva itkee joka yö ja minä itken hänen kanssaan", ["vauva itkee joka yö", "minä itken hänen kanssaan"]),
        ("Hei, vauva itkee yöt. Voisko joku soittaa?", ["Hei, vauva itkee yöt", "Voisko joku soittaa?"]),
        ("he is two, he bites all the time but the nursery says nothing", [
            "he is two",
            "he bites all the time",
            "the nursery says nothing",
        ]),
    ],
)  # fmt: skip
def test_a_message_is_parted_where_both_sides_say_something(text: str, parts: list[str]) -> None:
    assert clauses(text) == parts


def test_a_message_without_an_end_has_only_so_many_clauses() -> None:
    assert len(clauses("vauva itkee aina, " * 500)) <= 6


def test_of_two_matters_both_rank_first(understander: Understander) -> None:
    result = understander.understand("rahat on ihan loppu ja mies juo joka ilta", now=NOW)
    assert {guess.name for guess in result.needs[:2]} == {"finances", "substance_use"}


def test_a_request_is_heard_after_a_long_story(understander: Understander) -> None:
    result = understander.understand(
        "Hei, asutaan Kuopiossa ja meillä on kaksi lasta, 5 ja 8 v, ja vanhempi ei ole käynyt koulussa viikkoon "
        "mutta nuorempi ei nuku öisin, voisitteko soittaa huomenna iltapäivällä",
        now=NOW,
    )
    assert result.act() == "request_callback"
    assert "school" in [guess.name for guess in result.needs[:2]]


@pytest.mark.parametrize("text", ["ei kun 050 123 4567", "eiku torstaina", "nej jag menade fredag"])
def test_putting_something_right_is_no_refusal(understander: Understander, text: str) -> None:
    assert understander.understand(text, now=NOW).act(at_least=0.3) != "deny"


@pytest.mark.parametrize("text", ["apua", "en tiedä mistä aloittaa", "hjälp", "help"])
def test_a_plain_cry_for_help_names_no_matter(understander: Understander, text: str) -> None:
    result = understander.understand(text, now=NOW)
    assert (result.need(at_least=0.3), result.act()) == (None, None)
