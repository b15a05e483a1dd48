"""Whatever is personal moves from Telegram to our own page, with what was already told, once."""

import re
from datetime import timedelta

import pytest

from bot.channels.telegram import links
from tests.telegram.conftest import PUBLIC, Place
from tests.telegram.updates import CHAT, presses, says


async def link_of(place: Place) -> str:
    """A family tells its matter and place and wants a call; the address it gets."""
    await place.hears(
        presses("=/parental_exhaustion"),
        presses('=/SetSlots(municipality="Järvenpää")'),
        presses("=/request_callback"),
    )
    (button,) = place.emulator.buttons(CHAT)
    address = button["url"]
    assert address.startswith(f"{PUBLIC}/continue/")
    return address.removeprefix(PUBLIC)


async def test_a_number_is_not_asked_for_in_telegram_but_on_our_page(place: Place) -> None:
    address = await link_of(place)
    said = place.emulator.texts(CHAT)[-1]
    assert "en kysy täällä" in said
    assert not any("Mihin numeroon" in one for one in place.emulator.texts(CHAT))
    page = await (await place.client.get(address)).text()
    assert "Jatka tästä" in page
    answer = await place.client.post(address)
    assert answer.status == 200
    page = await answer.text()
    found = re.search(r'name="sender" value="([0-9a-f]{32})"', page)
    assert found
    assert "numero" in page
    assert "/continue/" not in page


async def test_what_was_told_comes_along_and_the_call_is_booked_there(place: Place) -> None:
    page = await (await place.client.post(await link_of(place))).text()
    found = re.search(r'name="sender" value="([0-9a-f]{32})"', page)
    assert found
    answer = {}
    told = (
        '/SetSlots(phone="050 123 4567")', '/SetSlots(time="anytime")', "/SetSlots(message_allowed=false)",
        "/SetSlots(who_may_answer=only_me)", "/SetSlots(code_word=kesä)", "/SetSlots(confirm=true)",
    )  # fmt: skip
    for text in told:
        sent = {"sender": found[1], "message": text, "message_id": text, "language": "fi"}
        answer = await (await place.client.post("/chat/messages", json=sent)).json()
    assert answer["callback"]["code"]
    shown = str(answer["replies"])
    assert "Järvenpää" in shown


async def test_the_link_opens_once(place: Place) -> None:
    address = await link_of(place)
    for _ in range(3):
        assert (await place.client.get(address)).status == 200
    assert (await place.client.post(address)).status == 200
    again = await place.client.post(address)
    assert again.status == 410
    assert "ei enää aukea" in await again.text()
    assert (await place.client.get(address)).status == 410


async def test_the_link_ends_after_half_an_hour(place: Place) -> None:
    address = await link_of(place)
    place.clock.set(place.clock() + links.LASTS)
    assert (await place.client.post(address)).status == 410


async def test_the_link_lasts_for_half_an_hour(place: Place) -> None:
    address = await link_of(place)
    place.clock.set(place.clock() + links.LASTS - timedelta(seconds=2))
    assert (await place.client.post(address)).status == 200


@pytest.mark.parametrize("part", [slice(0, 4), slice(24, 28), slice(48, 52)])
async def test_a_link_somebody_changed_opens_nothing(place: Place, part: slice) -> None:
    address = await link_of(place)
    token = address.removeprefix("/continue/")
    other = "AAAA" if token[part] != "AAAA" else "BBBB"
    changed = token[: part.start] + other + token[part.stop :]
    assert (await place.client.post(f"/continue/{changed}")).status == 410
    assert (await place.client.post(address)).status == 200


@pytest.mark.parametrize("token", ["x", "ä" * 50, "A" * 52])
async def test_a_link_that_is_none_opens_nothing(place: Place, token: str) -> None:
    assert (await place.client.get(f"/continue/{token}")).status == 410
    assert (await place.client.post(f"/continue/{token}")).status == 410


async def test_stop_closes_the_link_too(place: Place) -> None:
    address = await link_of(place)
    await place.hears(says("/stop"))
    assert (await place.client.post(address)).status == 410


async def test_a_shared_contact_leads_the_same_way(place: Place) -> None:
    await place.hears(presses("=/request_callback"))
    assert place.emulator.buttons(CHAT)[0]["url"].startswith(PUBLIC)
    assert "/continue/" not in place.emulator.texts(CHAT)[-1]


async def test_what_moved_is_not_asked_again_in_telegram(place: Place) -> None:
    await link_of(place)
    before = len(place.emulator.messages)
    await place.hears(presses("=/thanks"))
    said = place.emulator.texts(CHAT)[before:]
    assert said
    assert not any("sivullamme" in one or "soittopyyntöön" in one for one in said)


async def test_of_several_links_one_opens(place: Place) -> None:
    first = await link_of(place)
    await place.hears(presses("=/request_callback"))
    second = place.emulator.buttons(CHAT)[0]["url"].removeprefix(PUBLIC)
    assert first != second
    assert (await place.client.post(first)).status == 200
    assert (await place.client.post(second)).status == 410
