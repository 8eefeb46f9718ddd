"""The store: whole files, never over a person's work."""

import errno
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.errors import BusyError, OutputError
from pipeline.outputs import store as store_module
from pipeline.outputs.file_names import safe_name
from pipeline.outputs.manifest import Entry, Manifest, Origin
from pipeline.outputs.store import Saved, Store, Written


def put(root: Path, name: str, data: bytes) -> Saved:
    """Save one document in a run of its own."""
    with Store.open(root) as store:
        return store.save(name, data)


def test_a_document_is_new_then_unchanged_then_changed(tmp_path: Path) -> None:
    for data, outcome in ((b"1", Written.NEW), (b"1", Written.UNCHANGED), (b"2", Written.CHANGED)):
        assert put(tmp_path, "2027/a.docx", data).outcome is outcome
    assert (tmp_path / "2027/a.docx").read_bytes() == b"2"


def test_an_edited_document_stays_and_the_new_version_stands_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", b"1")
    (tmp_path / "a.docx").write_bytes(b"edited")
    for _ in range(2):
        saved = put(tmp_path, "a.docx", b"2")
        assert (saved.outcome, saved.path.name) == (Written.BESIDE, "a（新版）.docx")
        assert saved.kept == tmp_path / "a.docx"
    assert (tmp_path / "a.docx").read_bytes() == b"edited"
    assert saved.path.read_bytes() == b"2"
    saved.path.write_bytes(b"edited too")
    assert put(tmp_path, "a.docx", b"3").path.name == "a（新版2）.docx"
    assert saved.path.read_bytes() == b"edited too"


def test_a_strangers_file_of_the_same_name_is_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"theirs")
    assert put(tmp_path, "a.docx", b"ours").outcome is Written.BESIDE
    assert (tmp_path / "a.docx").read_bytes() == b"theirs"


@pytest.mark.parametrize("stood", [b"1", None], ids=["changed", "new"])
def test_what_a_person_puts_there_before_the_run_ends_stays(tmp_path: Path, stood: bytes | None) -> None:
    path = tmp_path / "a.docx"
    if stood:
        put(tmp_path, "a.docx", stood)
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        path.write_bytes(b"theirs")
    saved = store.final(saved)
    assert (saved.outcome, saved.path.name, saved.kept) == (Written.BESIDE, "a（新版）.docx", path)
    assert (path.read_bytes(), saved.path.read_bytes()) == (b"theirs", b"2")
    again = put(tmp_path, "a.docx", b"3")
    assert (again.outcome, again.path) == (Written.BESIDE, saved.path)
    assert path.read_bytes() == b"theirs"


