"""ENOSPC, EIO and EACCES at every n-th look, open, write, fsync, rename and mkdir of a run or of ``archive``; full and
read-only disks."""

import errno
import os
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from pipeline.errors import OutputError
from pipeline.outputs import whole_file
from pipeline.outputs.archive import archive
from pipeline.outputs.manifest import Manifest, Origin, digest
from pipeline.outputs.store import Saved, Store, Written
from tests.faults.small_workspace import documents, gongwen, small_workspace, temporary_files

_NAMES = [f"2027/推进方案/示例项目{number}.docx" for number in range(4)]


class _Usage(NamedTuple):
    total: int
    used: int
    free: int


class _Disk:
    """Counts the calls that reach the disk and fails one of them."""

    def __init__(self, fail: int, number: int) -> None:
        self.fail, self.number, self.calls = fail, number, Counter[str]()

    def reach(self, call: str) -> None:
        self.calls[call] += 1
        if self.calls.total() == self.fail:
            raise OSError(self.number, os.strerror(self.number))

    def through(self, call: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def reached(*arguments: Any, **keywords: Any) -> Any:
            self.reach(call)
            return real(*arguments, **keywords)

        return reached


@contextmanager
def _failing(monkeypatch: pytest.MonkeyPatch, fail: int, number: int) -> Iterator[_Disk]:
    """The store's ``fail``-th call to the disk fails with errno ``number``."""
    disk, stat, mkdir = _Disk(fail, number), os.stat, os.mkdir

    def create(path: str, mode: str) -> _HalfWriting:
        with FileIO(path, mode):
            disk.reach("open")
        return _HalfWriting(path, disk)

    def look(path: Any, *arguments: Any, **keywords: Any) -> os.stat_result:
        if str(path).endswith((".docx", ".pdf", ".tmp", "#")):  # documents, waiting ones, lock files of an editor
            disk.reach("look")
        return stat(path, *arguments, **keywords)

    def make_folder(path: Any, *arguments: Any) -> None:
        if not os.path.isdir(path):
            disk.reach("mkdir")
        mkdir(path, *arguments)

    with monkeypatch.context() as patch:
        patch.setattr(whole_file, "FileIO", create)
        patch.setattr(os, "stat", look)
        patch.setattr(os, "fsync", disk.through("fsync", os.fsync))
        patch.setattr(os, "replace", disk.through("rename", os.replace))
        patch.setattr(os, "rename", disk.through("rename", os.rename))
        patch.setattr(os, "mkdir", make_folder)
        patch.setattr(whole_file, "_flush_system_of", lambda path: False)
        yield disk


class _HalfWriting(FileIO):
    """A file of which half is written at first, as on a disk that fills up; the second half may fail."""

    def __init__(self, path: str, disk: _Disk) -> None:
        super().__init__(path, "w")
        self.disk, self.half = disk, False

    def write(self, data: Any) -> int:
        if not self.half:
            self.half = True
            return super().write(data[: len(data) // 2])
        self.disk.reach("write")
        return super().write(data)


def _run(root: Path, version: str) -> list[Saved]:
    with Store.open(root) as store:
        saved = [store.save(name, f"{version}{name}".encode() * 50, Origin(version)) for name in _NAMES]
    return [store.final(each) for each in saved]


def _said(root: Path) -> dict[str, str]:
    return {name: (root / name).read_text("utf-8")[:1] for name in _NAMES if (root / name).exists()}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=["ENOSPC", "EIO", "EACCES"])
@pytest.mark.parametrize("first", [True, False], ids=["first", "again"])
def test_every_failing_call_leaves_whole_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, first: bool
) -> None:
    refused = beside = fail = 0
    while True:
        fail += 1
        root = tmp_path / f"outputs{fail}"
        if not first:
            _run(root, "甲")
        saved: list[Saved] = []
        try:
            with _failing(monkeypatch, fail, number) as disk:
                saved = _run(root, "乙")
        except OutputError as problem:
            refused += 1
            said = str(problem)
        else:
            said = f"无法写入{root}/"
        # the file's name follows, or it was the outputs folder itself
        assert said.startswith((f"无法写入{root}/", f"无法写入{root}：")), said
        if disk.calls.total() < fail:
            assert disk.calls.keys() - {"mkdir"} == {"look", "open", "write", "fsync", "rename"}
            break
        versions = _said(root)
        assert set(versions.values()) <= ({"乙"} if first else {"甲", "乙"})
        assert first or len(versions) == len(_NAMES)
        for name in versions:
            text = (root / name).read_text("utf-8")
            assert text == f"{text[0]}{name}" * 50, f"{name} is not whole at call {fail}"
        kept = [each for each in saved if each.outcome is Written.BESIDE]
        beside += len(kept)
        assert all(each.path.read_text("utf-8").startswith("乙") for each in kept)
        again = _run(root, "乙")
        assert all(each.outcome is not Written.BESIDE for each in again), f"ours taken for edited at call {fail}"
        assert _said(root) == dict.fromkeys(_NAMES, "乙")
        assert not list(root.rglob("*.tmp"))
        assert not (root / ".gongwen-journal.json").exists()
        shutil.rmtree(root)
    assert refused
    assert refused + beside == fail - 1, "a failure was swallowed"
    name = errno.errorcode[number]
    print(f"{name}: each of {fail - 1} calls failed once: {refused} refused, {beside} put beside, 0 damaged")


def _archive(root: Path) -> None:
    with Store.open(root) as store:
        archive(store)


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EACCES], ids=["ENOSPC", "EIO", "EACCES"])
def test_every_failing_call_leaves_each_orphan_at_one_of_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    fail = unheard = 0
    while True:
        fail += 1
        root = tmp_path / f"outputs{fail}"
        _run(root, "甲")
        (root / _NAMES[1]).write_bytes(b"edited")
        (root / _NAMES[2]).with_suffix(".pdf").write_bytes(b"signed")
        with Store.open(root) as store:
            store.save(_NAMES[0], (root / _NAMES[0]).read_bytes(), Origin("甲"))
            store.left_over("2027")
        before = {path.relative_to(root): path.read_bytes() for path in root.rglob("示例*")}
        said = ""
        try:
            with _failing(monkeypatch, fail, number) as disk:
                _archive(root)
        except OutputError as problem:
            said = str(problem)
        after = {path.relative_to(root): path.read_bytes() for path in root.rglob("示例*")}
        archived = {
            path: path if path == Path(_NAMES[0]) else Path("归档", path) for path in before
        }  # each one's place in the end
        for path, data in before.items():
            places = [after[place] for place in {path, archived[path]} if place in after]
            assert places == [data], f"{path} is not whole at one place at call {fail}"
        if disk.calls.total() < fail:
            assert not said
            assert disk.calls.keys() == {"look", "open", "write", "fsync", "rename", "mkdir"}
            break
        if said:
            assert re.match(f"无法(读取|移动|写入){root}", said)
        else:  # it only was not told whether a place is empty; its record stays then
            assert after.keys() == set(archived.values()), f"call {fail} failed unheard"
            unheard += 1
        _archive(root)
        assert {path.relative_to(root) for path in root.rglob("示例*")} == set(archived.values())
        assert {name: entry.written for name, entry in Manifest.read(root).entries.items()} == {
            archived[path].as_posix(): digest(data) for path, data in before.items()
        }, f"record and disk differ after call {fail}"
        assert not (root / ".gongwen-journal.json").exists()
        shutil.rmtree(root)
    assert unheard <= 1  # the place of the PDF, which has no origin
    name = errno.errorcode[number]
    print(f"{name}: each of {fail - 1} calls of archive failed once: {fail - 1 - unheard} refused, 0 lost")


