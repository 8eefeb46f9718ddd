"""The reserve pool: each stage has its paper, a project that is decided leaves as 促进开工, one that is cancelled has its cause (K-12)."""

import re
from collections.abc import Iterator, Mapping

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.reserve import ReserveProject
from pipeline.regulation import key_projects

# Other names under which a paper is listed
_PAPER_WORDS: Mapping[str, tuple[str, ...]] = {
    "项目策划书": ("策划书", "策划方案"),
    "项目建议书": ("建议书",),
    "可研报告": ("可研", "可行性研究"),
}


def _stage_paper(case: Case) -> Iterator[Remark]:
    papers = key_projects.RESERVE_PAPER.value_on(case.as_of)
    for row in case.ledgers.reserves:
        wanted = papers.get(row.stage or "")
        if wanted is None or row.paper is None:
            continue
        if not any(word in row.paper for word in (wanted, *_PAPER_WORDS[wanted])):
            message = f"“{row.project_name}”处于{row.stage}阶段，附报的不是{wanted}"
            yield about_row(case, row, fields.RESERVE_PAPER, message, f"请补报{wanted}，或改正储备阶段")


def _left_pool(case: Case) -> Iterator[Remark]:
    target = key_projects.RESERVE_EXIT.value_on(case.as_of)
    for row in case.ledgers.reserves:
        if row.decided:
            yield from _decided(case, row, target)
        elif row.exit is not None and target in row.exit:
            message = f"“{row.project_name}”已转为{target}，却没有登记决定实施"
            yield about_row(case, row, fields.DECIDED, message, "请核对是否已按程序决定实施")


def _decided(case: Case, row: ReserveProject, target: str) -> Iterator[Remark]:
    if target not in (row.exit or ""):
        message = f"“{row.project_name}”已决定实施，没有转为{target}退出储备库"
        yield about_row(case, row, fields.RESERVE_EXIT, message, f"请登记出库，去向填“{target}”")
    declared = case.declared.get(row.key)
    if declared is None:
        near = case.nearest_declared(row.project_name)
        hint = f"，是否即申报的“{near}”" if near else ""
        message = f"“{row.project_name}”已决定实施，没有作为{target}项目申报"
        yield about_row(case, row, fields.PROJECT_NAME, message, f"请补报申报台账或改正名称{hint}")
    elif declared.four_class not in (None, target):
        message = f"“{row.project_name}”已决定实施，申报台账却列为{declared.four_class}"
        yield about_row(case, row, fields.RESERVE_EXIT, message, f"请在申报台账改列{target}")


_CANCELLED = re.compile("取消|撤销|终止|不再实施")
# What may stand beside it and still says no cause
_NO_CAUSE = re.compile(
    r"取消|撤销|终止|不再实施|退出|移出|出库|储备库?|项目|该|本|已|拟|经|研究|决定|予以|资格|[年月日\d\W_]"
)


def _cancelled(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.reserves:
        left = row.exit or ""
        if _CANCELLED.search(left) and not _NO_CAUSE.sub("", left):
            message = f"“{row.project_name}”取消储备，出库去向中没有写明原因"
            action = "请在出库去向中写明，如“取消，资金无法落实”"
            yield about_row(case, row, fields.RESERVE_EXIT, message, action)


PAPER = Rule("reserve-paper", key_projects.RESERVE_PAPER, "reserve", _stage_paper)
EXIT = Rule("reserve-exit", key_projects.RESERVE_EXIT, "reserve", _left_pool)
CANCELLED = Rule("reserve-cancelled", key_projects.RESERVE_CANCELLED, "reserve", _cancelled)
