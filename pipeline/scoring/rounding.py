"""Exact fractions until one rounding, and parts that add up in print."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pipeline.records.money import round_half_up


def rounded(value: Fraction, places: int) -> Decimal:
    """四舍五入 of an exact fraction."""
    return round_half_up(Decimal(value.numerator) / Decimal(value.denominator), places)


def percentages(weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Relative weights as percentages with one decimal that add up to 100.0."""
    whole = sum(map(Fraction, weights), Fraction(0))
    return carried([Fraction(weight) / whole * 100 for weight in weights], 1)


def carried(parts: Sequence[Fraction], places: int) -> tuple[Decimal, ...]:
    """Round parts so that they add up to their rounded total.

    Each part is 四舍五入; a difference to the rounded total is carried, one last digit each, by the parts whose
    rounding was closest to going the other way (the first of equals).
    """
    shown = [rounded(part, places) for part in parts]
    step = Decimal(1).scaleb(-places)
    missing = int((rounded(sum(parts, Fraction(0)), places) - sum(shown, Decimal(0))) / step)
    direction = step if missing > 0 else -step
    gains = [(Fraction(value) - part) * Fraction(direction) for value, part in zip(shown, parts, strict=True)]
    carriers = sorted(range(len(parts)), key=lambda index: gains[index])[: abs(missing)]
    return tuple(value + (direction if index in carriers else 0) for index, value in enumerate(shown))
