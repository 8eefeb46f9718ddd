"""Honest years of one unit, drawn from a seed, and the mix-ups of 元, 万元 and 亿元 that can befall them.

A year is a declaration of a few projects, some of them sponsored, and their monthly reports up to some month. Totals
spread log-normally over 0.3亿–80亿元; the year's plan is 5–60 % of the total, 0.2–2 % of a project in preparation;
months follow the season. There are months without work, completed projects, projects that start late, cumulative
figures rewritten by up to 30 %, units that round to whole 万元, that report no month's plan or no figure since the
start, and, one in ten, a unit of which neither declaration nor sponsored list has come.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.pairing import Sponsorship
from pipeline.records.period import PartialDay
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from tests import build

_SEASON = (2, 2, 4, 8, 10, 11, 10, 10, 12, 12, 10, 9)
_ATTRIBUTES: dict[Field, str] = {
    fields.TOTAL_INVESTMENT: "total_investment", fields.INVESTED_BEFORE: "invested_before",
    fields.YEAR_PLAN: "year_plan", fields.MONTH_PLAN: "month_plan", fields.MONTH_DONE: "month_done",
    fields.YEAR_DONE: "year_done", fields.SINCE_START: "since_start",
}  # fmt: skip
Record = Declaration | Sponsorship | Progress


@dataclass(frozen=True)
class HonestYear:
    """Rows of one unit; ``declared`` tells whether its declaration reached the office."""

    rows: tuple[Record, ...]
    declared: bool

    @property
    def sent(self) -> tuple[Record, ...]:
        return tuple(row for row in self.rows if self.declared or isinstance(row, Progress))


@dataclass(frozen=True)
class Spoilt:
    """A year with one slip, and the rows and fields that it changed."""

    rows: tuple[Record, ...]
    touched: tuple[tuple[str, int, frozenset[Field]], ...]  # file, row, fields
    kind: str


@cache
def honest_year(seed: int) -> HonestYear:
    """The year number ``seed``; the same every time."""
    draw = random.Random(f"honest/{seed}")
    step = Decimal(draw.choice(("1", "1", "0.1", "0.01")))
    last = draw.choice((1, 2, 3, 5, 8, 12))
    without = draw.choices((None, fields.SINCE_START, fields.MONTH_PLAN), (6, 3, 1))[0]
    rows: list[Record] = []
    for number in range(draw.randint(3, 12)):
        rows += _project(draw, number, step, last, without)
    return HonestYear(tuple(rows), draw.random() > 0.1)


def _money(value: float, step: Decimal) -> Decimal:
    return (Decimal(repr(value)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step


def _project(draw: random.Random, number: int, step: Decimal, last: int, without: Field | None) -> Iterator[Record]:
    name = f"示例第{number}项目"
    total = min(max(draw.lognormvariate(10.4, 1.1), 3000.0), 800_000.0)  # 万元
    four_class = draw.choices(("加快建设", "促进开工", "前期储备"), (6, 3, 1))[0]
    plan = total * (draw.uniform(0.002, 0.02) if four_class == "前期储备" else draw.uniform(0.05, 0.6))
    continuing = four_class == "加快建设"
    before = (total - plan) * draw.uniform(0.05, 0.95) if continuing else draw.choice((0.0, 30.0, 400.0))
    declared = build.declaration(
        project_name=name, row=number + 3, four_class=four_class,
        span=build.years(2026 if continuing else build.YEAR, 2028),
        total_investment=_money(total, step), invested_before=_money(before, step),
        year_plan=_money(plan, step),
    )  # fmt: skip
    yield declared
    if draw.random() < 0.3:
        yield build.sponsorship(
            project_name=name, row=number + 3, sector=None, total_investment=declared.total_investment,
            year_plan=declared.year_plan, stage="重大前期" if four_class == "前期储备" else "重大实施",
        )  # fmt: skip
    yield from _months(draw, declared, number, step, last, without)


def _months(
    draw: random.Random, declared: Declaration, number: int, step: Decimal, last: int, without: Field | None
) -> Iterator[Progress]:
    plan, before = float(declared.year_plan or 0), declared.invested_before or Decimal(0)
    first = 1 if declared.is_continuing(build.YEAR) else draw.randint(1, 8)
    finish = draw.randint(max(first, 6), 12) if draw.random() < 0.15 else 12
    rewritten = draw.randint(2, 12) if draw.random() < 0.15 else 0
    pace, whole = draw.uniform(0.1, 1.15), sum(_SEASON[first - 1 : finish])
    year_done = Decimal(0)
    for month in range(1, last + 1):
        share = plan * _SEASON[month - 1] / whole if first <= month <= finish else 0.0
        idle = draw.random() < 0.08
        done = _money(0.0 if idle else share * pace * draw.uniform(0.3, 1.5), step)
        year_done += done
        if month == rewritten:
            year_done = max(_money(float(year_done) * draw.uniform(0.7, 1.3), step), done)
        completed = PartialDay(build.YEAR, finish, 20) if month >= finish and finish < 12 else None
        yield build.progress(
            month, project_name=declared.project_name, row=number + 3, file=f"inputs/2027/{month:02d}.xlsx",
            month_plan=None if without is fields.MONTH_PLAN else _money(share, step),
            month_done=done, year_done=year_done,
            since_start=None if without is fields.SINCE_START else before + year_done,
            finished_on=completed,
        )  # fmt: skip


def amounts(row: Record) -> dict[Field, Decimal]:
    """A row's amounts above nothing: only those can slip."""
    stated = {field: getattr(row, name) for field, name in _ATTRIBUTES.items() if hasattr(row, name)}
    return {field: amount for field, amount in stated.items() if amount}


SLIPS: tuple[tuple[str, Decimal], ...] = (
    ("cell", Decimal(10_000)), ("cell", Decimal("0.0001")), ("cell", Decimal(100_000_000)),
    ("row", Decimal(10_000)), ("row", Decimal("0.0001")),
    ("column", Decimal(10_000)), ("column", Decimal("0.0001")),
)  # fmt: skip


HUNDREDFOLD: tuple[tuple[str, Decimal], ...] = (("cell", Decimal(100)), ("cell", Decimal("0.01")))


def with_slip(year: HonestYear, seed: int, kinds: Sequence[tuple[str, Decimal]] = SLIPS) -> Spoilt:
    """One slip somewhere in what the unit sent: a cell, a whole row or a whole column in another unit."""
    draw = random.Random(f"slip/{seed}")
    rows = year.sent
    kind, factor = kinds[seed % len(kinds)]
    target = draw.choice([row for row in rows if amounts(row)])
    field = draw.choice(list(amounts(target)))
    slips: Callable[[Record], Sequence[Field]] = {
        "cell": lambda row: [field] if row is target else [],
        "row": lambda row: list(amounts(row)) if row is target else [],
        "column": lambda row: [field] if row.source.file == target.source.file and field in amounts(row) else [],
    }[kind]
    spoilt = tuple(_changed(row, slips(row), factor) for row in rows)
    touched = tuple((row.source.file, row.source.row, frozenset(slips(row))) for row in rows if slips(row))
    return Spoilt(spoilt, touched, f"{kind} ×{factor:f}")


def _changed(row: Record, slipped: Sequence[Field], factor: Decimal) -> Record:
    changes = {_ATTRIBUTES[field]: amounts(row)[field] * factor for field in slipped}
    return replace(row, **changes)  # type: ignore[arg-type]  # amounts only
