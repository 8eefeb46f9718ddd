"""Required fields: the cell, the column, the condition."""

from decimal import Decimal

import pytest

from pipeline.checks.required import is_government_funded
from pipeline.records import field_catalogue as fields
from pipeline.records.project import Declaration
from pipeline.records.severity import Severity
from pipeline.records.source import Seen
from pipeline.regulation.requirements import REQUIREMENTS
from tests import build

FIELDS, GOAL, SPONSORED = "required-declared-fields", "required-declared-goal", "required-sponsored-fields"


def test_an_empty_cell_is_one_finding_at_that_cell() -> None:
    (finding,) = build.found(FIELDS, build.declaration(owner=None))
    assert finding.field is fields.OWNER
    assert finding.cell == build.source("declaration").cell(fields.OWNER)
    assert (finding.project, finding.ledger) == (build.PROJECT, "declaration")
    assert finding.severity is Severity.ERROR


def test_a_missing_column_is_one_finding_for_the_sheet() -> None:
    rows = [
        build.declaration(project_name=name, total_investment=None, without=[fields.TOTAL_INVESTMENT], row=row)
        for row, name in enumerate(("甲项目", "乙项目", "丙项目"), 3)
    ]
    (finding,) = build.found(FIELDS, *rows)
    assert "没有认出“总投资”一列，涉及3行" in finding.message
    assert (finding.cell, finding.sheet, finding.project) == ("", "Sheet1", "")
    assert finding.projects == ("甲项目", "乙项目", "丙项目")
    assert finding.unit == build.UNIT


def test_a_missing_column_of_two_units_names_no_unit() -> None:
    rows = [build.declaration(owner=None, without=[fields.OWNER], lead_unit=name) for name in ("甲局", "乙局")]
    assert [entry.unit for entry in build.found(FIELDS, *rows)] == [""]


def test_an_unreadable_cell_is_not_reported_as_missing() -> None:
    row = build.declaration(total_investment=None, unreadable=[fields.TOTAL_INVESTMENT])
    assert build.found(FIELDS, row) == []


def test_zero_is_a_value() -> None:
    (finding,) = build.found(FIELDS, build.declaration(invested_before=None))
    assert finding.action == "请补填已累计完成投资，没有的填0"
    assert build.found(FIELDS, build.declaration(invested_before=Decimal(0))) == []


@pytest.mark.parametrize("when", ["加快建设", "促进开工", "竣工投产"])
def test_years_are_asked_of_all_but_preliminary_projects(when: str) -> None:
    (finding,) = build.found(FIELDS, build.declaration(four_class=when, span=None))
    assert finding.field is fields.BUILD_SPAN
    early = build.declaration(four_class="前期储备", span=None, work_goal="完成可研")
    assert build.found(FIELDS, early) == []


def test_the_years_of_a_sponsored_project_are_owed_once_its_start_is_settled() -> None:
    assert build.found(SPONSORED, build.sponsorship(stage="重大前期", span=None)) == []
    for stage in ("重大实施", None):
        (finding,) = build.found(SPONSORED, build.sponsorship(stage=stage, span=None))
        assert finding.field is fields.BUILD_SPAN


def test_years_in_two_columns_point_at_the_empty_one() -> None:
    row = build.declaration(span=None, without=[fields.BUILD_SPAN])
    (finding,) = build.found(FIELDS, row)
    assert finding.field is fields.START_DAY
    row.source.cells["start_day"] = row.source.cells["start_day"].__class__("I3", "2026.3")  # type: ignore[index]
    (finding,) = build.found(FIELDS, row)
    assert finding.field is fields.FINISH_DAY


def test_one_date_column_alone_does_not_state_the_years() -> None:
    (finding,) = build.found(FIELDS, build.declaration(span=None, without=[fields.BUILD_SPAN, fields.FINISH_DAY]))
    assert "没有认出“建设年限”一列" in finding.message


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({"physical_goal": None}, fields.PHYSICAL_GOAL),
        ({"four_class": "前期储备", "work_goal": None}, fields.WORK_GOAL),
        ({"physical_goal": None, "without": [fields.PHYSICAL_GOAL, fields.WORK_GOAL]}, fields.YEAR_GOAL),
        ({"physical_goal": None, "without": [fields.PHYSICAL_GOAL, fields.YEAR_GOAL]}, fields.WORK_GOAL),
    ],
)
def test_the_goal_that_the_class_owes(changes: dict[str, object], asked: fields.Field) -> None:
    (finding,) = build.found(GOAL, build.declaration(**changes))
    assert finding.field is asked
    assert finding.cell[1:] == "3"


def test_without_any_goal_column_the_sheet_is_named() -> None:
    without = [fields.PHYSICAL_GOAL, fields.WORK_GOAL, fields.YEAR_GOAL]
    (finding,) = build.found(GOAL, build.declaration(physical_goal=None, without=without))
    assert (finding.cell, finding.projects) == ("", (build.PROJECT,))


def test_without_a_class_no_goal_is_owed() -> None:
    assert build.found(GOAL, build.declaration(four_class=None, physical_goal=None)) == []


@pytest.mark.parametrize(
    ("fund_source", "is_government"),
    [
        ("区级财政", True), ("专项债5000万元，其余自筹", True), ("中央预算内投资", True), ("企业自筹", False),
        ("非政府投资", False), ("无财政资金，企业自筹", False), (None, False), ("银行贷款", False),
    ],
)  # fmt: skip
def test_government_funds_must_be_secured(fund_source: str | None, is_government: bool) -> None:
    assert is_government_funded(fund_source) is is_government
    row = build.declaration(fund_source=fund_source)
    assert len(build.found("required-fund-secured", row)) == is_government
    assert build.found("required-fund-secured", build.declaration(fund_source=fund_source, fund_secured="已到位")) == []


