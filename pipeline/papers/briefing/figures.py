"""The parts of the monthly briefing: one function for each thing that it tells (B-12)."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.facts.basis import Basis
from pipeline.facts.summaries import Rate, Rates, Standing, State, ends_of, ranking, rate_of, time_elapsed
from pipeline.papers.briefing.briefing_facts import (
    AnnexRow,
    AnnexSection,
    NextNode,
    PermitFigures,
    ProblemFigures,
    Progress,
    Reduction,
    UnitFigures,
)
from pipeline.papers.phrases import (
    CHINESE_NUMBERS,
    Amount,
    against_time,
    amount,
    as_reported,
    day_text,
    due_date,
    leaders_text,
    needed_permits,
    open_problems,
    prose_amount,
    rate,
    shown,
)
from pipeline.records.field_catalogue import HANDLING_LEVELS, PHYSICAL, PROBLEM_KINDS, TROUBLE
from pipeline.records.level import spellings
from pipeline.records.money import Figure, percent
from pipeline.records.period import Month
from pipeline.records.project import Declaration
from pipeline.scoring.evidence import milestone_of
from pipeline.word.chart import Chart
from pipeline.word.vocabulary import NONE_SUCH, UNREPORTED


def compared(group: Rate) -> str:
    """The group's rate beside the time elapsed, or beside the plan once the year is over."""
    if group.rate is None and group.plan.wan:
        return "已报项目无年度投资计划"  # the projects that have one are 未报 or 待核
    return against_time(group.gap, year_over=group.time == 100)


def progress_of(rate_of_group: Rate) -> Progress:
    unknown = rate_of_group.unknown
    return {
        "项目数": rate_of_group.count,
        "当年计划投资": rate_of_group.plan,
        "本年累计完成投资": unknown.value if unknown else rate_of_group.year_done,
        "完成率": unknown.value if unknown else rate(rate_of_group.rate),
        "进度比较": unknown.value if unknown else compared(rate_of_group),
    }


def month_done_of(group: Rate) -> Amount:
    """What the group's known projects invested in the month, or why nothing is known."""
    return group.unknown.value if group.unknown else group.month_done


def reductions(month: Month, standings: Iterable[Standing]) -> list[Reduction]:
    """What this month's sound reports took off the sums (核减), by project, with the reason."""
    rows = (each.row for each in standings if each.state is State.REPORTED)
    return [
        {
            "项目名称": row.project_name,
            "核减额": Figure(row.taken_off),
            "核减原因": shown(row.reduction_reason),
        }
        for row in rows
        if row and row.month == month and row.taken_off
    ]


def _more_or_less(new: Figure, old: Figure) -> str:
    """By how much the exact amounts differ, and by what share of the older one."""
    if new.wan == old.wan:
        return "持平"
    share = percent(abs(new.wan - old.wan), old.wan)
    difference = prose_amount(abs(new.wan - old.wan)) + (f"（{share}%）" if share is not None else "")
    return f"{'增加' if new.wan > old.wan else '减少'}{difference}"


def against_last_month(month: Month, now: Sequence[Standing], before: Sequence[Standing]) -> str:
    """One sentence over the projects whose figures are known in both months; "" in January."""
    if month.month == 1:
        return ""
    pairs = [
        (new, old)
        for new, old in zip(now, before, strict=True)
        if new.state is State.REPORTED and old.state is State.REPORTED
    ]
    if not pairs:
        return "上月没有可比数据。"
    new_rate = rate_of("", [new for new, _ in pairs], month)
    old_rate = rate_of("", [old for _, old in pairs], month.shifted(-1))
    scope = "" if len(pairs) == len(now) else f"（可比项目{len(pairs)}项）"
    invested = _more_or_less(new_rate.month_done, old_rate.month_done)
    if new_rate.rate is None or old_rate.rate is None:
        return f"与上月相比{scope}，当月完成投资{invested}。"
    points = new_rate.rate - old_rate.rate
    way = "提高" if points > 0 else "下降"
    to = (
        f"由{old_rate.rate}%{way}到{new_rate.rate}%，{way}{abs(points)}个百分点"
        if points
        else f"{new_rate.rate}%，与上月持平"
    )
    return f"与上月相比{scope}，当月完成投资{invested}，年度计划完成率{to}。"


