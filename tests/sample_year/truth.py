"""Who and what exists in the sample district: projects, units, leaders, persons. Amounts are in 万元."""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

YEAR = 2027
CLASSES = ("促进开工", "加快建设", "竣工投产", "前期储备")
RESERVE = "前期储备"
_SURNAMES = "赵钱孙李周吴郑王冯陈卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜戚谢邹"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


class YearMonth(NamedTuple):
    """A month of construction."""

    year: int
    month: int


def person(index: int) -> str:
    """The placeholder name number ``index``, all distinct below 340: 赵某甲, 钱某乙, …"""
    row, column = divmod(index, len(_SURNAMES))
    return f"{_SURNAMES[column]}某{_STEMS[(column + row) % len(_STEMS)]}"


@dataclass(frozen=True)
class Leader:
    name: str
    post: str
    portfolio: str


_POSTS = (
    ("区委书记", "工业、基础设施"),
    ("区委副书记、区长", "能源、工业"),
    ("区委常委、常务副区长", "基础设施、商贸流通"),
    ("区委副书记", "农牧林水"),
    ("区人大常委会主任", "社会事业"),
    ("区政协主席", "商贸流通"),
    ("副区长", "工业、能源"),
    ("副区长", "基础设施"),
    ("副区长", "农牧林水"),
    ("副区长", "社会事业、商贸流通"),
)
LEADERS = tuple(Leader(person(index), post, portfolio) for index, (post, portfolio) in enumerate(_POSTS))


@dataclass(frozen=True)
class Unit:
    """A responsible unit; ``name`` is what every ledger calls it."""

    name: str
    full_name: str
    leader: str
    section: str
    person: str
    liaison: str
    phone: str


@dataclass(frozen=True)
class Project:
    """One key project of the year as it truly stands."""

    index: int
    unit: str
    sector: str
    four_class: str
    name: str
    owner: str
    site: str
    content: str
    total: Decimal
    before: Decimal
    plan: Decimal
    start: YearMonth
    finish: YearMonth
    goal: str
    fund: str
    secured: str
    co_units: str
    task: str
    person: str
    leaders: tuple[str, ...]  # of a sponsored project; empty for the others

    @property
    def sponsored(self) -> bool:
        return bool(self.leaders)

    @property
    def linked_leader(self) -> str | None:
        """The first leader with its sector in charge, where nobody sponsors it (K-11(2))."""
        if self.sponsored:
            return None
        return next(leader.name for leader in LEADERS if self.sector in leader.portfolio)

    @property
    def in_reserve(self) -> bool:
        return self.four_class == RESERVE


_UNIT_NAMES = (
    ("区工信局", "示例区工业和信息化局", "运行监测科"),
    ("经开区管委会", "示例经济开发区管理委员会", "项目服务科"),
    ("区住建局", "示例区住房和城乡建设局", "重点工程科"),
    ("区交通局", "示例区交通运输局", "规划建设科"),
    ("区水务局", "示例区水务局", "规划建设科"),
    ("区农业农村局", "示例区农业农村局", "项目管理科"),
    ("区商务局", "示例区商务局", "市场建设科"),
    ("区文旅局", "示例区文化和旅游局", "产业发展科"),
    ("区教育局", "示例区教育局", "计划基建科"),
    ("区卫健局", "示例区卫生健康局", "规划财务科"),
    ("东岭镇", "示例区东岭镇人民政府", "经济发展办"),
    ("西河镇", "示例区西河镇人民政府", "经济发展办"),
    ("南坪街道办", "示例区人民政府南坪街道办事处", "城市建设办"),
    ("北桥街道办", "示例区人民政府北桥街道办事处", "城市建设办"),
)
UNITS = tuple(
    Unit(name, full, person(10 + 3 * i), section, person(11 + 3 * i), person(12 + 3 * i), f"0000-{i + 1:07d}")
    for i, (name, full, section) in enumerate(_UNIT_NAMES)
)
FIRST_PROJECT_PERSON = 60  # indices of person(): projects from here, teams and clerks after them
FIRST_TEAM_PERSON = 140
FIRST_CLERK = 160

_FUNDS = {
    "自筹": ("企业自筹", ""),
    "贷款": ("企业自筹、银行贷款", ""),
    "政府": ("政府投资（区级财政）", "已列入2027年区级财政预算"),
    "专债": ("政府投资（地方政府专项债券）", "专项债券额度已下达，资金已拨付项目专户"),
    "上级": ("政府投资（中央预算内投资、区级配套）", "中央预算内投资计划已下达，配套资金已列入预算"),
}
_TASKS = {
    "促进开工": "办结开工前手续，按期开工并完成年度投资",
    "加快建设": "保障要素，按月推进，完成年度投资和形象进度",
    "竣工投产": "完成剩余工程和验收，按期竣工投产",
    "前期储备": "推进前期工作，争取早日具备开工条件",
}


def _month(text: str) -> YearMonth:
    year, month = text.split("-")
    return YearMonth(int(year), int(month))


def _project(index: int, row: dict[str, str]) -> Project:
    fund, secured = _FUNDS[row["fund"]]
    if secured and row["class"] == RESERVE:
        secured = "前期费用已列入2027年区级财政预算"
    return Project(
        index=index,
        unit=row["unit"],
        sector=row["sector"],
        four_class=row["class"],
        name=row["name"],
        owner=row["owner"],
        site=row["site"],
        content=row["content"],
        total=Decimal(row["total"]),
        before=Decimal(row["before"]),
        plan=Decimal(row["plan"]),
        start=_month(row["start"]),
        finish=_month(row["finish"]),
        goal=row["goal"],
        fund=fund,
        secured=secured,
        co_units=row["co_units"],
        task=_TASKS[row["class"]],
        person=person(FIRST_PROJECT_PERSON + index),
        leaders=tuple(LEADERS[int(number) - 1].name for number in row["leaders"].split(";") if number),
    )


def _projects() -> tuple[Project, ...]:
    path = Path(__file__).with_name("projects.csv")
    with path.open(encoding="utf-8", newline="") as stream:
        return tuple(_project(index, row) for index, row in enumerate(csv.DictReader(stream)))


PROJECTS = _projects()


def projects_of(unit: str) -> tuple[Project, ...]:
    return tuple(project for project in PROJECTS if project.unit == unit)
