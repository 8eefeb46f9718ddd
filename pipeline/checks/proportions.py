"""In what proportion honest figures of one project stand to one another, as widely as honest ledgers go.

A unit mixed up moves a figure by 10,000 or 100,000,000; most proportions are narrower than that by far, so that a
slip leaves them and nothing honest does. Figures of nothing (0) are in proportion to everything.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pipeline.checks.amounts import GREATEST_TOTAL, LEAST_PART, LEAST_TOTAL, sane_total
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.pairing import Sponsorship
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration

Own = Mapping[Field, Decimal]  # the row's own amounts, 万元

_PART_OF_TOTAL = Decimal(1) / 5000  # the least year's plan, or investment before, beside a total
_PRELIMINARY_PART = Decimal(1) / 15000  # the same of a project that is only being prepared
_BEFORE_THE_START = Decimal("0.5")  # the greatest part that is spent before construction starts
_MONTH_OF_YEAR = Decimal(1) / 20000  # the least month beside a year's plan
_YEAR_OF_PLAN = Decimal(1) / 8000  # the least cumulative figure beside a year's plan
_STEADY = Decimal(20)  # a corrected cumulative figure stays within so many times of what was to be expected
_LOOSE = Decimal(1000)  # months and projects differ among themselves by less
_LEAST_STATED = Decimal("0.1")  # 万元
_GREATEST_MONTH = GREATEST_TOTAL / 10  # 万元
_WITHOUT_LIMIT = Decimal("Infinity")


@dataclass(frozen=True)
class Proportion:
    """``field`` lies between ``low`` and ``high`` times the ``reference``, where both are more than nothing."""

    field: Field
    reference: Callable[[Own], Decimal | None]
    words: str  # what the reference is, for a sentence
    low: Decimal = Decimal(0)
    high: Decimal = _WITHOUT_LIMIT
    beside: Field | None = None  # the row's own field that the reference is
    told: bool = False  # another rule says it where the figure is merely too great

    @property
    def fields(self) -> tuple[Field | None, ...]:
        return self.field, self.beside

    def holds(self, own: Own) -> bool:
        amount, reference = own.get(self.field), self.reference(own)
        if amount is None or reference is None or amount <= 0 or reference <= 0:
            return True
        return self.low * reference <= amount <= self.high * reference

    def times_off(self, own: Own) -> Decimal:
        """How many times the figure is greater than the reference lets it be, or smaller than the reference.

        Where a figure may be as many times greater as smaller, the reference is what is expected.
        """
        reference = self.reference(own)
        assert reference is not None  # only broken proportions are asked
        ratio = own[self.field] / reference
        expected = self.low * self.high >= 1
        return 1 / ratio if ratio < 1 else ratio / (1 if expected else self.high)

    def sentence(self, own: Own, about: Field | None) -> str:
        """What the figure is held against; ``about`` is the field that the sentence has named already."""
        reference = self.reference(own)
        assert reference is not None  # only broken proportions are spoken of
        figure = "" if about is self.field else f"{self.field.label}{wan(own[self.field])}"
        return f"{figure}与{self.words}{wan(reference)}不相称"


def is_slip(before: Decimal, amount: Decimal) -> bool:
    """Whether a figure that is only repeated is so many times off that a unit or a point must have slipped."""
    return 0 < _STEADY * amount < before or 0 < _STEADY * before < amount


def _known(amount: Decimal | None) -> Callable[[Own], Decimal | None]:
    return lambda _: amount


def _beside(field: Field, other: Field, low: Decimal, high: Decimal) -> Proportion:
    return Proportion(field, lambda own: own.get(other), other.label, low, high, other)


def _part_of(field: Field, whole: Field, low: Decimal = Decimal(0)) -> Proportion:
    """A part that is greater than its whole contradicts it: ``amounts`` and ``monthly`` say so."""
    return Proportion(field, lambda own: own.get(whole), whole.label, low, Decimal(1), whole, told=True)


def _at_least(field: Field, least: Decimal) -> Proportion:
    return Proportion(field, _known(least), "通常的最小数", Decimal(1))


def of_investment(case: Case, row: Declaration | Sponsorship) -> tuple[Own, list[Proportion]]:
    """A declaration by itself (K-8), a sponsored project (B-5) also beside its declaration."""
    total, plan = fields.TOTAL_INVESTMENT, fields.YEAR_PLAN
    own = {total: row.total_investment, plan: row.year_plan}
    preliminary = (row.four_class == "前期储备") if isinstance(row, Declaration) else row.stage == "重大前期"
    part = _PRELIMINARY_PART if preliminary else _PART_OF_TOTAL
    found = [
        Proportion(total, _known(Decimal(1)), "通常的最小数", LEAST_TOTAL, GREATEST_TOTAL),
        _part_of(plan, total, part),
    ]
    if not preliminary:
        found.append(_at_least(plan, LEAST_PART))
    if isinstance(row, Declaration):
        before = fields.INVESTED_BEFORE
        own[before] = row.invested_before
        found.append(_before_beside_total(row, case.year))
        found.append(_at_least(before, LEAST_PART))
    else:
        found += _beside_declaration(case, row)
    return {field: amount for field, amount in own.items() if amount is not None}, found


def _before_beside_total(row: Declaration, year: int) -> Proportion:
    before, total = fields.INVESTED_BEFORE, fields.TOTAL_INVESTMENT
    if row.span is not None and not row.is_continuing(year):
        return _beside(before, total, Decimal(0), _BEFORE_THE_START)
    return _part_of(before, total, _PART_OF_TOTAL if row.span is not None else Decimal(0))


def _beside_declaration(case: Case, row: Sponsorship) -> Iterator[Proportion]:
    declared = None if row.key in case.declared_twice else case.declared.get(row.key)
    measure = _measure(declared)
    if measure is not None:
        yield Proportion(fields.TOTAL_INVESTMENT, _known(measure.total), "申报的总投资", 1 / _STEADY, _STEADY)
        yield Proportion(fields.YEAR_PLAN, _known(measure.plan), "申报的当年计划投资", 1 / _STEADY, _STEADY)


def of_month(case: Case, row: Progress, before: Sequence[Progress]) -> tuple[Own, list[Proportion]]:
    """A month's figures beside one another, the declaration, the months ``before`` and the month's other projects."""
    own = row.amounts
    found = list(_within_month(row))
    known = _investment_of(case, row)
    found += _beside_plan(known, row)
    found += _beside_months(row, before)
    if known is None:
        found += _beside_others(case, row)
    return own, [*found, *_within_reason()]


def _within_month(row: Progress) -> Iterator[Proportion]:
    done, year_done = fields.MONTH_DONE, fields.YEAR_DONE
    january = row.month.month == 1  # then the month is the year so far
    yield _part_of(done, year_done, 1 / _STEADY if january else Decimal(0))
    yield _part_of(year_done, fields.SINCE_START)
    yield _beside(done, fields.MONTH_PLAN, 1 / (2 * _LOOSE), 2 * _LOOSE)
    yield _beside(fields.YEAR_PLAN, fields.TOTAL_INVESTMENT, _PRELIMINARY_PART, Decimal(1))


def _within_reason() -> Iterator[Proportion]:
    """What holds where nothing else is known."""
    for field, greatest in (
        (fields.MONTH_PLAN, _GREATEST_MONTH),
        (fields.MONTH_DONE, _GREATEST_MONTH),
        (fields.YEAR_DONE, GREATEST_TOTAL),
        (fields.SINCE_START, GREATEST_TOTAL),
    ):
        yield Proportion(field, _known(greatest), "通常的最大数", Decimal(0), Decimal(1))


def _investment_of(case: Case, row: Progress) -> Declaration | Sponsorship | None:
    """The project's declaration, else its line in the sponsored list; of two declarations neither can be relied on."""
    if row.key in case.declared_twice:
        return None
    return case.declared.get(row.key) or case.sponsorships.get(row.key)


