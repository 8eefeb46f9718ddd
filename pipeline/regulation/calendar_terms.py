"""When the year's work falls by the two measures: what is not one of the three reports, in article order.

The days of the three reports stand with their provisions: ``sponsorship.HALF_MONTHLY``, ``key_projects.MONTHLY``.
"""

from dataclasses import dataclass

from pipeline.records.citation import Citation
from pipeline.records.level import OFFICE
from pipeline.regulation.provision import Modality, Provision, since_issue

LEADING_GROUP = "领导小组"
UNITS = "各责任单位"


@dataclass(frozen=True)
class Term:
    """The months at whose end something is due; ``opens`` is the first month where the article gives a span.

    ``open_ended``: the article names only when the work begins, so that nobody can be late with it.
    """

    months: tuple[int, ...]
    opens: int | None = None
    open_ended: bool = False


@dataclass(frozen=True)
class Task:
    """A duty with its term and who has it; both are wordings that ``Level.said`` completes."""

    who: str
    provision: Provision[Term]


def _task(slug: str, who: str, citation: Citation, what: str, term: Term) -> Task:
    return Task(who, Provision(slug, citation, Modality.MUST, what, since_issue(term)))


_MONTHLY = Term(tuple(range(1, 13)))
_QUARTERLY = Term((3, 6, 9, 12))
_YEAR_END = Term((12,))

NEXT_YEAR = _task(
    "next-year-declared", "{层级}属各部门、单位", Citation("K", 7, 1), "开始集中申报次年重点项目",
    Term((8,), opens=8, open_ended=True),
)  # fmt: skip

PROPOSALS = _task("sponsored-proposed", UNITS, Citation("B", 5), "报送次年需要包联的重大项目", _MONTHLY)

TASKS: tuple[Task, ...] = (
    # 包联办法
    PROPOSALS,
    _task("bank-matching", "{层级}财政局（金融办）", Citation("B", 5), "组织需融资包联项目银企对接", Term((4, 10))),
    _task("next-year-proposed", OFFICE, Citation("B", 5), "次年实施、包联和前期项目报领导小组研究确定", Term((10,))),
    _task("kick-off", LEADING_GROUP, Citation("B", 9), "召开推进会，表彰上年度、部署当年任务", Term((1,))),
    _task("inspection", LEADING_GROUP, Citation("B", 9), "巡检重大项目和包联项目，召开观摩点评会", Term((7,))),
    _task("team-meeting", "各包联工作小组", Citation("B", 10), "召开项目推进协调会", _MONTHLY),
    _task("joint-meeting", LEADING_GROUP, Citation("B", 10), "召开成员单位联席会议", _MONTHLY),
    _task("progress-upward", OFFICE, Citation("B", 11), "汇总两次半月报，书面报领导小组", _MONTHLY),
    _task("briefing", OFFICE, Citation("B", 12), "编印简报送{层级}四套班子主要领导", _MONTHLY),
    _task("sponsored-bulletin", OFFICE, Citation("B", 13), "编发包联项目进展通报", _MONTHLY),
    _task("sponsored-inspection", OFFICE, Citation("B", 13), "季度督查包联项目", _QUARTERLY),
    _task("leaders-report", "各包联{层级}领导", Citation("B", 13), "包联工作纳入年终述职", _YEAR_END),
    _task("statement", "未完成当年计划的单位", Citation("B", 13), "向{层级}委、{层级}政府主要领导作情况说明", _YEAR_END),
    # 重点办法
    _task("plan", OFFICE, Citation("K", 7, 1), "{层级}委、{层级}政府联合行文下达当年计划", Term((1,))),
    _task("plan-adjustment", OFFICE, Citation("K", 7, 3), "组织调整当年计划", Term((6,), opens=3)),
    NEXT_YEAR,
    _task("special-meeting", LEADING_GROUP, Citation("K", 11, 1), "召开项目建设专题会", _MONTHLY),
    _task("reserve-funds", "{层级}财政局", Citation("K", 12, 1), "安排当年储备项目策划包装经费", _YEAR_END),
    _task("quarterly-report", UNITS, Citation("K", 16), "书面报送本季度建设和前期工作进展", _QUARTERLY),
    _task("yearly-report", UNITS, Citation("K", 16), "书面报送全年建设和前期工作进展", _YEAR_END),
    _task("analysis", OFFICE, Citation("K", 18, 1), "编写月度综合分析，分送{层级}领导和有关部门", _MONTHLY),
    _task("quarterly-bulletin", OFFICE, Citation("K", 20), "编发季度通报", _QUARTERLY),
    _task("spot-check", OFFICE, Citation("K", 20, 2), "抽查部分重点项目建设进展", _QUARTERLY),
    _task("mid-year-assessment", OFFICE, Citation("K", 20, 3), "现场观摩评价，年中考核评分", Term((7,))),
    _task("year-end-assessment", OFFICE, Citation("K", 20, 3), "年终考核评分", _YEAR_END),
    _task("commendation", "{层级}政府", Citation("K", 21), "表彰奖励成绩突出的单位", _YEAR_END),
)  # fmt: skip
