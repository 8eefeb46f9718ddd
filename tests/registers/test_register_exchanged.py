"""A register that was emptied, deleted or exchanged: nothing is written, both ends are told, and it is restored."""

import multiprocessing
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.errors import WorkspaceError
from pipeline.records.receipt_line import RegisterLine
from pipeline.registers.noted_end import ChainEnd, NotedEnd
from pipeline.registers.register import Register
from pipeline.registers.register_restore import restore
from pipeline.workspace import Workspace
from tests.intake import OTHER, at, office, report, row, take_one, verified

Change = Callable[[Register, Path], None]


def _emptied(register: Register, old: Path) -> None:
    register.path.write_bytes(b"")


def _deleted(register: Register, old: Path) -> None:
    register.path.unlink()


def _older(register: Register, old: Path) -> None:
    shutil.copy(old, register.path)


def _other(register: Register, old: Path) -> None:
    """The register of another workspace, longer than ours."""
    other = office(old.parent / "别区")
    for day in range(1, 5):
        take_one(other, report(old.parent, f"别{day}.csv"), f"03-{20 + day} 10:00")
    shutil.copy(Register.open(other).path, register.path)


def _folder(register: Register, old: Path) -> None:
    register.path.unlink()
    (register.path / "夹").mkdir(parents=True)


def _without_note(register: Register, old: Path) -> None:
    register.end_path.unlink()


def _edited_note(register: Register, old: Path) -> None:
    register.end_path.write_text("第3行", "utf-8")


def _damaged(register: Register, old: Path) -> None:
    register.path.write_bytes(b"no database" * 100)


def _changed_line(register: Register, old: Path) -> None:
    data = register.path.read_bytes()
    register.path.write_bytes(data.replace(b"2027-03-26T09", b"2027-03-25T09"))


_CHANGES: dict[str, Change] = {
    "清空": _emptied, "删除": _deleted, "旧的一份": _older, "另一份": _other, "文件夹": _folder,
    "链尾不在": _without_note, "链尾被改": _edited_note, "损坏": _damaged, "改了一行": _changed_line,
}  # fmt: skip


@pytest.fixture(scope="module")
def received(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three reports, and copies of the register after two and three of them."""
    root = tmp_path_factory.mktemp("exchanged")
    workspace, mail = office(root / "w"), root / "mail"
    register = Register.open(workspace)
    take_one(workspace, report(mail, "1.csv"), "03-26 09:30")
    water = report(mail, "2.csv", [row(1, "丙水厂项目", unit=OTHER)], f"{OTHER}2027年3月重点项目月报")
    take_one(workspace, water, "03-27 09:30")
    shutil.copy(register.path, root / "二行.sqlite3")
    take_one(workspace, report(mail, "3.csv", title="区住建局2027年2月重点项目月报"), "03-28 09:30")
    shutil.copy(register.path, root / "三行.sqlite3")
    return root


@pytest.fixture
def copies(received: Path, tmp_path: Path) -> Path:
    shutil.copytree(received, tmp_path, dirs_exist_ok=True)
    return tmp_path


def _gongwen(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "-C", str(root / "w")])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _everything(root: Path) -> dict[str, bytes]:
    """Every file of the workspace but the lock, which says nothing by being there."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in sorted(root.rglob("*"))
        if path.name != ".gongwen-lock" and path.parts[-1] != "outputs"
    }


_WRITING = (
    ("run",), ("make", "briefing", "2027-03"), ("receive",), ("forms", "2027"), ("return",), ("archive", "--yes"),
    ("rename", "甲厂房项目", "乙道路项目"), ("calendar", "--ics", "--today", "2027-03-30"), ("pdf",),
)  # fmt: skip


@pytest.mark.parametrize("change", _CHANGES)
def test_no_command_writes(copies: Path, change: str) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    _CHANGES[change](register, copies / "二行.sqlite3")
    report(copies, "新.csv", title="区住建局2027年1月重点项目月报")
    before = _everything(copies / "w")
    for command in _WRITING:
        given = (str(copies / "新.csv"),) if command == ("receive",) else ()
        result = _gongwen(copies, *command, *given)
        assert result.exit_code == 2, (command, result.output)
        assert "登记簿" in result.output, (command, result.output)
        assert "--restore" in result.output, (command, result.output)
        assert _everything(copies / "w") == before, command


