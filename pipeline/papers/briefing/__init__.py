"""The monthly briefing to the leaders of 区委, 区人大, 区政府 and 区政协 (B-12)."""

from collections.abc import Iterator

from pipeline.facts.basis import Basis
from pipeline.facts.summaries import (
    State,
    class_of,
    rate_of,
    rates_by,
    sector_of,
    standing_of,
    time_elapsed,
    total_of,
)
from pipeline.papers.briefing.briefing_blueprint import template
from pipeline.papers.briefing.briefing_facts import Facts
from pipeline.papers.briefing.figures import (
    against_last_month,
    against_month_plan,
    annex,
    chart,
    month_done_of,
    names_of_projects,
    next_nodes,
    permit_figures,
    problem_figures,
    progress_of,
    reductions,
    unit_figures,
)
from pipeline.papers.briefing.milestones import milestones
from pipeline.papers.office_facts import OFFICE, office_facts
from pipeline.papers.paper_kind import Blueprint, Draft, DraftedKind, HeldBack, Reason, Request
from pipeline.papers.phrases import ROUNDED_ALONE
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import CLASSES, SECTORS
from pipeline.records.money import Figure
from pipeline.records.period import Month


def drafts(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    """A briefing for each month that was asked for."""
    name = basis.settings.briefing.name
    if not request.months:
        early = "" if basis.soundness.unread("progress") else "没有收到任何月报"
        yield HeldBack(name, _no_report(basis, "任何月报"), not_yet=early)
    for month in request.months:
        title = f"{name}第{month.month}期"
        if not any(row.month == month for row in basis.ledgers.progress):
            yield HeldBack(title, _no_report(basis, f"{month.chinese}的月报"))
        elif not basis.listed:
            yield HeldBack(title, (Reason("没有列入计划的项目"),))
        else:
            facts = facts_of(basis, month)
            uncounted = (("未报送", facts["未报项目"]), ("数据待核", facts["待核项目"]))
            notes = tuple(Reason(what, names=tuple(names)) for what, names in uncounted if names)
            yield Draft(title, "简报.docx", facts, notes)


def _no_report(basis: Basis, which: str) -> tuple[Reason, ...]:
    """Reports may have come and not be readable: then nobody can say that none came."""
    if unreadable := basis.soundness.unread("progress"):
        return Reason(f"没有读到{which}"), Reason("有月报读不出来", findings=unreadable)
    return (Reason(f"没有收到{which}"),)


def facts_of(basis: Basis, month: Month) -> Facts:
    """Everything the briefing of ``month`` says. A project without a sound report is named, not counted."""
    settings, projects = basis.settings, basis.listed
    standings = [standing_of(basis, project, month) for project in projects]
    before = [standing_of(basis, project, month.shifted(-1)) for project in projects] if month.month > 1 else []
    classes = rates_by(standings, class_of, CLASSES, month)
    sectors = rates_by(standings, sector_of, SECTORS, month)
    units = rates_by(standings, basis.unit_of, (), month)
    known = [each.project for each in standings if each.state is State.REPORTED]
    progress = progress_of(classes.whole)
    return {
        **office_facts(settings, basis.year, month.last_day),
        "简报名称": settings.briefing.name,
        "期号": month.month,
        "总期号": settings.briefing.total_offset + month.month,
        "月份": month.month,
        "报": settings.reported_to,
        "送": settings.briefing.sent_to,
        "共印": settings.briefing.copies,
        "项目总数": len(projects),
        "总投资": Figure(total_of(projects)),
        "当年计划投资": progress["当年计划投资"],
        "本月完成投资": month_done_of(classes.whole),
        "本年累计完成投资": progress["本年累计完成投资"],
        "完成率": progress["完成率"],
        "进度比较": progress["进度比较"],
        "时间进度": time_elapsed(month),
        "已报项目数": len(known),
        "未报项目": names_of_projects(each.project for each in standings if each.state is State.MISSING),
        "待核项目": names_of_projects(each.project for each in standings if each.state is State.UNVERIFIED),
        "上月比较": against_last_month(month, standings, before),
        "当月计划比较": against_month_plan(standings),
        "包联": progress_of(
            rate_of("包联", [s for s in standings if s.project.key in basis.sound_sponsorships], month)
        ),
        "各批": [{"批次": group.name, **progress_of(group)} for group in classes.groups],
        "各行业": [{"所属行业": group.name, **progress_of(group)} for group in sectors.groups],
        **unit_figures(units, settings.briefing.last_units),
        **milestones(basis, month, known),
        **permit_figures(basis, month),
        **problem_figures(basis, month),
        "下月": month.shifted(1).month,
        "下月节点": next_nodes(basis, month),
        "完成率图": chart(units, month),
        "尾差说明": ROUNDED_ALONE,
        "核减": reductions(month, standings),
        "项目表": annex(basis, classes),
    }


KIND = DraftedKind(
    slug="briefing",
    name="简报",
    period="月度",
    articles=(Citation("B", 12),),
    ledgers=("declaration", "sponsorship", "progress", "procedure", "problem", "node"),
    blueprints=(Blueprint("简报.docx", Facts, template, (OFFICE,)),),
    drafts=drafts,
    folder="简报",
)
