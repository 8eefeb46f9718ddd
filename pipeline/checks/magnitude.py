"""Amounts that are a hundred, ten thousand or a hundred million times off: 元, 万元 and 亿元 mixed up.

Honest figures of one project stand in some proportion to one another: a year's plan to the total, a month to the
year, a cumulative figure to last month's. ``proportions`` states those proportions, each so wide that honest
figures stay inside. Where a row breaks one, the single change of unit that would mend the whole row names the cell.
The proportions are the house's, not the law's; a remark here never withholds anything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pipeline.checks.amounts import GREATEST_TOTAL, LEAST_TOTAL
from pipeline.checks.proportions import Own, Proportion, of_investment, of_month
from pipeline.checks.rule import Remark, Rule, about_column, about_row
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.grouping import grouped
from pipeline.records.pairing import Sponsorship
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects, sponsorship

_WAN, _YI, _HUNDRED = Decimal(10_000), Decimal(100_000_000), Decimal(100)
_FACTORS = (_WAN, 1 / _WAN, _YI, 1 / _YI, _HUNDRED, 1 / _HUNDRED)  # likelier slips first
_TIMES = {_WAN: "1万倍", _YI: "1亿倍", _HUNDRED: "100倍"}
# How many times a figure must at least be off before a factor is named (``Proportion.times_off``). Honest parts are
# smaller than their wholes, seldom more than a hundred times (ten, where the factor itself is a hundred), so that a
# slip shows by so much less than its factor. A figure that is off by less may have any cause: no factor is named.
_LEAST_OFF: Mapping[Decimal, Decimal] = {_HUNDRED: Decimal(10), _WAN: Decimal(100), _YI: Decimal(1_000_000)}
_MOST = 100  # a figure that is off by more than so many times the factor is not explained by it
_COPIED = (fields.TOTAL_INVESTMENT, fields.YEAR_PLAN)  # what a report repeats of the declaration, in one unit
_COLUMN_ROWS = 3  # from so many rows on, slips of one column are one remark

_Row = Declaration | Sponsorship | Progress


@dataclass(frozen=True)
class Slip:
    """What one change of unit would mend: these cells times ``factor``; None: no single change mends the row."""

    fields: tuple[Field, ...]
    factor: Decimal | None
    broken: Proportion  # the first of the broken proportions that shows the slip


def slip_of(own: Own, proportions: Sequence[Proportion]) -> Slip | None:
    """The likeliest slip of a row, or None where its figures stand in proportion."""
    broken = [each for each in proportions if not each.holds(own) and not _is_told(each, own)]
    if not broken:
        return None
    stated = tuple(field for field, amount in own.items() if amount > 0)
    repeated = (_COPIED,) if set(_COPIED) < set(stated) else ()
    for factor in _FACTORS:
        for changed in (*((field,) for field in stated), *repeated, stated):
            mended = {**own, **{field: own[field] * factor for field in changed}}
            shown = next((each for each in broken if _shows(each, own, factor)), None)
            if shown and all(each.holds(mended) for each in proportions):
                return Slip(changed, factor, shown)
    counts = {field: sum(field in each.fields for each in broken) for field in stated}
    doubted = max(stated, key=lambda field: (counts[field], field is broken[0].field))
    return Slip((doubted,), None, broken[0])


def _is_told(broken: Proportion, own: Own) -> bool:
    """Whether another rule says all that can be said: the figure is greater than its whole, but not by far."""
    return broken.told and broken.times_off(own) < _LEAST_OFF[_HUNDRED]


def _shows(broken: Proportion, own: Own, factor: Decimal) -> bool:
    """Whether the figure is so many times off that a slip by the factor explains it."""
    times = max(factor, 1 / factor)
    return _LEAST_OFF[times] <= broken.times_off(own) <= times * _MOST


def _message(row: _Row, own: Own, slip: Slip) -> str:
    named = f"“{row.project_name}”" + (row.month.chinese if isinstance(row, Progress) else "")
    several = len(slip.fields) > 1
    what = f"{slip.fields[0].label}读作{wan(own[slip.fields[0]])}"
    if several:
        copied = "和".join(field.label for field in _COPIED)
        what = f"{copied}两项" if slip.fields == _COPIED else "本行各项金额"
    held_against = slip.broken.sentence(own, None if several else slip.fields[0])
    return f"{named}{what}，{held_against}" + (f"，{_cause(slip.factor)}" if slip.factor else "")


def _cause(factor: Decimal) -> str:
    size, times = ("偏小", factor) if factor > 1 else ("偏大", 1 / factor)
    unit = {_WAN: "像是万元与亿元或元弄混", _YI: "像是亿元与元弄混", _HUNDRED: "像是小数点写错"}[times]
    return f"{size}约{_TIMES[times]}，{unit}"


def _action(own: Own, slip: Slip) -> str:
    if slip.factor is None:
        return "请核对有关数字，有误的改正后重新报送"
    if len(slip.fields) > 1:
        return "请核对金额单位和小数点，有误的改正后重新报送"
    return f"请核对是否应为{wan(own[slip.fields[0]] * slip.factor)}，有误的改正后重新报送"


@dataclass(frozen=True)
class _Found:
    row: _Row
    own: Own
    slip: Slip


_Judged = tuple[_Row, Own, Slip | None]


def _remarks(case: Case, judged: Sequence[_Judged]) -> Iterator[Remark]:
    """One remark a row, but one for the column where most rows of a sheet show the same slip."""
    for rows in grouped(judged, lambda each: (each[0].source.file, each[0].source.sheet)).values():
        found = [_Found(row, own, slip) for row, own, slip in rows if slip is not None]
        columns = _whole_columns(found, rows)
        for (field, factor), members in columns.items():
            yield _about_column(case, field, factor, members)
        for each in found:
            if (each.slip.fields[0], each.slip.factor) not in columns:
                about = each.slip.fields[0] if len(each.slip.fields) == 1 else None
                message, action = _message(each.row, each.own, each.slip), _action(each.own, each.slip)
                yield about_row(case, each.row, about, message, action)


def _whole_columns(
    found: Sequence[_Found], rows: Sequence[_Judged]
) -> Mapping[tuple[Field, Decimal | None], Sequence[_Found]]:
    of_one_field = (each for each in found if len(each.slip.fields) == 1)
    groups = grouped(of_one_field, lambda each: (each.slip.fields[0], each.slip.factor))
    return {
        (field, factor): group
        for (field, factor), group in groups.items()
        if len(group) >= _COLUMN_ROWS and 2 * len(group) > sum(own.get(field, 0) > 0 for _, own, _ in rows)
    }


def _about_column(case: Case, field: Field, factor: Decimal | None, members: Sequence[_Found]) -> Remark:
    first = members[0]
    fault = _cause(factor) if factor else "与其他数字不相称"
    message = (
        f"“{field.label}”一列有{len(members)}个项目的金额{fault}，如"
        f"{_message(first.row, first.own, first.slip).partition('，')[0]}"
    )
    rows = [each.row for each in members]
    action = "请核对该列的金额单位，改正后重新报送" if factor else "请核对该列数字，有误的改正后重新报送"
    return about_column(case, rows, field, message, action)


def _investments(kind: type[Declaration | Sponsorship], case: Case) -> Iterator[Remark]:
    judged: list[_Judged] = []
    for row in case.ledgers.of(kind):
        own, proportions = of_investment(case, row)
        judged.append((row, own, _unless_out_of_range(own, slip_of(own, proportions))))
    yield from _remarks(case, judged)


def _unless_out_of_range(own: Own, slip: Slip | None) -> Slip | None:
    """A total out of the sane range is an error of its own (``amounts``), said once."""
    total = own.get(fields.TOTAL_INVESTMENT)
    told = total is not None and not LEAST_TOTAL <= total <= GREATEST_TOTAL
    return None if slip and told and fields.TOTAL_INVESTMENT in slip.fields else slip


def _months(case: Case) -> Iterator[Remark]:
    judged: list[_Judged] = []
    for rows in case.progress.values():
        before: list[Progress] = []  # months that can be relied on
        for row in rows:
            own, proportions = of_month(case, row, [each for each in before if each.month < row.month])
            slip = slip_of(own, proportions)
            judged.append((row, own, slip))
            if slip is None:
                before.append(row)
    yield from _remarks(case, judged)


_Check = Callable[[Case], Iterator[Remark]]
_DECLARED: _Check = partial(_investments, Declaration)
_SPONSORED: _Check = partial(_investments, Sponsorship)

SPONSORED = Rule("sponsored-magnitude", sponsorship.LIST_AMOUNTS_DOUBTED, "sponsorship", _SPONSORED)
DECLARED = Rule("declared-magnitude", key_projects.AMOUNTS_DOUBTED, "declaration", _DECLARED)
MONTHLY = Rule("monthly-magnitude", key_projects.MONTHLY_DOUBTED, "progress", _months)
