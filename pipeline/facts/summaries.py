"""Counts, sums and rates over the listed projects; each figure is computed here, once.

Amounts are 万元, rates are per cent with one decimal. Breakdowns go through ``records.money.split``, so the
亿元 that prose prints add up to the printed total.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from pipeline.facts.basis import Basis
from pipeline.records.field_catalogue import CLASSES, SECTORS
from pipeline.records.money import Figure, Split, percent, round_half_up, split
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration

_ZERO = Decimal(0)
_Item = TypeVar("_Item")
_WHAT = ("总投资", "已累计完成投资", "当年计划投资")


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
    total: Figure
    before: Figure
    plan: Figure

    @property
    def count(self) -> int:
        return len(self.projects)


@dataclass(frozen=True)
class Breakdown:
    """The whole and its groups; ``remainders`` says which printed 亿元 figures carry a remainder."""

    whole: Sums
    groups: tuple[Sums, ...]
    remainders: tuple[str, ...]  # 如“工业总投资”

    def group(self, name: str) -> Sums:
        """The named group; a group of nothing where no project falls into it."""
        nothing = Figure.of(_ZERO)
        return next((g for g in self.groups if g.name == name), Sums(name, (), nothing, nothing, nothing))


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
    members = {name: tuple(group) for name, group in _grouped(projects, name_of, order).items()}
    splits: list[Split] = [
        split([measure(group) for group in members.values()]) for measure in (total_of, before_of, plan_of)
    ]
    groups = tuple(
        Sums(name, group, *(each.parts[index] for each in splits))
        for index, (name, group) in enumerate(members.items())
    )
    remainders = tuple(
        f"{groups[index].name}{what}" for what, each in zip(_WHAT, splits, strict=True) for index in each.adjusted
    )
    return Breakdown(Sums("合计", tuple(projects), *(each.total for each in splits)), groups, remainders)


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
    plan: Figure
    month_done: Figure
    year_done: Figure
    time: Decimal  # % of the year elapsed

    @property
    def count(self) -> int:
        return len(self.standings)

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
    return _rate(name, standings, month, None)


def _rate(name: str, standings: Sequence[Standing], month: Month, figures: tuple[Figure, ...] | None) -> Rate:
    plan, month_done, year_done = figures or tuple(map(Figure.of, _amounts(standings)))
    return Rate(name, tuple(standings), plan, month_done, year_done, time_elapsed(month))


def _amounts(standings: Sequence[Standing]) -> tuple[Decimal, Decimal, Decimal]:
    return (
        plan_of(s.project for s in standings),
        sum((s.month_done or _ZERO for s in standings), _ZERO),
        sum((s.year_done or _ZERO for s in standings), _ZERO),
    )


@dataclass(frozen=True)
class Rates:
    """The whole district's rate and its groups'; ``remainders`` as in ``Breakdown``."""

    whole: Rate
    groups: tuple[Rate, ...]
    remainders: tuple[str, ...]


def rates_by(
    standings: Sequence[Standing], name_of: Callable[[Declaration], str], order: Sequence[str], month: Month
) -> Rates:
    """Rates of the groups that have projects, in ``order``."""
    members = _grouped(standings, lambda standing: name_of(standing.project), order)
    amounts = [_amounts(group) for group in members.values()]
    splits = [split([each[index] for each in amounts]) for index in range(3)]
    groups = tuple(
        _rate(name, group, month, tuple(each.parts[index] for each in splits))
        for index, (name, group) in enumerate(members.items())
    )
    whole = _rate("合计", standings, month, tuple(each.total for each in splits))
    what = ("当年计划投资", "本月完成投资", "本年累计完成投资")
    remainders = tuple(
        f"{groups[index].name}{label}" for label, each in zip(what, splits, strict=True) for index in each.adjusted
    )
    return Rates(whole, groups, remainders)


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


def remainder_note(remainders: Iterable[str], printed: tuple[str, ...]) -> str:
    """The stated rule, where it bites; "" where every printed part adds up by itself.

    ``printed`` are the figures that the document states in 亿元; a remainder elsewhere is nobody's concern.
    """
    names = "、".join(dict.fromkeys(name for name in remainders if name.endswith(printed)))
    if not names:
        return ""
    return f"注：亿元数按四舍五入保留两位小数；为使分项之和等于合计，尾差计入最接近进舍界限的分项，先计1亿元以上的，不够再计其他（{names}），准确数以附表万元数为准。"
