"""The year's plan of key projects, issued jointly by 区委 and 区政府 in January (K-7(1), K-8, K-9)."""

from collections.abc import Iterator
from datetime import date

from pipeline.facts.basis import Basis
from pipeline.facts.summaries import Breakdown, Sums, by_age, by_class, by_sector, by_unit
from pipeline.papers.office_facts import COMMITTEE, GOVERNMENT, office_facts
from pipeline.papers.paper_kind import Blueprint, Draft, DraftedKind, HeldBack, Reason, Request, Series
from pipeline.papers.phrases import CHINESE_NUMBERS, ROUNDED_ALONE, amount, leaders_text, shown
from pipeline.papers.plan.plan_blueprint import template
from pipeline.papers.plan.plan_facts import ClassSection, Facts, ProjectFacts, SumFacts, UnitDuties, UnitSums
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import CLASSES
from pipeline.records.names import name_key
from pipeline.records.period import chinese_day
from pipeline.records.project import Declaration
from pipeline.word.vocabulary import NONE_SUCH, UNREPORTED

SERIES = Series(lambda settings: settings.committee_code)  # the host of a joint paper numbers it


def drafts(basis: Basis, request: Request) -> Iterator[Draft | HeldBack]:
    """The plan, with what is left out of it and what an exception lets in."""
    title = f"{basis.year}年重点项目计划"
    left_out = tuple(
        Reason("未列入计划", f"“{project.project_name}”（{project.lead_unit}）", findings=errors)
        for project in basis.declared.values()
        if (errors := basis.soundness.declaration_errors(project.key))
    )
    if unreadable := basis.soundness.unread("declaration"):
        yield HeldBack(title, (Reason(findings=unreadable),))
        return
    if not basis.listed:
        yield HeldBack(title, (Reason("没有可列入计划的项目"), *left_out))
        return
    granted = {name_key(name): reason for name, reason in basis.settings.exceptions.items()}
    notes = tuple(
        Reason(
            "按office.toml的[例外列入]列入计划",
            f"“{project.project_name}”（{basis.unit_of(project)}）",
            sentences=(granted[project.key],),
        )
        for project in basis.listed
        if project.key in granted
    )
    yield Draft(title, "计划.docx", facts_of(basis), (*left_out, *notes), basis.settings.plan.preprinted)


def _sums(sums: Sums) -> SumFacts:
    return {
        "项目数": sums.count,
        "总投资": sums.total,
        "已累计完成投资": sums.before,
        "当年计划投资": sums.plan,
    }


def _project_row(basis: Basis, serial: int, project: Declaration) -> ProjectFacts:
    early = project.four_class == "前期储备"
    unit = basis.unit(project.lead_unit)
    plan = NONE_SUCH if early and project.year_plan is None else amount(project.year_plan)
    no_years = NONE_SUCH if early else UNREPORTED  # a start that is not settled has not been left out
    return {
        "序号": serial,
        "项目名称": project.project_name,
        "项目业主": shown(project.owner),
        "具体选址": shown(project.site),
        "主要建设内容和规模": shown(project.content),
        "建设年限": project.span.short if project.span else no_years,
        "总投资": amount(project.total_investment),
        "已累计完成投资": amount(project.invested_before),
        "当年计划投资": plan,
        "进度目标": shown(project.goal),
        "资金来源": shown(project.fund_source),
        "责任单位": basis.unit_of(project),
        "协办单位": project.co_unit or NONE_SUCH,
        "责任人": shown(project.person or (unit.person if unit else None)),
        "包联领导": leaders_text(basis, project),
    }


def _class_sections(basis: Basis, classes: Breakdown) -> list[ClassSection]:
    """The annex table: a section for each class that has projects, serials running through."""
    sections: list[ClassSection] = []
    serial = 0
    for index, group in enumerate(classes.groups):
        rows = []
        sectors = by_sector(group.projects)
        for project in (project for sector in sectors.groups for project in sector.projects):
            serial += 1
            rows.append(_project_row(basis, serial, project))
        sections.append(
            {
                "节号": CHINESE_NUMBERS[index],
                "批次": group.name,
                **_sums(group),
                "各行业": [{"所属行业": sector.name, **_sums(sector)} for sector in sectors.groups],
                "项目": rows,
            }
        )
    return sections


