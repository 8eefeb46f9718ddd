"""The declaration ledgers: one form for each unit, no two alike."""

from collections.abc import Iterator
from pathlib import Path

from tests.sample_year.files import write
from tests.sample_year.grids import Layout, Raw, Record, Styles, lay_out
from tests.sample_year.mistakes import TWICE_DECLARED, with_mistakes
from tests.sample_year.truth import PROJECTS, UNITS, Project, Unit, YearMonth, projects_of

_PAPERS = "p1=申报报告 p2=项目建议书或可研 p3=批准文件 p4=法人执照或筹建文件 linked=联系领导"

FORMS: dict[str, tuple[str, Layout]] = {
    "区工信局": (
        "区工信局2027年重点项目申报表.xlsx",
        Layout(
            (
                "2027年度重点项目申报表（样例数据）",
                "填报单位：区工信局　　填报日期：2026年9月28日　　单位：万元",
            ),
            "serial=序号 name=项目名称 class=四个一批 sector=所属行业 owner=项目业主 site=项目具体选址 "
            "content=主要建设内容和规模 start=建设年限>开工时间 finish=建设年限>竣工时间 "
            "total=投资情况（万元）>总投资 before=投资情况（万元）>已累计完成投资 "
            "plan=投资情况（万元）>当年计划投资 phys_goal=当年计划达到形象进度 work_goal=前期工作进度 "
            "fund=资金来源 unit=责任单位 co_units=协办单位 task=具体任务 person=责任人 "
            "p1=申报材料>申报报告 p2=申报材料>项目建议书或可研 p3=申报材料>批准文件 "
            "p4=申报材料>营业执照或筹建文件 remark=备注 linked=联系领导",
            Styles(month="chinese"),
            ("注：1.金额单位为万元；2.申报材料一栏填“有”或“无”。",),
            total_label="合计",
        ),
    ),
    "经开区管委会": (
        "经开区管委会2027年重点项目申报表.xlsx",
        Layout(
            ("示例经济开发区2027年重点项目申报汇总表（样例数据）", "单位：亿元"),
            "serial=序号 name=项目全称 class=四个一批类别 sector=行业类别 owner=建设单位 site=建设地点 "
            "content=建设内容及规模 span=建设起止年限 total=计划总投资 before=截至2026年底累计完成投资 "
            "plan=2027年计划投资 year_goal=当年进度目标 fund=资金筹措 secured=资金到位情况 unit=责任单位 "
            "co_units=配合单位 task=工作任务 person=项目责任人 "
            "p1=申请报告 p2=项目建议书/可研 p3=批复文件 p4=营业执照或筹建文件 linked=联系领导",
            Styles(amount="yi", span="dots", tick="是否"),
            ("说明：投资额以亿元为单位，保留四位小数。", "填报人：经开区管委会项目服务科"),
            subtotal_by="class",
            total_label="合计",
        ),
    ),
    "区住建局": (
        "区住建局2027年重点项目申报表.xlsx",
        Layout(
            ("区住建局2027年重点项目申报表（样例数据）", "单位：万元"),
            "serial=序号 name=项目名称 sector=行业 owner=业主单位 site=建设地址 content=建设规模及内容 "
            "span=建设年限 total=总投资 before=至2026年底累计完成投资 plan=2027年度计划投资 "
            "year_goal=当年计划达到形象进度或工作进度 fund=资金来源 secured=资金落实情况 unit=牵头单位 "
            "co_units=协办单位 task=具体任务 person=责任人 " + _PAPERS,
            Styles(span="chinese"),
            ("注：本表按四个一批分节填报。",),
            section_by="class",
        ),
    ),
    "区交通局": (
        "区交通局重点项目申报表.xlsx",
        Layout(
            ("示例区交通运输局2027年度重点项目计划申报表", "（样例数据）"),
            "serial=序号 name=建设项目名称 class=项目类别 sector=所属行业 site=建设地点 owner=项目法人 "
            "content=建设规模及主要建设内容 span=建设起止时间 total:yi=总投资（亿元） "
            "before=自开工至上年底累计完成投资（万元） plan=年度计划投资（万元) "
            "phys_goal=年度形象进度目标 work_goal=前期工作目标 "
            "fund=建设资金来源 secured=资金到位情况说明 unit=责任单位 co_units=协同单位 task=任务分解 "
            "person=具体责任人 " + _PAPERS,
            Styles(span="tilde", tick="是否"),
            ("注：总投资以亿元计，其余以万元计。",),
        ),
    ),
    "区水务局": (
        "区水务局2027年重点项目申报表.xlsx",
        Layout(
            ("2027年水务重点项目申报表（样例数据）", "单位：万元"),
            "serial=序号 name=工程名称 sector=行业分类 class=批次 content=主要建设内容及规模 site=项目选址 "
            "owner=项目业主单位 span=建设周期 total=投资总额 before=以前年度累计完成投资 "
            "plan=2027年投资计划 year_goal=年度目标任务 fund=资金渠道 secured=政府投资资金落实情况 "
            "unit=申报单位 co_units=协办部门 task=责任任务 person=责任人员 "
            "p1=列入计划报告 p2=可研报告或项目建议书 p3=审批文件 p4=法人营业执照 linked=联系领导",
            Styles(amount="commas", span="chinese"),
            ("填报人：区水务局规划建设科　　联系电话：0000-0000005",),
            total_label="合计",
        ),
    ),
    "区农业农村局": (
        "区农业农村局重点项目申报表.csv",
        Layout(
            ("示例区农业农村局", "2027年度重点项目申报表（样例数据）", "单位：万元"),
            "serial=编号 name=项目名称 class=类别 sector=行业 owner=实施单位 site=选址 content=建设内容 "
            "start=拟开工时间 finish=拟竣工时间 total=总投资额 before=累计已完成投资 plan=本年计划投资 "
            "year_goal=形象进度或工作进度 fund=资金来源 secured=财政资金落实情况 unit=填报单位 "
            "co_units=协作单位 task=具体任务 person=单位责任人 " + _PAPERS,
            Styles(month="dashes"),
            ("注：1.本表由各科室汇总。", "2.前期项目填写工作进度。"),
        ),
    ),
    "区商务局": (
        "区商务局2027年重点项目申报表.xlsx",
        Layout(
            ("区商务局２０２７年重点项目申报表（样例数据）",),
            "serial=序号 name=项目¶名称 class=四个一批¶分类 sector=产业类别 owner=投资主体 site=建设位置 "
            "content=主要建设内容 span=起止年限 total=总投资¶（万元） before=已累计¶完成投资¶（万元） "
            "plan=当年计划投资额¶（万元） phys_goal=年计划形象进度 work_goal=前期工作计划 fund=资金来源及构成 "
            "unit=责任部门 co_units=配合部门 task=工作任务 person=联系责任人 "
            "p1=申报报告 p2=项目建议书或¶可行性研究报告 p3=项目批准文件 p4=营业执照或¶筹建办组建文件 linked=联系领导",
            Styles(amount="wide", span="dots", tick="勾"),
            ("注：材料齐全的打√，缺的打×。",),
        ),
    ),
    "区文旅局": (
        "区文旅局2027年重点项目申报表.xlsx",
        Layout(
            ("2027年文旅重点项目申报表（样例数据）", "单位：万元"),
            "unit=责任单位 serial=序号 name=项目名称 class=四个一批范畴 sector=项目行业 owner=项目主体 "
            "site=项目地点 content=建设内容与规模 start=计划开工时间 finish=计划竣工时间 total=项目总投资 "
            "before=预计至2026年底累计完成投资 plan=今年计划投资 year_goal=2027年目标任务 fund=资金来源 "
            "secured=资金落实情况 co_units=协办单位 task=具体任务 person=责任人 " + _PAPERS,
            Styles(month="date"),
            ("注：时间为计划时间。",),
            merge_down="unit",
            total_label="合　计",
        ),
    ),
    "区教育局": (
        "区教育局2027年重点项目申报表.xlsx",
        Layout(
            ("教育系统2027年重点项目申报表（样例数据）", "单位：万元"),
            "serial=序号 name=项目名称 owner=建设单位 content=建设规模 site=具体选址 sector=所属行业 "
            "class=四个一批 span=建设工期 fund=资金>资金来源 secured=资金>资金落实情况 "
            "total=总投资 before=截至上年底累计完成投资 plan=本年度计划投资 phys_goal=当年计划形象进度 "
            "unit=责任单位 co_units=协办单位 task=具体任务 person=责任人 " + _PAPERS,
            Styles(span="dashes", tick="勾"),
            ("填报人：区教育局计划基建科",),
            total_label="合计",
        ),
    ),
    "区卫健局": (
        "区卫健局2027年重点项目申报表.xlsx",
        Layout(
            ("卫生健康重点项目申报表（样例数据）", "2027年度　　单位：万元"),
            "serial=序号 unit=责任单位 person=责任人 name=项目名称 class=四个一批 start=开工年月 finish=建成投产年月 "
            "plan=当年投资计划 before=截至2026年底已完成投资 total=概算总投资 fund=资金来源 secured=资金落实情况 "
            "sector=所属行业 owner=业主单位 site=建设地点 content=建设内容和规模 year_goal=2027年形象进度（工作进度） "
            "co_units=协办单位 task=具体任务 " + _PAPERS,
            Styles(month="dashes"),
        ),
    ),
    "东岭镇": (
        "东岭镇重点项目申报表.xlsx",
        Layout(
            ("东岭镇2027年重点项目申报表（样例数据）",),
            "serial=序号 name=项目名称 class=四个一批 sector=行业 owner=项目单位 site=建设地点 "
            "content=建设内容及规模 span=建设年限 total=总投资 before=已累计完成投资 plan=年计划投资 "
            "year_goal=当年进度目标 fund=资金来源 secured=资金落实情况 unit=责任单位 co_units=协办单位 "
            "task=具体任务 person=责任人 " + _PAPERS,
            Styles(amount="worded", span="dots"),
        ),
    ),
    "西河镇": (
        "西河镇2027年重点项目申报表.xls",
        Layout(
            ("西河镇2027年重点项目申报表（样例数据）", "单位：万元"),
            "serial=序号 name=项目名称 class=四个一批 sector=所属行业 owner=项目业主 site=具体选址 "
            "content=主要建设内容和规模 start=计划开工年月 finish=计划竣工年月 total=估算总投资 "
            "before=到上年底累计完成投资 plan=年度投资计划 year_goal=当年进度目标 fund=资金来源 "
            "secured=资金落实情况 unit=责任单位 co_units=协办单位 task=具体任务 person=责任人 " + _PAPERS,
            Styles(month="dots"),
            ("注：本表一式两份。",),
            total_label="合计",
        ),
    ),
    "南坪街道办": (
        "南坪街道办重点项目申报表.xlsx",
        Layout(
            ("南坪街道办事处重点项目申报表（样例数据）", "2027年　　单位：万元"),
            "serial=序号 name=项目名称 class=四个一批 sector=所属行业 owner=项目投资主体 site=建设地点 "
            "content=主要建设内容 span=建设起止年份 total=总投资 before=已累计完成投资 plan=当年投资 "
            "phys_goal=年度工程形象进度 work_goal=工作进度 fund=资金来源 secured=资金落实情况 unit=项目责任单位 "
            "co_units=协办单位 task=具体任务 person=责任人 " + _PAPERS,
            Styles(amount="commas", span="years"),
            total_label="合计",
        ),
    ),
    "北桥街道办": (
        "北桥街道办重点项目申报表.xlsx",
        Layout(
            ("北桥街道办事处2027年重点项目申报表（样例数据）", "单位：万元"),
            "serial=序号 class=四个一批 name=项目名称 sector=所属行业 owner=项目业主 site=具体选址 "
            "content=主要建设内容和规模 span=开竣工时间 total=总投资 before=已累计完成投资 plan=当年计划投资 "
            "phys_goal=当年计划形象进度 work_goal=当年工作进度 fund=资金来源 secured=资金落实情况 unit=责任单位 "
            "co_units=协办单位 task=具体任务 person=责任人 remark=备注 " + _PAPERS,
            Styles(span="chinese", tick="是否"),
            ("注：金额为含税价。", "填报人：城市建设办"),
        ),
    ),
}


