"""Every command that the Chinese README shows runs: in one workspace, one after the other, as a reader would try them.

Left out are ``rename``, which needs a project that changed its name, and what asks LibreOffice for PDFs.
"""

import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from tests.docs.kind_tables import REPOSITORY

_SHOWN = re.compile(r"(?:^|`)gongwen ([a-z][^`\n]*)", re.MULTILINE)
_LEFT_OUT = ("rename", "pdf", "lint")
# 1: a ledger has a mistake, or a paper stands beside a newer ledger; the sample year has both to show.
_MAY_FIND = ("check", "run", "make", "receive", "verify")
_ELSEWHERE = ("init", "inspect")  # which take no workspace, or need none


def shown() -> list[str]:
    """Each command once, in the order of the page, without its workspace."""
    text = (REPOSITORY / "README.zh-CN.md").read_text("utf-8")
    commands = (re.sub(r" -C \S+", "", words).strip() for words in _SHOWN.findall(text))
    return [each for each in dict.fromkeys(commands) if each.split()[0] not in _LEFT_OUT and _is_whole(each)]


def _is_whole(command: str) -> bool:
    """Whether it is shown as it is typed; ``gongwen init`` in a sentence only names the command."""
    name, *rest = command.split()
    found = main.get_command(click.Context(main), name)
    assert found, command
    return bool(rest) or not any(isinstance(each, click.Argument) and each.required for each in found.params)


@pytest.fixture(scope="module")
def root(issued_year: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with its outputs, and beside it what a unit sends."""
    root = shutil.copytree(issued_year, tmp_path_factory.mktemp("readme") / "workspace")
    sent = next((root / "inputs/2027/月报/2027-03").glob("*.xlsx"))
    shutil.move(sent, root.parent / sent.name)
    return root


def _arguments(root: Path, command: str) -> list[str]:
    """The command's words, with real names in place of those that stand for any."""
    report = next(root.parent.glob("*.xlsx"))
    register = root / "inputs/收件登记簿.sqlite3"
    if "备份文件" in command:
        if not register.exists():  # this test may be the first of its process
            CliRunner().invoke(main, ["receive", str(report), "-C", str(root)])
        shutil.move(register, root.parent / "备份.sqlite3")
    plans = sorted((root / "outputs/2027/推进方案").glob("*推进方案.docx"))
    stand_for = {
        "我的工作区": str(root.parent / "新工作区"),
        "收到的文件…": str(report),
        "文件": str(report),
        "备份文件": str(root.parent / "备份.sqlite3"),
        "项目名称": plans[0].stem.removesuffix("推进方案"),
    }
    words = [stand_for.get(each, each) for each in command.split()]
    return words if words[0] in _ELSEWHERE else [*words, "-C", str(root)]


@pytest.mark.parametrize("command", shown())
def test_a_command_of_the_readme_runs(root: Path, command: str) -> None:
    result = CliRunner().invoke(main, _arguments(root, command))
    permitted = (0, 1) if command.split()[0] in _MAY_FIND else (0,)
    assert result.exit_code in permitted, f"{command}\n{result.output}\n{result.exception!r}"
    assert result.output


def test_the_readme_shows_the_commands_of_the_daily_work() -> None:
    assert {each.split()[0] for each in shown()} >= {
        "init",
        "receive",
        "check",
        "make",
        "run",
        "return",
        "trace",
    }
