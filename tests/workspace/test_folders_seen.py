"""Every folder of ledgers is seen, or named: nothing is concluded from what nobody could look at."""

import errno
import os
import re
import shutil
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.errors import WorkspaceError
from pipeline.files.folder_walk import MOST_LEVELS, Obstacle, walk
from pipeline.outputs.manifest import Manifest
from pipeline.outputs.verify import Fault, verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.spreadsheets.ledger_paths import ledger_paths, walk_ledgers
from pipeline.workspace import Workspace
from tests.intake import HEAD, OTHER, PROJECTS, UNIT, office, report, row, take, take_one
from tests.unprivileged import gongwen_bound

_MONTH = "inputs/2027/月报/2027-03"


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both units' March reports put in by hand, and the papers made of them."""
    root = tmp_path_factory.mktemp("seen") / "w"
    declared = office(root).inputs / "2027/申报/申报表.csv"
    declared.write_text(declared.read_text("utf-8").replace("当年形象进度目标", "当年计划形象进度"), "utf-8")
    report(root / _MONTH, "一.csv")
    water = f"{OTHER}2027年3月重点项目月报"
    report(root / _MONTH, "二.csv", [row(1, "丙水厂项目", unit=OTHER)], water)
    assert _gongwen(root, "run").exit_code in (0, 1)
    assert (root / "outputs/2027/简报").is_dir()
    return root


@pytest.fixture
def workspace(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "w", symlinks=True))


