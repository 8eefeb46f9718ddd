"""Whatever the disk refuses, and whatever goes wrong in the program, is a sentence and an exit code."""

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.files.given_file import is_missing, why_no_file
from pipeline.tasks import checking
from tests.intake import office
from tests.unprivileged import gongwen_bound


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return office(tmp_path_factory.mktemp("refused") / "w").root


@pytest.fixture
def workspace(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "w"))


def test_office_toml_without_permission(workspace: Path) -> None:
    (workspace / "inputs/office.toml").chmod(0)
    result = gongwen_bound(workspace, "check")
    assert (result.returncode, "Traceback" in result.stdout) == (2, False), result.stdout
    assert "office.toml”读不出来：没有权限" in result.stdout


@pytest.mark.parametrize(
    ("name", "put", "words"),
    [
        ("office.toml", "folder", "是文件夹，请写明文件"),
        ("office.toml", "link", "是一个链接，所指的文件不在"),
        ("节假日.csv", "folder", "是文件夹，请写明文件"),
        ("节假日.csv", "link", "是一个链接，所指的文件不在"),
    ],
)
def test_something_else_in_a_settings_place(workspace: Path, name: str, put: str, words: str) -> None:
    path = workspace / "inputs" / name
    path.unlink(missing_ok=True)
    path.mkdir() if put == "folder" else path.symlink_to(workspace / "不在")
    result = CliRunner().invoke(main, ["check", "-C", str(workspace)])
    assert (result.exit_code, words in result.output, "缺少" in result.output) == (2, True, False)


@pytest.mark.parametrize("command", [["lint"], ["inspect"], ["trace"], ["check"], ["pdf"]])
def test_a_given_file_without_permission(workspace: Path, command: list[str]) -> None:
    paper = workspace / "公文.docx"
    shutil.copy(workspace / "templates/简报.docx", paper)
    paper.chmod(0)
    # lint takes no workspace
    result = gongwen_bound(None if command == ["lint"] else workspace, *command, str(paper))
    assert result.returncode == 2
    assert "公文.docx”读不出来：没有权限" in result.stdout
    assert "不正确" not in result.stdout


def test_what_stands_where_a_file_was_named(tmp_path: Path) -> None:
    (tmp_path / "夹").mkdir()
    (tmp_path / "文件").touch()
    (tmp_path / "断").symlink_to(tmp_path / "无")
    (tmp_path / "圈").symlink_to(tmp_path / "圈")
    os.mkfifo(tmp_path / "管")
    for name, words, missing in (
        ("文件", "", False), ("无", "没有文件", True), ("文件/下", "没有文件", True), ("夹", "是文件夹", False),
        ("断", "是一个链接", False), ("圈", "链接绕成了圈", False), ("管", "不是文件", False),
        ("长" * 300, "文件名或路径过长", False), ("零\0", "不能用的字符", False),
    ):  # fmt: skip
        sentence = why_no_file(tmp_path / name)
        assert (words in sentence, bool(sentence)) == (True, bool(words)), (name, sentence)
        assert is_missing(tmp_path / name) is missing, name


@pytest.mark.parametrize("command", [["--help"], ["kinds"], ["check", "-C"]])
def test_the_result_goes_to_a_full_disk(workspace: Path, command: list[str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("没有/dev/full")
    given = [*command, str(workspace)] if command[-1] == "-C" else command
    with open("/dev/full", "w", encoding="utf-8") as full:
        result = subprocess.run(
            [sys.executable, "-c", "from pipeline.cli import main; main()", *given],
            stdout=full, stderr=subprocess.PIPE, text=True, check=False, cwd=Path(__file__).parents[2],
        )  # fmt: skip
    assert result.returncode == 2
    assert result.stderr == "结果显示不出来或存不进所指的文件：磁盘已满。请换一个地方再运行一次。\n"


_REFUSALS = (
    (errno.EACCES, "没有权限"), (errno.EIO, "磁盘读写出错"), (errno.ENOSPC, "磁盘已满"), (errno.EROFS, "只读"),
    (errno.ELOOP, "链接绕成了圈"), (errno.ENAMETOOLONG, "过长"), (errno.ESTALE, "网络盘已断开"),
    (errno.EMFILE, "打开的文件过多"), (errno.EISDIR, "是一个文件夹"), (errno.ENOENT, "已不在"), (999, "系统错误999"),
)  # fmt: skip


@pytest.mark.parametrize(("number", "words"), _REFUSALS)
def test_a_refusal_that_no_command_foresaw(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refused(*_: object) -> None:
        raise OSError(number, os.strerror(number), "某处/台账.xlsx")

    monkeypatch.setattr(checking, "periods_of", refused)
    result = CliRunner().invoke(main, ["check", "-C", str(workspace)])
    assert result.exit_code == 2
    assert result.output.count("“某处/台账.xlsx”不能读写：") == 1
    assert words in result.output
    assert result.output.endswith("请排除后再运行一次。\n")


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (RecursionError(), "内容套得太多层"),
        (MemoryError(), "内存不够"),
        (KeyError("甲"), "程序出错，没有做完"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "程序出错，没有做完"),
    ],
)
def test_a_fault_of_the_program_is_a_sentence_and_a_report(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, problem: BaseException, words: str
) -> None:
    def failing(*_: object) -> None:
        raise problem

    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(checking, "periods_of", failing)
    result = CliRunner().invoke(main, ["check", "-C", str(workspace)])
    (report,) = tmp_path.glob("gongwen-出错记录-*.txt")
    assert (result.exit_code, words in result.output, str(report) in result.output) == (2, True, True)
    assert "Traceback" not in result.output
    assert type(problem).__name__ in report.read_text("utf-8")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "不在"))
    again = CliRunner().invoke(main, ["check", "-C", str(workspace)])
    assert f"出错的地方：{type(problem).__name__}，test_refused_by_the_disk.py第" in again.output


def test_a_reader_that_goes_away_is_no_fault(workspace: Path) -> None:
    command = f"'{sys.executable}' -c 'from pipeline.cli import main; main()' fields | head -1"
    result = subprocess.run(
        command, shell=True, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2]
    )
    assert (result.stderr, result.stdout.count("\n")) == ("", 1)
