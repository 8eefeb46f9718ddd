"""What a template may write after ``|``; a str (未报, 待核, —) passes through every filter of numbers unchanged."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from pipeline.records.citation import chinese_number
from pipeline.records.money import WAN_PER_YI, Figure
from pipeline.records.traced import without_mark
from pipeline.word.titles import break_title


def plain(value: Decimal | int) -> str:
    """Digits without exponent or trailing zeros: ``Decimal('4126000.50')`` → ``4126000.5``.

    Raises ValueError for what is no number (NaN, infinite).
    """
    if isinstance(value, Decimal) and not value.is_finite():
        raise ValueError("no number")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    text, mark = without_mark(text)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return ("0" if text == "-0" else text) + mark


def as_yi(value: Figure | Decimal | int | str) -> str:
    """An amount in 亿元, two decimals; one too small to show there is printed in 万元."""
    if isinstance(value, str):
        return value
    if not isinstance(value, Figure):
        value = Figure(Decimal(value))
    if value.yi == 0 and abs(value.wan) < WAN_PER_YI:
        return as_wan(value)
    return f"{value.yi:.2f}亿元"


def as_wan(value: Figure | Decimal | int | str) -> str:
    """An amount in 万元, exact."""
    if isinstance(value, str):
        return value
    return plain(value.wan if isinstance(value, Figure) else value) + "万元"


def as_percent(value: Decimal | int | str) -> str:
    """A percentage with the decimals that it has."""
    if isinstance(value, str):
        return value
    plain(value)  # raises for what is no number
    return (f"{value:f}" if isinstance(value, Decimal) else str(value)) + "%"


def as_score(value: Decimal | int | str) -> str:
    """A score with two decimals."""
    if isinstance(value, str):
        return value
    plain(value)  # raises for what is no number
    return f"{value:.2f}"


def enumerated(values: Sequence[str]) -> str:
    """Names joined by 、."""
    return values if isinstance(values, str) else "、".join(values)


def counted(values: Sequence[object]) -> int:
    """How many there are."""
    return len(values)


def chinese_numeral(value: int) -> str:
    """1 → 一, 12 → 十二; below one hundred."""
    return chinese_number(value) if 0 <= value < 100 else str(value)


def as_sentence(text: str) -> str:
    """The text with exactly one full stop at its end; nothing stays nothing."""
    stripped = text.strip().rstrip("。；，,;.")
    return f"{stripped}。" if stripped else ""


def without_stop(text: str) -> str:
    """The text without a mark at its end, for use inside a sentence."""
    return text.strip().rstrip("。；，,;")


def in_lines(text: str, limit: int = 18) -> str:
    """A long name for a title, broken by sense into lines of like length, none wider than ``limit`` cells."""
    return "\n".join(break_title(text, limit))


FILTERS: Mapping[str, Callable[..., object]] = {
    "亿元": as_yi,
    "万元": as_wan,
    "百分比": as_percent,
    "两位小数": as_score,
    "顿号": enumerated,
    "个数": counted,
    "汉字数": chinese_numeral,
    "成句": as_sentence,
    "去句号": without_stop,
    "分行": in_lines,
}
TAKES_LIST = ("顿号", "个数")