@pytest.mark.parametrize(
    ("change", "stands"),
    [("清空", "一行也没有"), ("删除", "一行也没有"), ("旧的一份", "只到第2行（2:"), ("另一份", "这一行是3:")],
)
def test_reading_commands_tell_both_ends(copies: Path, change: str, stands: str) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    noted = ChainEnd.parse(register.end_path.read_text("utf-8"))
    _CHANGES[change](register, copies / "二行.sqlite3")
    listed, checked = _gongwen(copies, "register"), _gongwen(copies, "check")
    assert (listed.exit_code, checked.exit_code) == (2, 1)
    for result in (listed, checked):
        assert f"链尾.txt记的是{noted.short}，即第3行" in result.output
        assert stands in result.output
    assert "还是空的" not in listed.output
    assert "没有收到" not in checked.output  # nothing is said to be missing
    assert _gongwen(copies, "register", "--verify").exit_code == 1
    assert "登记簿：inputs" in _gongwen(copies, "verify").output


@pytest.mark.parametrize("change", _CHANGES)
def test_a_copy_is_put_back_and_the_rest_set_aside(copies: Path, change: str) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    lines = register.lines()
    _CHANGES[change](register, copies / "二行.sqlite3")
    present = register.path.read_bytes() if register.path.is_file() else None
    noted = "--known", f"3:{lines[2].hash[:12]}"
    accepted = noted if change in ("链尾不在", "链尾被改") else ()
    result = _gongwen(copies, "register", "--restore", str(copies / "三行.sqlite3"), *accepted)
    assert (result.exit_code, "共3行" in result.output) == (0, True), result.output
    assert register.lines() == lines
    assert verified(Workspace.open(copies / "w"))
    aside = register.path.with_name("收件登记簿（移开1）.sqlite3")
    if present is not None:
        assert aside.read_bytes() == present
    elif change == "文件夹":
        assert (aside / "夹").is_dir()
    taken = take_one(
        Workspace.open(copies / "w"),
        report(copies, "新.csv", title="区住建局2027年1月重点项目月报"),
        "03-29 09:00",
    )
    assert taken.line.number == 4
    assert not [each for each in (copies / "w/inputs").iterdir() if each.suffix in (".tmp", ".sqlite3-journal")]


def test_an_older_copy_is_taken_only_when_its_end_is_named(copies: Path) -> None:
    workspace = Workspace.open(copies / "w")
    register = Register.open(workspace)
    second, third = register.lines()[1:]
    _deleted(register, copies)
    old = str(copies / "二行.sqlite3")
    refused = _gongwen(copies, "register", "--restore", old)
    assert refused.exit_code == 2
    assert f"--known 2:{second.hash[:16]}" in refused.output
    assert not register.path.exists()
    assert _gongwen(copies, "register", "--restore", old, "--known", f"3:{third.hash[:16]}").exit_code == 2
    taken = _gongwen(copies, "register", "--restore", old, "--known", f"2:{second.hash[:16]}")
    assert (taken.exit_code, "缺少末尾1行" in taken.output) == (0, True), taken.output
    assert register.end_path.with_name("收件登记簿.链尾（移开1）.txt").read_text("utf-8").startswith("3:")
    told = _gongwen(copies, "register", "--verify").output
    assert third.archived in told  # what has to be received again
    again = take_one(workspace, workspace.root / third.archived, "03-28 09:30")
    assert (again.line.number, again.line.refusal) == (3, "")
    assert verified(workspace)


def test_a_register_that_holds_is_not_replaced(copies: Path) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    before = _everything(copies / "w")
    for copy in ("二行.sqlite3", "三行.sqlite3"):
        end = f"2:{register.lines()[1].hash[:12]}" if copy == "二行.sqlite3" else ""
        known = ("--known", end) if end else ()
        result = _gongwen(copies, "register", "--restore", str(copies / copy), *known)
        assert (result.exit_code, "完好" in result.output) == (2, True), result.output
    assert _everything(copies / "w") == before


def test_a_longer_copy_of_a_register_and_note_put_back_together(copies: Path) -> None:
    """Both from the same old backup: they fit each other, and the newer copy is seen to go on from there."""
    register = Register.open(Workspace.open(copies / "w"))
    lines = register.lines()
    _older(register, copies / "二行.sqlite3")
    register.end_path.write_text(f"2:{lines[1].hash}\n", "utf-8")
    assert _gongwen(copies, "register", "--restore", str(copies / "三行.sqlite3")).exit_code == 0
    assert register.lines() == lines


@pytest.mark.parametrize("content", [b"", b"no database" * 100, None])
def test_a_copy_that_is_no_register_changes_nothing(copies: Path, content: bytes | None) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    _emptied(register, copies)
    copy = copies / "备份"
    copy.mkdir() if content is None else copy.write_bytes(content)
    before = _everything(copies / "w")
    assert _gongwen(copies, "register", "--restore", str(copy)).exit_code == 2
    assert _everything(copies / "w") == before