@dataclass(frozen=True)
class _Measure:
    """What other ledgers can be held against, 万元; a figure that looks like a slip itself is left out."""

    total: Decimal | None
    plan: Decimal | None
    before: Decimal | None


def _measure(known: Declaration | Sponsorship | None) -> _Measure | None:
    """None where nothing is known, or where the total is out of reason so that the whole row may be."""
    if known is None:
        return None
    total, plan = sane_total(known.total_investment), known.year_plan
    before = known.invested_before if isinstance(known, Declaration) else None
    if total is None:
        return None if known.total_investment is not None else _Measure(None, plan, before)
    if plan is not None and not total * _PRELIMINARY_PART <= plan <= total:
        plan = None
    if before and not total * _PART_OF_TOTAL <= before <= total:
        before = None
    return _Measure(total, plan, before)


def _beside_plan(known: Declaration | Sponsorship | None, row: Progress) -> Iterator[Proportion]:
    measure = _measure(known)
    if measure is None:
        return
    total, plan, before = measure.total, measure.plan, measure.before
    listed = "申报" if isinstance(known, Declaration) else "包联清单"
    words, total_words = f"{listed}的当年计划投资", f"{listed}的总投资"
    yield Proportion(fields.MONTH_PLAN, _known(plan), words, _MONTH_OF_YEAR, Decimal(3))
    yield Proportion(fields.MONTH_DONE, _known(plan), words, _MONTH_OF_YEAR, Decimal(5))
    yield Proportion(fields.YEAR_DONE, _known(plan), words, _YEAR_OF_PLAN, _STEADY)
    yield Proportion(fields.YEAR_PLAN, _known(plan), words, 1 / _STEADY, _STEADY)
    yield Proportion(fields.MONTH_PLAN, _known(total), total_words, Decimal(0), Decimal(1))
    yield Proportion(fields.YEAR_DONE, _known(total), total_words, Decimal(0), Decimal(1), told=True)
    yield Proportion(fields.SINCE_START, _known(total), total_words, Decimal(0), Decimal(2))
    yield Proportion(fields.TOTAL_INVESTMENT, _known(total), total_words, 1 / _STEADY, _STEADY)
    if before is not None and row.year_done is not None:
        yield Proportion(
            fields.SINCE_START,
            lambda own: before + own[fields.YEAR_DONE],
            "上年底累计加本年累计",
            1 / _STEADY,
            _STEADY,
        )


