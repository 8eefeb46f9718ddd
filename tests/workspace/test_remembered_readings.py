"""A ledger that has not changed is not read again, and what is remembered is never taken for what it is not."""

import hashlib
import hmac
import json
import os
import shutil
import tracemalloc
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import ClassVar

import openpyxl
import pytest

from pipeline.ledgers.kinds import KIND_OF, LEDGER_KINDS
from pipeline.ledgers.on_site import ON_SITE
from pipeline.outputs.manifest import READINGS
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.limits import REMEMBERED_OF_A_FILE
from pipeline.records.record import LedRecord, Record
from pipeline.records.source import CellPlace, Seen, SeenCells, Source
from pipeline.spreadsheets.readers import Read, Readers
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.tables import reader
from pipeline.tables.file_reading import FileReading
from pipeline.tasks.year_ledgers import ledgers_of
from pipeline.workspace import Workspace, readings
from pipeline.workspace.own_key import own_key
from pipeline.workspace.readings import NOT_USED, Readings
from tests import build
from tests.faults.small_workspace import REPOSITORY, SPONSORED, gongwen, small_workspace

FIRST = "inputs/2027/包联/2027年重大项目包联清单（重大前期）.xlsx"  # in the order of places
OTHER_UNIT = ('"默认金额单位" = "万元"', '"默认金额单位" = "亿元"')
DIRECTORY = "2027/名册/责任单位名册.xlsx"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = small_workspace(tmp_path)
    shutil.copytree(REPOSITORY / "inputs/2027/申报", root / "inputs/2027/申报")
    (root / "outputs").mkdir()
    return root


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were opened, as a test goes on."""
    names: list[str] = []
    real = Readers.read_all

    def read_all(self: Readers, paths: Sequence[Path]) -> Generator[Read, None, None]:
        names.extend(path.name for path in paths)
        return real(self, paths)

    monkeypatch.setattr(Readers, "read_all", read_all)
    return names


def read(root: Path, *, anew: bool = False) -> Ledgers:
    workspace = Workspace.open(root)
    return ledgers_of(workspace, 2027, workspace.settings(), anew=anew)


def same(one: Ledgers, other: Ledgers) -> bool:
    """To the last cell, which equality of records leaves aside."""

    def cells(ledgers: Ledgers) -> list[dict[str, Seen]]:
        rows = (ledgers.declarations, ledgers.sponsorships, ledgers.nodes, ledgers.units)
        return [dict(row.source.cells) for kind in rows for row in kind]

    return one == other and cells(one) == cells(other)


def remembering(root: Path) -> Readings:
    workspace = Workspace.open(root)
    return Readings.open(workspace, workspace.settings())


def edit(path: Path, cell: str, value: str | int) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0][cell] = value
    book.save(path)


def first_declared(root: Path) -> Path:
    return sorted((root / "inputs/2027/申报").glob("*.xlsx"))[0]


def test_what_has_not_changed_is_not_opened(root: Path, opened: list[str]) -> None:
    first = read(root)
    assert len(opened) == len(first.files) > 10
    opened.clear()
    assert same(read(root), first)
    assert opened == []


def test_a_whole_year_is_the_same_when_remembered(issued_year: Path, opened: list[str], tmp_path: Path) -> None:
    root = shutil.copytree(issued_year, tmp_path / "workspace")
    remembered = read(root)
    assert opened == []
    assert any(finding.field for finding in remembered.findings)  # fields are compared by identity
    assert same(read(root, anew=True), remembered)
    assert len(opened) == len(remembered.files)


@dataclass(frozen=True)
class _Visit(LedRecord):
    """A row of a ledger that there was none of before."""

    ledger: ClassVar[str] = "visit"
    visited_on: date | None
    spent: Decimal | None


def test_the_records_of_any_ledger_come_back(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A ledger is remembered because it is listed among the kinds: nothing else knows its records."""
    source = Source("甲.xlsx", "一", 3, SeenCells({"serial": CellPlace(0, "A")}, 3, "1", frozenset()))
    both = ("甲局", "乙局")
    known: tuple[Record, ...] = (
        build.declaration().with_units(both), build.sponsorship(lead_units=both), build.team(), build.node(),
        build.progress(3), build.problem(), build.procedure(), build.leader(), build.unit(), build.reserve(),
        build.score(), build.receipt("月报", 3, "2027-03-28 09:00"),
    )  # fmt: skip
    assert [record.ledger for record in known] == [kind.slug for kind in LEDGER_KINDS]
    monkeypatch.setitem(KIND_OF, "visit", replace(ON_SITE, record=_Visit))
    visit = _Visit(source, "甲项目", "甲局", date(2027, 3, 1), Decimal("1.50"), joint_units=both)
    records = (*(replace(record, source=source) for record in known), visit)
    reading = FileReading(LedgerFile("甲.xlsx", "0" * 64, ("visit",), len(records)), records, ())
    readings = remembering(root)
    readings.keep("甲.xlsx", reading, 2027, ())
    assert readings.recall("甲.xlsx", "0" * 64, 2027, ()) == reading


