"""The screen of ``gongwen check``."""

import json

import pytest

from pipeline.cli.finding_reports import findings_json, findings_text
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity
from pipeline.records.text_width import shown_width

FIRST, SECOND = "inputs/2027/申报/甲局.xlsx", "inputs/2027/月报/甲局.xlsx"


def _finding(severity: Severity, unit: str, file: str, cell: str = "") -> Finding:
    return Finding(severity, "rule", "数字不对", "请改正", file, "表" if file else "", cell, unit=unit)


FINDINGS = [
    _finding(Severity.WARNING, "甲局", ""),
    _finding(Severity.ERROR, "甲局", FIRST, "B3"),
    _finding(Severity.ERROR, "甲局", FIRST, "B4"),
    _finding(Severity.ADVICE, "甲局", SECOND, "C5"),
    _finding(Severity.ERROR, "", SECOND, "C5"),
]


def test_a_file_stands_once_above_its_findings_and_each_has_its_number() -> None:
    assert findings_text(FINDINGS).split("\n") == [
        "【甲局】",
        "   1 提醒  数字不对。请改正。",
        FIRST,
        "   2 错误  表!B3：数字不对。请改正。",
        "   3 错误  表!B4：数字不对。请改正。",
        SECOND,
        "   4 建议  表!C5：数字不对。请改正。",
        "",
        "【本办公室】",
        SECOND,
        "   5 错误  表!C5：数字不对。请改正。",
        "",
        "责任单位  错误  提醒  建议",
        "--------  ----  ----  ----",
        "甲局      2     1     1",
        "本办公室  1     0     0",
        "",
        "合计：错误3条，提醒1条，建议1条。",
    ]


def test_a_cell_of_several_lines_stays_in_its_finding() -> None:
    seen = Finding(Severity.ERROR, "rule", "数字不对", "请改正", FIRST, "表", "B3", seen="甲\n乙")
    assert "   1 错误  表!B3：数字不对（表中为“甲 乙”）。请改正。" in findings_text([seen]).split("\n")


def test_one_unit_needs_no_table_and_a_sound_year_only_its_count() -> None:
    assert "责任单位" not in findings_text(FINDINGS[:4])
    assert findings_text([]) == "合计：错误0条，提醒0条，建议0条。"


@pytest.mark.parametrize("columns", [80, 120])
def test_long_findings_are_laid_into_the_screen(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    long = Finding(Severity.ERROR, "rule", "说明" * 90, "请改正", FIRST, "表", "B3")
    lines = findings_text([long]).split("\n")
    assert max(map(shown_width, lines)) <= columns
    assert lines[3].startswith(" " * 11)


def test_programs_are_told_the_whole_sentence_with_its_file() -> None:
    assert json.loads(findings_json(FINDINGS))[1]["sentence"] == f"{FIRST} 表!B3：数字不对。请改正。"
