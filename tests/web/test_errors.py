"""Error pages: in the reader's language, with the numbers where a person answers."""

from io import BytesIO

import pytest
from structlog.testing import capture_logs

from tests.web.conftest import Client
from tests.web.family_app import TEXTS

SENDER = "0" * 32


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(
    ("status", "path", "data"),
    [
        (404, "/no-such-page", None),
        (404, "/my/7K3M9QXTR2VB", None),
        (405, "/help", {"a": "b"}),
        (413, "/chat", {"message": "x" * 70_000}),
        (500, "/chat", {"message": "rikki"}),
    ],
)
async def test_every_error_page_is_in_the_readers_language_and_carries_112(
    client: Client, language: str, status: int, path: str, data: dict[str, str] | None
) -> None:
    headers = {"Accept-Language": language}
    response = await (
        client.post(path, data=data, headers=headers) if data else client.get(path, headers=headers)
    )
    page = await response.text()
    assert response.status == status
    assert f'lang="{language}"' in page
    assert TEXTS.text(f"page_error_{status}_title", language) in page
    assert 'href="tel:112"' in page


@pytest.mark.usefixtures("standing_time")
async def test_a_flood_is_answered_in_the_readers_language_with_112(client: Client) -> None:
    data = {"message": "hei", "sender": SENDER}
    answers = [await client.post("/chat", data=data, headers={"Accept-Language": "sv"}) for _ in range(45)]
    last = answers[-1]
    assert last.status == 429
    assert last.headers["Retry-After"] == "60"
    page = await last.text()
    assert TEXTS.text("page_error_429_title", "sv") in page
    assert 'href="tel:112"' in page


async def test_what_was_written_is_shown_back_when_it_was_too_long(client: Client) -> None:
    words = "Tämä on alku. " + "jatkoa " * 3_000
    page = await (await client.post("/chat", data={"message": words})).text()
    assert "Tämä on alku." in page
    far_too_long = await client.post("/chat", data={"sender": SENDER, "message": words * 10})
    assert far_too_long.status == 413
    assert "Tämä on alku." in await far_too_long.text()


async def test_an_attachment_is_refused_kindly(client: Client) -> None:
    response = await client.post("/chat", data={"message": "hei", "file": BytesIO(b"\x89PNG")})
    multipart = await client.post(
        "/chat", data=b"--x\r\n\r\n--x--", headers={"Content-Type": "multipart/form-data; boundary=x"}
    )
    assert {response.status, multipart.status} == {415}
    assert TEXTS.text("page_error_415_title", "fi") in await multipart.text()


async def test_a_failure_is_logged_without_anybodys_words(client: Client) -> None:
    with capture_logs() as lines:
        await client.post("/chat", data={"message": "rikki"})
    assert [line["kind"] for line in lines] == ["RuntimeError"]
    assert "nobody may read" not in str(lines)


async def test_the_code_in_an_address_reaches_no_log(client: Client) -> None:
    with capture_logs() as lines:
        await client.get("/my/7K3M9QXTR2VB")
    assert "7K3M" not in str(lines)


@pytest.mark.parametrize("path", ["/api/v1/none", "/webhooks/none", "/model/none", "/chat/messages"])
async def test_programs_get_problem_json(client: Client, path: str) -> None:
    response = await client.get(path)
    assert response.content_type == "application/problem+json"
    assert (await response.json())["status"] == response.status
