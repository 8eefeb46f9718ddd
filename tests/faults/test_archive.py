"""``gongwen archive`` and a batch of opened documents: never over a person's work, at a cost linear in the documents."""

import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import NamedTuple

import pytest

from pipeline.errors import OutputError
from pipeline.outputs import store as store_module
from pipeline.outputs import whole_file
from pipeline.outputs.archive import archive, planned
from pipeline.outputs.manifest import Manifest, Origin
from pipeline.outputs.pdf_beside import document_of
from pipeline.outputs.store import Store

_JOURNAL = ".gongwen-journal.json"


def _orphans(root: Path, number: int) -> list[str]:
    """Documents that no run asks for any more, each with its PDF beside it."""
    names = [f"2027/推进方案/示例项目{each:03}.docx" for each in range(number)]
    with Store.open(root) as store:
        for name in names:
            store.save(name, name.encode(), Origin("一"))
    with Store.open(root) as store:
        assert store.left_over("2027") == names
    for name in names:
        (root / name).with_suffix(".pdf").write_bytes(b"signed")
    return names


def _edited(root: Path, old: Path, new: Path) -> None:
    old.write_bytes(b"edited meanwhile")


def _signed(root: Path, old: Path, new: Path) -> None:
    old.with_suffix(".pdf").write_bytes(b"signed once more")


def _opened(root: Path, old: Path, new: Path) -> None:
    old.with_name(f".~{old.name}").touch()


def _taken(root: Path, old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True)
    new.write_bytes(b"somebody's")


def _deleted(root: Path, old: Path, new: Path) -> None:
    old.unlink()


@pytest.mark.parametrize("act", [_edited, _signed, _opened, _taken, _deleted])
@pytest.mark.parametrize("before", [True, False], ids=["before it is announced", "after it is announced"])
def test_what_a_person_touches_during_the_move_stays_with_what_belongs_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, act: Callable[[Path, Path, Path], None], before: bool
) -> None:
    names = _orphans(tmp_path, 3)
    touched = tmp_path / names[1]
    real = store_module.Store.announce
    here: dict[Path, bytes] = {}

    def announce(store: Store, *arguments: object) -> None:
        if not before:
            real(store, *arguments)  # type: ignore[arg-type]
        act(tmp_path, touched, tmp_path / "归档" / names[1])
        here.update({path: path.read_bytes() for path in tmp_path.rglob("示例项目001.*")})
        if before:
            real(store, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Store, "announce", announce)
    with Store.open(tmp_path) as store:
        moved, stayed = archive(store)
    assert stayed == [names[1]]
    assert [list(each)[-1] for each in moved] == [names[0], names[2]]
    assert {path: path.read_bytes() for path in tmp_path.rglob("示例项目001.*")} == here
    assert (tmp_path / "归档" / names[0]).read_bytes() == names[0].encode()
    monkeypatch.undo()
    for lock in tmp_path.rglob(".~*"):
        lock.unlink()
    with Store.open(tmp_path) as store:
        archive(store)
    left = {path.suffix for path in (tmp_path / "2027").rglob("示例项目001*")}
    assert left == ({".pdf"} if act is _deleted else set())  # the PDF of what a person deleted is the person's
    archived = {path.read_bytes() for path in (tmp_path / "归档").rglob("示例项目001*")}
    assert archived == (set() if act is _deleted else set(here.values()))
    entries = Manifest.read(tmp_path).entries
    assert all((tmp_path / name).exists() for name in entries)
    assert not (tmp_path / _JOURNAL).exists()


def test_what_a_person_edited_before_it_was_asked_for_again_is_left_over_no_more(tmp_path: Path) -> None:
    """It stays where it is, beside its new version; and where a person deletes it, it is missed."""
    (name,) = _orphans(tmp_path, 1)
    (tmp_path / name).write_bytes(b"edited")
    with Store.open(tmp_path) as store:
        store.save(name, b"anew", Origin("二"))
        assert store.left_over("2027") == []
    with Store.open(tmp_path) as store:
        assert archive(store) == ([], [])
    assert (tmp_path / name).read_bytes() == b"edited"
    (tmp_path / name).unlink()
    with Store.open(tmp_path):
        pass
    assert name in Manifest.read(tmp_path).entries  # so that verify says it


def test_left_over_documents_are_known_again_when_their_folder_comes_back(tmp_path: Path) -> None:
    names = _orphans(tmp_path, 2)
    (tmp_path / "2027").rename(tmp_path / "elsewhere")
    with Store.open(tmp_path) as store:
        assert planned(store) == ([], [])
    (tmp_path / "elsewhere").rename(tmp_path / "2027")
    with Store.open(tmp_path) as store:
        assert [list(each)[-1] for each in archive(store)[0]] == names


