"""The year's plan of key projects, issued jointly by 区委 and 区政府 in January (K-7(1), K-8, K-9)."""

from datetime import date

from pipeline.checks.basis import Basis
from pipeline.documents.names import COMMON, NONE_SUCH, UNREPORTED, Context, Names
from pipeline.documents.wording import CHINESE_NUMBERS, amount, common, leaders_text, shown
from pipeline.records.field_catalogue import CLASSES
from pipeline.records.money import Figure
from pipeline.records.period import chinese_day
from pipeline.records.project import Declaration
from pipeline.summaries import Breakdown, Sums, by_age, by_class, by_sector, by_unit, remainder_note

_SUMS: Names = {
    "项目数": "项目个数",
    "总投资": "金额",
    "已累计完成投资": "金额，上年底止",
    "当年计划投资": "金额",
}

NAMES: Names = {
    **COMMON,
    "份号": "6位编号，没有则为空",
    "密级": "如“机密★1年”，没有则为空",
    "紧急程度": "特急或加急，没有则为空",
    "发文字号": "如“示党发〔2027〕1号”",
    "主送机关": "不含冒号",
    "抄送机关": "不含句号",
    "印发机关": "",
    "印发日期": "如“2027年1月15日”",
    "项目总数": "列入计划的项目个数",
    "总投资": "金额合计",
    "已累计完成投资": "金额合计，上年底止",
    "当年计划投资": "金额合计",
    "新建": _SUMS,
    "续建": _SUMS,
    "前期": _SUMS,
    "促进开工": _SUMS,
    "加快建设": _SUMS,
    "竣工投产": _SUMS,
    "前期储备": _SUMS,
    "各批": [{"批次": "四个一批类别", **_SUMS}],
    "各行业": [{"所属行业": "", **_SUMS}],
    "各单位": [
        {
            "序号": "",
            "责任单位": "",
            **_SUMS,
            "促进开工数": "",
            "加快建设数": "",
            "竣工投产数": "",
            "前期储备数": "",
        }
    ],
    "责任单位数": "",
    "包联项目数": "列入计划且由区领导包联的项目个数",
    "尾差说明": "亿元分项经尾差调整时的说明，无调整时为空",
    "分批项目": [
        {
            "节号": "一、二、三……",
            "批次": "四个一批类别",
            **_SUMS,
            "各行业": [{"所属行业": "", **_SUMS}],
            "项目": [
                {
                    "序号": "全表连续",
                    "项目名称": "",
                    "项目业主": "",
                    "具体选址": "",
                    "主要建设内容和规模": "",
                    "建设年限": "如“2026.3—2028.10”",
                    "总投资": "万元",
                    "已累计完成投资": "万元",
                    "当年计划投资": "万元",
                    "进度目标": "当年形象进度；前期储备项目为工作进度",
                    "资金来源": "",
                    "责任单位": "",
                    "协办单位": "",
                    "责任人": "",
                    "包联领导": "",
                }
            ],
        }
    ],
    "责任分解": [
        {
            "责任单位": "",
            "分管领导": "",
            "责任科室": "",
            "联络员": "",
            "项目数": "",
            "项目": [{"序号": "", "项目名称": "", "责任人": "", "协办单位": "", "具体任务": ""}],
        }
    ],
}


def _sums(sums: Sums) -> Context:
    return {
        "项目数": sums.count,
        "总投资": sums.total,
        "已累计完成投资": sums.before,
        "当年计划投资": sums.plan,
    }


def _project_row(basis: Basis, serial: int, project: Declaration) -> Context:
    early = project.four_class == "前期储备"
    unit = basis.unit(project.lead_unit)
    plan: Figure | str = NONE_SUCH if early and project.year_plan is None else amount(project.year_plan)
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


def _class_sections(basis: Basis, classes: Breakdown) -> list[Context]:
    """The annex table: a section for each class that has projects, serials running through."""
    sections, serial = [], 0
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


def _unit_row(serial: int, group: Sums) -> Context:
    counts = {
        f"{name}数": sum(1 for project in group.projects if project.four_class == name) for name in CLASSES
    }
    return {"序号": serial, "责任单位": group.name, **_sums(group), **counts}


def _task(project: Declaration) -> str:
    """What the year asks of the project (K-9(1)): investment, goal, and the task that the unit named."""
    invest = f"完成投资{project.year_plan.normalize():f}万元" if project.year_plan else None
    parts = dict.fromkeys(filter(None, (invest, project.goal, project.task)))
    return "；".join(parts) or UNREPORTED


def _duties(basis: Basis, group: Sums) -> Context:
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


def plan_context(basis: Basis) -> Context:
    """Everything the plan of ``basis.year`` says; projects with declaration errors are not in it."""
    settings, year = basis.settings, basis.year
    issued_on = settings.plan.issued_on or date(year, 1, 15)
    projects = basis.listed
    classes, sectors, units = by_class(projects), by_sector(projects), by_unit(basis)
    ages = by_age(projects, year)
    sponsored = sum(1 for project in projects if project.key in basis.sound_sponsorships)
    return {
        **common(basis, issued_on),
        "份号": settings.plan.copy_number,
        "密级": settings.plan.secrecy,
        "紧急程度": settings.plan.urgency,
        "发文字号": f"{settings.committee_code}〔{year}〕{settings.plan.number}号",
        "主送机关": settings.plan.addressees,
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
        **{name: _sums(classes.group(name)) for name in CLASSES},
        "各批": [{"批次": name, **_sums(classes.group(name))} for name in CLASSES],
        "各行业": [{"所属行业": group.name, **_sums(group)} for group in sectors.groups],
        "各单位": [_unit_row(serial, group) for serial, group in enumerate(units.groups, 1)],
        "责任单位数": len(units.groups),
        "包联项目数": sponsored,
        "尾差说明": remainder_note(
            (*classes.remainders, *sectors.remainders, *ages.remainders), ("总投资", "当年计划投资")
        ),
        "分批项目": _class_sections(basis, classes),
        "责任分解": [_duties(basis, group) for group in units.groups],
    }
