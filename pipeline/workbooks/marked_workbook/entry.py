"""What is said about a cell, and how a workbook says that it can't be marked."""

import re
from dataclasses import dataclass

from pipeline.records.severity import Severity
from pipeline.spreadsheets.raw_row import column_number

_CELL = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_ROW = re.compile(r"第(\d{1,7})行")


class UnmarkableError(Exception):
    """The workbook can't be patched without risk; the message is the Chinese reason."""


@dataclass(frozen=True)
class Entry:
    """One line of the 问题清单. All texts are plain; nothing in them becomes a formula or markup."""

    sheet: str  # "" for the whole file
    cell: str  # "C7", "第7行" or "" for the whole sheet
    seen: str
    problem: str
    basis: str
    action: str
    severity: Severity

    @property
    def position(self) -> tuple[int, int] | None:
        """1-based row and column; column 0 for a whole row; None where no place is named."""
        if match := _CELL.fullmatch(self.cell):
            return int(match[2]), column_number(match[1]) + 1
        match = _ROW.fullmatch(self.cell)
        return (int(match[1]), 0) if match else None

    @property
    def note(self) -> str:
        """What the cell's note says: what, by which article, what to do."""
        basis = f"\n依据：{self.basis}" if self.basis else ""
        return f"【{self.severity.value}】{self.problem}{basis}\n怎样修改：{self.action}"