def test_a_document_that_is_opened_before_the_run_ends_is_put_beside(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", b"1").path
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        (tmp_path / ".~a.docx").touch()
    assert store.final(saved).path.read_bytes() == b"2"
    assert path.read_bytes() == b"1"


def test_what_a_person_puts_beside_while_it_turns_out_to_be_open_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, real = put(tmp_path, "a.docx", b"1").path, Store.announce
    beside = tmp_path / "a（新版）.docx"

    def announce(store: Store, entries: dict[str, Entry], waiting: Sequence[str] = ()) -> None:
        real(store, entries, waiting)
        if beside.name in entries:
            beside.write_bytes(b"theirs")

    monkeypatch.setattr(Store, "announce", announce)
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        (tmp_path / ".~a.docx").touch()
    saved = store.final(saved)
    assert (saved.path.name, saved.kept, saved.path.read_bytes()) == ("a（新版2）.docx", path, b"2")
    assert (path.read_bytes(), beside.read_bytes()) == (b"1", b"theirs")


def test_a_new_version_that_stands_beside_already_is_left_even_when_open(tmp_path: Path) -> None:
    put(tmp_path, "a.docx", b"1")
    lock = tmp_path / ".~a.docx"
    lock.touch()
    beside = put(tmp_path, "a.docx", b"2").path
    lock.unlink()
    before = beside.stat()
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        lock.touch()
        (tmp_path / f".~{beside.name}").touch()
    assert store.final(saved).path == beside
    assert (beside.stat().st_ino, beside.read_bytes()) == (before.st_ino, b"2")
    assert sorted(Manifest.read(tmp_path).entries) == ["a.docx", beside.name]
    assert not list(tmp_path.glob("*.tmp"))


def test_where_the_new_version_is_held_too_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where an editor's hold shows only at the rename."""
    put(tmp_path, "a.docx", b"1")
    (tmp_path / ".~a.docx").touch()
    beside, real = put(tmp_path, "a.docx", b"2").path, os.replace
    (tmp_path / ".~a.docx").unlink()

    def held(source: str, target: Path | str) -> None:
        if str(target).endswith(".docx"):
            raise PermissionError(errno.EACCES, "held")
        real(source, target)

    monkeypatch.setattr(os, "replace", held)
    with pytest.raises(OutputError, match=f"{beside.name}：.*正被"):
        put(tmp_path, "a.docx", b"3")
    assert ((tmp_path / "a.docx").read_bytes(), beside.read_bytes()) == (b"1", b"2")
    assert not list(tmp_path.glob(".gongwen-*.tmp"))


def test_a_document_that_is_only_copied_back_before_the_run_ends_is_ours(tmp_path: Path) -> None:
    """A new date alone, as a restored copy has it, is nobody's handwork."""
    path = put(tmp_path, "a.docx", b"1").path
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        os.utime(path, ns=(1, 1))
    assert store.final(saved).outcome is Written.CHANGED
    assert [each.name for each in tmp_path.glob("*.docx")] == ["a.docx"]
    assert path.read_bytes() == b"2"


def test_a_document_that_is_deleted_before_the_run_ends_comes_again(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", b"1").path
    with Store.open(tmp_path) as store:
        saved = store.save("a.docx", b"2")
        path.unlink()
    assert store.final(saved).outcome is Written.CHANGED
    assert path.read_bytes() == b"2"


def test_a_run_that_died_after_several_batches_is_known_to_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_module, "_BATCH", 2)
    origin = Origin("r", sources={"inputs/a.xlsx": "0"})
    died = Store.open(tmp_path)
    for number in range(5):
        died.save(f"2027/{number}.docx", b"1", origin)
    died.close()  # gives back the lock, as the system does
    with Store.open(tmp_path) as store:
        known = [store.up_to_date(f"2027/{number}.docx", origin) is not None for number in range(5)]
    assert known == [True, True, True, True, False]
    assert not list(tmp_path.rglob("*.tmp"))


def test_what_a_run_no_longer_writes_is_named(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save("2027/a.docx", b"1", Origin("一"))
        store.save("2027/b.docx", b"1", Origin("二"))
        store.save("2027/日程.xlsx", b"1")  # not made by a run, so no run can find it left over
    with Store.open(tmp_path) as store:
        store.save("2027/a.docx", b"1", Origin("一"))
        assert store.left_over("2027") == ["2027/b.docx"]
        assert store.left_over("2028") == []
    assert Manifest.read(tmp_path).entries["2027/b.docx"].left_over


@pytest.mark.skipif(sys.platform == "win32", reason="needs links")
def test_a_place_that_cannot_be_looked_at_is_no_reason_to_forget_or_to_fail(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.save("2026/a.docx", b"1", Origin("一"))
    with Store.open(tmp_path) as store:
        assert store.left_over("2026") == ["2026/a.docx"]
    (tmp_path / "2026").rename(tmp_path / "2026旧")
    (tmp_path / "2026").symlink_to("2026")  # as a folder without permission, for root too
    assert put(tmp_path, "2027/b.docx", b"1").outcome is Written.NEW
    assert set(Manifest.read(tmp_path).entries) == {"2026/a.docx", "2027/b.docx"}


def test_an_unreadable_manifest_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / ".gongwen-manifest.json").write_text("{", "utf-8")
    with pytest.raises(OutputError, match="被人改过"):
        Store.open(tmp_path)


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (OSError(errno.ENOSPC, "x"), "磁盘已满"),
        (PermissionError(errno.EACCES, "x"), "没有权限"),
        (OSError(errno.EIO, "x"), "系统错误5"),
    ],
)
def test_a_failed_write_leaves_the_old_document_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, problem: OSError, words: str
) -> None:
    put(tmp_path, "a.docx", b"old")

    def fail(*_: object) -> None:
        raise problem

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OutputError, match=words):
        put(tmp_path, "a.docx", b"new")
    monkeypatch.undo()
    assert not list(tmp_path.glob("*.docx.*"))
    assert (tmp_path / "a.docx").read_bytes() == b"old"
    assert put(tmp_path, "a.docx", b"new").outcome is Written.CHANGED
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gongwen-lock",
        ".gongwen-manifest.json",
        "a.docx",
    ]


