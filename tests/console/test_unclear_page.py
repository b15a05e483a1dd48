"""Messages that were not understood become training sentences, by the hands of staff."""

from pathlib import Path

import pytest

from bot.clock import SettableClock
from bot.database import Database
from bot.learning import unclear
from bot.understanding import training_data
from tests.staff.building import Client, a_person, signed_in

PAGE = "/staff/unclear"


@pytest.fixture
async def editor(client: Client, sqlite_database: Database, clock: SettableClock) -> Client:
    await signed_in(client, a_person(sqlite_database, clock, "Saara Kivelä", "admin"))
    return client


@pytest.fixture
def message(sqlite_database: Database, clock: SettableClock) -> str:
    text = 'vaavi [valvoo] & "huutaa" <b>'
    sqlite_database.write_now(lambda s: unclear.keep(s, text, language="fi", now=clock()))
    return sqlite_database.read_now(unclear.inbox)[0].id


async def test_a_filed_message_comes_out_as_training_data_that_can_be_read(
    editor: Client, message: str, tmp_path: Path
) -> None:
    assert "vaavi [valvoo] &amp;" in await (await editor.get(PAGE)).text()
    form = {
        "what": "file",
        "need": "infant_care",
        "act": "request_callback",
        "text": "vaavi [valvoo]\n& huutaa",
    }
    filed = await editor.post(f"{PAGE}/{message}", data=form)
    assert "Vauvan hoito, Soittopyyntö" in await filed.text()
    taken = await editor.get(f"{PAGE}/fi.yml")
    (tmp_path / "fi" / "both").mkdir(parents=True)
    (tmp_path / "fi" / "both" / "proposed.yml").write_bytes(await taken.read())
    assert [(one.label, one.text) for one in training_data.load(tmp_path)] == [
        ("infant_care+request_callback", "vaavi (valvoo) & huutaa")
    ]


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"need": "", "act": "", "text": "vaavi"}, "Valitse asia tai pyyntö, tai molemmat."),
        ({"need": "nonsense", "act": "", "text": "vaavi"}, "Valitse asia tai pyyntö, tai molemmat."),
        ({"need": "infant_care", "act": "", "text": ""}, "Kirjoita lause ennen tallentamista."),
    ],
)
async def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    editor: Client, message: str, form: dict[str, str], said: str
) -> None:
    answer = await editor.post(f"{PAGE}/{message}", data={"what": "file", **form})
    page = await answer.text()
    assert (answer.status, said in page) == (422, True)
    assert not form["text"] or ">vaavi</textarea>" in page


async def test_a_message_can_be_deleted(editor: Client, message: str, sqlite_database: Database) -> None:
    assert (
        "Viesti on poistettu." in await (await editor.post(f"{PAGE}/{message}", data={"what": "drop"})).text()
    )
    assert sqlite_database.read_now(unclear.inbox) == []
    assert (await editor.post(f"{PAGE}/{message}", data={"what": "drop"})).status == 404


@pytest.mark.usefixtures("message")
async def test_an_advisor_does_not_see_them(
    client: Client, sqlite_database: Database, clock: SettableClock
) -> None:
    await signed_in(client, a_person(sqlite_database, clock, "Aino Lehtola"))
    assert (await client.get(PAGE)).status == 403
    assert (await client.get(f"{PAGE}/fi.yml")).status == 403