def against_month_plan(standings: Sequence[Standing]) -> str:
    """This month's investment against the same month's plan, over the projects that stated one."""
    planned = [
        (each.month_plan, each.month_done)
        for each in standings
        if each.state is State.REPORTED and each.month_plan is not None and each.month_done is not None
    ]
    if not planned:
        return ""
    plan = sum((month_plan for month_plan, _ in planned), Decimal(0))
    done = sum((month_done for _, month_done in planned), Decimal(0))
    share = percent(done, plan)
    scope = "" if len(planned) == len(standings) else f"报送当月计划的{len(planned)}项项目，"
    of_plan = "" if share is None else f"，为当月计划的{share}%"
    return f"{scope}当月计划投资{prose_amount(plan)}，实际完成{prose_amount(done)}{of_plan}。"


def names_of_projects(projects: Iterable[Declaration]) -> list[str]:
    return [project.project_name for project in projects]


def permit_figures(basis: Basis, month: Month) -> PermitFigures:
    """Permits by item and by project (both bases are named), and those past their time."""
    end = month.last_day
    doubted = [p for p in basis.listed if basis.soundness.errors("procedure", p.key)]
    sound = [p for p in basis.listed if p not in doubted]
    needed = {p.key: needed_permits(basis.procedures.get(p.key, ())) for p in sound}
    needed = {key: permits for key, permits in needed.items() if permits}
    flat = [permit for permits in needed.values() for permit in permits]
    done = sum(1 for permit in flat if permit.done_on(end))
    asked = [permit for permit in flat if permit.due_by(end)]
    late = sorted((p for p in flat if p.overdue_on(end)), key=lambda p: due_date(p.due))
    return {
        "手续待核项目": names_of_projects(doubted),
        "手续总数": len(flat),
        "手续办结数": done,
        "手续办结率": rate(percent(Decimal(done), Decimal(len(flat)))),
        "到期手续数": len(asked),
        "到期办结数": sum(1 for permit in asked if permit.done_on(end)),
        "手续项目数": len(needed),
        "手续全部办结项目数": sum(1 for permits in needed.values() if all(permit.done_on(end) for permit in permits)),
        "逾期手续": [
            {
                "项目名称": basis.declared[permit.key].project_name,
                "手续名称": shown(permit.permit),
                "办理部门": shown(permit.office),
                "计划办结时间": day_text(permit.due),
            }
            for permit in late
        ],
    }


def _counted(names: Sequence[str], order: Sequence[str]) -> Iterator[tuple[str, int]]:
    yield from ((name, names.count(name)) for name in (*order, UNREPORTED) if name in names)


def problem_figures(basis: Basis, month: Month) -> ProblemFigures:
    end = month.last_day
    every = [problem for project in basis.listed for problem in basis.problems.get(project.key, ())]
    unsolved = open_problems(every, end)
    solved = [p for p in every if p.solved_on and (p.solved_on.year, p.solved_on.month) == (month.year, month.month)]
    for_leaders = [problem for problem in unsolved if problem.level == "领导小组"]
    return {
        "未解决问题数": len(unsolved),
        "本月解决问题数": len(solved),
        "问题分类型": [
            {"问题类型": kind, "件数": count}
            for kind, count in _counted([shown(p.kind) for p in unsolved], PROBLEM_KINDS)
        ],
        "问题分层级": [
            {"处理层级": level, "件数": count}
            for level, count in _counted([shown(p.level) for p in unsolved], spellings(HANDLING_LEVELS))
        ],
        "需领导协调": [
            {
                "序号": serial,
                "项目名称": basis.declared[problem.key].project_name,
                "责任单位": basis.unit_of(basis.declared[problem.key]),
                "包联领导": leaders_text(basis, basis.declared[problem.key]),
                "问题内容": shown(problem.problem),
                "问题类型": shown(problem.kind),
                "处理层级": shown(problem.level),
                "解决方式": shown(problem.measure),
                "解决时限": day_text(problem.deadline) + ("（已逾期）" if problem.overdue_on(end) else ""),
            }
            for serial, problem in enumerate(for_leaders, 1)
        ],
    }


