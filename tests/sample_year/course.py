"""The course of each project through the year: investment month by month, start, completion, rate. 万元."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal
from functools import cache

from tests.sample_year.draws import choose, draw
from tests.sample_year.mistakes import AFTER_COMPLETION
from tests.sample_year.truth import YEAR, Project, YearMonth

_SEASON = (2, 2, 4, 8, 10, 11, 10, 10, 12, 12, 10, 9)
_UNFINISHED = ("社区卫生服务中心提标项目", "邻里中心项目")  # 竣工投产 that will not be finished in the year
_FULFILLED = ("西河镇", "北桥街道办", "区文旅局")  # they miss none of their plans
_FINE_UNITS = ("区水务局", "区教育局", "西河镇")  # they report to one decimal


@dataclass(frozen=True)
class Course:
    """Twelve months of one project; index 0 is January."""

    planned: tuple[Decimal, ...]
    done: tuple[Decimal, ...]
    rates: tuple[int, ...]  # % of the year's physical goal
    started: YearMonth | None
    start_day: int
    finished: YearMonth | None
    finish_day: int

    def year_done(self, month: int) -> Decimal:
        return sum(self.done[:month], Decimal(0))

    def has_started(self, month: int) -> bool:
        return self.started is not None and self.started <= (YEAR, month)

    def has_finished(self, month: int) -> bool:
        return self.finished is not None and self.finished <= (YEAR, month)


def _spread(total: Decimal, weights: list[int], step: Decimal) -> tuple[Decimal, ...]:
    """``total`` over the months by weight, in multiples of ``step``, without a remainder."""
    whole = sum(weights)
    shares: list[Decimal] = []
    weight = 0
    for each in weights:
        weight += each
        upto = total if weight == whole else _down(total * weight / whole, step)
        shares.append(upto - sum(shares, Decimal(0)))
    return tuple(shares)


def _down(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), rounding=ROUND_DOWN) * step


def _active(first: int, last: int, key: str = "") -> list[int]:
    jitter = [draw(f"{key}/{month}", 65, 135) if key else 100 for month in range(1, 13)]
    return [_SEASON[m - 1] * jitter[m - 1] if first <= m <= last else 0 for m in range(1, 13)]


def _start(project: Project) -> YearMonth | None:
    if project.in_reserve:
        return None
    if project.four_class != "促进开工":
        return project.start
    delay = choose(f"delay/{project.name}", (0, 0, 0, 1, 1, 2, 4))
    return YearMonth(YEAR, min(10, project.start.month + delay))


def _finish(project: Project) -> YearMonth | None:
    if project.four_class != "竣工投产" or project.name in _UNFINISHED:
        return None
    if project.name == AFTER_COMPLETION[0]:
        return YearMonth(YEAR, project.finish.month)
    delay = choose(f"finish/{project.name}", (0, 0, 0, 1, -1))
    return YearMonth(YEAR, min(12, project.finish.month + delay))


def _year_total(project: Project, finish: YearMonth | None, step: Decimal) -> Decimal:
    """What is done in the year: 70 to 112 % of the plan, never more than the whole project is worth."""
    key = f"ratio/{project.name}"
    if project.name in _UNFINISHED:
        low, high = 78, 86
    elif finish:
        low, high = (
            (100, 100) if project.unit in _FULFILLED else choose(f"{key}/band", ((100, 100), (100, 100), (94, 99)))
        )
    elif project.unit in _FULFILLED:
        low, high = 100, 108
    else:
        low, high = choose(f"{key}/band", ((100, 112), (100, 106), (100, 104), (90, 99), (70, 88)))
    done = _down(project.plan * draw(key, low * 10, high * 10) / 1000, step)
    still_to_come = AFTER_COMPLETION[2] if project.name == AFTER_COMPLETION[0] else 0
    return min(done, project.total - project.before) - still_to_come


def _rates(project: Project, done: tuple[Decimal, ...], finish: YearMonth | None) -> tuple[int, ...]:
    rates: list[int] = []
    for month in range(1, 13):
        if project.in_reserve:
            rate = month * 8 + draw(f"rate/{project.name}/{month}", -3, 0)
        elif finish and (YEAR, month) >= finish:
            rate = 100
        else:
            share = int(sum(done[:month], Decimal(0)) * 100 / project.plan)
            rate = min(100, share + draw(f"rate/{project.name}/{month}", -2, 3)) if share else 0
            rate = min(rate, 97) if project.four_class == "竣工投产" else rate
        rates.append(max([rate, 0, *rates]))
    return tuple(rates)


@cache
def course_of(project: Project) -> Course:
    fine = project.unit in _FINE_UNITS or project.plan % 1 or project.before % 1
    step = Decimal("0.1") if fine else Decimal(1)
    start, finish = _start(project), _finish(project)
    plan_first = project.start.month if project.four_class == "促进开工" else 1
    plan_last = project.finish.month if project.four_class == "竣工投产" else 12
    first = start.month if start and start.year == YEAR else 1
    last = finish.month if finish else 12
    done = _spread(_year_total(project, finish, step), _active(first, last, f"season/{project.name}"), step)
    if project.name == AFTER_COMPLETION[0]:
        _, month, amount = AFTER_COMPLETION
        done = (*done[: month - 1], amount, *done[month:])
    return Course(
        planned=_spread(project.plan, _active(plan_first, plan_last), step),
        done=done,
        rates=_rates(project, done, finish),
        started=start,
        start_day=draw(f"start-day/{project.name}", 1, 28),
        finished=finish,
        finish_day=draw(f"finish-day/{project.name}", 10, 28),
    )