def test_too_little_room_is_said_before_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = small_workspace(tmp_path / "w")
    monkeypatch.setattr(shutil, "disk_usage", lambda path: _Usage(10**9, 10**9, 100_000))
    result = gongwen(workspace, "run")
    assert (result.exit_code, "磁盘只剩0.1MB" in result.output) == (2, True), result.output
    assert not documents(workspace)
    monkeypatch.undo()
    assert gongwen(workspace, "run").exit_code == 1


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of its own of 1 MB."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if (
        not mount
        or subprocess.run(
            [mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)], capture_output=True, check=False
        ).returncode
    ):
        pytest.skip("no right to mount a small file system here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_disk_that_fills_up_meanwhile_damages_nothing(small_disk: Path) -> None:
    root = small_disk / "outputs"
    _run(root, "甲")
    ballast = small_disk / "ballast"

    def fill_up() -> None:
        with Store.open(root) as store:
            store.save("2027/大.docx", b"0" * 200_000)
            ballast.write_bytes(b"0" * 700_000)
            for name in _NAMES:
                store.save(name, b"1" * 60_000)

    with pytest.raises(OutputError, match="磁盘已满"):
        fill_up()
    assert set(_said(root).values()) <= {"甲", "1"}
    assert {(root / name).stat().st_size for name in _NAMES} <= {60_000, len(f"甲{_NAMES[0]}".encode()) * 50}
    ballast.unlink()
    assert all(each.outcome is Written.CHANGED for each in _run(root, "乙"))
    assert not list(root.rglob("*.tmp"))


@pytest.fixture
def sealed(tmp_path: Path) -> Iterator[Path]:
    """A workspace whose outputs can't be written."""
    workspace = small_workspace(tmp_path / "w")
    outputs = workspace / "outputs"
    outputs.mkdir()
    chattr = shutil.which("chattr")
    if os.geteuid() != 0:
        outputs.chmod(0o555)
    elif not chattr or subprocess.run([chattr, "+i", str(outputs)], capture_output=True, check=False).returncode:
        pytest.skip("root may write everywhere, and this disk has no immutable folders")
    yield workspace
    if os.geteuid() != 0:
        outputs.chmod(0o755)
    else:
        subprocess.run(["chattr", "-i", str(outputs)], check=True)


def test_a_read_only_folder_is_refused_before_any_work(sealed: Path) -> None:
    result = gongwen(sealed, "run")
    assert result.exit_code == 2
    assert "没有写入权限" in result.output
    assert "读取" not in result.output
    assert not temporary_files(sealed)
