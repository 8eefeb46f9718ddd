"""Money in 万元 as Decimal, and the one 四舍五入 of the house."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

WAN_PER_YI = Decimal(10000)  # 1亿元 = 10,000万元


def round_half_up(value: Decimal, places: int) -> Decimal:
    """四舍五入 to ``places`` decimals; the only rounding in the project."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def in_yi(wan: Decimal, places: int = 2) -> Decimal:
    """万元 → 亿元, rounded."""
    return round_half_up(wan / WAN_PER_YI, places)


def percent(part: Decimal, whole: Decimal, places: int = 1) -> Decimal | None:
    """``part`` as a percentage of ``whole``; None where there is nothing to compare with."""
    return round_half_up(part * 100 / whole, places) if whole else None


@dataclass(frozen=True)
class Figure:
    """One computed amount, shown the same in prose, table and total.

    ``wan`` is exact, in 万元. Each amount is rounded on its own: the printed parts of a total may miss it by a
    hundredth, which papers say, and no part is altered.
    """

    wan: Decimal

    @property
    def yi(self) -> Decimal:
        """What prose prints, in 亿元 with two decimals."""
        return in_yi(self.wan)
