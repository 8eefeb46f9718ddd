"""What a serial number may say of a project and its parts, whatever a spreadsheet program has made of it.

A program turns a part's number 1-1 into 1 January, 1:1 into a time, (1) into −1 and 1.10 into 1.1. Each of these
still shows the package's own number, or the style in which only parts are numbered.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from pipeline.spreadsheets.cell_making import moment_of
from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.numerals import figure
from pipeline.spreadsheets.unit_words import half_width

Numbers = tuple[int, ...]  # (1, 2): the second part of project 1


class Style(Enum):
    """How a single number is written; parts are often numbered in another style than projects."""

    PLAIN = "1"
    BRACKETED = "（1）"  # −1 too, which a program makes of (1)
    CIRCLED = "①"
    HAN = "一"
    HAN_BRACKETED = "（一）"
    LETTER = "a"
    ROMAN = "Ⅰ"
    STEM = "甲"


@dataclass(frozen=True)
class Serial:
    """A serial number. ``text`` is as written; ``levels`` holds every reading of several levels: 1.1, 1月1日."""

    text: str = ""
    style: Style | None = None  # of a single number
    number: int = 0  # of a single number
    levels: frozenset[Numbers] = frozenset()

    @property
    def own(self) -> frozenset[Numbers]:
        """The numbers that the serials of this project's parts begin with."""
        return self.levels | ({(self.number,)} if self.style else frozenset())

    def is_below(self, package: "Serial") -> bool:
        """Whether the serial begins with the package's: 1.1 below 1, 2.1.1 below 2.1."""
        return any(
            mine[: len(above)] == above and len(mine) > len(above) for mine in self.levels for above in package.own
        )