def test_one_changed_cell_opens_one_file(root: Path, opened: list[str]) -> None:
    first, path = read(root), first_declared(root)
    opened.clear()
    row = next(each for each in first.declarations if path.name in each.source.file)
    cell = next(seen.cell for slug, seen in row.source.cells.items() if slug == "total_investment")
    edit(path, cell, 987_654)
    second = read(root)
    assert opened == [path.name]
    assert not same(second, first)
    assert same(second, read(root, anew=True))


def test_the_directory_the_choices_and_the_name_decide_too(root: Path, opened: list[str]) -> None:
    read(root)
    path = first_declared(root)
    renamed = path.with_name(f"新名{path.name}")
    path.rename(renamed)
    opened.clear()
    assert any(renamed.name in each.file for each in read(root).files)
    assert opened == [renamed.name]

    directory = root / "inputs" / DIRECTORY
    before = read(root)
    unit = before.units[0]
    edit(
        directory,
        next(seen.cell for seen in unit.source.cells.values() if seen.text == unit.name),
        "示例新设局",
    )
    opened.clear()
    assert same(read(root), read(root, anew=True))
    assert len(opened) == 2 * len(before.files) - 1  # 区领导名册 is read before any unit is known

    choices = root / "inputs/office.toml"
    choices.write_text(choices.read_text("utf-8").replace(*OTHER_UNIT), "utf-8")
    opened.clear()
    read(root)
    assert len(opened) == len(before.files)


