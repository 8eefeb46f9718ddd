"""The problem ledgers: about forty problems, most of them solved in time."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tests.sample_year.draws import choose, draw
from tests.sample_year.files import write
from tests.sample_year.grids import Layout, Raw, Styles, lay_out
from tests.sample_year.mistakes import OVERDUE, WITHOUT_DEADLINE
from tests.sample_year.truth import PROJECTS, UNITS, YEAR, Project

_YEAR_END = date(YEAR, 12, 31)
_CAUSES = (
    ("规划", "项目用地与片区控规不一致", "调整片区控制性详细规划", "一、编制调整方案；二、专家论证；三、公示报批", "建议规划部门提前介入"),
    ("土地", "部分用地指标尚未落实", "从全区统筹指标中调剂", "一、核定缺口；二、申请调剂；三、组卷报批", "建议统筹安排用地指标"),
    ("环保", "环评公众参与意见分歧较大", "补充专题论证并加强沟通", "一、补充监测；二、召开座谈会；三、修改报批", "建议环保部门跟踪指导"),
    ("资金", "银行贷款发放慢于工程进度", "纳入银企对接名单协调放款", "一、梳理放款条件；二、银企对接；三、分批放款", "建议召开银企协调会"),
    ("征拆", "红线内剩余住户尚未签约", "属地包户做工作", "一、入户核实；二、一户一策；三、签约腾空", "建议属地加大征拆力度"),
    ("手续", "施工图审查时间较长", "并联审查、容缺受理", "一、补正图纸；二、并联审查；三、核发意见", "建议开通绿色通道"),
    ("配套", "临时用电容量不足", "新增临时变压器", "一、勘察方案；二、施工接入；三、送电", "建议供电单位优先安排"),
    ("资金", "企业自有资金到位滞后", "督促业主按计划注资", "一、约谈业主；二、明确注资计划；三、按月核查", ""),
    ("配套", "外部供水和道路接入滞后", "协调管网和道路单位同步施工", "一、现场踏勘；二、明确接口；三、同步施工", ""),
    ("征拆", "杆线迁改方案未定", "由产权单位限时迁改", "一、确定方案；二、签订协议；三、完成迁改", "建议产权单位尽快确定方案"),
    ("其他", "雨季影响外部施工进度", "调整工序、增加作业面", "一、优化方案；二、增加班组；三、抢抓晴好天气", ""),
)  # fmt: skip
_BEFORE_START, _BUILDING = ("规划", "土地", "环保", "手续"), ("资金", "征拆", "配套", "其他")
_LEVELS = ("工作小组", "工作小组", "区重大办", "领导小组")


@dataclass(frozen=True)
class Trouble:
    project: Project
    kind: str
    text: str
    level: str
    measure: str
    steps: str
    proposal: str
    deadline: date | None
    raised: date
    solved: date | None

    @property
    def state(self) -> str:
        return "已解决" if self.solved else "推进中"


def _trouble(project: Project, turn: int, raised: date, days: int) -> Trouble:
    key = f"trouble/{project.name}/{turn}"
    kinds = _BUILDING if project.four_class == "加快建设" else _BEFORE_START
    kind, text, measure, steps, proposal = choose(key, [cause for cause in _CAUSES if cause[0] in kinds])
    deadline: date | None = raised + timedelta(days=days)
    assert deadline
    solved = deadline - timedelta(days=draw(f"{key}/solved", 2, 20)) if deadline <= _YEAR_END else None
    if project.name == OVERDUE:
        deadline, solved = date(YEAR, 9, 30), None
    if project.name == WITHOUT_DEADLINE:
        deadline, solved = None, None
    level = choose(f"{key}/level", _LEVELS)
    return Trouble(project, kind, text, level, measure, steps, proposal, deadline, raised, solved)


@cache
def troubles() -> tuple[Trouble, ...]:
    """In the order of projects; some known before the year, some open at its end."""
    found = []
    sponsored = [p for p in PROJECTS if p.sponsored and p.four_class != "竣工投产"]
    for number, project in enumerate(sponsored):
        raised = date(YEAR - 1, 11, 8) + timedelta(days=draw(f"early/{project.name}", 0, 75))
        if number % 2 == 0:
            found.append(_trouble(project, 0, raised, draw(f"days/{project.name}", 90, 200)))
        else:
            late = date(YEAR, 7, 5) + timedelta(days=draw(f"late/{project.name}", 0, 120))
            found.append(_trouble(project, 1, late, draw(f"days/{project.name}", 60, 240)))
    running = [p for p in PROJECTS if not p.sponsored and p.four_class in ("促进开工", "加快建设")]
    others = [p for p in running if p.index % 3 or p.name in (OVERDUE, WITHOUT_DEADLINE)]
    for project in others:
        raised = date(YEAR, 2, 20) + timedelta(days=draw(f"other/{project.name}", 0, 160))
        found.append(_trouble(project, 2, raised, draw(f"days/{project.name}", 45, 120)))
    return tuple(sorted(found, key=lambda trouble: trouble.project.index))


def trouble_of(project: Project, month: int) -> tuple[str, str]:
    """存在问题及推动措施 and 对策建议 as reported for the month."""
    first = date(YEAR, month, 1)
    after = date(YEAR + month // 12, month % 12 + 1, 1)
    for trouble in troubles():
        current = trouble.raised < after and not (trouble.solved and trouble.solved < first)
        if trouble.project == project and current:
            return f"{trouble.text}；推动措施：{trouble.measure}", trouble.proposal or "无"
    return "无", "无"


_HEADS = (
    "serial=序号 name=项目名称 text=问题内容 kind=问题类型 level=处理层级 measure=解决方式 steps=解决步骤 "
    "deadline=解决时限 person=责任人 raised=提出时间 solved=解决时间 state=问题状态",
    "serial=序号 name=项目名称 text=具体问题 kind=问题类别 level=当前处理层级 measure=解决措施 steps=步骤 "
    "deadline=办结时限 person=责任人 raised=上报时间 solved=办结时间 state=办理状态",
    "serial=序号 name=项目全称 kind=问题类型 text=主要问题 measure=推动措施 steps=推进步骤 level=协调层级 "
    "person=具体责任人 raised=反映时间 deadline=解决期限 state=解决情况 solved=销号时间 remark=备注",
)
_DAYS = ("date", "dots", "chinese", "dashes")


def write_problems(folder: Path) -> None:
    for number, unit in enumerate(UNITS):
        rows: list[dict[str, Raw]] = [
            {
                "name": trouble.project.name,
                "text": trouble.text,
                "kind": trouble.kind,
                "level": trouble.level,
                "measure": trouble.measure,
                "steps": trouble.steps,
                "deadline": trouble.deadline,
                "person": trouble.project.person,
                "raised": trouble.raised,
                "solved": trouble.solved,
                "state": trouble.state,
            }
            for trouble in troubles()
            if trouble.project.unit == unit.name
        ]
        layout = Layout(
            (f"{unit.name}重点项目问题台账（样例数据）",),
            _HEADS[number % len(_HEADS)],
            Styles(day=_DAYS[number % len(_DAYS)]),
            sheet="问题台账",
        )
        if rows:
            write(folder / "问题" / f"{unit.name}问题台账.xlsx", [lay_out(layout, rows)])
