"""Small sentences and values that several kinds of paper share."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from pipeline.facts.basis import Basis
from pipeline.records.field_catalogue import Field
from pipeline.records.money import Figure, in_yi
from pipeline.records.period import PartialDay
from pipeline.records.problem import Problem, Procedure
from pipeline.records.progress import Progress
from pipeline.records.project import Declaration
from pipeline.word.vocabulary import NONE_SUCH, UNREPORTED, UNVERIFIED

CHINESE_NUMBERS = "一二三四五六七八九十"
Amount = Figure | str  # a mark such as 未报 in place of a value
Rate = Decimal | str
ROUNDED_ALONE = (
    "文中亿元数保留两位小数，各数分别四舍五入，分项之和与合计可能略有差异，未作机械调整；准确数以附件万元数为准"
)
_FAR = date(9999, 12, 31)  # where no deadline is stated, the item goes last


def shown(text: str | None) -> str:
    """A ledger's text, or that it was not reported."""
    return text or UNREPORTED


def as_reported(row: Progress | None, field: Field, text: str | None, otherwise: str = UNREPORTED) -> str:
    """A text of a month's report; one that stands in its cell and can't be read is in doubt."""
    if row is not None and not row.source.readable(field):
        return UNVERIFIED
    return text or otherwise


def amount(value: Decimal | None) -> Amount:
    return UNREPORTED if value is None else Figure(value)


def prose_amount(wan: Decimal) -> str:
    """An amount in a sentence: 亿元 with two decimals, 万元 where that would print nothing."""
    yi = in_yi(wan)
    return f"{yi}亿元" if yi or not wan else f"{wan.normalize():f}万元"


def rate(value: Decimal | None) -> Rate:
    """A percentage; where nothing is planned there is none to state."""
    return NONE_SUCH if value is None else value


def against_time(gap: Decimal | None, *, year_over: bool = False) -> str:
    """Compared with the time elapsed, in percentage points; at the year's end with the plan itself."""
    if gap is None:
        return "无年度投资计划"
    if year_over:
        if gap == 0:
            return "完成年度计划"
        return f"超出年度计划{gap}个百分点" if gap > 0 else f"距年度计划差{-gap}个百分点"
    if gap == 0:
        return "与时间进度持平"
    return f"{'超' if gap > 0 else '低于'}时间进度{abs(gap)}个百分点"


def leaders_text(basis: Basis, project: Declaration) -> str:
    """包联领导 of a project; — for one that is not sponsored, 待核 where the sponsored list has an error."""
    sponsorship = basis.sound_sponsorships.get(project.key)
    if sponsorship:
        return "、".join(sponsorship.leaders) or UNREPORTED
    return UNVERIFIED if project.key in basis.sponsored else NONE_SUCH


def due_date(day: PartialDay | None) -> date:
    return day.latest if day else _FAR


def open_problems(problems: Iterable[Problem], day: date) -> list[Problem]:
    """The problems that are open on ``day``, in order of deadline (B-8, K-14)."""
    found = (problem for problem in problems if problem.open_on(day))
    return sorted(found, key=lambda problem: due_date(problem.deadline))


def needed_permits(permits: Iterable[Procedure]) -> list[Procedure]:
    """All permits but those that are 不需办理, in order of their due day (B-10)."""
    return sorted((permit for permit in permits if permit.needed), key=lambda permit: due_date(permit.due))


def day_text(day: PartialDay | None) -> str:
    return day.chinese if day else UNREPORTED
