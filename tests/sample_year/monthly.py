"""The monthly reports: each unit keeps its own form for twelve months."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from tests.sample_year.course import course_of
from tests.sample_year.files import write
from tests.sample_year.grids import Column, Layout, Raw, Record, Styles, lay_out, parse_columns
from tests.sample_year.mistakes import EXTRA_COLUMNS, NO_REPORT, YI_HEADING, with_mistakes
from tests.sample_year.permits import permit_summary
from tests.sample_year.troubles import trouble_of
from tests.sample_year.truth import UNITS, YEAR, Project, Unit, YearMonth, projects_of

# M stands for the month's number in titles and headings
FORMS: dict[str, Layout] = {
    "区工信局": Layout(
        ("2027年M月重点项目进展情况月报（样例数据）", "填报单位：区工信局　　单位：万元"),
        "serial=序号 name=项目名称 unit=责任单位 month_plan=投资完成情况（万元）>本月计划投资 "
        "month_done=投资完成情况（万元）>本月完成投资 year_done=投资完成情况（万元）>本年累计完成投资 "
        "since_start=投资完成情况（万元）>开工以来累计完成投资 physical=形象进度 rate=形象进度完成率（%） "
        "started=实际开工时间 finished=实际竣工时间 permits=手续办理情况 trouble=存在问题及推动措施 "
        "proposal=对策建议",
        Styles(day="chinese"),
        ("注：形象进度完成率为占年度目标的比例。",),
        total_label="合计",
    ),
    "经开区管委会": Layout(
        ("示例经开区2027年M月重点项目月报表（样例数据）", "单位：亿元"),
        "serial=序号 name=项目全称 unit=责任单位 month_plan=M月计划投资 month_done=M月完成投资 "
        "year_done=2027年1-M月累计完成投资 physical=M月形象进度 rate=形象进度百分比（%） "
        "started=实际开工日期 finished=实际竣工日期 trouble=存在问题 proposal=下一步建议",
        Styles(amount="yi", day="dots"),
        total_label="合计",
    ),
    "区住建局": Layout(
        ("区住建局2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=序号 name=项目名称 unit=牵头单位 month_plan=本月计划投资 month_done=本月完成投资 "
        "year_done=本年累计完成投资 since_start=自开工累计完成投资 physical=形象进度 "
        "rate=形象进度完成率（%） started=实际开工时间 finished=实际竣工时间 permits=手续办理情况 "
        "trouble=存在问题及推动措施 proposal=对策建议",
        Styles(day="date"),
        ("填报人：区住建局重点工程科",),
        total_label="合计",
    ),
    "区交通局": Layout(
        ("交通重点项目2027年M月进展情况（样例数据）",),
        "serial=序号 name=建设项目名称 unit=责任单位 month_plan=当月投资计划（万元） "
        "month_done=当月完成投资（万元） year_done=年初至今累计完成投资（万元） physical=工程形象进度 "
        "rate=形象进度完成率（%） started=开复工时间 finished=竣工投产时间 trouble=存在问题和推动措施 proposal=意见建议",
        Styles(day="dashes"),
    ),
    "区水务局": Layout(
        ("2027年M月水务重点项目月报（样例数据）", "填报单位：区水务局　　单位：万元"),
        "serial=序号 name=工程名称 physical=本月完成形象进度 rate=年度形象进度完成率（%） "
        "month_plan=本月计划投资 month_done=本月实际完成投资 year_done=当年累计完成投资 "
        "started=实际开工时间 finished=实际竣工时间 permits=前期手续办理情况 trouble=存在的问题",
        Styles(amount="commas", day="dots"),
        ("填报人：区水务局规划建设科",),
        total_label="合计",
    ),
    "区农业农村局": Layout(
        ("示例区农业农村局2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=编号 name=项目名称 unit=填报单位 month_plan=本月计划投资 month_done=本月投资完成额 "
        "year_done=自年初累计完成投资 physical=目前形象进度 rate=形象进度完成率 started=实际开工时间 "
        "finished=实际完工时间 trouble=存在问题及措施",
        Styles(day="chinese"),
        total_label="合计",
    ),
    "区商务局": Layout(
        ("区商务局２０２７年M月重点项目月报（样例数据）",),
        "serial=序号 name=项目¶名称 unit=责任部门 month_plan=本月计划投资¶（万元） month_done=本月完成投资¶（万元） "
        "year_done=今年累计完成投资¶（万元） since_start=自开工以来累计完成投资¶（万元） physical=本月形象进度 "
        "rate=形象进度完成率¶（%） started=实际开工时间 finished=实际竣工时间 permits=手续办理进展 "
        "trouble=存在的主要问题 proposal=工作建议",
        Styles(amount="wide", day="dots"),
    ),
    "区文旅局": Layout(
        ("文旅重点项目2027年M月月报（样例数据）", "单位：万元"),
        "unit=责任单位 serial=序号 name=项目名称 month_plan=本月计划投资 month_done=本月完成投资 "
        "year_done=年度累计完成投资 physical=形象进度 rate=形象进度完成率（%） started=实际开工时间 "
        "finished=实际竣工时间 trouble=存在问题及推动措施 proposal=对策建议",
        Styles(day="date"),
        ("注：按项目实际进度填报。",),
        merge_down="unit",
        total_label="合　计",
    ),
    "区教育局": Layout(
        ("教育系统2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=序号 name=项目名称 unit=责任单位 year_done=1-M月完成投资 month_done=M月完成投资 "
        "month_plan=M月计划投资 since_start=开工至本月底累计完成投资 physical=形象进度完成情况 rate=形象进度完成率（%） "
        "started=实际开工时间 finished=实际竣工时间 permits=手续办理情况 trouble=存在问题及推动措施",
        Styles(day="dashes"),
        total_label="合计",
    ),
    "区卫健局": Layout(
        ("卫生健康重点项目月报（样例数据）", "2027年M月　　单位：万元"),
        "serial=序号 unit=责任单位 name=项目名称 physical=形象进度 rate=形象进度完成比例（%） "
        "month_plan=本月计划投资 month_done=当月已完成投资 year_done=当年已完成投资 started=实际开工时间 "
        "finished=实际竣工时间 permits=手续办理情况 trouble=存在问题及推动措施 proposal=对策建议",
        Styles(day="dashes"),
    ),
    "东岭镇": Layout(
        ("东岭镇2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=序号 name=项目名称 unit=责任单位 month_plan=本月计划投资 month_done=本月完成投资 "
        "year_done=本年完成投资 physical=形象进度 rate=形象进度完成率（%） started=实际开工时间 "
        "finished=实际竣工时间 trouble=存在问题",
        Styles(amount="worded", day="dots"),
    ),
    "西河镇": Layout(
        ("西河镇2027年M月重点项目月报（样例数据）", "填报单位：西河镇　　单位：万元"),
        "serial=序号 name=项目名称 month_plan=本月计划投资 month_done=本月完成投资 year_done=本年累计完成投资 "
        "physical=目前为止项目形象进度 rate=形象进度完成率（%） started=实际开工时间 finished=实际竣工时间 "
        "trouble=存在问题及推动措施 proposal=对策建议",
        Styles(day="dots"),
        total_label="合计",
    ),
    "南坪街道办": Layout(
        ("南坪街道办事处2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=序号 name=项目名称 unit=项目责任单位 month_plan=本月计划投资 month_done=本月完成投资 "
        "year_done=本年累计完成投资 since_start=项目累计投资 physical=形象进度 rate=形象进度完成率（%） "
        "started=实际开工时间 finished=实际竣工时间 trouble=存在问题及推动措施",
        Styles(amount="commas", day="chinese"),
        total_label="合计",
    ),
    "北桥街道办": Layout(
        ("北桥街道办事处2027年M月重点项目月报（样例数据）", "单位：万元"),
        "serial=序号 name=项目名称 unit=责任单位 month_plan=本月计划投资 month_done=本月完成投资 "
        "year_done=本年累计完成投资 physical=形象进度 rate=形象进度完成率（%） started=实际开工时间 "
        "finished=实际竣工时间 trouble=存在问题及推动措施 proposal=对策建议 remark=备注",
        Styles(day="date"),
        ("填报人：城市建设办",),
    ),
}
_STAGES = {
    "工业": ("场地平整", "基础施工", "厂房主体施工", "设备安装", "设备调试"),
    "能源": ("场地平整", "基础施工", "主体设备安装", "线路和管网敷设", "系统调试"),
    "基础设施": ("临建搭设和场地清表", "土方和基础施工", "主体施工", "附属工程施工", "收尾和验收准备"),
    "商贸流通": ("场地平整", "基础施工", "主体施工", "内外装修", "招商和验收准备"),
    "农牧林水": ("测量放线和进场道路", "土方施工", "主体工程施工", "配套设施施工", "收尾和自验"),
    "社会事业": ("场地平整", "基础施工", "主体施工", "二次结构和装修", "设备购置和验收准备"),
}
_FIRST_STEPS = ("编制可研报告", "开展选址论证", "征求部门意见", "办理土地和规划手续")


def physical(project: Project, month: int) -> str:
    """What the unit writes under 形象进度."""
    course = course_of(project)
    rate = course.rates[month - 1]
    if project.in_reserve:
        return f"正在{_FIRST_STEPS[(month - 1) // 3]}，完成年度工作目标的{rate}%"
    if not course.has_started(month):
        return "施工招标和开工准备"
    if course.has_finished(month):
        return "已竣工投产"
    first, stages = {"促进开工": (0, 3), "加快建设": (1, 3)}.get(project.four_class, (2, 3))
    stage = first + min(stages - 1, rate * stages // 100)
    return f"{_STAGES[project.sector][stage]}，完成年度目标的{rate}%"


def _day(month: YearMonth | None, day: int) -> date | None:
    return date(month.year, month.month, day) if month else None


def report(project: Project, month: int) -> Record:
    """The row of one project for one month, with its mistake if it has one."""
    course = course_of(project)
    year_done = course.year_done(month)
    trouble, proposal = trouble_of(project, month)
    record: dict[str, Raw] = {
        "name": project.name,
        "unit": project.unit,
        "month_plan": course.planned[month - 1],
        "month_done": course.done[month - 1],
        "year_done": year_done,
        "since_start": project.before + year_done,
        "physical": physical(project, month),
        "rate": Decimal(course.rates[month - 1]),
        "started": _day(course.started, course.start_day) if course.has_started(month) else None,
        "finished": _day(course.finished, course.finish_day) if course.has_finished(month) else None,
        "permits": permit_summary(project, month),
        "trouble": trouble,
        "proposal": proposal,
    }
    if project.unit == "区农业农村局":  # its heading has no % and its cells do
        record["rate"] = f"{course.rates[month - 1]}%"
    return with_mistakes(record, "progress", month)


def _with_month(text: str, month: int) -> str:
    return text.replace("M月", f"{month}月")


def form_of(unit: Unit, month: int) -> Layout:
    """The unit's form with the month filled in, and with the heading mistakes of that month."""
    form = FORMS[unit.name]
    columns = _with_month(form.columns, month)
    extra: tuple[Column, ...] = ()
    if (unit.name, month) == YI_HEADING:
        columns = columns.replace("=本年累计完成投资", "=本年累计完成投资（亿元）")
    if (unit.name, month) == EXTRA_COLUMNS:
        extra = parse_columns("party=党建联建情况 year_done=截止目前完成投资")
    titles = tuple(_with_month(title, month) for title in form.titles)
    return Layout(
        titles,
        columns,
        form.styles,
        form.foot,
        f"{month}月",
        form.total_label,
        form.subtotal_by,
        form.section_by,
        form.merge_down,
        extra,
    )


def write_monthly_reports(folder: Path) -> None:
    for month in range(1, 13):
        for unit in UNITS:
            if (unit.name, month) == NO_REPORT:
                continue
            rows = [{**report(project, month), "party": "已开展"} for project in projects_of(unit.name)]
            file = f"{unit.name}{YEAR}年{month}月重点项目月报.xlsx"
            write(folder / "月报" / f"{YEAR}-{month:02d}" / file, [lay_out(form_of(unit, month), rows)])
