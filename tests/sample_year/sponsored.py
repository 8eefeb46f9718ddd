"""The sponsored-project list, the procedure teams and the work nodes (B-5, B-7, B-8)."""

from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from tests.sample_year.course import course_of
from tests.sample_year.draws import draw
from tests.sample_year.files import write
from tests.sample_year.grids import Layout, Raw, Record, Styles, lay_out
from tests.sample_year.mistakes import with_mistakes
from tests.sample_year.troubles import troubles
from tests.sample_year.truth import FIRST_TEAM_PERSON, PROJECTS, UNITS, YEAR, Project, person

_LIST = Layout(
    ("示例区2027年重大项目包联清单（样例数据）", "填报单位：区重大办　　单位：万元"),
    "serial=序号 name=项目名称 sector=所属行业 stage=包联类型 task=建设任务 total=投资情况（万元）>总投资 "
    "plan=投资情况（万元）>当年投资 owner=业主单位 unit=责任单位 area=责任地区 leaders=包联领导 situation=项目进展 "
    "span=开竣工时间 matter=需区领导推动的事项",
    Styles(span="chinese"),
    ("注：项目进展截至2026年12月底。",),
    "包联清单",
    total_label="合计",
)
_EARLY_LIST = Layout(
    ("示例区2027年重大前期项目包联清单（样例数据）",),
    "serial=序号 name=包联项目名称 stage=重大项目类型 sector=行业 task=主要建设任务 total=总投资（万元） "
    "plan=当年投资（万元） owner=业主单位 unit=包联责任单位 area=属地 leaders=包联区领导 situation=当前进展情况 "
    "span=建设年限 matter=需要区领导推动的事项 remark=备注",
    Styles(span="dots"),
    sheet="包联清单",
)
_TEAM = Layout(
    ("重大项目手续办理团队（样例数据）",),
    "serial=序号 name=项目名称 planning=部门人员>规划 land=部门人员>国土 environment=部门人员>环保 "
    "reform=部门人员>发改 industry=部门人员>经信",
    sheet="手续办理团队",
)
_NODES = Layout(
    ("2027年重大项目工作节点（样例数据）", "单位：万元"),
    "serial=序号 name=项目名称 due=完成时限 work=工作内容 investment=当月计划投资 person=责任人",
    Styles(day="chinese"),
    sheet="工作节点",
    merge_down="name",
)
_OTHER_NODES = Layout(
    ("重大项目推进节点表（样例数据）",),
    "name=项目名称 work=推进节点 due=计划完成时间 investment=计划投资（万元） person=具体责任人",
    Styles(day="dots"),
    sheet="工作节点",
)
_AREAS = (
    ("经开区", "示例经开区"),
    ("东岭", "东岭镇"),
    ("西河", "西河镇"),
    ("南坪", "南坪街道"),
    ("北桥", "北桥街道"),
)
_TENDER = ("完成施工图审查", "完成施工招标、办结施工许可手续", "施工单位进场并正式开工")
_AFTER_START = ("完成场地平整和临建", "完成桩基施工", "完成基础工程", "主体施工至三分之一", "主体施工过半")
_BUILDING = (
    "编制年度施工计划",
    "组织施工力量全面复工",
    "完成主要材料采购",
    "完成控制性工程施工",
    "主体施工完成三分之一",
    "主体施工过半",
    "完成本年主体工程",
    "启动设备安装",
    "完成附属工程",
)
_FINISHING = ("编制收尾计划", "完成剩余主体工程", "完成设备安装和装修", "完成室外配套", "组织竣工验收")
_HANDOVER = ("办理资产移交", "开展投产运营情况评估")
_EARLY = (
    "成立前期工作专班",
    "完成选址比选",
    "编制项目建议书",
    "完成专家论证",
    "编制可研报告",
    "征求部门意见",
    "完成可研评审",
    "落实资金渠道",
)
_YEAR_GOAL = "完成年度进度目标"


def _area(project: Project) -> str:
    return next((area for word, area in _AREAS if word in project.site), "主城区")