def _gongwen(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "-C", str(root)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def _papers(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in (root / "outputs").rglob("*.docx")}


def _left_over(root: Path) -> list[str]:
    return [key for key, entry in Manifest.read(root / "outputs").entries.items() if entry.left_over]


_COMMANDS: tuple[tuple[tuple[str, ...], tuple[int, ...]], ...] = (
    (("check",), (1,)), (("run",), (1,)), (("verify",), (1,)), (("archive",), (1,)),
    (("make", "briefing", "2027-03"), (1,)), (("forms", "2027-04"), (2,)), (("return",), (2,)),
    (("rename", "甲厂房项目", "乙道路项目"), (2,)), (("calendar", "--today", "2027-04-20"), (0,)),
)  # fmt: skip


def _nothing_is_concluded(root: Path, place: str, run: Callable[..., Any], why: str, most: int | None = 5) -> None:
    """``run`` is a command as a user sees it: its output and its exit code; ``most`` of them are tried."""
    papers = _papers(root)
    for command, codes in _COMMANDS[:most]:
        code, output = run(root, *command)
        assert code in codes, (command, output)
        assert place in output, (command, output)
        assert why in output, (command, output)
        for untrue in ("没有收到", "缺报", "遗留的", "未报", "→", "Traceback"):
            assert untrue not in output.replace("不判断缺报漏项", "").replace("没有判断缺报", ""), (
                command,
                output,
            )
    assert _papers(root) == papers
    assert _left_over(root) == []
    assert not [each for each in verify(root, KINDS).deviations if each.fault is Fault.LEFT_OVER]


def _in_process(root: Path, *command: str) -> tuple[int, str]:
    result = _gongwen(root, *command)
    return result.exit_code, result.output


def _bound(root: Path, *command: str) -> tuple[int, str]:
    result = gongwen_bound(root, *command)
    return result.returncode, result.stdout


@pytest.mark.parametrize("place", [_MONTH, "inputs/2027/月报", "inputs/2027"])
def test_a_folder_without_permission(workspace: Path, place: str) -> None:
    (workspace / place).chmod(0)
    try:
        _nothing_is_concluded(workspace, place, _bound, "文件夹读不出来：没有权限", 2)
    finally:
        (workspace / place).chmod(0o755)
    assert _gongwen(workspace, "run").exit_code in (0, 1)  # and all is as before once it is back
    assert _left_over(workspace) == []
    assert not [each for each in verify(workspace, KINDS).deviations if each.fault is Fault.ARRIVED]


def test_a_folder_whose_files_can_be_listed_and_not_opened(workspace: Path) -> None:
    (workspace / _MONTH).chmod(0o444)
    try:
        _nothing_is_concluded(workspace, _MONTH, _bound, "文件夹读不出来：没有权限", 2)
    finally:
        (workspace / _MONTH).chmod(0o755)


@pytest.mark.parametrize(
    ("number", "why"),
    [(errno.EIO, "磁盘读写出错"), (errno.ESTALE, "网络盘已断开"), (errno.EACCES, "没有权限")],
)
@pytest.mark.parametrize("place", [_MONTH, "inputs/2027/名册"])
def test_a_share_that_drops_out(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, place: str, number: int, why: str
) -> None:
    real = os.scandir

    def scandir(path: Any = ".") -> Iterator[os.DirEntry[str]]:
        if str(path).endswith(place):
            raise OSError(number, os.strerror(number), str(path))
        return real(path)

    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        _nothing_is_concluded(workspace, place, _in_process, why)
        with pytest.raises(WorkspaceError, match=place):
            take(Workspace.open(workspace), report(workspace.parent, "新.csv"))
    assert not (workspace / "inputs/收件存档").exists()


def test_a_link_whose_share_is_gone(workspace: Path) -> None:
    (workspace / _MONTH).rename(workspace.parent / "共享")
    (workspace / _MONTH).symlink_to(workspace.parent / "不在的共享")
    _nothing_is_concluded(workspace, _MONTH, _in_process, "是一个链接，所指的文件或文件夹不在", None)


@pytest.mark.parametrize("place", [_MONTH, "inputs/2027/月报", "inputs/2027", "inputs"])
def test_a_link_to_a_share_is_followed(workspace: Path, place: str) -> None:
    before = _gongwen(workspace, "check").output
    (workspace / place).rename(workspace.parent / "共享")
    (workspace / place).symlink_to(workspace.parent / "共享")
    assert _gongwen(workspace, "check").output == before
    assert len(Workspace.open(workspace).ledger_files(2027)) == 4


def test_the_year_itself_is_a_broken_link(workspace: Path) -> None:
    shutil.rmtree(workspace / "inputs/2027")
    (workspace / "inputs/2027").symlink_to(workspace.parent / "不在")
    _nothing_is_concluded(workspace, "inputs/2027", _in_process, "是一个链接")


def test_what_is_no_file_is_named(workspace: Path) -> None:
    folder = workspace / _MONTH
    os.mkfifo(folder / "管道.xlsx")
    listening = socket.socket(socket.AF_UNIX)
    os.chdir(folder)  # a socket's path is short
    listening.bind("插座")
    listening.close()
    (folder / "三.xlsx").mkdir()
    code, output = _in_process(workspace, "check")
    assert code == 1
    for name, what in (
        ("管道.xlsx", "管道（FIFO）"),
        ("插座", "套接字"),
        ("三.xlsx", "是文件夹，不是台账文件"),
    ):
        said = f"{'不是文件，是' if what[0] != '是' else ''}{what}"
        assert re.search(f"^{re.escape(f'{_MONTH}/{name}')}\n *\\d+ ..  {re.escape(said)}", output, re.MULTILINE)


def test_a_folder_named_like_a_ledger_is_read_and_named(workspace: Path) -> None:
    folder = workspace / _MONTH
    (folder / "三.xlsx").mkdir()
    (folder / "一.csv").rename(folder / "三.xlsx/一.csv")
    _, output = _in_process(workspace, "check")
    assert "/三.xlsx\n" in output
    assert "是文件夹，名称却像台账，其中的文件已照常读取。请去掉文件夹名称中的.xlsx" in output
    assert "项目月报" not in output  # of none it is said that it did not come


def test_links_in_a_circle_end(workspace: Path) -> None:
    files = ledger_paths(workspace / "inputs/2027")
    (workspace / _MONTH / "上").symlink_to(workspace / "inputs")
    (workspace / _MONTH / "同").symlink_to(workspace / "inputs/2027/申报")
    (workspace / _MONTH / "圈").symlink_to(workspace / _MONTH / "圈")
    found = walk_ledgers(workspace / "inputs/2027")
    inside = {path for path in found.files if "上" not in path.parts}
    assert inside == set(files)
    told = {each.path.name: each for each in found.remarks}
    assert (told["2027"].obstacle, told["同"].obstacle) == (Obstacle.AGAIN, Obstacle.AGAIN)
    assert told["圈"].obstacle is Obstacle.UNSEEN
    assert "与“申报”是同一个文件夹" in told["同"].message


@pytest.mark.parametrize(("levels", "seen"), [(MOST_LEVELS, True), (MOST_LEVELS + 1, False)])
def test_a_walk_goes_so_deep(tmp_path: Path, levels: int, seen: bool) -> None:
    deepest = tmp_path.joinpath(*map(str, range(levels)))
    deepest.mkdir(parents=True)
    (deepest / "台账.csv").touch()
    found = walk(tmp_path)
    assert (len(found.files), len(found.unseen)) == ((1, 0) if seen else (0, 1))


def test_hidden_files_and_folders_are_the_systems_own(workspace: Path) -> None:
    before = _in_process(workspace, "check")
    (workspace / _MONTH / ".#一.csv").symlink_to("user@host.1234")  # as an editor locks
    (workspace / _MONTH / ".Trash").mkdir()
    shutil.copy(workspace / _MONTH / "一.csv", workspace / _MONTH / ".Trash/旧.csv")
    assert _in_process(workspace, "check") == before


def test_what_the_register_holds_and_no_folder_does(tmp_path: Path) -> None:
    space = office(tmp_path / "w")
    taken = take_one(space, report(tmp_path / "mail"))
    declared = space.inputs / "2027/申报/申报表.csv"
    declared.write_text(declared.read_text("utf-8").replace("当年形象进度目标", "当年计划形象进度"), "utf-8")
    _gongwen(space.root, "run")
    assert (papers := _papers(space.root))
    shutil.rmtree(space.inputs / "2027/月报")
    why = "收件登记簿收下的台账不在文件夹中：第1行区住建局2027年3月项目月报.csv"
    for command, code in (("check", 1), ("run", 1), ("return", 2)):
        result = _gongwen(space.root, command)
        assert (result.exit_code, why in result.output) == (code, True), result.output
        assert "没有收到" not in result.output
    assert _papers(space.root) == papers
    assert _left_over(space.root) == []
    assert _gongwen(space.root, "archive").exit_code == 1
    again = _gongwen(space.root, "receive", str(space.root / taken.line.archived))  # as the finding says
    assert "已按存档补放" in again.output
    assert why not in _gongwen(space.root, "check").output


def test_a_received_report_that_a_person_moved_is_there(tmp_path: Path) -> None:
    space = office(tmp_path / "w")
    taken = take_one(space, report(tmp_path / "mail"))
    (space.root / taken.line.working).rename(space.inputs / "2027/月报/改名.csv")
    assert "不在文件夹中" not in _gongwen(space.root, "check").output


def test_a_folder_that_is_gone_since_stops_the_archive_until_the_next_run(workspace: Path) -> None:
    report(workspace / "inputs/2027/月报/2027-04", "四.csv", title="区住建局2027年4月重点项目月报")
    _gongwen(workspace, "run")
    shutil.rmtree(workspace / "inputs/2027/月报/2027-04")
    assert _in_process(workspace, "archive")[0] == 1
    assert [each.path for each in verify(workspace, KINDS).deviations if each.fault is Fault.UNSEEN] == [
        "inputs/2027/月报/2027-04"
    ]
    _gongwen(workspace, "run")  # the office has looked at it
    code, output = _in_process(workspace, "archive", "--yes")
    assert (code, "简报第4期" in output) == (0, True)


@pytest.mark.parametrize("place", ["outputs/2027", "outputs/2027/简报", "templates"])
def test_verify_of_what_cannot_be_read(workspace: Path, place: str) -> None:
    (workspace / place).chmod(0)
    try:
        code, output = _bound(workspace, "verify")
    finally:
        (workspace / place).chmod(0o755)
    assert (code, "Traceback" in output) == (1, False), output
    assert "没有权限" in output or "现在读不出来" in output
    assert "文件不在" not in output


def test_an_unreadable_template_is_not_a_missing_one(workspace: Path) -> None:
    template = workspace / "templates/简报.docx"
    template.chmod(0)
    code, output = _bound(workspace, "run")
    assert (code, "缺少模板" in output, "gongwen init" in output) == (2, False, False)
    assert "简报.docx读不出来：没有权限" in output
    code, output = _bound(workspace, "verify")
    assert (code, "templates/简报.docx" in output, "Traceback" in output) == (1, True, False)
    template.unlink()
    template.symlink_to(workspace / "不在.docx")
    assert "是一个链接，所指的文件不在" in _gongwen(workspace, "run").output


def test_inputs_itself_cannot_be_read(workspace: Path) -> None:
    (workspace / "inputs").chmod(0)
    tried = [_bound(workspace, command) for command in ("check", "verify", "register")]
    (workspace / "inputs").chmod(0o311)  # what lies there can be opened by its name, and not be listed
    tried.append(_bound(workspace, "check"))
    (workspace / "inputs").chmod(0o755)
    for code, output in tried:
        assert code in (1, 2), output
        assert "没有权限" in output
        assert "Traceback" not in output


def test_a_year_that_the_register_knows_and_inputs_lacks(tmp_path: Path) -> None:
    space = office(tmp_path / "w")
    take_one(space, report(tmp_path / "mail"))
    (space.inputs / "2027").rename(tmp_path / "保管")
    (space.inputs / "2026").mkdir()
    for command in ("check", "run"):
        output = _gongwen(space.root, command).output
        assert "注意  inputs/2027不在，收件登记簿收下的该年度台账1份没有检查" in output


def test_one_month_of_a_report_of_several_is_gone(tmp_path: Path) -> None:
    """Its bytes still stand in the other month's folder, and are that month's."""
    space = office(tmp_path / "w")
    book = openpyxl.Workbook()
    for number, month in enumerate((2, 3)):
        sheet = book.create_sheet(f"{month}月", number)
        for line in (f"{UNIT}2027年{month}月重点项目月报", HEAD, row(1, PROJECTS[0]), row(2, PROJECTS[1])):
            sheet.append(line.split(","))
    del book["Sheet"]
    book.save(tmp_path / "两月.xlsx")
    taken = take(space, tmp_path / "两月.xlsx")
    assert [each.line.period for each in taken] == ["2027-02", "2027-03"]
    assert "不在文件夹中" not in _gongwen(space.root, "check").output
    (space.root / taken[1].line.working).unlink()
    said = _gongwen(space.root, "check").output
    assert re.search("^inputs/2027/月报/2027-03\n +1 错误  收件登记簿收下的台账不在文件夹中：第2行", said, re.MULTILINE)