@pytest.mark.parametrize(
    ("text", "stem"),
    [("高端轴承项目", "高端轴承项目"), ("A/B：<甲>", "A／B：＜甲＞"), (" 甲. ", "甲-")],
)
def test_names_are_readable_and_legal(text: str, stem: str) -> None:
    assert safe_name(text).startswith(stem)


def test_reserved_empty_and_long_names_are_made_safe() -> None:
    names = [safe_name(text) for text in ("CON", "con.x", "", "..", "项" * 100, "项" * 101, "a\nb")]
    assert len(set(names)) == len(names)
    assert all(name.split(".")[0].upper() not in ("CON", "") for name in names)
    assert max(len(name.encode()) for name in names) < 140


def test_a_correction_stands_until_the_document_is_composed_otherwise(tmp_path: Path) -> None:
    path = put(tmp_path, "a.docx", b"1").path
    with Store.open(tmp_path) as store:
        assert store.correct(path, b"1 corrected")
    assert put(tmp_path, "a.docx", b"1").outcome is Written.UNCHANGED
    assert path.read_bytes() == b"1 corrected"
    assert put(tmp_path, "a.docx", b"2").outcome is Written.CHANGED
    assert path.read_bytes() == b"2"


def test_only_a_document_of_ours_is_corrected(tmp_path: Path) -> None:
    path = put(tmp_path / "outputs", "a.docx", b"1").path
    path.write_bytes(b"edited")
    outside = tmp_path / "b.docx"
    outside.write_bytes(b"theirs")
    with Store.open(tmp_path / "outputs") as store:
        assert not store.correct(path, b"2")
        assert not store.correct(outside, b"2")
    assert (path.read_bytes(), outside.read_bytes()) == (b"edited", b"theirs")


@pytest.mark.parametrize("ended", [False, True], ids=["still writing", "just ended"])
def test_of_two_first_runs_at_once_one_works_and_the_other_says_busy(tmp_path: Path, ended: bool) -> None:
    """Both begin before there is an outputs folder, so that neither can hold its lock yet."""
    root = tmp_path / "outputs"
    first, second = Store.open(root), Store.open(root)
    with first:
        first.save("2027/a.docx", b"first")
        if not ended:
            _busy(second)
    if ended:
        _busy(second)
    assert (root / "2027/a.docx").read_bytes() == b"first"
    assert list(Manifest.read(root).entries) == ["2027/a.docx"]
    assert put(root, "2027/a.docx", b"again").outcome is Written.CHANGED  # known for our own, and the lock is free


def test_a_first_run_that_died_meanwhile_is_not_forgotten(tmp_path: Path) -> None:
    root = tmp_path / "outputs"
    dying, second = Store.open(root), Store.open(root)
    dying.save("2027/a.docx", b"first")
    dying._rename_all()
    dying.close()  # before it could record what it wrote
    _busy(second)
    assert put(root, "2027/a.docx", b"again").outcome is Written.CHANGED


def _busy(store: Store) -> None:
    with pytest.raises(BusyError), store:
        store.save("2027/a.docx", b"second")


def test_a_store_that_wrote_nothing_leaves_no_folder(tmp_path: Path) -> None:
    with Store.open(tmp_path / "outputs"):
        pass
    assert not (tmp_path / "outputs").exists()
