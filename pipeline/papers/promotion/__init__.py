"""The promotion plan of one sponsored project: plan, work list and ledger (B-7, B-8, B-9)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pipeline.facts.basis import Basis
from pipeline.papers.office_facts import office_facts
from pipeline.papers.paper_kind import Blueprint, Draft, DraftedKind, HeldBack, Reason, Request
from pipeline.papers.phrases import Amount, amount, day_text, due_date, needed_permits, open_problems, shown
from pipeline.papers.promotion.promotion_blueprint import template
from pipeline.papers.promotion.promotion_facts import Facts, LeaderFacts, WorkFacts
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import NOT_CONCERNED, TEAM_DEPARTMENTS
from pipeline.records.finding import Finding
from pipeline.records.money import Figure
from pipeline.records.names import name_key
from pipeline.records.pairing import Sponsorship, WorkNode
from pipeline.records.period import PartialDay
from pipeline.records.problem import DONE, Problem, Procedure
from pipeline.word.vocabulary import NONE_SUCH, UNREPORTED

_NOBODY_YET = tuple((department, ()) for department in TEAM_DEPARTMENTS)  # of a project without a team
_PAPERS = frozenset(
    ("paper_report", "paper_study", "paper_approval", "paper_licence")
)  # of a declaration; no promotion plan states them


def drafts(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    """A plan for each sponsored project, its ledger beside it."""
    if unreadable := basis.soundness.unread("sponsorship"):
        yield HeldBack("未能读出的包联项目的推进方案", (Reason(findings=unreadable),))
    elif not basis.sponsored:
        yield HeldBack("包联项目推进方案", (Reason("没有已确定的包联项目" if basis.sponsorships else "没有包联项目"),))
    for key, sponsorship in basis.sponsorships.items():
        if not request.asks(sponsorship.lead_units, sponsorship.project_name):
            continue
        title = f"{sponsorship.project_name}推进方案"
        if sponsorship.proposed:
            if request.project:
                yield HeldBack(title, (Reason("项目还是拟包联，确定以后再编制"),))
        elif errors := _touching(basis, key):
            yield HeldBack(title, (Reason(findings=errors),))
        else:
            yield Draft(title, "推进方案.docx", facts_of(basis, sponsorship), ledger_beside=True)


def _touching(basis: Basis, key: str) -> tuple[Finding, ...]:
    """Errors in anything that the project's promotion plan would say."""
    soundness = basis.soundness
    declared = tuple(
        finding
        for finding in soundness.declaration_errors(key)
        if finding.field is None or finding.field.slug not in _PAPERS
    )
    others = ("node", "procedure", "problem")
    return (
        *soundness.sponsorship_errors(key),
        *declared,
        *(f for name in others for f in soundness.errors(name, key)),
    )


def _permit_state(permit: Procedure, day: date) -> str:
    if permit.done_on(day):
        return DONE
    return "未办结" if permit.state == DONE else shown(permit.state)


def _left(total: Decimal | None, before: Decimal | None, plan: Decimal | None) -> Amount:
    """What is to be invested after this year."""
    if total is None or before is None or plan is None:
        return UNREPORTED
    return Figure(total - before - plan)


@dataclass(frozen=True)
class _Item:
    """One entry of the work list."""

    due: PartialDay | None
    work: str
    investment: Decimal | None
    person: str


def _work_items(
    nodes: Iterable[WorkNode], permits: Iterable[Procedure], problems: Iterable[Problem], day: date
) -> list[_Item]:
    items = [_Item(n.due, shown(n.work), n.investment, shown(n.person)) for n in nodes]
    items += [
        _Item(p.due, f"办结{shown(p.permit)}（{shown(p.office)}）", None, shown(p.person))
        for p in permits
        if not p.done_on(day)
    ]
    items += [_Item(p.deadline, f"解决问题：{shown(p.problem)}", None, shown(p.person)) for p in problems]
    return sorted(items, key=lambda item: due_date(item.due))


def _work_list(items: Iterable[_Item], year: int) -> list[WorkFacts]:
    rows: list[WorkFacts] = []
    for item in items:
        due = item.due
        if due is None or due.month is None:
            month = "未定" if due is None else f"{due.year}年内"
        else:
            month = f"{due.month}月" if due.year == year else f"{due.year}年{due.month}月"
        rows.append(
            {
                "月份": month,
                "工作内容": item.work,
                "完成时限": day_text(due),
                "当月计划投资": NONE_SUCH if item.investment is None else Figure(item.investment),
                "责任人": item.person,
            }
        )
    return rows


