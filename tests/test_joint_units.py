"""A cell that names several units: one leads, the others assist (B-7, K-9(1))."""

from pathlib import Path

import pytest

from pipeline.ledgers.reader import read_ledgers
from pipeline.records import field_catalogue as fields
from pipeline.records.joint_units import led_by_one, units_named
from pipeline.records.names import name_key
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
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
        ("区住建局、区城管局", ("区住建局", "区城管局")),  # unknown, but a unit by its name
        ("区城管局、南岭街道办事处", ("区城管局", "南岭街道办事处")),
        ("区住建局、区水务局、东岭镇", ("区住建局", "区水务局", "东岭镇")),
        ("区发展和改革局、区水务局", ("区发展和改革局", "区水务局")),
        ("区发展和改革局和区水务局", ("区发展和改革局", "区水务局")),
    ],
)
def test_several_units_are_told_apart_and_the_leading_one_comes_first(
    text: str, named: tuple[str, ...]
) -> None:
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
            "one-lead-unit-reported",
            build.progress(3, lead_unit="区住建局/区水务局"),
            Severity.WARNING,
            "K-10(2)",
        ),
    ],
)
def test_the_article_asks_for_one_leading_unit(
    rule: str, row: object, severity: Severity, article: str
) -> None:
    year = led_by_one(build.ledgers(row), _KNOWN.values())
    (finding,) = build.found(rule, *year.declarations, *year.sponsorships, *year.progress)
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
