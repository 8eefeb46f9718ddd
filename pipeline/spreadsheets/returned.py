"""How a workbook that the office gave back is known again when the unit sends it in corrected (退回修改)."""

from pipeline.spreadsheets.grid import Grid

LIST_SHEET = "问题清单"
LIST_MARK = "本表由台账检查程序填写，报回时不读取"  # stands in the second row of the 问题清单
NOTE_AUTHOR = "台账检查程序"
NOTE_START = "【退回修改】"  # every note of ours begins with it
_ROWS_WITH_MARK = 3


def is_findings_list(grid: Grid) -> bool:
    """Whether a sheet is the 问题清单 that we put into a workbook; it is no ledger, whatever its name."""
    return any(cell.text.startswith(LIST_MARK) for row in grid.rows[:_ROWS_WITH_MARK] for cell in row)