def _leaders(basis: Basis, sponsorship: Sponsorship) -> list[LeaderFacts]:
    rows: list[LeaderFacts] = []
    for name in sponsorship.leaders:
        leader = basis.leaders.get(name_key(name))
        rows.append(
            {
                "姓名": name,
                "职务": shown(leader.post if leader else None),
                "分管行业": "、".join(leader.portfolio) if leader and leader.portfolio else UNREPORTED,
            }
        )
    return rows


def facts_of(basis: Basis, sponsorship: Sponsorship) -> Facts:
    """Everything the promotion plan of one sponsored project says, as of the day it bears."""
    key, year = sponsorship.key, basis.year
    day = basis.settings.promotion.issued_on or date(year, 1, 31)
    declaration = basis.declared.get(key)
    unit = basis.unit(sponsorship.lead_unit)
    span = sponsorship.span or (declaration.span if declaration else None)
    total = sponsorship.total_investment
    before = declaration.invested_before if declaration else None
    plan = sponsorship.year_plan
    permits = needed_permits(basis.procedures.get(key, ()))
    problems = open_problems(basis.problems.get(key, ()), day)
    team = basis.teams.get(key)
    nodes = basis.nodes.get(key, ())
    return {
        **office_facts(basis.settings, year, day),
        "项目名称": sponsorship.project_name,
        "所属行业": shown(sponsorship.sector),
        "包联类型": shown(sponsorship.stage),
        "批次": shown(declaration.four_class if declaration else None),
        "业主单位": shown(sponsorship.owner),
        "具体选址": shown(declaration.site if declaration else None),
        "责任地区": shown(sponsorship.area),
        "建设任务": shown(sponsorship.build_task),
        "主要建设内容和规模": shown(declaration.content if declaration else None),
        "建设年限": span.chinese if span else NONE_SUCH if sponsorship.stage == "重大前期" else UNREPORTED,
        "总投资": amount(total),
        "已累计完成投资": amount(before),
        "当年计划投资": amount(plan),
        "剩余投资": _left(total, before, plan),
        "进度目标": shown(declaration.goal if declaration else None),
        "资金来源": shown(declaration.fund_source if declaration else None),
        "项目进展": shown(sponsorship.situation),
        "推进事项": sponsorship.leader_matter or "无",
        "责任单位": shown(sponsorship.lead_unit),
        "分管领导": shown(unit.leader if unit else None),
        "责任科室": shown(unit.section if unit else None),
        "责任人": shown((declaration.person if declaration else None) or (unit.person if unit else None)),
        "联络员": shown(unit.liaison if unit else None),
        "协办单位": (declaration.co_unit if declaration else None) or "无",
        "包联领导": _leaders(basis, sponsorship),
        "手续团队": [
            {"部门": department, "姓名": "、".join(persons) or UNREPORTED}
            for department, persons in (team.departments if team else _NOBODY_YET)
            if persons != (NOT_CONCERNED,)
        ],
        "手续数": len(permits),
        "已办结手续数": sum(1 for permit in permits if permit.done_on(day)),
        "手续": [
            {
                "序号": serial,
                "手续名称": shown(permit.permit),
                "办理部门": shown(permit.office),
                "办理状态": _permit_state(permit, day),
                "计划办结时间": day_text(permit.due),
                "经办人": shown(permit.person),
            }
            for serial, permit in enumerate(permits, 1)
        ],
        "问题数": len(problems),
        "问题": [
            {
                "序号": serial,
                "问题内容": shown(problem.problem),
                "问题类型": shown(problem.kind),
                "处理层级": shown(problem.level),
                "解决方式": shown(problem.measure),
                "解决步骤": shown(problem.steps),
                "解决时限": day_text(problem.deadline),
                "责任人": shown(problem.person),
            }
            for serial, problem in enumerate(problems, 1)
        ],
        "清单投资合计": Figure(sum((node.investment or Decimal(0) for node in nodes), Decimal(0))),
        "工作清单": _work_list(_work_items(nodes, permits, problems, day), year),
    }


KIND = DraftedKind(
    slug="promotion",
    name="推进方案",
    period="年度",
    articles=(Citation("B", 7), Citation("B", 8), Citation("B", 9)),
    ledgers=("sponsorship", "team", "node", "declaration", "procedure", "problem", "unit", "leader"),
    blueprints=(Blueprint("推进方案.docx", Facts, template, ("责任单位",)),),
    drafts=drafts,
    folder="推进方案",
    by_unit=True,
    by_project=True,
)
