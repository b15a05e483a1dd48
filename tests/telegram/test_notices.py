"""Who began in Telegram and allows messages is told of the call there, until the chat ends."""

import re
from datetime import timedelta

from bot.callbacks import notice_outbox, reading
from bot.callbacks.callback import Callback
from bot.callbacks.notices import Way
from bot.channels.notices.by_telegram import TelegramChat
from bot.channels.notices.sending import Notifier
from bot.reach import EVERYWHERE
from tests.telegram.conftest import Place, written
from tests.telegram.test_continuing import link_of
from tests.telegram.updates import CHAT, says

RECEIVED = "Hei. Varauksesi on kirjattu. Otamme yhteyttä viimeistään perjantaina 27.11."


async def books(place: Place, *, message_allowed: bool) -> Callback:
    """The family goes on from Telegram to our page, and books there."""
    page = await (await place.client.post(await link_of(place))).text()
    found = re.search(r'name="sender" value="([0-9a-f]{32})"', page)
    assert found
    allowed = f"/SetSlots(message_allowed={str(message_allowed).lower()})"
    told = (
        '/SetSlots(phone="050 123 4567")',
        '/SetSlots(time="anytime")',
        allowed,
        *(() if message_allowed else ("/SetSlots(who_may_answer=anyone)",)),
        "/SetSlots(confirm=true)",
    )
    for text in told:
        sent = {"sender": found[1], "message": text, "message_id": text, "language": "fi"}
        await place.client.post("/chat/messages", json=sent)
    (callback,) = place.database.read_now(lambda s: reading.list_waiting(s, EVERYWHERE))[0]
    return callback


async def notify(place: Place, later: timedelta = timedelta(0)) -> list[str]:
    """Send what is due; what the chat was told of the call so far."""
    place.clock.set(place.clock() + later)
    deliver = TelegramChat(place.database, place.clock).deliver
    ways = {Way.TELEGRAM: deliver}
    await Notifier(database=place.database, clock=place.clock, texts=written, ways=ways).work_off()
    await place.telegram.sender.work_off()
    return [text for text in place.emulator.texts(CHAT) if "arauksesi" in text]


def states(place: Place, callback: Callback) -> list[tuple[str, Way | None, str | None]]:
    found = place.database.read_now(lambda s: notice_outbox.of_callback(s, callback.id, EVERYWHERE))
    return [(one.state, one.way, one.reason) for one in found]


async def test_the_chat_is_told_once_and_staff_see_that_telegram_took_it(place: Place) -> None:
    callback = await books(place, message_allowed=True)
    assert await notify(place) == [RECEIVED]
    assert states(place, callback) == [("waiting", Way.TELEGRAM, None)]
    assert await notify(place, timedelta(seconds=10)) == [RECEIVED]
    assert states(place, callback) == [("sent", Way.TELEGRAM, None)]
    assert await notify(place, timedelta(hours=1)) == [RECEIVED]


async def test_who_allows_no_message_is_told_nothing_there(place: Place) -> None:
    callback = await books(place, message_allowed=False)
    assert await notify(place) == []
    assert states(place, callback) == []


async def test_a_chat_that_has_blocked_us_is_seen_as_not_reached(place: Place) -> None:
    callback = await books(place, message_allowed=True)
    place.emulator.blocked.add(CHAT)
    await notify(place)
    await notify(place, timedelta(seconds=10))
    assert states(place, callback) == [("failed", Way.TELEGRAM, "blocked")]


async def test_stop_ends_the_notices_too(place: Place) -> None:
    callback = await books(place, message_allowed=True)
    await place.hears(says("/stop"))
    assert await notify(place) == []
    assert states(place, callback) == [("dropped", None, "not_wanted")]


async def test_nobody_can_have_notices_sent_to_a_chat_by_writing_its_number(place: Place) -> None:
    sender = "0123456789abcdef" * 2
    told = (
        f"/SetSlots(telegram_chat={CHAT})", '/SetSlots(municipality="Järvenpää")', "/parental_exhaustion",
        "/request_callback", '/SetSlots(phone="050 123 4567")', '/SetSlots(time="anytime")',
        "/SetSlots(message_allowed=true)", "/SetSlots(confirm=true)",
    )  # fmt: skip
    for text in told:
        sent = {"sender": sender, "message": text, "message_id": text, "language": "fi"}
        await place.client.post("/chat/messages", json=sent)
    (callback,) = place.database.read_now(lambda s: reading.list_waiting(s, EVERYWHERE))[0]
    assert callback.request.telegram_chat is None
    assert await notify(place) == []
