"""The REST channel answers as Rasa's own does."""

import json

import pytest
from aiohttp.test_utils import TestClient, TestServer, make_mocked_request

from bot.channels.incoming import read_message
from bot.web import appkeys
from tests.web.conftest import Client
from tests.web.family_app import GUIDANCE, HOME_HELP, family_app

WEBHOOK = "/webhooks/rest/webhook"


async def test_an_answer_is_a_list_of_messages_for_the_recipient(client: Client) -> None:
    response = await client.post(WEBHOOK, json={"sender": "abc", "message": "väsyttää"})
    messages = await response.json()
    assert {message["recipient_id"] for message in messages} == {"abc"}
    assert all(message["text"] for message in messages)
    assert messages[-1]["buttons"][0] == {"title": "Pyydä soitto", "payload": "/ask_callback"}


async def test_what_front_ends_read_rides_on_the_last_message_only(client: Client) -> None:
    response = await client.post(WEBHOOK, json={"sender": "abc", "message": "väsyttää"})
    *earlier, last = await response.json()
    assert last["custom"] == {
        "urgency": "none",
        "services": [GUIDANCE.id, HOME_HELP.id],
        "callback": None,
        "language": "fi",
        "asks": "callback_offer",
    }
    assert not [message for message in earlier if "urgency" in message.get("custom", {})]


def test_two_senders_who_number_alike_never_share_an_id() -> None:
    request = make_mocked_request("POST", WEBHOOK, app=family_app())
    ids = [read_message(request, "rest", sender, "hei", {"message_id": "1"}).message_id for sender in "aba"]
    assert ids[0] == ids[2] != ids[1]


async def test_a_booking_tells_its_code(client: Client) -> None:
    response = await client.post(WEBHOOK, json={"sender": "abc", "message": "varaa soitto"})
    assert (await response.json())[-1]["custom"]["callback"]["code"] == "K7QM-2XTR-9H4B"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'{"sender": "abc"}', "application/json", 400),
        (b'{"sender": "abc", "message": 5}', "application/json", 400),
        (b'{"sender": {}, "message": "hei"}', "application/json", 400),
        (b'{"sender": "abc", "message": "hei", "metadata": 3}', "application/json", 400),
        (b"sender=abc&message=hei", "application/x-www-form-urlencoded", 415),
        (b"--x", "multipart/form-data; boundary=x", 415),
        (json.dumps({"sender": "abc", "message": "x" * 9_000}).encode(), "application/json", 413),
        (json.dumps({"sender": "abc", "message": "x" * 90_000}).encode(), "application/json", 413),
    ],
)
async def test_bad_input_is_a_problem_that_says_what_to_send(
    client: Client, body: bytes, kind: str, status: int
) -> None:
    response = await client.post(WEBHOOK, data=body, headers={"Content-Type": kind})
    assert response.status == status
    assert response.content_type == "application/problem+json"
    assert (await response.json())["detail"]


async def test_without_a_demo_the_channel_needs_its_token() -> None:
    async with TestClient(TestServer(family_app(demo=False, token="channel-secret"))) as client:
        body = {"sender": "abc", "message": "hei"}
        assert (await client.post(WEBHOOK, json=body)).status == 401
        wrong = await client.post(WEBHOOK, json=body, headers={"Authorization": "Bearer other"})
        assert wrong.status == 401
        right = await client.post(WEBHOOK, json=body, headers={"Authorization": "Bearer channel-secret"})
        assert right.status == 200


async def test_without_a_demo_and_without_a_token_the_channel_is_closed() -> None:
    async with TestClient(TestServer(family_app(demo=False))) as client:
        response = await client.post(WEBHOOK, json={"sender": "abc", "message": "hei"})
        assert response.status == 401
        assert response.headers["WWW-Authenticate"] == "Bearer"


async def test_half_an_emoji_is_no_reason_to_fail(client: Client) -> None:
    body = b'{"sender": "abc\\ud800", "message": "v\\u00e4sytt\\u00e4\\u00e4 \\ud83d", "metadata": {"a": ["\\udc00"]}}'
    response = await client.post(WEBHOOK, data=body, headers={"Content-Type": "application/json"})
    assert response.status == 200
    messages = await response.json()
    assert {message["recipient_id"] for message in messages} == {"abc\N{REPLACEMENT CHARACTER}"}
    assert messages[-1]["custom"]["services"] == [GUIDANCE.id, HOME_HELP.id]


async def test_a_page_we_were_told_of_may_read_the_answer_and_no_other() -> None:
    app = family_app()
    app[appkeys.EMBED_ORIGINS] = frozenset({"https://www.example.org"})
    async with TestClient(TestServer(app)) as client:
        for origin, status, allowed in (
            ("https://www.example.org", 204, True),
            ("https://evil.example", 403, False),
        ):
            headers = {"Origin": origin, "Sec-Fetch-Site": "cross-site"}
            asked = await client.options(WEBHOOK, headers=headers)
            answered = await client.post(WEBHOOK, json={"sender": "abc", "message": "hei"}, headers=headers)
            assert asked.status == status
            found = [response.headers.get("Access-Control-Allow-Origin") for response in (asked, answered)]
            assert found == [origin if allowed else None] * 2
