"""Sentences say what is so; how it is mended is a code, which the terminal puts into its own words."""

import ast
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

import pipeline
from pipeline.checks.registry import every_rule
from pipeline.cli.commands import main
from pipeline.cli.register_reports import received_text
from pipeline.cli.remedies import HOW, finding_worded, worded
from pipeline.errors import Remedy, TemplateError
from pipeline.tasks.desk import Told
from pipeline.workspace import Workspace
from tests.intake import PROJECTS, UNIT, report, row, take_one

_FRONTS = ("cli", "page")
_HAN = re.compile("[\u4e00-\u9fff]")
_COMMAND = re.compile(r"gongwen +[a-z{]|“gongwen|(?<![A-Za-z0-9-])--[a-z]|(?<![A-Za-z0-9-])-[A-Z](?![A-Za-z0-9])")


def _sentences(path: Path) -> Iterator[tuple[int, str]]:
    """Every text of a module that has a Han character, docstrings apart; the pieces of an f-string are one text."""
    tree = ast.parse(path.read_text("utf-8"))
    aside: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):  # a docstring
            aside.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            pieces = [each for each in node.values if isinstance(each, ast.Constant)]
            aside |= {id(each) for each in pieces}
            yield node.lineno, "{}".join(str(each.value) for each in pieces)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in aside:
            yield node.lineno, node.value


def test_no_sentence_outside_the_fronts_names_a_command_or_an_option() -> None:
    root = Path(pipeline.__file__).parent
    read, named = 0, []
    for path in sorted(root.rglob("*.py")):
        if path.relative_to(root).parts[0] in _FRONTS:
            continue
        for line, text in _sentences(path):
            if _HAN.search(text):
                read += 1
                if _COMMAND.search(text):
                    named.append(f"{path.relative_to(root)}:{line}: {text}")
    assert read > 3000
    assert named == []


@pytest.mark.parametrize("text", ["请用“gongwen run”重编", "请用--unit写明", "用-C指明", "请执行gongwen rename 甲 乙"])
def test_such_a_sentence_would_be_seen(text: str, tmp_path: Path) -> None:
    module = tmp_path / "module.py"
    module.write_text(f'NAME = "甲"\nTOLD = "{text}"\nSAID = f"{{NAME}}{text}{{NAME}}"\n', "utf-8")
    assert sum(bool(_COMMAND.search(each)) for _, each in _sentences(module)) == 2


def test_the_terminal_knows_how_each_remedy_is_done() -> None:
    commands = main.list_commands(main.make_context("gongwen", [], resilient_parsing=True))
    for remedy in Remedy:
        named = re.findall(r"gongwen ([a-z]+)", HOW[remedy])
        assert set(named) <= set(commands), remedy
        assert named or "--" in HOW[remedy] or remedy is Remedy.MAKE_OWN_WAY


def test_a_sentence_has_one_full_stop() -> None:
    assert worded("请重编", Remedy.MAKE) == "请重编（gongwen run）。"
    assert worded("请重编。", None) == "请重编。"


def test_what_is_done_about_a_finding_is_said_in_the_terminals_way() -> None:
    slugs = {rule.slug for rule in every_rule()}
    for slug in ("monthly-renamed", "declaration-dropped"):
        assert slug in slugs
        assert finding_worded("请登记更名。", slug) == "请登记更名（gongwen rename 原名称 新名称）。"
    assert finding_worded("请核对。", "monthly-rate-falling") == "请核对。"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check",), "不是工作区：没有inputs文件夹。请指明工作区的文件夹；还没有建立的，请先建立（先cd到工作区的文件夹，或加-C 文件夹名"),
        (("trace", "甲.docx"), "gongwen init 文件夹名）。"),
    ],
)  # fmt: skip
def test_an_error_says_what_helps(arguments: tuple[str, ...], said: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, [*arguments, "-C", str(tmp_path)])
    assert result.exit_code == 2
    assert said in result.output


def test_a_refused_file_is_told_the_options_that_let_it_in(workspace: Workspace, mail: Path) -> None:
    silent = report(mail, title="重点项目月报", rows=[row(1, "新项目", unit="")])
    text = received_text([take_one(workspace, silent)])
    assert "看不出是哪个单位的报表，请写明报送单位" in text
    assert "（收件时加--unit 单位、--period 期间）" in text
    take_one(workspace, report(mail, "一.csv", rows=[row(1, PROJECTS[0])]))
    part = report(mail, "二.csv", [row(1, PROJECTS[1])])
    assert "（收件时加--replace（取代前一份）或--keep（两份并存））" in received_text([take_one(workspace, part)])
    words = mail / f"{UNIT}2027年4月半月报告.docx"
    words.write_bytes(b"words")
    assert "（收件时加--kind 上半月报（或下半月报））" in received_text([take_one(workspace, words)])
    assert "收件时加" not in received_text([take_one(workspace, words, told=Told(kind="上半月报"))])


def test_an_error_of_another_process_keeps_its_remedy() -> None:
    told = pickle.loads(pickle.dumps(TemplateError("标签有误", Remedy.LIST_FIELDS)))
    assert (type(told), str(told), told.remedy) == (TemplateError, "标签有误", Remedy.LIST_FIELDS)
