"""The chat on the page: as chat.js uses it, as a plain form, and under a flood."""

import re

import pytest

from bot.channels.incoming import is_web_sender
from tests.web.conftest import Client
from tests.web.family_app import GUIDANCE

MESSAGES = "/chat/messages"


def _body(message: str, sender: str = "a" * 32, **more: str) -> dict[str, str]:
    return {"sender": sender, "message": message, "message_id": "m1", "language": "fi"} | more


async def test_a_message_is_answered_with_what_to_show(client: Client) -> None:
    answer = await (await client.post(MESSAGES, json=_body("väsyttää"))).json()
    assert [reply["style"] for reply in answer["replies"]][:2] == ["heard", "plain"]
    cards = [reply["card"] for reply in answer["replies"] if reply["card"]]
    assert cards[0]["name"] == GUIDANCE.name
    assert answer["asks"] == "callback_offer"
    assert answer["words"]["contact"] == "Ota yhteyttä"


async def test_an_answer_in_another_language_brings_its_words_along(client: Client) -> None:
    answer = await (await client.post(MESSAGES, json=_body("in English please"))).json()
    assert (answer["language"], answer["direction"], answer["page_exists"]) == ("en", "ltr", True)
    assert answer["words"]["contact"] == "Get in touch"


@pytest.mark.parametrize("sender", ["", "abc", "A" * 32, "a" * 33])
async def test_only_ids_of_our_own_form_are_senders(client: Client, sender: str) -> None:
    assert (await client.post(MESSAGES, json=_body("hei", sender=sender))).status == 400


async def test_each_page_brings_a_new_sender(client: Client) -> None:
    found = [
        re.findall(r'name="sender" value="([^"]+)"', await (await client.get("/chat")).text()) for _ in "ab"
    ]
    assert all(is_web_sender(sender) for senders in found for sender in senders)
    assert found[0][0] != found[1][0]


async def test_a_long_message_is_refused_with_words_for_its_writer(client: Client) -> None:
    response = await client.post(MESSAGES, json=_body("x" * 9_000))
    assert response.status == 413
    assert (await response.json())["detail"].startswith("Viestisi on pitkä.")


@pytest.mark.usefixtures("standing_time")
async def test_one_sender_in_a_flood_is_stopped_and_another_is_not(client: Client) -> None:
    statuses = [(await client.post(MESSAGES, json=_body("hei"))).status for _ in range(50)]
    assert statuses.count(200) == 40
    assert statuses[-1] == 429
    assert (await client.post(MESSAGES, json=_body("hei", sender="b" * 32))).status == 200


async def test_a_crisis_is_answered_in_any_flood(client: Client) -> None:
    for _ in range(50):
        await client.post(MESSAGES, json=_body("hei"))
    response = await client.post(MESSAGES, json=_body("aion tappaa itseni"))
    assert response.status == 200
    answer = await response.json()
    assert answer["urgency"] == "immediate"
    card = answer["replies"][0]["card"]
    assert card["contacts"][0]["href"] == "tel:112"


async def test_the_chat_works_as_a_plain_form(client: Client) -> None:
    first = await (await client.get("/chat")).text()
    sender = re.findall(r'name="sender" value="([^"]+)"', first)[0]
    page = await (await client.post("/chat", data={"sender": sender, "message": "väsyttää <b>"})).text()
    assert "väsyttää &lt;b&gt;" in page
    assert GUIDANCE.name in page
    assert 'href="tel:+358501234567"' in page
    assert 'value="/ask_callback"' in page
    assert sender in page


async def test_an_empty_form_asks_for_a_word(client: Client) -> None:
    page = await (await client.post("/chat", data={"message": "  "})).text()
    assert "Yksikin sana riittää." in page


@pytest.mark.parametrize(
    ("query", "cookie", "accepted", "expected"),
    [
        ("", None, "", "fi"),
        ("", None, "de, sv;q=0.8, en;q=0.9", "en"),
        ("", "sv", "en", "sv"),
        ("?lang=en", "sv", "fi", "en"),
        ("?lang=xx", None, "sv-FI", "sv"),
        ("", None, "en;q=0, sv;q=nonsense", "fi"),
    ],
)
async def test_the_language_is_what_was_asked_then_chosen_then_the_browsers(
    client: Client, query: str, cookie: str | None, accepted: str, expected: str
) -> None:
    cookies = {"Cookie": f"language={cookie}"} if cookie else {}
    page = await client.get(f"/{query}", headers={"Accept-Language": accepted} | cookies)
    assert f'<html lang="{expected}"' in await page.text()
    assert ("language" in page.cookies) == (query == "?lang=en")


async def test_the_empty_page_forgets_the_language(client: Client) -> None:
    await client.get("/?lang=sv")
    left = await client.get("/exit")
    assert left.cookies["language"].value == ""
    page = await left.text()
    assert "Perheovi" not in page
    assert "<a" not in page