@pytest.mark.parametrize(
    ("index", "rule", "code", "severity"),
    [
        (0, "required-paper-report", "K-8(2)1", Severity.ERROR),
        (1, "required-paper-study", "K-8(2)2", Severity.ERROR),
        (2, "required-paper-approval", "K-8(2)3", Severity.ADVICE),
        (3, "required-paper-licence", "K-8(2)4", Severity.ERROR),
    ],
)
def test_each_declaration_paper(index: int, rule: str, code: str, severity: Severity) -> None:
    papers = [True, True, True, True]
    papers[index] = False
    (finding,) = build.found(rule, build.declaration(papers=tuple(papers)))
    assert finding.citation is not None
    assert (finding.citation.code, finding.severity) == (code, severity)
    assert "没有附" in finding.message


def test_a_missing_paper_column_is_one_finding() -> None:
    rows = [
        build.declaration(project_name=name, papers=(None, True, True, True), without=[fields.PAPER_REPORT])
        for name in ("甲项目", "乙项目")
    ]
    assert len(build.found("required-paper-report", *rows)) == 1


@pytest.mark.parametrize(
    ("rule", "record", "code"),
    [
        ("required-sponsored-fields", build.sponsorship(area=None), "B-5"),
        ("required-sponsor", build.sponsorship(leaders=()), "B-7"),
        ("required-sponsored-lead-unit", build.sponsorship(lead_units=()), "B-7"),
        (
            "required-procedure-team",
            build.team(persons=(("赵某",), (), ("孙某",), ("李某",), ("周某",))),
            "B-7",
        ),
        ("required-problem-plan", build.problem(steps=None), "B-8(3)"),
        ("required-problem-plan", build.problem(deadline=None), "B-8(3)"),
        ("required-node-plan", build.node(person=None), "B-8(3)"),
        ("required-problem-state", build.problem(level=None), "B-10"),
        ("required-key-lead-unit", build.declaration(lead_unit=""), "K-9(1)"),
        ("required-unit-people", build.unit(section=None), "K-9(2)"),
        ("required-liaison", build.unit(liaison=None), "K-16"),
        ("required-reserve-paper", build.reserve(paper=None), "K-12(2)"),
        ("required-receipt-record", build.receipt("月报", 3, None), "K-20(1)"),
        ("required-leader-duties", build.leader(portfolio=()), "K-11(2)"),
    ],
)
def test_required_fields_of_the_other_ledgers(rule: str, record: object, code: str) -> None:
    (finding,) = build.found(rule, record)
    assert finding.citation is not None
    assert finding.citation.code == code
    assert "没有填写" in finding.message


def test_a_month_without_its_figure_is_an_error_but_not_for_a_preliminary_project() -> None:
    row = build.progress(3, year_done=None)
    (finding,) = build.found("required-monthly-figures", build.declaration(), row)
    assert finding.month == row.month
    early = build.declaration(four_class="前期储备", work_goal="完成可研")
    assert build.found("required-monthly-figures", early, row) == []


def test_every_requirement_reads_a_value_that_its_record_keeps() -> None:
    """A misspelt attribute would fall back to the cell's text, and every full row would look empty."""
    full = build.declaration(four_class="前期储备", work_goal="完成可研", fund_source="财政", fund_secured="到位")
    assert isinstance(full, Declaration)
    records = [
        full, build.declaration(), build.sponsorship(), build.team(), build.node(), build.progress(1), build.problem(),
        build.procedure(), build.leader(), build.unit(), build.reserve(), build.receipt("月报", 1, "2027-01-28 09:00"),
    ]  # fmt: skip
    rules = {f"required-{entry.provision.slug}" for entry in REQUIREMENTS}
    assert [entry.message for rule in sorted(rules) for entry in build.found(rule, *records)] == []


@pytest.mark.parametrize(("field", "value"), [(fields.CO_UNIT, "co_unit"), (fields.TASK, "task")])
def test_co_units_and_tasks_are_reminded_of(field: fields.Field, value: str) -> None:
    """K-9(1): each project's co-units and tasks are fixed."""
    row = build.declaration(**{value: None})
    (finding,) = build.found("required-key-split", row)
    assert finding.citation is not None
    assert (finding.severity, finding.citation.code, finding.field) == (Severity.WARNING, "K-9(1)", field)


@pytest.mark.parametrize("answer", ["无", "—"])
def test_that_no_other_unit_is_concerned_is_an_answer(answer: str) -> None:
    """K-9(1) asks for the units concerned, as decisions.py reads it."""
    row = build.declaration(co_unit=None)
    row.source.cells["co_unit"] = Seen("P3", answer)  # type: ignore[index]
    assert build.found("required-key-split", row) == []


def test_the_type_of_a_sponsored_project_is_reminded_of() -> None:
    """B-3 knows 重大实施 and 重大前期."""
    assert build.found("required-sponsored-stage", build.sponsorship(stage="重大前期")) == []
    (finding,) = build.found("required-sponsored-stage", build.sponsorship(stage=None))
    assert finding.citation is not None
    assert (finding.severity, finding.citation.code, finding.field) == (
        Severity.WARNING,
        "B-3",
        fields.SPONSOR_STAGE,
    )
