"""Amounts of a declaration and of the sponsored list: sign, size, and how they fit one another.

The sane range is the house's, not the law's: below and above it an amount has so far always been a mix-up of
元, 万元 and 亿元.
"""

from collections.abc import Iterator
from decimal import Decimal
from functools import partial

from pipeline.checks.rule import Remark, Rule, about_row
from pipeline.checks.wording import wan
from pipeline.facts.case import Case
from pipeline.records import field_catalogue as fields
from pipeline.records.field_catalogue import Field
from pipeline.records.pairing import Sponsorship
from pipeline.records.project import Declaration
from pipeline.regulation import key_projects, sponsorship

LEAST_TOTAL = Decimal(100)  # 万元
GREATEST_TOTAL = Decimal(5_000_000)  # 万元, 500亿元
LEAST_PART = Decimal(10)  # 万元; a smaller year's plan beside a total in the range looks like 亿元

_MIXED_UP = "请核对金额单位是万元还是亿元，改正后重新报送"

Investment = Declaration | Sponsorship


def sane_total(total: Decimal | None) -> Decimal | None:
    """A total that other figures can be held against; one out of the range is an error where it stands, only there."""
    return total if total is not None and LEAST_TOTAL <= total <= GREATEST_TOTAL else None


def _amounts(row: Investment) -> Iterator[tuple[Field, Decimal]]:
    stated = [(fields.TOTAL_INVESTMENT, row.total_investment), (fields.YEAR_PLAN, row.year_plan)]
    if isinstance(row, Declaration):
        stated.append((fields.INVESTED_BEFORE, row.invested_before))
    return ((field, amount) for field, amount in stated if amount is not None)


def _negative(kind: type[Investment], case: Case) -> Iterator[Remark]:
    for row in case.ledgers.of(kind):
        for field, amount in _amounts(row):
            if amount < 0:
                message = f"“{row.project_name}”的{field.label}为{wan(amount)}，不能是负数"
                yield about_row(case, row, field, message, f"请改正{field.label}")


def _total_range(kind: type[Investment], case: Case) -> Iterator[Remark]:
    for row in case.ledgers.of(kind):
        total = row.total_investment
        if total is None or total < 0 or LEAST_TOTAL <= total <= GREATEST_TOTAL:
            continue
        size = "过大" if total > GREATEST_TOTAL else "过小"
        message = f"“{row.project_name}”的总投资读作{wan(total)}，{size}，像是万元与亿元弄混"
        yield about_row(case, row, fields.TOTAL_INVESTMENT, message, _MIXED_UP)


def _within_total(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.declarations:
        if row.total_investment is None or row.invested_before is None or row.year_plan is None:
            continue
        both = row.invested_before + row.year_plan
        if both > row.total_investment:
            message = (
                f"“{row.project_name}”的已累计完成投资{wan(row.invested_before)}加当年计划投资"
                f"{wan(row.year_plan)}为{wan(both)}，超过总投资{wan(row.total_investment)}"
            )
            yield about_row(case, row, fields.YEAR_PLAN, message, "请核对三个金额及其单位")


def _sponsored_within_total(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.sponsorships:
        if row.total_investment is not None and row.year_plan is not None and row.year_plan > row.total_investment:
            message = f"“{row.project_name}”的当年投资{wan(row.year_plan)}超过总投资{wan(row.total_investment)}"
            yield about_row(case, row, fields.YEAR_PLAN, message, "请核对两个金额及其单位")


def _plan_stated(case: Case) -> Iterator[Remark]:
    for row in case.ledgers.declarations:
        if row.year_plan == 0 and row.four_class not in (None, "前期储备"):
            message = f"“{row.project_name}”列为{row.four_class}，当年计划投资却为0"
            yield about_row(case, row, fields.YEAR_PLAN, message, "请填写当年计划投资，或改列前期储备")


NEGATIVE_SPONSORED = Rule(
    "sponsored-negative", sponsorship.LIST_AMOUNTS, "sponsorship", partial(_negative, Sponsorship)
)
RANGE_SPONSORED = Rule("sponsored-range", sponsorship.LIST_AMOUNTS, "sponsorship", partial(_total_range, Sponsorship))
WITHIN_TOTAL_SPONSORED = Rule(
    "sponsored-within-total", sponsorship.LIST_AMOUNTS, "sponsorship", _sponsored_within_total
)
NEGATIVE = Rule("declared-negative", key_projects.AMOUNTS, "declaration", partial(_negative, Declaration))
RANGE = Rule("declared-range", key_projects.AMOUNTS, "declaration", partial(_total_range, Declaration))
WITHIN_TOTAL = Rule("declared-within-total", key_projects.AMOUNTS, "declaration", _within_total)
PLAN_STATED = Rule("declared-plan-stated", key_projects.AMOUNTS, "declaration", _plan_stated)
