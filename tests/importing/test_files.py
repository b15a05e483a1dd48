"""Files that mean harm, and files that are only broken: refused at once with file and line, nothing written."""

import json
import stat
import zipfile
from pathlib import Path

import pytest

from bot.content import ContentError
from bot.guidance.importing import files

GOOD = {"id": "1", "name": "Perhetyö"}


def refused(*paths: Path) -> str:
    with pytest.raises(ContentError) as error:
        list(files.records(paths))
    return str(error.value)


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_lists_lines_answers_folders_and_zips_are_read(tmp_path: Path) -> None:
    one = json.dumps(GOOD, ensure_ascii=False)
    written(tmp_path, "a.json", f"\ufeff[{one},\n{one}]")
    written(tmp_path, "b.jsonl", f"{one}\n\n{one}\n")
    written(tmp_path, "c.json", json.dumps({"page": 1, "items": [GOOD, GOOD]}))
    written(tmp_path, "readme.txt", "not read")
    with zipfile.ZipFile(tmp_path / "d.zip", "w") as packed:
        packed.writestr("folder/e.ndjson", one)
        packed.writestr("readme.txt", "not read")
    found = list(files.records([tmp_path]))
    assert [one.data["name"] for one in found] == ["Perhetyö"] * 7
    assert [(Path(one.file).name, one.line) for one in found[:4]] == [
        ("a.json", 1),
        ("a.json", 2),
        ("b.jsonl", 1),
        ("b.jsonl", 3),
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ('[{"id": 1},\n{"id": ', "f.json:2: not valid JSON"),
        ('[{"id": 1},\n', "f.json:2: the list does not end"),
        ('[{"id": 1}]\n[]', "f.json:2: more after the end"),
        ('[{"id": 1},\n7]', "f.json:2: a record that is no object"),
        ('{"items": [7]}', "f.json:1: a record that is no object"),
        ('\n{"id": 1, "id": 2}', "a field stands twice"),
        ('{"id": NaN}', "NaN is no number"),
        ('{"id": "\\ud800"}', "half a character"),
        ('{"id": "\\u0000"}', "half a character or a NUL"),
        ('{"id": "\x00"}', "f.json:1: holds a NUL"),
        ('{"a":' * 200_000, "deep"),
        ('{"a":' * 31 + "1" + "}" * 31, "deep"),
        ('{"a": ' + "[" * 100_000 + "]" * 100_000 + "}", "deep"),
        ('{"a": ' + "9" * 10_000 + "}", "f.json:1"),
        ("- &a [*a]", "f.json:1: not valid JSON"),
        ('{"name": "Perhetyö"}'.encode("latin-1"), "f.json:1: not UTF-8"),
        ('{"name": "Perhetyö"}'.encode("utf-16"), "not UTF-8 but UTF-16"),
        ('{"name": "Perhetyö"}'.encode("utf-16-be"), "not UTF-8 but UTF-16"),
        (b'{"id": 1}\n\n{"name": "\xe4"}', "f.json:3: not UTF-8"),
    ],
)
def test_a_broken_file_is_refused_at_its_line(tmp_path: Path, content: str | bytes, what: str) -> None:
    assert what in refused(written(tmp_path, "f.json", content))


def test_what_is_too_large_is_refused_unread(tmp_path: Path) -> None:
    whole, line = tmp_path / "f.json", tmp_path / "f.jsonl"
    for path in (whole, line):
        with path.open("wb") as file:
            file.truncate(60 * 1024 * 1024)
    assert "larger than 50 MiB" in refused(whole)
    assert "f.jsonl:1: a line of more than 2 MiB" in refused(line)


def test_files_of_other_kinds_and_links_are_not_read(tmp_path: Path) -> None:
    assert "not a file that can be imported" in refused(written(tmp_path, "f.yaml", "a: 1"))
    assert "no such file" in refused(tmp_path / "absent.json")
    (tmp_path / "linked.json").symlink_to("/etc/hostname")
    assert list(files.records([tmp_path])) == []


@pytest.mark.parametrize("name", ["../f.json", "/f.json", "a/../../f.json", "C:f.json", "..\\f.json"])
def test_names_that_lead_out_of_a_zip_are_refused(tmp_path: Path, name: str) -> None:
    with zipfile.ZipFile(tmp_path / "f.zip", "w") as packed:
        packed.writestr("good.json", json.dumps(GOOD))
        packed.writestr(name, json.dumps(GOOD))
    assert "leads out of the file" in refused(tmp_path / "f.zip")


def test_bombs_links_and_zips_in_zips_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.json")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    cases: dict[str, tuple[str | zipfile.ZipInfo, bytes]] = {
        "packed more than 1:100": ("bomb.json", b" " * 20_000_000),
        "unpacks to more than 50 MiB": ("large.json", b" " * (51 * 1024 * 1024)),
        "packed once more": ("inner.zip", b"PK"),
        "is a link": (link, b"/etc/hostname"),
    }
    for what, (name, content) in cases.items():
        path = tmp_path / "f.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr(name, content)
        assert what in refused(path)


def test_what_only_calls_itself_a_zip_is_refused(tmp_path: Path) -> None:
    assert "not a zip file" in refused(written(tmp_path, "f.zip", b"PK\x03\x04 and no more"))
