"""Who is writing, and the name when it is offered."""

import pytest

from tests.understanding.cases import Case, cases
from tests.understanding.reading import facts

_SHOWN = {"name": "name", "sender_role": "role"}


@pytest.mark.parametrize("case", cases("people"), ids=str)
def test_the_listed_names_and_roles_are_heard_and_none_is_made_up(case: Case) -> None:
    found = facts(case.text, asked=case.asked, language=case.language).entities
    shown = [f"{_SHOWN[one.entity]} {one.value}" for one in found if one.entity in _SHOWN]
    assert sorted(shown) == sorted(case.told)