def test_a_journal_of_what_a_person_deleted_records_nothing_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = _orphans(tmp_path, 2)
    (tmp_path / names[0]).with_suffix(".pdf").unlink()
    real = store_module.Store.announce

    class Died(BaseException):
        pass

    def die(store: Store, *arguments: object) -> None:
        real(store, *arguments)  # type: ignore[arg-type]
        raise Died

    monkeypatch.setattr(Store, "announce", die)
    died = Store.open(tmp_path)
    with pytest.raises(Died):
        archive(died)
    died.close()  # gives back the lock, as the system does
    monkeypatch.undo()
    (tmp_path / names[0]).unlink()
    with Store.open(tmp_path):
        pass
    assert set(Manifest.read(tmp_path).entries) == {names[1]}


def test_a_pdf_stays_with_its_own_document_where_an_older_one_lies_in_the_archive(tmp_path: Path) -> None:
    """It must not come to stand beside the older document, as if that had been signed."""
    name = "2027/推进方案/甲.docx"
    for version in (b"1", b"2"):
        with Store.open(tmp_path) as store:
            store.save(name, version, Origin(version.decode()))
        with Store.open(tmp_path) as store:
            store.left_over("2027")
        if version == b"2":
            for end in (".pdf", "（新版）.pdf"):
                (tmp_path / name).with_name(f"甲{end}").write_bytes(b"signed 2")
        with Store.open(tmp_path) as store:
            assert not archive(store)[1]
    archived = (tmp_path / "归档/2027/推进方案").iterdir()
    assert {path.name: path.read_bytes() for path in archived} == {
        "甲.docx": b"1", "甲（2）.docx": b"2", "甲（2）.pdf": b"signed 2", "甲（2）（新版）.pdf": b"signed 2",
    }  # fmt: skip
    assert document_of(tmp_path / "归档/2027/推进方案/甲（2）（新版）.pdf") == (
        tmp_path / "归档/2027/推进方案/甲（2）.docx"
    )


class _Cost(NamedTuple):
    """What grows with the square of the documents where each of them looks at or writes about all."""

    calls: int  # of Python functions and of built-in ones
    written: int  # bytes of journals and manifests


def _cost(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> _Cost:
    calls = written = 0

    def counted(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    real = whole_file.write_beside

    def write_beside(path: Path | str, data: bytes, rights: int | None = None) -> object:
        nonlocal written
        written += len(data)
        return real(path, data, rights)

    with monkeypatch.context() as patch:
        patch.setattr(whole_file, "write_beside", write_beside)
        sys.setprofile(counted)
        try:
            work()
        finally:
            sys.setprofile(None)
    return _Cost(calls, written)


def _archived(root: Path, number: int) -> Callable[[], object]:
    _orphans(root, number)

    def work() -> None:
        with Store.open(root) as store:
            assert len(archive(store)[0]) == number

    return work


def _all_opened_meanwhile(root: Path, number: int) -> Callable[[], object]:
    names = _orphans(root, number)

    def work() -> None:
        with Store.open(root) as store:
            for name in names:
                store.save(name, b"anew", Origin("二"))
                (root / name).with_name(f".~{Path(name).name}").touch()
        assert len(list(root.rglob("*（新版）.docx"))) == number

    return work


@pytest.mark.parametrize("prepared", [_archived, _all_opened_meanwhile])
def test_twice_the_documents_cost_twice_as_much(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prepared: Callable[[Path, int], Callable[[], object]]
) -> None:
    _cost(monkeypatch, prepared(tmp_path / "first", 1))  # what is only done once in a process
    once, twice = (_cost(monkeypatch, prepared(tmp_path / str(n), n)) for n in (40, 80))
    assert twice.calls < 2.1 * once.calls
    assert twice.written < 2.1 * once.written


def test_what_was_moved_before_a_file_is_held_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where another program's hold shows only at the rename."""
    names = _orphans(tmp_path, 3)
    moved = len(list((tmp_path / "2027").rglob("示例项目000*")))
    real = os.rename

    def held(source: Path, target: Path) -> None:
        if "示例项目001" in source.name:
            raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(os, "rename", held)
    with Store.open(tmp_path) as store, pytest.raises(OutputError, match=f"正被.*；已移动{moved}个文件"):
        archive(store)
    monkeypatch.undo()
    with Store.open(tmp_path) as store:
        assert [list(each)[-1] for each in archive(store)[0]] == names[1:]


def test_a_file_in_the_place_of_the_archive_is_said(tmp_path: Path) -> None:
    _orphans(tmp_path, 1)
    (tmp_path / "归档").write_bytes(b"somebody's")
    with Store.open(tmp_path) as store, pytest.raises(OutputError, match="该是文件夹的地方是一个文件"):
        archive(store)
    assert (tmp_path / "归档").read_bytes() == b"somebody's"
