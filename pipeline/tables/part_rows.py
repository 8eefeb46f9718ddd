"""Which row is a part of the package (打包项目) above it, by its serial number and its name."""

import re
from dataclasses import dataclass
from functools import lru_cache

from pipeline.spreadsheets.numerals import figure
from pipeline.spreadsheets.unit_words import half_width
from pipeline.tables.headings import fold
from pipeline.tables.part_serials import Serial, Style

_PART_NAME = re.compile(r"(?:其中[:、,]|[(]\d{1,2}[)]|\d{1,2}[)]|[-—]|子项目?).+")
_COUNTED = re.compile(r"(?:包含?|含|等|共)(\d{1,3}|[二三四五六七八九十]{1,3})(?:个|条|项|处|座|段|所|栋|标段)")
_PACKAGE = re.compile(r"打包(?![站机厂线车场房设])|子项目")  # 打包站 packs waste, it is no package


@lru_cache(maxsize=16_384)  # of each project asked twice
def says_package(name: str) -> bool:
    """Whether a project's name says that it is made of several: …打包项目（含2个子项目）."""
    folded = fold(name)
    return bool(_PACKAGE.search(folded) or _COUNTED.search(folded))


def stated_parts(name: str) -> int | None:
    """How many parts a package's name states."""
    match = _COUNTED.search(fold(name))
    return figure(match[1]) if match else None


@dataclass
class Package:
    """The last project read, below which its parts may follow. ``row`` is 0-based."""

    row: int
    serial: Serial
    name: str
    last: int = 0  # the number of the last part, where parts are numbered 1, 2, 3
    style: Style | None = None  # in which the first numbered part is numbered

    def takes(self, serial: Serial, name: str) -> bool:
        """Whether the next row is one of the parts; to be asked row by row."""
        found = self._by_serial(serial) or (bool(name) and self._by_name(serial, half_width(name)))
        if found and serial.style:
            self.last, self.style = serial.number, self.style or serial.style
        return found

    def _by_serial(self, serial: Serial) -> bool:
        """1.1 and 1月1日 below 1; （1） and ① below 3."""
        if serial.is_below(self.serial):
            return True
        return self.serial.style is Style.PLAIN and serial.style in (Style.BRACKETED, Style.CIRCLED)

    def _by_name(self, serial: Serial, name: str) -> bool:
        """其中：… below any project; below one that says it is a package any row that has no project's number."""
        plain = serial.style is Style.PLAIN
        if not plain and _PART_NAME.fullmatch(name) and not _PART_NAME.fullmatch(half_width(self.name)):
            return True
        if not (self.serial.text and says_package(self.name)):
            return False
        if serial.style is None:
            return not serial.levels
        if serial.style is self.serial.style:  # numbered anew from 1: only as many as the package states
            alike = self.style in (None, serial.style)
            return alike and serial.number == self.last + 1 <= (stated_parts(self.name) or 0)
        return serial.style in (Style.LETTER, Style.ROMAN) or serial.number == self.last + 1
