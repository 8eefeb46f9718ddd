"""The same project across ledgers (K-10(2)), the reserve pool (K-12), the directory, and scores."""

from decimal import Decimal

import pytest

from pipeline.records import field_catalogue as fields
from pipeline.records.severity import Severity
from tests import build

MISSPELT = "示例产业园项日"


@pytest.mark.parametrize(
    ("ledger", "record"),
    [
        ("progress", build.progress(1, project_name=MISSPELT)),
        ("problem", build.problem(project_name=MISSPELT)),
        ("procedure", build.procedure(project_name=MISSPELT)),
        ("score", build.score(project_name=MISSPELT)),
    ],
)
def test_an_undeclared_project_gets_the_nearest_name(ledger: str, record: object) -> None:
    (finding,) = build.found(f"undeclared-{ledger}", build.declaration(), record)
    assert f"是否为“{build.PROJECT}”" in finding.action
    assert (finding.project, finding.field, finding.severity) == (
        MISSPELT,
        fields.PROJECT_NAME,
        Severity.ERROR,
    )
    assert build.found(f"undeclared-{ledger}", record) == []  # nothing was declared to compare with


def test_a_far_name_is_not_suggested_and_spacing_is_no_difference() -> None:
    (finding,) = build.found("undeclared-problem", build.declaration(), build.problem(project_name="养老院"))
    assert "是否为" not in finding.action
    spaced = build.problem(project_name="示例 产业园项目")
    assert build.found("undeclared-problem", build.declaration(), spaced) == []


def test_a_sponsored_project_may_be_undeclared_but_not_misspelt() -> None:
    (finding,) = build.found("misspelt-sponsorship", build.declaration(), build.sponsorship(project_name=MISSPELT))
    assert finding.severity is Severity.ERROR
    (finding,) = build.found("sponsored-not-key", build.declaration(), build.sponsorship(project_name="养老院"))
    assert finding.severity is Severity.ADVICE


@pytest.mark.parametrize("field", ["total_investment", "year_plan"])
def test_amounts_agree_between_declaration_and_sponsored_list(field: str) -> None:
    same = build.sponsorship(**{field: getattr(build.declaration(), field) + Decimal("0.00")})
    assert build.found("same-figures-sponsorship", build.declaration(), same) == []
    other = build.sponsorship(**{field: Decimal("19999.99")})
    (finding,) = build.found("same-figures-sponsorship", build.declaration(), other)
    assert "19,999.99万元" in finding.message
    assert "inputs/2027/declaration.xlsx Sheet1第3行" in finding.message
    assert build.found("same-figures-sponsorship", build.declaration(), build.sponsorship(**{field: None})) == []


def test_units_agree() -> None:
    declared = build.declaration()
    (finding,) = build.found("same-unit-sponsorship", declared, build.sponsorship(lead_units=("区住建局",)))
    assert finding.severity is Severity.ERROR
    assert build.found("same-unit-sponsorship", declared, build.sponsorship(lead_units=("甲", "乙"))) == []
    (finding,) = build.found("same-unit-progress", declared, build.progress(1, lead_unit="区住建局"))
    assert finding.severity is Severity.WARNING
    assert build.found("same-unit-progress", declared, build.progress(1, lead_unit="")) == []


@pytest.mark.parametrize(
    ("ledger", "rows"),
    [
        ("declaration", [build.declaration(), build.declaration(row=4, lead_unit="区水务局")]),
        ("sponsorship", [build.sponsorship(), build.sponsorship(row=4)]),
        ("progress", [build.progress(1), build.progress(1, row=4)]),
        ("problem", [build.problem(), build.problem(row=4, problem=" 用地 未批")]),
        ("procedure", [build.procedure(), build.procedure(row=4)]),
        ("score", [build.score(), build.score(row=4)]),
    ],
)
def test_a_duplicate_is_an_error_of_both_rows(ledger: str, rows: list[object]) -> None:
    result = build.found(f"duplicate-{ledger}", *rows)
    assert [(entry.cell[1:], entry.severity) for entry in result] == [
        ("3", Severity.ERROR),
        ("4", Severity.ERROR),
    ]
    assert "第4行" in result[0].message


def test_other_months_problems_and_permits_are_no_duplicates() -> None:
    rows = [
        build.progress(1), build.progress(2), build.problem(), build.problem(problem="资金不足"),
        build.procedure(), build.procedure(permit="环评批复"), build.problem(problem=None), build.problem(problem=None),
    ]  # fmt: skip
    for ledger in ("progress", "problem", "procedure"):
        assert build.found(f"duplicate-{ledger}", *rows) == []