def test_another_program_reads_for_itself(root: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    first = read(root)
    opened.clear()
    monkeypatch.setattr(readings, "program_digest", lambda: "another")
    read(root)
    assert len(opened) == len(first.files)


def test_a_file_that_is_written_meanwhile_is_not_remembered(
    root: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = first_declared(root)
    kept = Readings.keep
    real = Readers.read_all

    def read_all(self: Readers, paths: Sequence[Path]) -> Generator[Read, None, None]:
        edit(path, "B40", "写到一半的项目")
        return real(self, paths)

    monkeypatch.setattr(Readers, "read_all", read_all)
    names: list[str] = []

    def keep(self: Readings, place: str, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        names.append(place)
        kept(self, place, reading, year, units)

    monkeypatch.setattr(Readings, "keep", keep)
    read(root)
    assert len(names) > 10
    assert not any(name.endswith(path.name) for name in names)


def test_a_refusal_is_remembered_until_the_file_is_another(root: Path, opened: list[str]) -> None:
    broken = root / "inputs/2027/申报/坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 not whole")
    first = read(root)
    opened.clear()
    second = read(root)
    assert opened == []
    told = [[each for each in found.findings if broken.name in each.file] for found in (first, second)]
    assert [each.code for each in told[0]] == ["truncated"]
    assert told[0] == told[1]
    broken.write_bytes(b"")
    assert [each.code for each in read(root).findings if broken.name in each.file] == ["empty"]
    assert opened == [broken.name]


@pytest.mark.parametrize(("code", "again"), [("too-slow", False), ("too-much-memory", False), ("reader-died", True)])
def test_what_may_pass_is_looked_at_again(
    root: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch, code: str, again: bool
) -> None:
    path = first_declared(root)
    real = Readers.read_all

    def read_all(self: Readers, paths: Sequence[Path]) -> Generator[Read, None, None]:
        for found in real(self, paths):
            yield Read(found.path, refusal=UnreadableFile(code)) if found.path == path else found

    monkeypatch.setattr(Readers, "read_all", read_all)
    read(root)
    opened.clear()
    assert code in {each.code for each in read(root).findings if path.name in each.file}
    assert opened == ([path.name] if again else [])
    readings.forget(Workspace.open(root))
    monkeypatch.setattr(Readers, "read_all", real)
    assert code not in {each.code for each in read(root).findings if path.name in each.file}


def sealed(body: bytes) -> bytes:
    """As we would write it ourselves: what one with our secret could put there."""
    key = own_key()
    assert key
    return b"gongwen readings 2\n" + hmac.digest(key, body, "sha256") + body


def sealed_with(root: Path, said: object) -> bytes:
    """The file as it is, but with something else for one reading."""
    memory = remembering(root)
    packed = zlib.compress(json.dumps(said).encode())
    memory.kept[FIRST] = memory.kept[FIRST]._replace(packed=packed)
    return sealed(readings._bound(memory.kept))


def with_other_figures(root: Path, key: bytes) -> bytes:
    """A file that is right in every way but that somebody with another secret wrote it."""
    memory = remembering(root)
    for place, kept in memory.kept.items():
        text = zlib.decompress(kept.packed).decode().replace('"2', '"3')
        memory.kept[place] = kept._replace(packed=zlib.compress(text.encode()))
    body = readings._bound(memory.kept)
    return b"gongwen readings 2\n" + hmac.digest(key, body, "sha256") + body


FILE = [["甲.xlsx"], ["0" * 64], [[0], []], [0]]  # a LedgerFile
FOREIGN: dict[str, Callable[[Path, bytes], bytes]] = {
    "cut": lambda _, data: data[: len(data) // 2],
    "flipped": lambda _, data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
    "empty": lambda *_: b"",
    "text": lambda *_: "台账".encode(),
    "only a start": lambda *_: b"gongwen readings 2\n",
    "a pickle": lambda *_: b"\x80\x04K\x05.",
    "digest for seal": lambda _, data: data[:19] + hashlib.sha256(data[51:]).digest() + data[51:],
    "other figures": lambda root, _: with_other_figures(root, b"another secret, of 32 characters"),
    "other figures, no secret": lambda root, _: with_other_figures(root, b""),
    "other figures, seal kept": lambda root, data: data[:51] + with_other_figures(root, b"")[51:],
}
HARMED: dict[str, object] = {
    "nothing": None,
    "list": [],
    "no columns": [[], [], []],
    "number for text": [[[5], *FILE[1:]], [], []],
    "too few rows": [[["甲.xlsx", "乙.xlsx"], *FILE[1:]], [], []],
    "another file's": [FILE, [], []],
    "unknown ledger": [FILE, [["__class__", []]], []],
    "deep": [[[[[[[[[]]]]]]]], [], []],
}


@pytest.mark.parametrize("harm", FOREIGN)
def test_what_we_did_not_write_is_not_used_and_said(
    root: Path, opened: list[str], caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    first, path = read(root), root / "outputs" / READINGS
    path.write_bytes(FOREIGN[harm](root, path.read_bytes()))
    opened.clear()
    assert same(read(root), first)
    assert len(opened) == len(first.files)
    assert caplog.messages == [NOT_USED]
    opened.clear()
    assert same(read(root), first)  # what it was replaced by
    assert opened == []
    assert len(caplog.messages) == 1


@pytest.mark.parametrize("harm", HARMED)
def test_what_is_no_reading_is_read_anew(root: Path, opened: list[str], harm: str) -> None:
    first, path = read(root), root / "outputs" / READINGS
    path.write_bytes(sealed_with(root, HARMED[harm]))
    opened.clear()
    assert same(read(root), first)
    assert opened == [Path(FIRST).name]


def test_packed_zeros_are_not_unpacked(root: Path) -> None:
    read(root)
    path = root / "outputs" / READINGS
    zeros = zlib.compress(bytes(REMEMBERED_OF_A_FILE + 1), 9)
    memory = remembering(root)
    memory.kept[FIRST] = memory.kept[FIRST]._replace(packed=zeros)
    path.write_bytes(sealed(readings._bound(memory.kept)))
    tracemalloc.start()
    found = remembering(root).recall(FIRST, memory.kept[FIRST].rests_on[-64:], 2027, memory.kept[FIRST].units)
    assert found is None
    assert tracemalloc.get_traced_memory()[1] < 4 * REMEMBERED_OF_A_FILE
    tracemalloc.stop()


@pytest.mark.skipif(os.name != "posix", reason="the system has no sparse files of any size")
def test_a_giant_in_its_place_is_not_read(root: Path, caplog: pytest.LogCaptureFixture) -> None:
    (root / "outputs" / READINGS).touch()
    os.truncate(root / "outputs" / READINGS, 6 << 30)
    assert same(read(root), read(root))
    assert caplog.messages == [NOT_USED]
    assert (root / "outputs" / READINGS).stat().st_size < 1 << 20


@pytest.mark.skipif(os.name != "posix", reason="rights are the folder's there")
@pytest.mark.parametrize(("umask", "folder", "rights"), [(0, 0o777, 0o644), (0, 0o750, 0o640), (0o077, 0o755, 0o644)])
def test_only_its_owner_writes_it_and_who_sees_the_folder_reads_it(
    root: Path, umask: int, folder: int, rights: int
) -> None:
    (root / "outputs").chmod(folder)
    before = os.umask(umask)
    try:
        read(root)
    finally:
        os.umask(before)
    assert (root / "outputs" / READINGS).stat().st_mode & 0o777 == rights


@pytest.fixture
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path, None, None]:
    """Where a user without a secret keeps it."""
    for name in ("XDG_STATE_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path / "own"))
    own_key.cache_clear()
    yield tmp_path / "own"
    own_key.cache_clear()


def test_another_user_reads_for_himself(
    root: Path,
    opened: list[str],
    own_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    first = read(root)
    shutil.rmtree(own_folder)
    own_key.cache_clear()
    opened.clear()
    assert same(read(root), first)
    assert len(opened) == len(first.files)
    assert caplog.messages == [NOT_USED]


@pytest.mark.skipif(os.name != "posix", reason="rights are the folder's there")
def test_a_secret_that_others_can_see_is_none(root: Path, opened: list[str], own_folder: Path) -> None:
    read(root)
    (kept,) = (path for path in own_folder.rglob("*") if path.is_file())
    assert kept.stat().st_mode & 0o777 == 0o600
    kept.chmod(0o640)
    own_key.cache_clear()
    opened.clear()
    assert same(read(root), read(root))
    assert len(opened) > 20


def test_where_no_secret_can_be_kept_all_is_read(root: Path, opened: list[str], own_folder: Path) -> None:
    own_folder.write_text("a file where the folder should be")
    first = read(root)
    assert not (root / "outputs" / READINGS).exists()
    opened.clear()
    assert same(read(root), first)
    assert len(opened) == len(first.files)


def test_a_folder_in_its_place(root: Path) -> None:
    (root / "outputs" / READINGS).mkdir()
    assert same(read(root), read(root))


def test_without_a_folder_to_write_to_everything_still_works(root: Path, opened: list[str]) -> None:
    (root / "outputs").rmdir()
    assert same(read(root), read(root))
    assert not (root / "outputs").exists()


def test_files_that_are_gone_are_forgotten(root: Path) -> None:
    read(root)
    path = first_declared(root)
    path.unlink()
    edit(root / "inputs" / SPONSORED, "A60", "换一换")
    read(root)
    assert not any(path.name in place for place in remembering(root).kept)


@pytest.mark.parametrize("twins", ["the same", "elsewhere", "alike"])
def test_the_same_contents_twice_shift_nothing(root: Path, tmp_path: Path, twins: str) -> None:
    """Each file gets its own rows, also those behind two that print alike and hold the same."""
    ledger = first_declared(root)
    if twins == "alike":
        strays = []
        for mark in (" ", "\t"):
            shutil.copy(ledger, ledger.with_name(f"0{mark}甲.xlsx"))
    else:
        folders = [tmp_path / "0一", tmp_path / ("0一" if twins == "the same" else "0二")]
        strays = [Path(shutil.copytree(ledger.parent, each, dirs_exist_ok=True)) / ledger.name for each in folders]
    workspace = Workspace.open(root)
    for _ in range(2):  # read, and remembered
        found = ledgers_of(workspace, 2027, workspace.settings(), strays)
        for row in found.declarations:
            own = (
                "0"
                if "/0" in row.source.file
                else row.source.file.rsplit("/", 1)[-1].removesuffix("重点项目申报表.xlsx")
            )
            assert own == "0" or row.lead_unit.startswith(own[:2])
    assert len(found.declarations) > 60


def test_choices_that_are_saved_meanwhile_are_not_mixed_up(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was read by the old choices is never taken for what the new ones give."""
    workspace, choices = Workspace.open(root), root / "inputs/office.toml"
    old = workspace.settings()
    text = choices.read_text("utf-8")
    choices.write_text(text.replace(*OTHER_UNIT), "utf-8")
    ledgers_of(workspace, 2027, old)
    assert same(read(root), read(root, anew=True))


def test_a_name_of_any_kind(root: Path) -> None:
    """Its printed form is longer than a file's name can be."""
    path = first_declared(root)
    odd = path.with_name("\x07" * 60 + ".xlsx")
    path.rename(odd)
    assert same(read(root), read(root))
    assert gongwen(root, "check").exit_code in (0, 1)


def test_a_file_whose_hash_is_not_known_is_not_remembered(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "_sha256", lambda path: "")
    read(root)
    assert remembering(root).kept == {}


def test_force_and_trace_read_everything_and_look_at_nothing(
    root: Path, opened: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    assert gongwen(root, "run").exit_code == 1
    opened.clear()
    assert gongwen(root, "run").exit_code == 1
    assert opened == []
    path = root / "outputs" / READINGS
    path.write_bytes(b"something else")
    paper = next((root / "outputs").rglob("*.docx"))
    for command in (("trace", str(paper), "1"), ("run", "--force")):
        opened.clear()
        gongwen(root, *command)
        assert len(opened) > 10
        # trace leaves it as it is; --force begins anew, for what was refused in haste
        assert path.exists() == (command[0] == "trace")
    assert caplog.messages == []
    assert gongwen(root, "verify").exit_code == 0