_HAN = "[一二三四五六七八九十]{1,3}"
_ONE = rf"(?:\d{{1,3}}|{_HAN})"
_SINGLE: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (Style.PLAIN, re.compile(r"第?(\d+)[.、,]?")),
    (Style.BRACKETED, re.compile(r"[(\[【〔]?(\d{1,3})[)\]】〕][.、,]?|-(\d{1,3})")),
    (Style.HAN, re.compile(rf"({_HAN})[.、,]?")),
    (Style.HAN_BRACKETED, re.compile(rf"[(]?({_HAN})[)][.、,]?")),
    (Style.ROMAN, re.compile(r"[(]?([ivx]{1,4})[).、]?", re.IGNORECASE)),
    (Style.LETTER, re.compile(r"[(]?([a-z])[).、]?", re.IGNORECASE)),
    (Style.STEM, re.compile(r"[(]?([甲乙丙丁戊己庚辛壬癸])[).、]?")),
)
_ORDERED = {Style.LETTER: "abcdefghijklmnopqrstuvwxyz", Style.STEM: "甲乙丙丁戊己庚辛壬癸"}
_ROMANS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv")
_CIRCLED = re.compile("[①-⑳㉑-㉟⓵-⓾❶-❿➀-➉]")
_JOINT = r"[-—–−‐~～_.·•:/、,之]+"
_LEVELS = re.compile(rf"{_ONE}(?:{_JOINT}{_ONE})+[.、]?|{_ONE}(?:{_JOINT})?\({_ONE}\)")
_LETTERED = re.compile(rf"({_ONE})[-—.]?([a-z])", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ENGLISH = "|".join(_MONTHS)
_DAY = re.compile(rf"(?:(\d{{4}}|\d{{2}})[-/.年])?({_ONE}|元)[-/.月]({_ONE})[日号]?")
_MONTH = re.compile(rf"(\d{{4}}|\d{{2}})[-/.年]({_ONE})月?|({_ENGLISH})[a-z]{{0,6}}[-/.]?(\d{{1,4}})", re.IGNORECASE)
_ENGLISH_DAY = re.compile(rf"(\d{{1,2}})[-/.]?({_ENGLISH})[a-z]{{0,6}}(?:[-/.]?\d{{2,4}})?", re.IGNORECASE)
_FRACTION = re.compile(r"0\.\d+|(?<!\d)\d++\.\d{4,}", re.ASCII)
_DAY_NUMBERS = range(10_000, 100_000)  # a day as a program stores it: 46388 is 1 January 2027


def serial_of(cell: Cell) -> Serial:
    """What a cell in the column of serial numbers says; one that is filled in from a merged range says nothing."""
    if cell.covered or not cell.text:
        return Serial()
    serial = _serial_in(cell.text)
    if serial.style:
        return serial
    return Serial(serial.text, levels=serial.levels | _of_value(cell))


@lru_cache(maxsize=4_096)  # most tables number their rows from 1
def _serial_in(text: str) -> Serial:
    raw = "".join(text.split())
    if _CIRCLED.fullmatch(raw):
        return Serial(raw, Style.CIRCLED, int(unicodedata.numeric(raw)))
    text = half_width(raw).strip("*")
    for style, pattern in _SINGLE:
        if match := pattern.fullmatch(text):
            number = _number(style, next(filter(None, match.groups())))
            return Serial(text, style, number, _stored_day(text))
    return Serial(text, levels=_levels(text))


def _number(style: Style, text: str) -> int:
    if style in _ORDERED:
        return _ORDERED[style].index(text.lower()) + 1
    if style is Style.ROMAN:
        return _ROMANS.index(text.lower()) if text.lower() in _ROMANS else 0
    return figure(text)


def _levels(text: str) -> frozenset[Numbers]:
    """The readings of a text: 1-1, 1.1.2, 一-1, 1(1), 1a, 1月1日, 1-Jan."""
    inner = text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text
    found: set[Numbers] = set()
    if _LEVELS.fullmatch(inner):
        found.add(tuple(map(figure, re.findall(_ONE, inner))))
    if match := _LETTERED.fullmatch(inner):
        found.add((figure(match[1]), _number(Style.LETTER, match[2])))
    return frozenset(found) | _of_day_text(inner)


def _of_day_text(text: str) -> frozenset[Numbers]:
    if match := _ENGLISH_DAY.fullmatch(text):
        return frozenset([(_MONTHS.index(match[2].lower()) + 1, int(match[1]))])
    if match := _DAY.fullmatch(text):
        month, day = (1 if part == "元" else figure(part) for part in match.groups()[1:])
        return _of_day(int(match[1] or 0), month, day)
    if match := _MONTH.fullmatch(text):
        month = _MONTHS.index(match[3].lower()) + 1 if match[3] else figure(match[2])
        return _of_day(int(match[1] or match[4]), month, 1)
    return frozenset()


def _of_day(year: int, month: int, day: int) -> frozenset[Numbers]:
    """1-2 becomes 2 January or, day first, 1 February; 13-2 and 2-32 become the first of a month."""
    if month not in range(1, 13) or day not in range(1, 32):
        return frozenset()
    short = year % 100
    found = {(month, day), (day, month), (short, month, day)}
    if day == 1:
        found |= {(short, month), (month, short)}
    return frozenset(found)


def _of_value(cell: Cell) -> frozenset[Numbers]:
    """The readings of a native day, or of a time that is shown as the fraction of a day that it is."""
    if isinstance(cell.value, datetime | date):
        return _of_day(cell.value.year, cell.value.month, cell.value.day)
    if not _FRACTION.fullmatch(cell.text):
        return frozenset()
    exact = Decimal(cell.text) * 1440
    minutes = round(exact)
    return frozenset([divmod(minutes, 60)]) if abs(exact - minutes) < Decimal("0.001") else frozenset()


def _stored_day(text: str) -> frozenset[Numbers]:
    """A day whose cell shows the number that the program stores for it."""
    if not text.isdecimal() or int(text) not in _DAY_NUMBERS:
        return frozenset()
    moment = moment_of(Decimal(text), date_1904=False)
    return _of_day(moment.year, moment.month, moment.day) if moment else frozenset()
