"""Directories, on-site scores, the reserve pool and the register of reports received."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path

from tests.sample_year.draws import draw
from tests.sample_year.files import write
from tests.sample_year.grids import Layout, Raw, lay_out
from tests.sample_year.mistakes import MISTAKES, NO_REPORT
from tests.sample_year.truth import LEADERS, PROJECTS, UNITS, YEAR

_LEADERS = Layout(
    ("示例区区领导分工名册（样例数据）",),
    "serial=序号 name=姓名 post=职务 portfolio=分管行业 remark=备注",
    foot=("注：人员均为样例姓名。",),
    sheet="区领导",
)
_UNITS = Layout(
    ("重点项目责任单位名册（样例数据）", "2027年度"),
    "serial=序号 name=单位名称 leader=分管领导 section=责任科室 person=责任人 liaison=联络员 phone=联系电话",
    sheet="责任单位",
)
_JUDGES = tuple(f"j{number}" for number in range(1, 8))
_SCORES = Layout(
    ("2027年7月重点项目观摩点评评分表（样例数据）", "满分100分"),
    "serial=序号 name=项目名称 unit=责任单位 "
    + " ".join(f"j{number}=评分>评委{number}" for number in range(1, 8))
    + " remark=备注",
    sheet="评分表",
)
_RESERVES = Layout(
    ("示例区项目储备库（样例数据）",),
    "serial=序号 name=项目名称 unit=责任单位 class=储备类别 stage=储备阶段 paper=附报材料 decided=是否决定实施 "
    "exit=出库去向 remark=备注",
    sheet="储备库",
)
_RECEIPTS = Layout(
    ("2027年报表报送登记簿（样例数据）",),
    "serial=序号 unit=单位 kind=报表类型 month=所属月份 received=收到时间 remark=备注",
    sheet="登记簿",
)
_RESERVE_ROWS = (
    ("中药材加工储备项目", "东岭镇", "工业", "精包装", "项目建议书", "否", ""),  # (15)
    ("工业污水集中处理储备项目", "经开区管委会", "基础设施", "精包装", "可研报告", "是", ""),  # (15)
    ("省道S318改线工程项目", "区交通局", "基础设施", "精包装", "可研报告", "是", "转为促进开工"),
    ("智能仓储设备储备项目", "区工信局", "工业", "初包装", "项目建议书", "否", ""),
    ("氢能装备储备项目", "经开区管委会", "工业", "概念策划", "项目策划书", "否", ""),
    ("城市书房储备项目", "区文旅局", "社会事业", "初包装", "项目建议书", "否", ""),
    ("夜间经济集聚区储备项目", "区商务局", "服务业", "概念策划", "项目策划书", "否", ""),
    ("环城绿道储备项目", "区住建局", "基础设施", "精包装", "可研报告", "否", ""),
    ("智慧农贸市场储备项目", "北桥街道办", "服务业", "初包装", "项目建议书", "否", ""),
    ("托育服务中心储备项目", "区卫健局", "社会事业", "概念策划", "项目策划书", "否", ""),
)

# Register: (unit, kind, month) that came late, with the days of delay, and those that never came
_LATE = {
    ("区住建局", "月报", 2): 1,
    ("区住建局", "上半月报", 6): 2,
    ("区交通局", "月报", 5): 1,
    ("区交通局", "下半月报", 2): 1,
    ("区水务局", "月报", 8): 3,
    ("区商务局", "上半月报", 4): 1,
    ("区商务局", "月报", 10): 2,
    ("区卫健局", "下半月报", 9): 2,
    ("东岭镇", "月报", 3): 4,
    ("西河镇", "月报", 6): 1,
    ("南坪街道办", "月报", 1): 2,
    ("北桥街道办", "月报", 11): 1,
}
_NEVER = {(NO_REPORT[0], "月报", NO_REPORT[1]), ("区商务局", "上半月报", 8), ("区文旅局", "下半月报", 5)}


def _deadline_day(kind: str, month: int) -> int:
    return {"上半月报": 15, "月报": 28}.get(kind, min(30, monthrange(YEAR, month)[1]))


def _receipts() -> Iterator[dict[str, Raw]]:
    leading = {project.unit for project in PROJECTS if project.sponsored}
    for month in range(1, 13):
        for kind in ("上半月报", "月报", "下半月报"):
            for unit in UNITS:
                owed = kind == "月报" or unit.name in leading
                if owed and (unit.name, kind, month) not in _NEVER:
                    yield _receipt(unit.name, kind, month)


def _receipt(unit: str, kind: str, month: int) -> dict[str, Raw]:
    key = (unit, kind, month)
    label = f"receipt/{unit}/{kind}/{month}"
    day = datetime(YEAR, month, _deadline_day(kind, month), draw(label, 8, 17), draw(f"{label}/m", 0, 59))  # noqa: DTZ001
    received: datetime | str = day + timedelta(days=_LATE[key] if key in _LATE else -draw(f"{label}/early", 0, 2))
    if month == 3:  # March was noted by another clerk, as text
        received = f"{received:%Y-%m-%d %H:%M}"
    remark = "迟报" if key in _LATE else None
    return {"unit": unit, "kind": kind, "month": f"{YEAR}年{month}月", "received": received, "remark": remark}


def _visited() -> list[dict[str, Raw]]:
    wrong = {mistake.project for mistake in MISTAKES}
    able = [p for p in PROJECTS if not p.in_reserve and p.name not in wrong]
    chosen = sorted(able, key=lambda p: (not p.sponsored, draw(f"visit/{p.name}", 0, 10**6)))[:24]
    return [
        {
            "name": project.name,
            "unit": project.unit,
            **{
                judge: Decimal(draw(f"score/{project.name}", 78, 92) * 2 + draw(f"{judge}/{project.name}", -6, 6)) / 2
                for judge in _JUDGES
            },
        }
        for project in sorted(chosen, key=lambda p: p.index)
    ]


def write_registers(folder: Path) -> None:
    leaders: list[dict[str, Raw]] = [
        {"name": each.name, "post": each.post, "portfolio": each.portfolio} for each in LEADERS
    ]
    units: list[dict[str, Raw]] = [
        {
            "name": unit.name,
            "leader": unit.leader,
            "section": unit.section,
            "person": unit.person,
            "liaison": unit.liaison,
            "phone": unit.phone,
        }
        for unit in UNITS
    ]
    keys = ("name", "unit", "class", "stage", "paper", "decided", "exit")
    reserves: list[dict[str, Raw]] = [dict(zip(keys, row, strict=True)) for row in _RESERVE_ROWS]
    write(folder / "名册" / "区领导名册.xlsx", [lay_out(_LEADERS, leaders)])
    write(folder / "名册" / "责任单位名册.xlsx", [lay_out(_UNITS, units)])
    write(folder / "观摩" / "2027年7月观摩评分表.xlsx", [lay_out(_SCORES, _visited())])
    write(folder / "储备库" / "2027年项目储备库.xlsx", [lay_out(_RESERVES, reserves)])
    write(folder / "报送登记" / "2027年报送登记簿.xlsx", [lay_out(_RECEIPTS, list(_receipts()))])