def next_nodes(basis: Basis, month: Month) -> list[NextNode]:
    """Work nodes of listed projects that fall into the next month, in order of time."""
    following = month.shifted(1)
    late = (milestone_of(basis, project, month) for project in basis.listed)
    pairs = zip(basis.listed, late, strict=True)
    waiting = [project for project, each in pairs if each and each.verb == "开工" and each.due and not each.done]
    found = [
        (project, node)
        for project in basis.listed
        for node in basis.nodes.get(project.key, ())
        if node.due and (node.due.year, node.due.month) == (following.year, following.month)
    ]
    found.sort(key=lambda pair: due_date(pair[1].due))
    return [
        {
            "序号": serial,
            "项目名称": project.project_name,
            "工作内容": shown(node.work) + ("（项目尚未开工）" if project in waiting else ""),
            "完成时限": day_text(node.due),
            "责任单位": basis.unit_of(project),
            "责任人": shown(node.person),
        }
        for serial, (project, node) in enumerate(found, 1)
    ]


def _annex_row(basis: Basis, serial: int, standing: Standing) -> AnnexRow:
    project, row, known = standing.project, standing.row, standing.state is State.REPORTED

    def figure(value: Decimal | None) -> Amount:
        return amount(value) if known else standing.state.value

    return {
        "序号": serial,
        "项目名称": project.project_name,
        "责任单位": basis.unit_of(project),
        "包联领导": leaders_text(basis, project),
        "总投资": amount(project.total_investment),
        "当年计划投资": NONE_SUCH if project.year_plan is None else Figure(project.year_plan),
        "本月完成投资": figure(standing.month_done),
        "本年累计完成投资": figure(standing.year_done),
        "完成率": rate(standing.rate) if known else standing.state.value,
        "形象进度": as_reported(row, PHYSICAL, row.physical if row else None),
        "存在问题": as_reported(row, TROUBLE, row.trouble if row else None, NONE_SUCH),
    }


def annex(basis: Basis, classes: Rates) -> list[AnnexSection]:
    sections: list[AnnexSection] = []
    serial = 0
    for index, group in enumerate(classes.groups):
        rows = []
        for standing in group.standings:
            serial += 1
            rows.append(_annex_row(basis, serial, standing))
        sections.append(
            {
                "节号": CHINESE_NUMBERS[index],
                "批次": group.name,
                **progress_of(group),
                "本月完成投资": month_done_of(group),
                "项目": rows,
            }
        )
    return sections


def unit_figures(units: Rates, wanted: int) -> UnitFigures:
    ranked = ranking(units.groups)
    best, last = ends_of(ranked, wanted)
    place = {each.rate.name: each.place for each in ranked}
    ordered = [each.rate for each in ranked] + [group for group in units.groups if group.name not in place]
    places = [each.place for each in (*best, *last)]
    return {
        "各单位": [
            {"名次": place.get(group.name, NONE_SUCH), "责任单位": group.name, **progress_of(group)}
            for group in ordered
        ],
        "领先单位": [{"责任单位": each.rate.name, "完成率": rate(each.rate.rate)} for each in best],
        "未排名单位": [group.name for group in units.groups if group.name not in place],
        "落后单位": [{"责任单位": each.rate.name, "完成率": rate(each.rate.rate)} for each in last],
        "领先末位并列": len(set(places)) < len(places),
        "全部持平": len(ranked) > 1 and len({each.rate.rate for each in ranked}) == 1,
    }


def chart(units: Rates, month: Month) -> Chart:
    ranked = ranking(units.groups)
    return Chart(
        categories=tuple(each.rate.name for each in ranked),
        values=tuple(each.rate.rate or Decimal(0) for each in ranked),
        reference=time_elapsed(month),
    )