def test_what_was_declared_twice_is_not_compared_further() -> None:
    twice = (build.declaration(), build.declaration(row=4, lead_unit="区水务局"))
    records = (
        *twice,
        build.sponsorship(total_investment=Decimal(1)),
        build.progress(1, lead_unit="区水务局"),
    )
    for rule in ("same-figures-sponsorship", "same-unit-sponsorship", "same-unit-progress"):
        assert build.found(rule, *records) == []


@pytest.mark.parametrize(
    ("stage", "paper", "findings"),
    [
        ("概念策划", "项目策划书", 0), ("概念策划", "项目建议书", 1), ("初包装", "建议书1份", 0),
        ("精包装", "可行性研究报告", 0), ("精包装", "项目建议书", 1), (None, "其他", 0), ("精包装", None, 0),
    ],
)  # fmt: skip
def test_each_reserve_stage_has_its_paper(stage: str | None, paper: str | None, findings: int) -> None:
    assert len(build.found("reserve-paper", build.reserve(stage=stage, paper=paper))) == findings


@pytest.mark.parametrize(
    ("changes", "four_class", "words"),
    [
        ({"decided": True, "exit": "转为促进开工项目"}, "促进开工", []),
        ({"decided": True, "exit": None}, "促进开工", ["没有转为促进开工退出储备库"]),
        ({"decided": True, "exit": "取消"}, "促进开工", ["没有转为促进开工退出储备库"]),
        ({"decided": True, "exit": "促进开工"}, "前期储备", ["申报台账却列为前期储备"]),
        ({"decided": False, "exit": "促进开工"}, "促进开工", ["没有登记决定实施"]),
        ({"decided": None, "exit": "取消"}, "前期储备", []),
    ],
)
def test_a_decided_project_leaves_the_pool(changes: dict[str, object], four_class: str, words: list[str]) -> None:
    row = build.reserve(project_name=build.PROJECT, **changes)
    result = build.found("reserve-exit", build.declaration(four_class=four_class), row)
    assert [word in entry.message for word, entry in zip(words, result, strict=True)] == [True] * len(words)


def test_a_decided_project_is_declared() -> None:
    row = build.reserve(project_name=MISSPELT, decided=True, exit="促进开工")
    (finding,) = build.found("reserve-exit", build.declaration(), row)
    assert f"是否即申报的“{build.PROJECT}”" in finding.action
    (finding,) = build.found("reserve-exit", row)
    assert "没有作为促进开工项目申报" in finding.message


def test_every_leading_unit_stands_in_the_directory_once() -> None:
    rows = (build.declaration(), build.declaration(row=4, project_name="第二项目"))
    (finding,) = build.found("unit-listed", *rows)
    assert "没有收到责任单位名册" in finding.message
    (finding,) = build.found("unit-listed", *rows, build.unit(name="区工信"))
    assert (finding.unit, finding.ledger, finding.project) == (build.UNIT, "unit", "")
    assert "是否为“区工信”" in finding.action
    assert build.found("unit-listed", *rows, build.unit()) == []
    (finding,) = build.found("unit-once", build.unit(), build.unit(row=4))
    assert finding.cell[1:] == "4"


@pytest.mark.parametrize(("score", "findings"), [("0", 0), ("100", 0), ("100.5", 1), ("-1", 1)])
def test_scores_out_of_one_hundred(score: str, findings: int) -> None:
    assert len(build.found("score-range", build.score(scores=(Decimal(90), Decimal(score))))) == findings


def test_a_second_declaration_is_told_how_a_plan_is_adjusted() -> None:
    again = build.declaration(year_plan=Decimal(26000), row=4)
    for finding in build.found("duplicate-declaration", build.declaration(), again):
        assert finding.action == "请核对后只保留一处；计划有调整的，用重报的申报台账代替原来的一份，不另加一份"
    for finding in build.found("duplicate-progress", build.progress(3), build.progress(3, row=4)):
        assert finding.action == "请核对后只保留一处"


@pytest.mark.parametrize(
    ("left", "reminded"),
    [
        ("取消", True),
        ("2027年6月取消该储备项目。", True),
        ("经研究决定取消，退出储备库", True),
        ("取消，资金无法落实", False),
        ("因市场变化取消", False),
        ("不再实施（不符合产业政策）", False),
        ("转为促进开工", False),
        (None, False),
    ],
)
def test_a_cancelled_reserve_project_has_its_cause(left: str | None, reminded: bool) -> None:
    """K-12(3)."""
    found = build.found("reserve-cancelled", build.reserve(exit=left))
    assert [(each.severity, each.field, each.citation and each.citation.code) for each in found] == [
        (Severity.WARNING, fields.RESERVE_EXIT, "K-12(3)")
    ] * reminded
    assert all("出库去向中没有写明原因" in each.message for each in found)  # it may stand in a column that is not read
