"""The API's own description: OpenAPI 3.1, of exactly what is served."""

import re
from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from sqlalchemy.orm import Session

from bot.api.routes import CALLS
from bot.clock import SettableClock
from bot.database import Database
from bot.staff import tokens
from bot.staff.permissions import PERMISSIONS, Role
from tests.staff.building import Client, a_client, a_request, a_token, an_app

REF = re.compile(r"#/components/schemas/(\w+)")


@pytest.fixture
async def client(sqlite_database: Database, clock: SettableClock) -> Any:
    opened = await a_client(an_app(sqlite_database, clock))
    yield opened
    await opened.close()


def refs(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            else:
                yield from refs(value)
    elif isinstance(part, list):
        for item in part:
            yield from refs(item)


async def test_the_document_describes_every_call_and_refers_to_nothing_missing(client: Client) -> None:
    document = await (await client.get("/api/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    assert described == {(call.method, call.path) for call in CALLS}
    for ref in refs(document):
        found = REF.fullmatch(ref)
        assert found, ref
        assert found[1] in document["components"]["schemas"], ref
    operations = [operation for item in document["paths"].values() for operation in item.values()]
    ids = [operation["operationId"] for operation in operations]
    assert len(set(ids)) == len(ids)
    for path, item in document["paths"].items():
        for operation in item.values():
            named = {one["name"] for one in operation["parameters"] if one["in"] == "path"}
            assert named == set(re.findall(r"\{(\w+)\}", path))
            assert {"401", "403"} <= operation["responses"].keys()
    for name, schema in document["components"]["schemas"].items():
        jsonschema.Draft202012Validator.check_schema(schema), name


async def test_outcomes_are_an_enumeration_with_enough_among_them(client: Client) -> None:
    document = await (await client.get("/api/openapi.json")).json()
    assert "enough" in document["components"]["schemas"]["Outcome"]["enum"]


async def test_answers_are_as_the_document_says(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    document = await (await client.get("/api/openapi.json")).json()
    a_request(sqlite_database, clock)
    token = a_token(sqlite_database, clock, "kone")
    answer = await (await client.get("/api/v1/callbacks", headers=token)).json()
    schema = {"$ref": "#/components/schemas/CallbacksOut", "components": document["components"]}
    jsonschema.Draft202012Validator(schema).validate(answer)


async def test_the_page_lists_every_call(client: Client) -> None:
    page = await (await client.get("/api/docs")).text()
    for call in CALLS:
        assert call.path in page
        assert call.summary.partition("'")[0] in page


async def test_each_call_says_which_scope_a_narrowed_token_needs_and_is_refused_without_it(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    document = await (await client.get("/api/openapi.json")).json()
    roles: tuple[Role, ...] = ("coordinator", "owner")
    for role in roles:

        def narrowed(session: Session, role: Role = role) -> str:
            scopes = ["catalogue:read", "figures:read"]
            return tokens.add(session, name=role, role=role, now=clock(), scopes=scopes)

        token = sqlite_database.write_now(narrowed)
        for call in CALLS:
            (scope,) = document["paths"][call.path][call.method.lower()]["security"][0]["token"]
            path = call.path.replace("{id}", "0" * 32)
            answer = await client.request(call.method, path, headers={"Authorization": f"Bearer {token}"})
            if scope not in ("catalogue:read", "figures:read"):
                assert answer.status == 403, call.path
            elif call.permission in PERMISSIONS[role]:
                assert answer.status in (200, 404), call.path
