"""Entries in files: mistakes told by line, and files written back as the same entries."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot import content
from bot.content import ContentError
from bot.guidance import reading
from bot.guidance.importing import ptv
from tests.guidance.conftest import CATALOGUE
from tests.registers import registers

SAMPLE = CATALOGUE / "services" / "esimerkkila-perhetupa.yaml"

GOOD = """\
id: perheohjaus
name: {fi: Perheohjaus}
summary: {fi: Ohjaaja kuuntelee ja neuvoo.}
provider: {fi: Kunta}
areas: {scope: whole_country}
needs: [upbringing]
"""


def problems_of(text: str) -> list[str]:
    with pytest.raises(ContentError) as raised:
        reading.parse_service(content.parse(text.encode(), Path("x.yaml")))
    return [str(problem) for problem in raised.value.problems]


def test_the_sample_shows_every_field_an_entry_can_have() -> None:
    service = reading.read_service(SAMPLE)
    written = service.plain()
    defaults_shown = {"kind", "status", "urgency", "self_service", "for_young"}
    # It is not archived, so it gives no reason for that.
    assert type(service).model_fields.keys() - written.keys() - defaults_shown == {"archived_reason"}
    assert service.fictional
    assert service.verified.at == date(2026, 11, 12)


@pytest.mark.parametrize("path", reading.services_in(CATALOGUE), ids=lambda path: path.stem)
def test_an_entry_written_back_is_the_same_entry(path: Path) -> None:
    service = reading.read_service(path)
    written = reading.export(service)
    again = reading.parse_service(content.parse(written.encode(), path))
    assert again == service
    assert reading.export(again) == written


@pytest.mark.parametrize("register", ["ptv_2018", "ptv_2021_mikkeli"])
def test_what_a_register_brought_in_is_written_out_and_read_again_as_it_was(
    tmp_path: Path, register: str
) -> None:
    folder = registers() / register
    lines = {
        kind: [
            json.loads(line)
            for line in (folder / f"{kind}.scrubbed.jsonl").read_text(encoding="utf-8").splitlines()
        ]
        for kind in ("services", "servicechannels")
    }
    channels = {one["id"]: one for one in lines["servicechannels"]}
    brought = (ptv.read(one, channels, today=date(2026, 11, 24)).service for one in lines["services"])
    services = tuple({service.id: service for service in brought}.values())
    reading.export_all(services, tmp_path)
    again = reading.read_services(tmp_path)
    assert {one.id: one for one in again} == {one.id: one for one in services}
    assert [reading.export(one) for one in again] == [
        path.read_text(encoding="utf-8") for path in reading.services_in(tmp_path)
    ]


def test_an_export_leaves_unchanged_files_as_they_were_written(tmp_path: Path) -> None:
    service = reading.read_service(SAMPLE)
    copy = tmp_path / "services" / SAMPLE.name
    reading.export_all((service,), tmp_path)
    copy.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    reading.export_all((service,), tmp_path)
    assert copy.read_text(encoding="utf-8") == SAMPLE.read_text(encoding="utf-8")
    changed = service.model_copy(update={"anonymous": "no"})
    reading.export_all((changed,), tmp_path)
    assert reading.read_service(copy) == changed


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("hinta: 12", "x.yaml:7: 'hinta' is not a field here (correct its name or remove it)"),
        (
            "kind: kerho",
            "x.yaml:7: 'kind' cannot be 'kerho' (use one of 'service' or 'permit_or_obligation')",
        ),
        ("wait: {fi: 5}", "x.yaml:7: 'wait.fi' must be text (put it in quotes)"),
        ("self_service: kyllä", "x.yaml:7: 'self_service' must be true or false (write true or false)"),
        ("ages: {min: 7, max: 3}", "x.yaml:7: 'ages': the youngest age is above the oldest (correct it)"),
        (
            "channels: [{kind: phone}]",
            "x.yaml:7: 'channels.0': a phone channel needs its number (correct it)",
        ),
        (
            "channels:\n  - kind: phone\n    number: '050 123'",
            "x.yaml:9: 'channels.0.number': not a telephone number (correct it)",
        ),
        (
            "hours: [{days: [mon]}]",
            "x.yaml:7: 'hours.0': weekly hours need days, opens and closes (correct it)",
        ),
        (
            "hours:\n  - {days: [mon], opens: '25:00', closes: '26:00'}",
            "x.yaml:8: 'hours.0.opens' cannot be '25:00' (write it as 09:00, in quotes)",
        ),
        (
            "channels:\n  - {kind: web, url: {fi: www.kunta.fi}}",
            "x.yaml:8: 'channels.0.url.fi' cannot be 'www.kunta.fi' (write it as https://…)",
        ),
        ("verified: {at: eilen}", "x.yaml:7: 'verified.at' cannot be 'eilen' (write the date as 2026-11-24)"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_what_to_do(line: str, told: str) -> None:
    assert told in problems_of(GOOD + line + "\n")


def test_several_mistakes_are_told_together() -> None:
    text = GOOD.replace("needs: [upbringing]", "needs: [boredom]").replace("{fi: Kunta}", "{sv: Kommun}")
    assert problems_of(text) == [
        "x.yaml:4: 'provider.fi' is missing (add it)",
        "x.yaml:6: 'needs': no such need: boredom (correct it)",
    ]


def test_a_summary_over_its_limit_is_refused_with_its_length() -> None:
    assert problems_of(GOOD.replace("Ohjaaja kuuntelee ja neuvoo.", "a" * 151)) == [
        "x.yaml:3: 'summary': fi is 151 characters long, 150 is the most (correct it)"
    ]


def test_a_file_must_carry_the_name_of_its_entry(tmp_path: Path) -> None:
    path = tmp_path / "toinen.yaml"
    path.write_text(GOOD, encoding="utf-8")
    with pytest.raises(ContentError, match="id 'perheohjaus' differs from the file's name"):
        reading.read_service(path)


def test_the_mistakes_of_all_files_are_told_together(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    for name in ("a", "b"):
        (tmp_path / "services" / f"{name}.yaml").write_text(f"id: {name}\n", encoding="utf-8")
    with pytest.raises(ContentError) as raised:
        reading.read_services(tmp_path)
    assert {Path(problem.file).stem for problem in raised.value.problems} == {"a", "b"}
