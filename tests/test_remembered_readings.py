"""A ledger that has not changed is not read again, and what is remembered is never taken for what it is not."""

import hashlib
import os
import pickle
import shutil
from collections.abc import Generator, Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline.ledgers.file_reading import FileReading
from pipeline.ledgers.readers import Read, Readers
from pipeline.outputs.manifest import READINGS
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.source import Seen
from pipeline.workspace import Workspace, readings
from pipeline.workspace.readings import Readings
from pipeline.workspace.year_ledgers import ledgers_of
from tests.faults.small_workspace import REPOSITORY, SPONSORED, gongwen, small_workspace

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


def test_a_whole_year_is_the_same_when_remembered(
    issued_year: Path, opened: list[str], tmp_path: Path
) -> None:
    root = shutil.copytree(issued_year, tmp_path / "workspace")
    remembered = read(root)
    assert opened == []
    assert any(finding.field for finding in remembered.findings)  # fields are compared by identity
    assert same(read(root, anew=True), remembered)
    assert len(opened) == len(remembered.files)


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
    choices.write_text(choices.read_text("utf-8") + "\n# 另一份设定\n", "utf-8")
    opened.clear()
    read(root)
    assert len(opened) == len(before.files)


def test_another_program_reads_for_itself(
    root: Path, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
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

    def keep(self: Readings, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        names.append(reading.file.file)
        kept(self, reading, year, units)

    monkeypatch.setattr(Readings, "keep", keep)
    read(root)
    assert len(names) > 10
    assert not any(name.endswith(path.name) for name in names)


def test_a_refused_file_is_looked_at_each_time(root: Path, opened: list[str]) -> None:
    broken = root / "inputs/2027/申报/坏文件.xlsx"
    broken.write_bytes(b"PK\x03\x04 not whole")
    read(root)
    opened.clear()
    found = read(root)
    assert opened == [broken.name]
    assert [each.code for each in found.findings if broken.name in each.file] == ["truncated"]


class _Malicious:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("touch harmed",)


def _signed(body: bytes) -> bytes:
    return b"gongwen readings 1\n" + hashlib.sha256(body).digest() + body


def _planted(root: Path, packed: bytes) -> bytes:
    """The file as it is, but for one reading."""
    memory = Readings.open(Workspace.open(root))
    name = next(iter(memory.kept))
    return _signed(pickle.dumps(memory.kept | {name: (*memory.kept[name][:2], packed)}))


@pytest.mark.parametrize(
    "harm", ["cut", "flipped", "empty", "text", "code", "list", "other-reading", "folder"]
)
def test_what_is_damaged_is_read_anew(root: Path, opened: list[str], harm: str) -> None:
    first, path = read(root), root / "outputs" / READINGS
    data = path.read_bytes()
    if harm == "folder":
        path.unlink()
        path.mkdir()
    else:
        path.write_bytes(
            {
                "cut": data[: len(data) // 2],
                "flipped": data[:500] + bytes([data[500] ^ 1]) + data[501:],
                "empty": b"",
                "text": "台账".encode(),
                "code": _signed(pickle.dumps(_Malicious())),
                "list": _signed(pickle.dumps([1, 2])),
                "other-reading": _planted(root, b"not packed"),
            }[harm]
        )
    opened.clear()
    assert same(read(root), first)
    assert len(opened) == (1 if harm == "other-reading" else len(first.files))
    assert not Path("harmed").exists()


def test_nothing_but_records_is_made_of_a_pickle() -> None:
    for made in (_Malicious(), print, Path("x"), pickle.loads):
        with pytest.raises(pickle.UnpicklingError):
            readings._loaded(pickle.dumps(made))
    reading = FileReading(LedgerFile("甲.xlsx", "0", (), 0), (), ())
    assert readings._loaded(readings._dumped(reading)) == reading


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
    assert not any(path.name in name for name in Readings.open(Workspace.open(root)).kept)


def test_force_reads_everything(root: Path, opened: list[str]) -> None:
    assert gongwen(root, "run").exit_code == 0
    opened.clear()
    assert gongwen(root, "run").exit_code == 0
    assert opened == []
    assert gongwen(root, "run", "--force").exit_code == 0
    assert len(opened) > 10
    opened.clear()
    assert gongwen(root, "verify").exit_code == 0
