"""Tables fit the screen, and nothing of them is lost."""

import re

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.cli.terminal import paragraph, screen_width, wrapped
from pipeline.cli.text_table import text_table
from pipeline.records.text_width import shown_width
from tests.docs.kind_tables import REPOSITORY

_TEXT = st.text("项目，。（）“”0123 -/.ab", max_size=150)


@given(text=_TEXT, width=st.integers(40, 120))
def test_wrapping_keeps_every_character_but_spaces(text: str, width: int) -> None:
    lines = wrapped(text, width, "    ").split("\n")
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(shown_width(line) <= width for line in lines)


def test_figures_and_closing_marks_stay_with_what_they_follow() -> None:
    assert wrapped("总投资为" * 4 + "8,600万元，低于", 36).split("\n")[1].startswith("8,600")
    assert wrapped("项" * 20 + "，低于", 40).split("\n") == ["项" * 19, "项，低于"]
    assert wrapped("项" * 19 + "“低于", 40).split("\n") == ["项" * 19, "“低于"]


@pytest.mark.parametrize("columns", [80, 120])
def test_a_table_fits_the_screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    rows = [["甲项目", "区住建局", "写法" * 90, "—"], ["乙" * 70, "", "—", "很长的依据" * 20]]
    text = text_table(("名称", "单位", "也可写作", "依据"), rows)
    assert all(shown_width(line) <= columns for line in text.split("\n"))
    whole = re.sub(r"\s", "", text)
    assert "也可写作：" + "写法" * 90 in whole
    assert "依据：" + "很长的依据" * 20 in whole
    assert "也可写作：—" not in whole


def test_columns_stand_beside_each_other_up_to_the_last_place(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["a" * 30, "b" * 48]]
    monkeypatch.setenv("COLUMNS", "80")
    assert text_table(("甲", "乙"), rows).split("\n")[2] == "a" * 30 + "  " + "b" * 48
    monkeypatch.setenv("COLUMNS", "79")
    assert text_table(("甲", "乙"), rows).split("\n")[2:] == ["a" * 30, "    乙：" + "b" * 48]


def test_the_first_columns_stay_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = text_table(("甲", "乙", "丙"), [["a" * 10, "b" * 50, "c" * 20]]).split("\n")
    assert lines[2:] == ["a" * 10 + "  " + "b" * 50, "    丙：" + "c" * 20]


def test_without_a_terminal_tables_take_120_columns_and_sentences_stay_whole(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    assert screen_width() == 120
    assert paragraph("句子" * 100) == "句子" * 100
    monkeypatch.setenv("COLUMNS", "80")
    assert len(paragraph("句子" * 100).split("\n")) == 5


def test_a_command_and_the_end_of_a_file_name_stay_whole() -> None:
    assert wrapped("项" * 14 + "用“gongwen lint 文件”看", 40).split("\n") == ["项" * 14 + "用", "“gongwen lint 文件”看"]
    assert wrapped("项" * 19 + "表.xlsx", 40).split("\n") == ["项" * 19, "表.xlsx"]
    assert wrapped("项" * 19 + "表!L8：", 40).split("\n") == ["项" * 19, "表!L8："]


def test_what_goes_on_begins_deeper_than_an_indented_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = "\n".join(("句子" * 25, "  " + "句子" * 25))
    assert [len(line) - len(line.lstrip()) for line in paragraph(text).split("\n")] == [0, 0, 2, 4]


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "command",
    [
        ("make", "简抱", "2027"),
        ("make", "简报", "2027年十三月", "-C", str(REPOSITORY)),
        ("inspect", str(REPOSITORY / "inputs/2027/申报/区文旅局2027年重点项目申报表.xlsx")),
        ("lint", "--all", str(REPOSITORY / "templates/计划.docx")),
    ],
    ids=lambda command: command[0],
)
def test_refusals_and_reports_fit_the_screen(
    monkeypatch: pytest.MonkeyPatch, columns: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(shown_width, CliRunner().invoke(main, command).output.splitlines())) <= columns


@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "command", [("kinds",), ("fields",), ("fields", "--kind", "plan"), ("decisions",)], ids=" ".join
)
def test_what_the_lists_show_fits_the_screen(
    monkeypatch: pytest.MonkeyPatch, columns: int, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = CliRunner().invoke(main, command).output.splitlines()
    assert len(lines) > 10
    assert max(map(shown_width, lines)) <= columns
