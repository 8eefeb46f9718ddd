"""A unit's 本年累计完成投资, all its projects together, that falls from one report to the next (K-10(1)).

A figure that falls is said at its row (``monthly``), a project that is left out in its own finding; those name the
unit's total beside it. What nobody else names is told here: a project that went to another unit or is away for a while.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from pipeline.checks.renaming import proposals
from pipeline.checks.rule import Remark, Rule
from pipeline.checks.wording import listed, wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.regulation import key_projects

_Unit = str  # key of its name


@dataclass(frozen=True)
class Fall:
    """The total of ``month`` is below that of the ``earlier`` report because of the projects ``gone``; 万元."""

    earlier: Month
    before: Decimal
    month: Month
    now: Decimal
    gone: tuple[Progress, ...]  # their rows in the earlier report; completed projects owe no report

    @property
    def sentence(self) -> str:
        return f"本年累计完成投资合计由{self.earlier.chinese}的{wan(self.before)}减为{wan(self.now)}"


@lru_cache(maxsize=1)  # several rules ask for the same year
def falls(case: Case) -> Mapping[tuple[_Unit, Month], Fall]:
    """Every fall that the set of projects explains, by unit and month; an unknown figure tells nothing."""
    months: dict[_Unit, list[Month]] = {}
    for (unit, month), rows in sorted(case.month_rows.items(), key=lambda item: item[0]):
        if all(row.year_done is not None for row in rows):
            months.setdefault(unit, []).append(month)
    found = {}
    for unit, in_order in months.items():
        for earlier, month in pairwise(in_order):
            if fall := _fall(case, unit, earlier, month):
                found[unit, month] = fall
    return found


def _fall(case: Case, unit: _Unit, earlier: Month, month: Month) -> Fall | None:
    then, now = _figures(case, unit, earlier), _figures(case, unit, month)
    owed = {
        key: row for key, row in then.items() if key in now or not (row.finished_on or case.is_completed(key, month))
    }
    gone = tuple(row for key, row in owed.items() if key not in now)
    before, after = _sum(owed.values()), _sum(now.values())
    return Fall(earlier, before, month, after, gone) if before - _sum(gone) <= after < before else None


def _figures(case: Case, unit: _Unit, month: Month) -> dict[str, Progress]:
    """The unit's rows of a month by project; a project that is listed twice counts once."""
    return {row.key: row for row in reversed(case.month_rows[unit, month]) if row.key}


def _sum(rows: Iterable[Progress]) -> Decimal:
    return sum((row.year_done or Decimal(0) for row in rows), Decimal(0))


def beside(case: Case, unit: str, month: Month, key: str) -> str:
    """What a finding on a project that a report leaves out adds on the unit's total; "" where that does not fall."""
    fall = falls(case).get((name_key(unit), month))
    told = fall is not None and any(row.key == key for row in fall.gone)
    return f"，全单位{fall.sentence}" if fall and told else ""


def _untold(case: Case, fall: Fall) -> Iterator[str]:
    """Projects gone that no rule of ``reports``, ``continuity`` or ``renaming`` names, and where they went."""
    renamed = {name_key(each.old) for each in proposals(case)}
    for row in fall.gone:
        later = next((each for each in case.progress[row.key] if each.month >= fall.month), None)
        if later is None or row.key in case.declared or row.key in renamed:
            continue
        other = later.lead_unit if name_key(later.lead_unit) != name_key(row.lead_unit) else ""
        yield f"“{row.project_name}”" + (f"改由{other}报送" if other else "没有列出")


def _unit_falling(case: Case) -> Iterator[Remark]:
    for place, fall in falls(case).items():
        if gone := list(_untold(case, fall)):
            first = case.month_rows[place][0]
            yield Remark(
                f"{first.lead_unit}{fall.month.chinese}月报的{fall.sentence}：{listed(gone)}",
                "请核对这些项目由哪家单位报送、是否漏报；更换责任单位的，请说明情况",
                source=first.source,
                field=fields.YEAR_DONE,
                whole_sheet=True,
                unit=first.lead_unit,
                month=fall.month,
            )


UNIT_FALLING = Rule("monthly-unit-falling", key_projects.MONTHLY_DOUBTED, "progress", _unit_falling)
