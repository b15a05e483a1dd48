"""Personal identity codes and e-mail addresses never reach storage."""

import pytest

from bot.identifiers import masked


@pytest.mark.parametrize(
    ("text", "left", "found"),
    [
        ("hetuni on 131052-308T", "hetuni on …", ("personal_code",)),
        ("lapsen 010122a123b ja mun 131052-308t", "lapsen … ja mun …", ("personal_code",)),
        ("uusi tunnus 010195Y123K kai", "uusi tunnus … kai", ("personal_code",)),
        ("131052 - 308 T", "…", ("personal_code",)),
        ("kirjoita aiti.testi+x@posti.example.org kiitos", "kirjoita … kiitos", ("email",)),
        ("131052-308T, a@example.org", "…, …", ("personal_code", "email")),
        ("soita 050-1234567 tai 010 1234", "soita 050-1234567 tai 010 1234", ()),
        ("syntynyt 13.10.2019, herää 3-5 kertaa", "syntynyt 13.10.2019, herää 3-5 kertaa", ()),
        ("tili FI21 1234 5600 0007 85", "tili FI21 1234 5600 0007 85", ()),
        ("ääkköset @ ja # merkit", "ääkköset @ ja # merkit", ()),
    ],
)
def test_identifiers_are_taken_out_and_the_rest_is_kept(text: str, left: str, found: tuple[str, ...]) -> None:
    assert (masked(text).text, masked(text).found) == (left, found)