def declaration(project: Project, unit: str) -> dict[str, Raw]:
    """The true row of one project as ``unit`` declares it."""
    return {
        "name": project.name,
        "class": project.four_class,
        "sector": project.sector,
        "owner": project.owner,
        "site": project.site,
        "content": project.content,
        "start": project.start,
        "finish": project.finish,
        "total": project.total,
        "before": project.before,
        "plan": project.plan,
        "phys_goal": None if project.in_reserve else project.goal,
        "work_goal": project.goal if project.in_reserve else None,
        "year_goal": project.goal,
        "fund": project.fund,
        "secured": project.secured or None,
        "unit": unit,
        "co_units": project.co_units or "—",  # asked by K-9(1): none is an answer
        "task": project.task,
        "person": project.person,
        "linked": project.linked_leader,
        **dict.fromkeys(("p1", "p2", "p3", "p4"), True),
    }


def _rows(unit: Unit) -> Iterator[Record]:
    name, second = TWICE_DECLARED
    declared = list(projects_of(unit.name))
    if unit.name == second:
        declared += [project for project in PROJECTS if project.name == name]
    for project in sorted(declared, key=lambda each: "促加竣前".index(each.four_class[0])):
        row = with_mistakes(declaration(project, unit.name), "declaration")
        start, finish = row["start"], row["finish"]
        assert isinstance(start, YearMonth)
        assert isinstance(finish, YearMonth)
        yield {**row, "span": (start, finish)}


def write_declarations(folder: Path) -> None:
    for unit in UNITS:
        file, layout = FORMS[unit.name]
        write(folder / "申报" / file, [lay_out(layout, list(_rows(unit)))])