def test_what_a_copy_holds_beside_its_lines_is_not_taken_over(copies: Path) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    copy = copies / "三行.sqlite3"
    connection = sqlite3.connect(copy)
    connection.execute("CREATE TRIGGER planted AFTER INSERT ON lines BEGIN SELECT 1; END")
    connection.commit()
    connection.close()
    _emptied(register, copies)
    assert _gongwen(copies, "register", "--restore", str(copy)).exit_code == 0
    connection = sqlite3.connect(register.path)
    names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    connection.close()
    assert "planted" not in names


def test_a_journal_of_the_former_file_does_not_touch_the_restored_one(copies: Path) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    lines = register.lines()
    _damaged(register, copies)
    journal = Path(f"{register.path}-journal")
    journal.write_bytes(b"half a transaction")
    assert _gongwen(copies, "register", "--restore", str(copies / "三行.sqlite3")).exit_code == 0
    assert not journal.exists()
    assert register.lines() == lines


def test_a_note_that_lags_behind_heals(copies: Path) -> None:
    """Killed after the line was safe and before its end was noted."""
    workspace = Workspace.open(copies / "w")
    register = Register.open(workspace)
    first = register.lines()[0]
    for text in ("0:", f"1:{first.hash}"):
        register.end_path.write_text(text, "utf-8")
        register.require_whole()
    register.append(register.lines()[2])
    assert register.end_path.read_text("utf-8") == f"{register.end()}\n"


def test_a_register_deleted_before_its_first_line_was_noted(tmp_path: Path) -> None:
    """Killed in the very first receipt: what is there is a beginning."""
    register = Register.open(office(tmp_path))
    register.noted.begin()
    register.require_whole()
    assert register.verify() == ()
    assert register.noted.read() is None


def test_a_line_between_note_and_file_is_no_fault(copies: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another writer appends while a command looks: the note is read first, so the file only runs ahead."""
    register = Register.open(Workspace.open(copies / "w"))
    real, meanwhile = NotedEnd.read, [True]

    def read(noted: NotedEnd) -> ChainEnd | None:
        found = real(noted)
        if meanwhile and meanwhile.pop():
            register.append(register.lines()[2])
        return found

    monkeypatch.setattr(NotedEnd, "read", read)
    assert register.checked_lines()[1] == ()
    assert len(register.lines()) == 4


def test_a_register_exchanged_under_a_waiting_writer_is_not_written(
    copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register = Register.open(Workspace.open(copies / "w"))
    line, real = register.lines()[2], Register._faults

    def exchanged(self: Register, *arguments: object) -> object:
        if register.path.stat().st_nlink == 1:
            fresh = copies / "换"
            shutil.copy(register.path, fresh)
            fresh.replace(register.path)
        return real(self, *arguments)  # type: ignore[arg-type]

    with monkeypatch.context() as patch:
        patch.setattr(Register, "_faults", exchanged)
        with pytest.raises(WorkspaceError, match="请重试"):
            register.append(line)
    assert len(register.lines()) == 3


def _appending(register: Register, number: int) -> None:
    for turn in range(3):
        moment = at(f"03-{1 + number % 28:02} 09:{turn:02}")
        register.append(RegisterLine(moment, moment, f"{number}{turn}", 1, "x", "x", unit=f"单位{number}"))


def test_twenty_writers_at_once_from_the_very_first_line(tmp_path: Path) -> None:
    register = Register.open(office(tmp_path))
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_appending, args=(register, number)) for number in range(20)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    assert [writer.exitcode for writer in writers] == [0] * 20
    assert [line.number for line in register.lines()] == list(range(1, 61))
    assert register.holds()
    assert register.append(register.lines()[0]).number == 61  # and a note that lags behind is made good
    assert register.noted.read() == register.end()


@pytest.mark.parametrize("call", ["rename", "replace"])
def test_a_restoring_that_is_killed_midway_is_done_again(
    copies: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    """Nothing is lost, nothing is written by others until then, and the same command ends it."""
    register = Register.open(Workspace.open(copies / "w"))
    lines, real = register.lines(), getattr(os, call)
    _older(register, copies / "二行.sqlite3")
    copy, left = copies / "三行.sqlite3", [1]

    def dying(*arguments: object, **keywords: object) -> None:
        if left and left.pop():
            raise KeyboardInterrupt
        real(*arguments, **keywords)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, dying)
        with pytest.raises(KeyboardInterrupt):
            restore(register, copy)
    with pytest.raises(WorkspaceError, match="链尾"):
        register.append(lines[2])
    restore(register, copy)
    assert register.lines() == lines
    assert register.verify() == ()
    assert not list(register.path.parent.glob("*.tmp"))
