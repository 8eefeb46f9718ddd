"""Every deliberate mistake of the sample year, and nothing else that is wrong.

A mistake with a ``key`` lays its ``value`` over the true one when the row is written; the others say what their
writer does. ``file`` and ``cell`` tell where a check must point; a cell of "" stands for the whole file.
"""

from dataclasses import dataclass
from decimal import Decimal

from tests.sample_year.grids import Raw, Record
from tests.sample_year.truth import YearMonth


@dataclass(frozen=True)
class Mistake:
    number: int
    rule: str  # what a check should say, in words
    ledger: str
    file: str
    cell: str
    project: str = ""
    key: str = ""
    value: Raw = None
    month: int = 0


NO_REPORT = ("西河镇", 4)  # unit and month without a monthly report (10)
YI_HEADING = ("北桥街道办", 9)  # unit and month whose 本年累计 heading says 亿元 under 单位：万元 (11)
EXTRA_COLUMNS = ("南坪街道办", 6)  # unit and month with two unknown columns (12)
TWICE_DECLARED = ("农村公路提质工程项目", "东岭镇")  # project, and the second unit that declares it (13)
AFTER_COMPLETION = ("精密模具加工中心项目", 11, Decimal(120))  # project, month, 万元 (16)
OVERDUE = "园区分布式能源站项目"  # its problem is past its deadline and unsolved (14)
OVERDUE_PERMITS = ("石材精深加工园项目", "冷链物流配送中心项目")  # their last permit is past its time (18)
WITHOUT_DEADLINE = "冷链物流配送中心项目"  # (14)

_DECLARED = "inputs/2027/申报/"
_REPORT = "inputs/2027/月报/2027-"

MISTAKES = (
    Mistake(1, "缺总投资", "declaration", f"{_DECLARED}区商务局2027年重点项目申报表.xlsx", "I6",
            "农产品批发市场迁建项目", "total", ""),
    Mistake(2, "已累计加当年计划超过总投资", "declaration", f"{_DECLARED}区农业农村局重点项目申报表.csv", "L8",
            "肉羊屠宰冷链一体化项目", "total", Decimal(20000)),
    Mistake(3, "竣工投产项目在2028年竣工", "declaration", f"{_DECLARED}区文旅局2027年重点项目申报表.xlsx", "D6",
            "古街文旅综合体项目", "finish", YearMonth(2028, 3)),
    Mistake(4, "总投资不足1亿元（只作建议）", "declaration", f"{_DECLARED}北桥街道办重点项目申报表.xlsx", "I6",
            "便民服务中心改扩建项目", "total", Decimal("9999.5")),
    Mistake(5, "政府投资项目未注明资金落实情况", "declaration", f"{_DECLARED}区教育局2027年重点项目申报表.xlsx", "J7",
            "城区幼儿园扩容项目", "secured", ""),
    Mistake(6, "总投资不足1亿元（只作建议）", "declaration", f"{_DECLARED}区工信局2027年重点项目申报表.xlsx", "J6",
            "绿色食品包装材料生产项目", "total", Decimal(8600)),
    Mistake(6, "工业项目总投资不足1亿元，达不到包联标准", "sponsorship",
            "inputs/2027/包联/2027年重大项目包联清单（重大实施）.xlsx", "F7",
            "绿色食品包装材料生产项目", "total", Decimal(8600)),
    Mistake(7, "包联领导分管行业不含社会事业（建议）", "sponsorship",
            "inputs/2027/包联/2027年重大项目包联清单（重大实施）.xlsx", "K30",
            "区人民医院新院区项目", "leaders", "郑某庚"),
    Mistake(8, "本年累计完成投资比上月减少", "progress", f"{_REPORT}07/区水务局2027年7月重点项目月报.xlsx", "G6",
            "城乡供水一体化项目", "year_done", Decimal(3000), 7),
    Mistake(9, "金额无法识别", "progress", f"{_REPORT}05/区住建局2027年5月重点项目月报.xlsx", "E7",
            "集中供热管网改造项目", "month_done", "约800", 5),
    Mistake(10, "缺4月月报", "progress", f"{_REPORT}04/", ""),
    Mistake(11, "标题写亿元，单位行写万元", "progress", f"{_REPORT}09/北桥街道办2027年9月重点项目月报.xlsx", "F3"),
    Mistake(12, "未知列：党建联建情况、截止目前完成投资", "progress",
            f"{_REPORT}06/南坪街道办2027年6月重点项目月报.xlsx", "M3、N3"),
    Mistake(13, "同一项目由两个单位申报", "declaration", f"{_DECLARED}区交通局重点项目申报表.xlsx", "B6",
            "农村公路提质工程项目"),
    Mistake(13, "同一项目由两个单位申报", "declaration", f"{_DECLARED}东岭镇重点项目申报表.xlsx", "B6",
            "农村公路提质工程项目"),
    Mistake(14, "问题超过时限未解决", "problem", "inputs/2027/问题/经开区管委会问题台账.xlsx", "H7", OVERDUE),
    Mistake(14, "问题无解决时限", "problem", "inputs/2027/问题/区商务局问题台账.xlsx", "H4", WITHOUT_DEADLINE),
    Mistake(15, "精包装项目未附可研报告", "reserve", "inputs/2027/储备库/2027年项目储备库.xlsx", "F3",
            "中药材加工储备项目"),
    Mistake(15, "已决定实施的项目仍在库", "reserve", "inputs/2027/储备库/2027年项目储备库.xlsx", "H4",
            "工业污水集中处理储备项目"),
    Mistake(16, "竣工后仍报完成投资", "progress", f"{_REPORT}11/经开区管委会2027年11月重点项目月报.xlsx", "E10",
            AFTER_COMPLETION[0]),
    Mistake(17, "缺营业执照", "declaration", f"{_DECLARED}区工信局2027年重点项目申报表.xlsx", "W7",
            "动力电池回收拆解项目", "p4", False),
    Mistake(18, "手续超过计划办结时间", "procedure", "inputs/2027/手续/东岭镇手续台账.xlsx", "F8", OVERDUE_PERMITS[0]),
    Mistake(18, "手续超过计划办结时间", "procedure", "inputs/2027/手续/区商务局手续台账.xlsx", "F10", OVERDUE_PERMITS[1]),
)  # fmt: skip


def with_mistakes(record: Record, ledger: str, month: int = 0) -> Record:
    """The row as it is sent: the true one, or with its mistake laid over."""
    wrong = {
        mistake.key: mistake.value
        for mistake in MISTAKES
        if mistake.key and (mistake.ledger, mistake.project, mistake.month) == (ledger, record["name"], month)
    }
    return {**record, **wrong}