def _unit_row(serial: int, group: Sums) -> UnitSums:
    classes = [project.four_class for project in group.projects]
    return {
        "序号": serial,
        "责任单位": group.name,
        **_sums(group),
        "促进开工数": classes.count("促进开工"),
        "加快建设数": classes.count("加快建设"),
        "竣工投产数": classes.count("竣工投产"),
        "前期储备数": classes.count("前期储备"),
    }


def _task(project: Declaration) -> str:
    """What the year asks of the project (K-9(1)): investment, goal, and the task that the unit named."""
    invest = f"完成投资{project.year_plan.normalize():f}万元" if project.year_plan else None
    parts = dict.fromkeys(filter(None, (invest, project.goal, project.task)))
    return "；".join(parts) or UNREPORTED


def _duties(basis: Basis, group: Sums) -> UnitDuties:
    """What K-9 wants fixed for each unit: its people, its projects, who helps and with what."""
    unit = basis.unit(group.name)
    return {
        "责任单位": group.name,
        "分管领导": shown(unit.leader if unit else None),
        "责任科室": shown(unit.section if unit else None),
        "联络员": shown(unit.liaison if unit else None),
        "项目数": group.count,
        "项目": [
            {
                "序号": serial,
                "项目名称": project.project_name,
                "责任人": shown(project.person or (unit.person if unit else None)),
                "协办单位": project.co_unit or NONE_SUCH,
                "具体任务": _task(project),
            }
            for serial, project in enumerate(group.projects, 1)
        ],
    }


def facts_of(basis: Basis) -> Facts:
    """Everything the plan of ``basis.year`` says; projects with declaration errors are not in it."""
    settings, year = basis.settings, basis.year
    issued_on = settings.plan.issued_on or date(year, 1, 15)
    projects = basis.listed
    classes, sectors, units = by_class(projects), by_sector(projects), by_unit(basis)
    ages = by_age(projects, year)
    sponsored = sum(1 for project in projects if project.key in basis.sound_sponsorships)
    return {
        **office_facts(settings, year, issued_on),
        "份号": settings.plan.copy_number,
        "密级": settings.plan.secrecy,
        "紧急程度": settings.plan.urgency,
        "发文字号": SERIES.number(settings, year, settings.plan.number),
        "主送机关": settings.addressees,
        "抄送机关": settings.plan.copied_to,
        "印发机关": settings.plan.printer,
        "印发日期": chinese_day(issued_on),
        "项目总数": len(projects),
        "总投资": classes.whole.total,
        "已累计完成投资": classes.whole.before,
        "当年计划投资": classes.whole.plan,
        "新建": _sums(ages.group("新建")),
        "续建": _sums(ages.group("续建")),
        "前期": _sums(ages.group("前期")),
        "促进开工": _sums(classes.group("促进开工")),
        "加快建设": _sums(classes.group("加快建设")),
        "竣工投产": _sums(classes.group("竣工投产")),
        "前期储备": _sums(classes.group("前期储备")),
        "各批": [{"批次": name, **_sums(classes.group(name))} for name in CLASSES],
        "各行业": [{"所属行业": group.name, **_sums(group)} for group in sectors.groups],
        "各单位": [_unit_row(serial, group) for serial, group in enumerate(units.groups, 1)],
        "责任单位数": len(units.groups),
        "包联项目数": sponsored,
        "尾差说明": ROUNDED_ALONE,
        "分批项目": _class_sections(basis, classes),
        "责任分解": [_duties(basis, group) for group in units.groups],
    }


KIND = DraftedKind(
    slug="plan",
    name="年度计划",
    period="年度",
    articles=(Citation("K", 7, 1), Citation("K", 8), Citation("K", 9)),
    ledgers=("declaration", "sponsorship", "unit", "leader"),
    blueprints=(Blueprint("计划.docx", Facts, template, (COMMITTEE, GOVERNMENT), SERIES),),
    drafts=drafts,
    folder="计划",
)
