"""A cell that names several units: one leads, the others assist (B-7, K-9(1))."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.calendar.deadlines import owed_reports
from pipeline.records import field_catalogue as fields
from pipeline.records.joint_units import led_by_one, units_named
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.tables.reader import read_ledgers
from tests import build
from tests.ledger_sheets import Row, write

_KNOWN = {name_key(name): name for name in ("区住建局", "区水务局", "东岭镇", "区发展和改革局")}
_TWO = ("区住建局", "区水务局")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("区住建局、区水务局", _TWO),
        ("区住建局，区水务局", _TWO),
        ("区住建局/区水务局", _TWO),
        ("区住建局 区水务局", _TWO),
        ("区住建局和区水务局", _TWO),
        ("区住建局区水务局", _TWO),  # two lines of a cell, joined
        ("区住建局（牵头）、区水务局", _TWO),
        ("牵头：区住建局；配合：区水务局", _TWO),
        ("牵头单位:区住建局 配合单位:区水务局", _TWO),
        ("配合：区水务局；牵头：区住建局", _TWO),
        ("由区住建局牵头，区水务局配合", _TWO),
        ("区水务局（配合）、区住建局（牵头）", _TWO),
        ("区水务局协办、区住建局主办", _TWO),
        ("区住建局、区水务局等", _TWO),
        ("牵头部门：区住建局", ("区住建局",)),
        ("区住建局、区城管局", ("区住建局", "区城管局")),  # unknown, but a unit by its name
        ("区城管局、南岭街道办事处", ("区城管局", "南岭街道办事处")),
        ("区住建局、区水务局、东岭镇", ("区住建局", "区水务局", "东岭镇")),
        ("区发展和改革局、区水务局", ("区发展和改革局", "区水务局")),
        ("区发展和改革局和区水务局", ("区发展和改革局", "区水务局")),
    ],
)
def test_several_units_are_told_apart_and_the_leading_one_comes_first(text: str, named: tuple[str, ...]) -> None:
    assert units_named(text, _KNOWN) == named


@pytest.mark.parametrize(
    "text",
    ["区住建局", "区发展和改革局", "区 住建局", "区商务和投资促进局", "区农业农村局（区乡村振兴局）", "区住建局、待定", "", "同上",
     "区教育局（区体育局、区科技局）"],
)  # fmt: skip
def test_one_unit_stays_as_it_is_written(text: str) -> None:
    assert units_named(text, _KNOWN) == (text,)


@pytest.mark.parametrize(
    ("rule", "row", "severity", "article"),
    [
        (
            "one-lead-unit-declared",
            build.declaration(lead_unit="区住建局、区水务局"),
            Severity.ERROR,
            "K-9(1)",
        ),
        ("one-lead-unit", build.sponsorship(lead_units=_TWO), Severity.ERROR, "B-7"),
        (
            "one-lead-unit-progress",
            build.progress(3, lead_unit="区住建局/区水务局"),
            Severity.WARNING,
            "K-10(2)",
        ),
        ("one-lead-unit-reserve", build.reserve(lead_unit="区住建局和区水务局"), Severity.WARNING, "K-10(2)"),
        ("one-lead-unit-score", build.score(lead_unit="区住建局 区水务局"), Severity.WARNING, "K-10(2)"),
    ],
)
def test_the_article_asks_for_one_leading_unit(rule: str, row: object, severity: Severity, article: str) -> None:
    year = led_by_one(build.ledgers(row), _KNOWN.values())
    rows = (*year.declarations, *year.sponsorships, *year.progress, *year.reserves, *year.scores)
    (finding,) = build.found(rule, *rows)
    assert (finding.severity, finding.field, finding.unit) == (severity, fields.LEAD_UNIT, "区住建局")
    assert finding.citation is not None
    assert finding.citation.code == article
    assert "写了2个责任单位：区住建局、区水务局" in finding.message
    assert "责任单位写“区住建局”，协办单位写“区水务局”" in finding.action


def test_no_unit_of_a_joint_name_is_made(tmp_path: Path) -> None:
    head = (
        "项目名称",
        "责任单位",
        "四个一批",
        "总投资（万元）",
        "当年计划投资（万元）",
        "具体选址",
        "项目业主",
    )
    rows: list[Row] = [
        head,
        ("甲项目", "区住建局、区水务局", "加快建设", 50000, 20000, "示例园区", "示例公司"),
    ]
    folder = tmp_path / "inputs/2027/申报"
    folder.mkdir(parents=True)
    path = write(folder, rows, name="区住建局.xlsx")
    year = read_ledgers(tmp_path, 2027, [path], OfficeSettings(), units=_TWO)
    (row,) = year.declarations
    assert (row.lead_unit, row.joint_units) == ("区住建局", _TWO)
    listed = build.found("unit-listed", *year.declarations, build.unit(name="区住建局"))
    assert listed == []


def test_one_unit_beside_its_role_is_that_unit() -> None:
    (row,) = led_by_one(build.ledgers(build.declaration(lead_unit="牵头单位：区住建局")), _KNOWN.values()).declarations
    assert (row.lead_unit, row.joint_units) == ("区住建局", ())


def test_a_unit_that_assists_owes_no_half_monthly_report() -> None:
    year = led_by_one(
        build.ledgers(build.sponsorship(lead_units=("牵头：区住建局", "配合：区水务局"))), _KNOWN.values()
    )
    assert {owed.unit for owed in owed_reports(year, Month(2027, 1))} == {"区住建局"}


_NAMES = st.lists(st.sampled_from(list(_KNOWN.values())), min_size=1, max_size=4, unique=True)
_SEPARATORS = st.sampled_from(("、", "，", ",", "；", ";", "/", "／", " ", "　", "\n", "和", "与", "及", "会同", ""))


@given(_NAMES, _SEPARATORS)
def test_known_units_are_found_whatever_stands_between_them(names: list[str], separator: str) -> None:
    text = separator.join(names)
    assert units_named(text, _KNOWN) == (tuple(names) if len(names) > 1 else (text,))


@given(st.text(max_size=30))
def test_any_other_text_is_one_unit_as_it_stands_or_several_named_in_it(text: str) -> None:
    named = units_named(text, _KNOWN)
    assert named == (text,) or all(unit in text or unit in _KNOWN.values() for unit in named)
    assert named


def test_a_role_is_a_role_only_before_a_colon_or_a_unit() -> None:
    assert units_named("主办公室", {}) == ("主办公室",)
