"""A ledger that has not changed is not read again, and what is remembered is never taken for what it is not."""

import hashlib
import os
import pickle
import shutil
import zlib
from collections.abc import Callable, Generator, Sequence
from pathlib import Path

import openpyxl
import pytest

from pipeline.ledgers import reader
from pipeline.ledgers.file_reading import FileReading
from pipeline.ledgers.readers import Read, Readers
from pipeline.outputs.manifest import READINGS
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.source import Seen
from pipeline.workspace import Workspace, readings
from pipeline.workspace.readings import Readings
from pipeline.workspace.year_ledgers import ledgers_of
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
    choices.write_text(choices.read_text("utf-8").replace(*OTHER_UNIT), "utf-8")
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

    def keep(self: Readings, place: str, reading: FileReading, year: int, units: tuple[str, ...]) -> None:
        names.append(place)
        kept(self, place, reading, year, units)

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
    return b"gongwen readings 1\n" + hashlib.sha256(body).hexdigest().encode() + body


def _with_first(root: Path, entry: object) -> bytes:
    """The file as it is, but for one entry."""
    kept = {place: tuple(each) for place, each in remembering(root).kept.items()}
    return _signed(pickle.dumps(kept | {min(kept): entry}))


def _packed(root: Path, thing: object) -> bytes:
    """The file as it is, but with something else for one reading."""
    memory = remembering(root)
    rests_on, units, _ = memory.kept[min(memory.kept)]
    return _with_first(root, (rests_on, units, zlib.compress(pickle.dumps(thing))))


HARMS: dict[str, Callable[[Path, bytes], bytes]] = {
    "cut": lambda _, data: data[: len(data) // 2],
    "flipped": lambda _, data: data[:500] + bytes([data[500] ^ 1]) + data[501:],
    "empty": lambda *_: b"",
    "text": lambda *_: "台账".encode(),
    "code": lambda *_: _signed(pickle.dumps(_Malicious())),
    "list": lambda *_: _signed(pickle.dumps([1, 2])),
    "number": lambda root, _: _with_first(root, 5),
    "nothing": lambda root, _: _with_first(root, ()),
    "numbers": lambda root, _: _with_first(root, (1, 2, 3)),
    "other key": lambda *_: _signed(pickle.dumps({5: ("", (), b"")})),
    "one that is not packed": lambda root, _: _with_first(root, (*remembering(root).kept[FIRST][:2], b"?")),
    "one with code": lambda root, _: _packed(root, _Malicious()),
    "another file's": lambda root, _: _packed(root, FileReading(LedgerFile("甲.xlsx", "0", (), 0), (), ())),
}


@pytest.mark.parametrize("harm", HARMS)
def test_what_is_damaged_is_read_anew(root: Path, opened: list[str], harm: str) -> None:
    first, path = read(root), root / "outputs" / READINGS
    path.write_bytes(HARMS[harm](root, path.read_bytes()))
    opened.clear()
    assert same(read(root), first)
    assert len(opened) == (1 if harm.startswith(("one", "another")) else len(first.files))
    assert not Path("harmed").exists()


def test_a_folder_in_its_place(root: Path) -> None:
    (root / "outputs" / READINGS).mkdir()
    assert same(read(root), read(root))


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
        strays = [
            Path(shutil.copytree(ledger.parent, each, dirs_exist_ok=True)) / ledger.name for each in folders
        ]
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


def test_choices_that_are_saved_meanwhile_are_not_mixed_up(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_file_whose_hash_is_not_known_is_not_remembered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader, "_sha256", lambda path: "")
    read(root)
    assert remembering(root).kept == {}


def test_force_reads_everything(root: Path, opened: list[str]) -> None:
    assert gongwen(root, "run").exit_code == 1
    opened.clear()
    assert gongwen(root, "run").exit_code == 1
    assert opened == []
    assert gongwen(root, "run", "--force").exit_code == 1
    assert len(opened) > 10
    opened.clear()
    assert gongwen(root, "verify").exit_code == 0
