"""Money in 万元 as Decimal, and the one 四舍五入 of the house."""

from collections.abc import Sequence
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

    ``wan`` is exact, in 万元; ``yi`` is what prose prints, in 亿元 with two decimals.
    """

    wan: Decimal
    yi: Decimal

    @classmethod
    def of(cls, wan: Decimal) -> "Figure":
        return cls(wan, in_yi(wan))


@dataclass(frozen=True)
class Split:
    """Parts of a total whose printed 亿元 add up to the printed total, and which parts were adjusted."""

    total: Figure
    parts: tuple[Figure, ...]
    adjusted: tuple[int, ...]  # indices of parts that carry a remainder of ±0.01亿元


def split(parts: Sequence[Decimal]) -> Split:
    """Round each part, then let the parts nearest to a tie carry the remainder.

    The rule, stated wherever it bites: every 亿元 figure is 四舍五入 to two decimals; where the printed
    parts miss the printed total, the difference is carried, one hundredth each, by the parts whose
    rounding was closest to going the other way (the first of equals); parts of 1亿元 and more first, for on
    a small part the hundredth would show.
    """
    total = Figure.of(sum(parts, Decimal(0)))
    shown = [in_yi(part) for part in parts]
    step = Decimal("0.01")
    missing = int((total.yi - sum(shown, Decimal(0))) / step)
    direction = step if missing > 0 else -step
    # A positive gap is closed by the parts that lost most in rounding, a negative one by those that gained most.
    gains = sorted(
        range(len(parts)),
        key=lambda i: (parts[i] < WAN_PER_YI, (shown[i] - parts[i] / WAN_PER_YI) * direction),
    )
    adjusted = tuple(sorted(gains[: abs(missing)]))
    figures = tuple(
        Figure(part, value + (direction if index in adjusted else 0))
        for index, (part, value) in enumerate(zip(parts, shown, strict=True))
    )
    return Split(total, figures, adjusted)
