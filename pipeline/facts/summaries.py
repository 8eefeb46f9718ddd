"""Counts, sums and rates over the listed projects; each figure is computed here, once.

Amounts are 万元, rates are per cent with one decimal.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cached_property
from typing import TypeVar

from pipeline.facts.basis import Basis
from pipeline.records.field_catalogue import CLASSES, SECTORS
from pipeline.records.money import Figure, percent, round_half_up
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration

_ZERO = Decimal(0)
_Item = TypeVar("_Item")


class State(Enum):
    """Whether a project's figures of a month may be used."""

    REPORTED = "已报"
    MISSING = "未报"
    UNVERIFIED = "待核"


@dataclass(frozen=True)
class Sums:
    """A group of listed projects: how many, 总投资, 已累计完成投资, 当年计划投资."""

    name: str
    projects: tuple[Declaration, ...]

    @property
    def count(self) -> int:
        return len(self.projects)

    @property
    def total(self) -> Figure:
        return Figure(total_of(self.projects))

    @property
    def before(self) -> Figure:
        return Figure(before_of(self.projects))

    @property
    def plan(self) -> Figure:
        return Figure(plan_of(self.projects))


@dataclass(frozen=True)
class Breakdown:
    """The whole and its groups."""

    whole: Sums
    groups: tuple[Sums, ...]

    def group(self, name: str) -> Sums:
        """The named group; a group of nothing where no project falls into it."""
        return next((group for group in self.groups if group.name == name), Sums(name, ()))


def class_of(project: Declaration) -> str:
    return project.four_class or State.MISSING.value


def sector_of(project: Declaration) -> str:
    """所属行业; where a unit left it blank the project stands under 未报, it is never lost."""
    return project.sector or State.MISSING.value


def total_of(projects: Iterable[Declaration]) -> Decimal:
    return sum((p.total_investment or _ZERO for p in projects), _ZERO)


def before_of(projects: Iterable[Declaration]) -> Decimal:
    return sum((p.invested_before or _ZERO for p in projects), _ZERO)


def plan_of(projects: Iterable[Declaration]) -> Decimal:
    return sum((p.year_plan or _ZERO for p in projects), _ZERO)


def _grouped(items: Sequence[_Item], name_of: Callable[[_Item], str], order: Sequence[str]) -> dict[str, list[_Item]]:
    """Groups in ``order``, others behind them as they come; every item is in exactly one, none is empty."""
    groups: dict[str, list[_Item]] = {name: [] for name in order}
    for item in items:
        groups.setdefault(name_of(item), []).append(item)
    return {name: group for name, group in groups.items() if group}


def break_down(
    projects: Sequence[Declaration], name_of: Callable[[Declaration], str], order: Sequence[str]
) -> Breakdown:
    """Group ``projects`` by ``name_of``, groups in ``order``; empty groups are left out."""
    groups = _grouped(projects, name_of, order).items()
    return Breakdown(Sums("合计", tuple(projects)), tuple(Sums(name, tuple(group)) for name, group in groups))


def by_class(projects: Sequence[Declaration]) -> Breakdown:
    return break_down(projects, class_of, CLASSES)


def by_sector(projects: Sequence[Declaration]) -> Breakdown:
    return break_down(projects, sector_of, SECTORS)


def by_unit(basis: Basis) -> Breakdown:
    """The listed projects by unit, units in the order of the ledgers."""
    return break_down(basis.listed, basis.unit_of, ())


def by_age(projects: Sequence[Declaration], year: int) -> Breakdown:
    """新建 and 续建 of what is built, and 前期 for what is not yet."""

    def age(project: Declaration) -> str:
        if project.four_class == "前期储备":
            return "前期"
        return "续建" if project.is_continuing(year) else "新建"

    return break_down(projects, age, ("新建", "续建", "前期"))


@dataclass(frozen=True)
class Standing:
    """One listed project at the end of a month; amounts in 万元, ``None`` where the unit stated none.

    ``row`` is the report that the figures come from: that month's, or the last one of a finished project.
    """

    project: Declaration
    state: State
    row: Progress | None = None
    month_plan: Decimal | None = None
    month_done: Decimal | None = None
    year_done: Decimal | None = None

    @property
    def rate(self) -> Decimal | None:
        """% of the year's plan."""
        return None if self.year_done is None else percent(self.year_done, self.project.year_plan or _ZERO)