def _beside_months(row: Progress, before: Sequence[Progress]) -> Iterator[Proportion]:
    if not before:
        return
    last = before[-1]
    adjacent = last.month == row.month.shifted(-1) and row.month_done is not None
    for field, carried in (
        (fields.YEAR_DONE, last.year_done if last.month.year == row.month.year else None),
        (fields.SINCE_START, last.since_start),
    ):
        if carried is None:
            continue
        carried -= row.taken_off
        if adjacent:
            yield _carried_on(field, carried)
        else:
            yield Proportion(field, _known(carried), f"{last.month.chinese}的", 1 / _STEADY, _LOOSE)
    if adjacent and last.year_done is not None:
        yield _increase(last.year_done - row.taken_off)
    for field, amount in (
        (fields.TOTAL_INVESTMENT, last.total_investment),
        (fields.YEAR_PLAN, last.year_plan),
    ):
        yield Proportion(field, _known(amount), f"{last.month.chinese}的", 1 / _STEADY, _STEADY)
    planned = [each.month_plan for each in before if each.month_plan]
    if planned:
        yield Proportion(fields.MONTH_PLAN, _known(median(planned)), "以前各月的中位数", 1 / _LOOSE, _LOOSE)


def _carried_on(field: Field, carried: Decimal) -> Proportion:
    return Proportion(
        field,
        lambda own: carried + max(own[fields.MONTH_DONE], Decimal(0)),
        "上月累计加本月",
        1 / _STEADY,
        _STEADY,
        fields.MONTH_DONE,
    )


def _increase(carried: Decimal) -> Proportion:
    """The month beside the growth of the year's total, loosely: a correction of the total hides in the growth."""
    return Proportion(
        fields.MONTH_DONE,
        lambda own: own[fields.YEAR_DONE] - carried if fields.YEAR_DONE in own else None,
        "本年累计比上月增加的",
        1 / _LOOSE,
        _LOOSE,
        fields.YEAR_DONE,
    )


def _beside_others(case: Case, row: Progress) -> Iterator[Proportion]:
    """For a project of which nothing else is known: the order of magnitude of the month's other projects."""
    for field in row.amounts:
        middle = case.month_medians.get((row.month, field))
        low = Decimal(0) if field is fields.SINCE_START else 1 / _LOOSE  # some have only just begun
        yield Proportion(field, _known(middle), "当月各项目的中位数", low, _LOOSE)
        yield Proportion(field, _known(_LEAST_STATED), "通常的最小数", Decimal(1))