def _situation(project: Project) -> str:
    if project.in_reserve:
        return "已完成选址初步意见，正在开展前期论证"
    if project.four_class == "促进开工":
        return "正在办理前期手续，同步准备施工招标"
    return f"已于{project.start.year}年{project.start.month}月开工，主体工程正在施工"


def _matter(project: Project) -> str:
    known = next((t for t in troubles() if t.project == project and t.raised.year < YEAR), None)
    return f"{known.text}，需协调{known.measure}" if known else "无"


def _row(project: Project) -> Record:
    record: dict[str, Raw] = {
        "name": project.name,
        "sector": project.sector,
        "stage": "重大前期" if project.in_reserve else "重大实施",
        "task": project.content,
        "total": project.total,
        "plan": project.plan,
        "owner": project.owner,
        "unit": project.unit,
        "area": _area(project),
        "leaders": ("、" if project.index % 2 else "\n").join(project.leaders),
        "situation": _situation(project),
        "span": (project.start, project.finish),
        "matter": _matter(project),
    }
    return with_mistakes(record, "sponsorship")


def _team(project: Project) -> dict[str, Raw]:
    departments = ("planning", "land", "environment", "reform", "industry")
    persons = {
        department: person(FIRST_TEAM_PERSON + 4 * place + draw(f"team/{project.unit}/{place}", 0, 3))
        for place, department in enumerate(departments)
    }
    return {"name": project.name, **persons}


def _spread(steps: Sequence[str], first: int, last: int) -> Iterator[tuple[int, str]]:
    """The steps over the months from ``first`` to ``last``, in order, at most one in a month."""
    count = min(len(steps), last - first + 1)
    for place in range(count):
        yield first + (last - first) * place // max(1, count - 1), steps[place]


def _schedule(project: Project) -> list[tuple[int, str]]:
    """Month and step of each node."""
    if project.four_class == "促进开工":
        start = project.start.month
        return [*_spread(_TENDER, start - 2, start), *_spread(_AFTER_START, start + 1, 11), (12, _YEAR_GOAL)]
    if project.four_class == "竣工投产":
        finish = project.finish.month
        return [*_spread(_FINISHING, 1, finish), *_spread(_HANDOVER, finish + 1, 12)]
    steps = _EARLY if project.in_reserve else _BUILDING
    return [*_spread(steps[: draw(f"nodes/{project.name}", 6, len(steps))], 1, 11), (12, _YEAR_GOAL)]


def _nodes(project: Project) -> Iterator[dict[str, Raw]]:
    planned = course_of(project).planned
    steps = dict(_schedule(project))
    between = "推进前期论证" if project.in_reserve else "按计划推进施工"
    work_of = {month: steps.get(month, between) for month in range(1, 13) if month in steps or planned[month - 1]}
    for month, work in work_of.items():
        yield {
            "name": project.name,
            "due": date(YEAR, month, monthrange(YEAR, month)[1]),
            "work": work,
            "investment": planned[month - 1],
            "person": project.person,
        }


def write_sponsored(folder: Path) -> None:
    sponsored = [project for project in PROJECTS if project.sponsored]
    early = [project for project in sponsored if project.in_reserve]
    running = [project for project in sponsored if not project.in_reserve]
    for label, layout, chosen in (("重大实施", _LIST, running), ("重大前期", _EARLY_LIST, early)):
        grids = [lay_out(layout, [_row(p) for p in chosen]), lay_out(_TEAM, [_team(p) for p in chosen])]
        write(folder / "包联" / f"2027年重大项目包联清单（{label}）.xlsx", grids)
    half = [unit.name for unit in UNITS[:5]]
    first = [project for project in sponsored if project.unit in half]
    second = [project for project in sponsored if project.unit not in half]
    _write_nodes(folder / "包联" / "重大项目工作节点（一）.xlsx", _NODES, first)
    _write_nodes(folder / "包联" / "重大项目工作节点（二）.xlsx", _OTHER_NODES, second)


def _write_nodes(path: Path, layout: Layout, projects: Sequence[Project]) -> None:
    write(path, [lay_out(layout, [node for project in projects for node in _nodes(project)])])
