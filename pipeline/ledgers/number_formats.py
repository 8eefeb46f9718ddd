"""What a number format makes of a stored number: whether a person sees what is stored."""

import re
from dataclasses import dataclass
from enum import Enum
from functools import cached_property, lru_cache


class Shown(Enum):
    """How a stored number is shown."""

    NUMBER = "number"
    DATE = "date"
    MONTH = "month"  # a year and a month: the stored day means nothing
    YEAR = "year"
    TIME = "time"


@dataclass(frozen=True)
class NumberFormat:
    """The traits of a format code that change what a number means."""

    code: str = "General"
    shown: Shown = Shown.NUMBER
    percent: bool = False
    scaled: bool = False  # stored and shown figure differ by a power of ten
    hides: bool = False  # a positive number is not shown at all
    unit: str = ""  # 亿元, 万元 or 元 written by the format

    @cached_property
    def plain(self) -> bool:
        """Whether a person sees the very number that is stored."""
        return self == NumberFormat(self.code)


GENERAL = NumberFormat()
# ECMA-376 18.8.30; 27-36 and 50-58 are the East Asian dates.
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm",
    21: "h:mm:ss", 22: "yyyy/m/d h:mm", 27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m/d/yy", 31: "yyyy年m月d日",
    32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月", 37: "#,##0", 38: "#,##0",
    39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒",
    57: "yyyy年m月", 58: "m月d日",
}  # fmt: skip
_LITERAL = re.compile(r'"([^"]*)"|[\\!](.)|[_*].')
_BRACKET = re.compile(r"\[(?![hms]+\])[^\]]*\]", re.IGNORECASE)
_ELAPSED = re.compile(r"\[([hms]+)\]", re.IGNORECASE)
_SCALE = re.compile(r"[0#?],+(?=[.%]|$)")


def _split(code: str) -> tuple[list[str], str]:
    """The sections without their literals, and the literals of the first section."""
    sections, literals, rest, at = [""], [""], code, 0
    while at < len(rest):
        match = _LITERAL.match(rest, at)
        if match:
            literals[-1] += match[1] or match[2] or ""
            at = match.end()
        elif rest[at] == ";":
            sections.append("")
            literals.append("")
            at += 1
        else:
            sections[-1] += rest[at]
            at += 1
    return [_ELAPSED.sub(r"\1", _BRACKET.sub("", section)).lower() for section in sections], literals[0]


def _date_kind(bare: str) -> Shown:
    letters = re.sub(r"general|am/pm|a/p|e[+-]", "", bare)
    if not re.search("[ymdhs]", letters) or re.search("[0#?](?!s)", letters.replace("s.0", "s")):
        return Shown.NUMBER
    if "d" in letters:
        return Shown.DATE
    if "h" in letters or "s" in letters:
        return Shown.DATE if "y" in letters else Shown.TIME
    if "m" in letters:
        return Shown.MONTH
    return Shown.YEAR


def _unit_of(literal: str) -> str:
    return literal.strip() if literal.strip() in ("亿元", "万元", "元") else ""


@lru_cache(maxsize=1024)
def classify(code: str) -> NumberFormat:
    """The traits of a format code as Excel and WPS write it."""
    sections, literal = _split(code)
    bare = sections[0].strip()
    shown = _date_kind(bare)
    literal_unit = _unit_of(literal + "".join(re.findall("[一-龥]+", bare)))
    if shown is not Shown.NUMBER:
        return NumberFormat(code, shown)
    figures = ["".join(ch for ch in section if ch in "0#?,.%") for section in sections]
    hides = bool(code.strip()) and not re.search("[0#?@]|general|通用格式", bare)
    return NumberFormat(
        code,
        percent="%" in bare,
        scaled=any(_SCALE.search(each) for each in figures),
        hides=hides,
        unit=literal_unit,
    )


def built_in(number: int) -> NumberFormat:
    """The format that an id below 164 stands for."""
    return classify(_BUILT_IN[number]) if number in _BUILT_IN else GENERAL
