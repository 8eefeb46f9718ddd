"""Procedures (手续) of every project that is not to be completed this year."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tests.sample_year.course import course_of
from tests.sample_year.draws import choose, draw
from tests.sample_year.files import write
from tests.sample_year.grids import Layout, Raw, Styles, lay_out
from tests.sample_year.mistakes import OVERDUE_PERMITS
from tests.sample_year.truth import FIRST_CLERK, UNITS, YEAR, Project, person, projects_of

_PERMITS = (
    ("项目备案（核准）", "区发改局"),
    ("用地预审与选址意见书", "区国土分局"),
    ("环境影响评价批复", "区环保局"),
    ("建设用地规划许可证", "区规划局"),
    ("建设工程规划许可证", "区规划局"),
    ("建筑工程施工许可证", "区住建局"),
)
_SLOW = (
    "石材精深加工园项目",
    "渔光互补养殖基地项目",
    "社区养老服务综合体项目",
    "老厂区文创街区项目",
    "冷链物流配送中心项目",
)


@dataclass(frozen=True)
class Permit:
    name: str
    office: str
    state: str
    due: date | None
    done: date | None
    clerk: str


def _done(key: str, last: date, place: int) -> tuple[str, date, date]:
    """A finished permit: ``place`` months before the last one is needed, done within its time."""
    due = last - timedelta(days=45 * place)
    return "已办结", due, due - timedelta(days=draw(f"{key}/early", 1, 25))


def _open(place: int) -> tuple[str, date, None]:
    return "办理中" if place <= 1 else "未启动", date(YEAR + 1, 1 + place, 28), None


@cache
def permits_of(project: Project) -> tuple[Permit, ...]:
    """In the order in which they are needed; none for 竣工投产."""
    if project.four_class == "竣工投产":
        return ()
    count = draw(f"permits/{project.name}", 3, 4 if project.in_reserve else 5)
    chosen = _PERMITS[:count] if count == 3 or project.in_reserve else _PERMITS[: count - 1] + _PERMITS[5:]
    started = course_of(project).started
    found = []
    for place, (name, office) in enumerate(chosen):
        key = f"permit/{project.name}/{place}"
        state: str
        due: date | None
        done: date | None
        if started is None:
            first = date(YEAR, draw(f"{key}/first", 5, 10), 25)
            state, due, done = _done(key, first, 0) if place == 0 else _open(place)
        elif place == 2 and choose(f"{key}/waived", (True, False, False, False)):
            state, due, done = "不需办理", None, None
        else:
            last = date(started.year, started.month, 1) - timedelta(days=1)
            state, due, done = _done(key, last, len(chosen) - 1 - place)
            if project.four_class == "促进开工" and place == len(chosen) - 1 and count > 4 and not project.sponsored:
                state, due, done = _open(1)
        if project.name in OVERDUE_PERMITS and place == len(chosen) - 1:
            state, due, done = "办理中", date(YEAR, 9, 30), None
        if done and due and project.name in _SLOW and place == 1:
            done = due + timedelta(days=draw(f"{key}/late", 20, 44))
        clerk = person(FIRST_CLERK + draw(f"{key}/clerk", 0, 19))
        found.append(Permit(name, office, state, due, done, clerk))
    return tuple(found)


def permit_summary(project: Project, month: int) -> str:
    """What the monthly report says of them at the month's end."""
    needed = [permit for permit in permits_of(project) if permit.state != "不需办理"]
    if not needed:
        return "手续齐全"
    first_of_next = date(YEAR + month // 12, month % 12 + 1, 1)
    done = sum(1 for permit in needed if permit.done and permit.done < first_of_next)
    return "手续已全部办结" if done == len(needed) else f"已办结{done}项，在办{len(needed) - done}项"


_HEADS = (
    "serial=序号 name=项目名称 permit=手续名称 office=办理部门 state=办理状态 due=计划办结时间 "
    "done=实际办结时间 clerk=经办人",
    "serial=序号 name=项目名称 permit=审批事项 office=审批部门 state=办理情况 due=办结时限 done=办结时间 clerk=办理人",
    "serial=序号 name=项目全称 office=负责部门 permit=前期手续 due=计划完成时间 done=实际办结日期 "
    "state=手续状态 clerk=手续经办人 remark=备注",
)
_DAYS = ("date", "chinese", "dots", "dashes")


def write_procedures(folder: Path) -> None:
    for number, unit in enumerate(UNITS):
        rows: list[dict[str, Raw]] = [
            {
                "name": project.name,
                "permit": permit.name,
                "office": permit.office,
                "state": permit.state,
                "due": permit.due,
                "done": permit.done,
                "clerk": permit.clerk,
            }
            for project in projects_of(unit.name)
            for permit in permits_of(project)
        ]
        layout = Layout(
            (f"{unit.name}重点项目手续办理台账（样例数据）", "截至2027年12月"),
            _HEADS[number % len(_HEADS)],
            Styles(day=_DAYS[number % len(_DAYS)]),
            ("注：不需办理的手续不填时间。",) if number % 2 else (),
            "手续台账",
            merge_down="name" if number % 3 == 1 else "",
        )
        write(folder / "手续" / f"{unit.name}手续台账.xlsx", [lay_out(layout, rows)])
