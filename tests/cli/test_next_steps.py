"""``gongwen`` alone shows the parts of a month's work; each command ends with what usually comes next."""

import json
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.cli.commands import COMMANDS, PARTS
from pipeline.cli.next_steps import (
    LEDGERS_LISTED,
    NEXT,
    NO_RECEIPTS,
    NO_ROWS,
    NOT_RECEIVED,
    NOTHING_BACK,
    OWN_ERRORS,
    VERIFIED,
)
from pipeline.records.text_width import shown_width
from pipeline.tasks.start import start_workspace
from tests.docs.kind_tables import REPOSITORY


def said(*args: str) -> str:
    return CliRunner().invoke(main, args).output


@pytest.fixture
def folder(tmp_path: Path) -> str:
    start_workspace(tmp_path, 2027)
    return str(tmp_path)


def test_every_command_has_its_next_step() -> None:
    names = {each.name for each in COMMANDS if not isinstance(each.load(), click.Group)}
    assert set(NEXT) == names | {
        "templates check",
        NO_ROWS,
        NOT_RECEIVED,
        OWN_ERRORS,
        NO_RECEIPTS,
        VERIFIED,
        LEDGERS_LISTED,
        NOTHING_BACK,
    }


def test_where_nothing_goes_back_no_unit_is_to_get_it(folder: str) -> None:
    assert "没有需要退回的台账" in (told := said("return", "2027", "-C", folder))
    assert told.endswith("下一步：用“gongwen check”看还有没有别的问题，再用“gongwen run”编制全部文书。\n")


def test_a_next_step_names_commands_that_exist() -> None:
    names = {each.name for each in COMMANDS}
    for step in NEXT.values():
        for clause in step:
            assert set(re.findall("“gongwen ([a-z]+)", clause)) <= names
            assert not clause.endswith("。")


def test_it_stands_below_the_output_and_follows_the_exit_code(folder: str) -> None:
    assert said("kinds").endswith("\n\n下一步：用“gongwen make 文书 期间”编制，如“gongwen make 简报 2027年3月”。\n")
    assert said("templates", "check", "-C", folder).endswith("\n\n下一步：用“gongwen run”编制文书。\n")
    template = str(REPOSITORY / "templates/计划.docx")
    assert said("lint", template).endswith("\n\n下一步：改好后再检查一次。\n")


def test_where_no_ledger_was_read_nothing_is_to_be_made(folder: str) -> None:
    assert said("check", "-C", folder).endswith(
        "\n没有读到一行台账，以上不表示没有问题。\n\n"
        "下一步：把各单位台账放入inputs下的年度文件夹，或用“gongwen receive 文件”收件。\n"
    )


def test_nothing_is_returned_to_units_for_errors_of_the_office(folder: str) -> None:
    (Path(folder) / "inputs/2027/月报/表.xlsx").write_bytes(b"no workbook")
    output = said("check", "-C", folder)
    assert "错误" in output
    assert output.endswith("\n\n下一步：按所说的改正后再检查一次。\n")


def test_a_file_from_elsewhere_is_to_be_received_before_anything_is_made(folder: str, tmp_path: Path) -> None:
    declared = REPOSITORY / "inputs/2027/申报/区卫健局2027年重点项目申报表.xlsx"
    stray = shutil.copyfile(declared, tmp_path / "微信文件.xlsx")
    output = said("check", str(stray), "-C", folder)
    assert "按区卫健局 申报台账 2027年核对，没有登记" in output
    assert re.search("下一步：.*用“gongwen receive 文件”收件。\n$", output)
    assert not re.search("gongwen (run|return)", output)


def test_an_empty_register_waits_for_the_first_file(folder: str) -> None:
    for options in ((), ("--verify",)):
        assert said("register", *options, "-C", folder).endswith(
            "收件登记簿还是空的。\n\n下一步：单位报来的台账用“gongwen receive 文件”收件。\n"
        )


def test_neither_a_program_nor_one_who_was_refused_is_told_what_comes_next(folder: str) -> None:
    assert json.loads(said("check", "--json", "-C", folder)) == []
    assert "下一步" not in said("make", "简报", "2031", "-C", folder)
    assert "下一步" not in said("make", "--help")


@pytest.mark.parametrize("columns", [80, 120])
def test_gongwen_alone_shows_the_parts_of_the_work_on_one_screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = said().splitlines()
    assert max(map(shown_width, lines)) <= columns
    titles = [lines.index(f"{part.title}：") for part in PARTS]
    assert titles == sorted(titles)
    for each in COMMANDS:
        assert any(line.startswith(f"  {each.name} ") for line in lines)
    assert said("--help") == "\n".join(lines) + "\n"