def standing_of(basis: Basis, project: Declaration, month: Month) -> Standing:
    """What may be said of the project's investment at ``month``; an error finding makes it 待核.

    A 前期储备 project need not state investment (K-8(2)5): its report without figures is a report.
    """
    row = basis.standing(project.key, month)
    if row is None:
        return Standing(project, State.MISSING)
    if basis.soundness.progress_error(project.key, row.month):
        return Standing(project, State.UNVERIFIED, row)
    if row.year_done is None and project.four_class != "前期储备":
        return Standing(project, State.MISSING, row)
    if row.month != month:  # finished before: nothing is planned or done any more
        return Standing(project, State.REPORTED, row, None, _ZERO, row.year_done)
    return Standing(project, State.REPORTED, row, row.month_plan, row.month_done, row.year_done)


@dataclass(frozen=True)
class Rate:
    """A group's investment against its plan for the year and against the time elapsed.

    ``plan`` is the whole group's; rates compare only what is known: 未报 and 待核 projects are in neither
    numerator nor denominator.
    """

    name: str
    standings: tuple[Standing, ...]
    time: Decimal  # % of the year elapsed

    @property
    def count(self) -> int:
        return len(self.standings)

    @cached_property
    def plan(self) -> Figure:
        return Figure(plan_of(each.project for each in self.standings))

    @cached_property
    def month_done(self) -> Figure:
        return Figure(sum((each.month_done or _ZERO for each in self.standings), _ZERO))

    @cached_property
    def year_done(self) -> Figure:
        return Figure(sum((each.year_done or _ZERO for each in self.standings), _ZERO))

    @property
    def rate(self) -> Decimal | None:
        """% of the known projects' plan for the year; None where nothing is planned or nothing known."""
        known = plan_of(each.project for each in self.standings if each.state is State.REPORTED)
        return percent(self.year_done.wan, known)

    @property
    def unknown(self) -> State | None:
        """Why nothing can be said of the group, where no project's figure is known."""
        states = {each.state for each in self.standings}
        if not states or State.REPORTED in states:
            return None
        return State.UNVERIFIED if State.UNVERIFIED in states else State.MISSING

    @property
    def gap(self) -> Decimal | None:
        """Percentage points above (+) or below (−) the time elapsed, of the rounded figures as printed."""
        return None if self.rate is None else self.rate - self.time

    @property
    def complete(self) -> bool:
        """Every project's figure is known and sound, so the group may be compared with others."""
        return all(each.state is State.REPORTED for each in self.standings)


def time_elapsed(month: Month) -> Decimal:
    """时间进度: months passed ÷ 12, per cent."""
    return round_half_up(Decimal(month.month) * 100 / 12, 1)


def rate_of(name: str, standings: Sequence[Standing], month: Month) -> Rate:
    return Rate(name, tuple(standings), time_elapsed(month))


@dataclass(frozen=True)
class Rates:
    """The whole district's rate and its groups'."""

    whole: Rate
    groups: tuple[Rate, ...]


def rates_by(
    standings: Sequence[Standing], name_of: Callable[[Declaration], str], order: Sequence[str], month: Month
) -> Rates:
    """Rates of the groups that have projects, in ``order``."""
    members = _grouped(standings, lambda standing: name_of(standing.project), order)
    groups = tuple(rate_of(name, group, month) for name, group in members.items())
    return Rates(rate_of("合计", standings, month), groups)


@dataclass(frozen=True)
class Ranked:
    """A place in a ranking; equals share it (1, 1, 3)."""

    place: int
    rate: Rate


def ranking(rates: Iterable[Rate]) -> tuple[Ranked, ...]:
    """Highest rate first, by the printed rate, so that what looks equal is equal; names break no tie."""
    known = sorted((r for r in rates if r.rate is not None and r.complete), key=lambda r: -(r.rate or _ZERO))
    return tuple(
        Ranked(1 + sum(1 for other in known if (other.rate or _ZERO) > (each.rate or _ZERO)), each) for each in known
    )


def ends_of(ranked: Sequence[Ranked], wanted: int) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    """The best and the slowest ``wanted``, whole ties or none: a tie across the border is taken in.

    The two never overlap; both are empty where everyone is equal.
    """
    if wanted == 0 or len({each.rate.rate for each in ranked}) < 2:
        return (), ()
    wanted = min(wanted, len(ranked) // 2)
    best_border = ranked[wanted - 1].rate.rate or _ZERO
    last_border = ranked[-wanted].rate.rate or _ZERO
    best = tuple(each for each in ranked if (each.rate.rate or _ZERO) >= best_border)
    last = tuple(each for each in ranked if (each.rate.rate or _ZERO) <= last_border)
    if best_border == last_border:
        top, bottom = ranked[0].rate.rate, ranked[-1].rate.rate
        best = tuple(each for each in ranked if each.rate.rate == top)
        last = tuple(each for each in ranked if each.rate.rate == bottom)
    return best, tuple(reversed(last))
