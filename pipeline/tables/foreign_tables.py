"""Where a ledger ends because another table, no ledger of ours, begins below it on the same sheet.

Its rows must never pass for projects. Only a head that says so by its first word ends a ledger: a row of words alone
may be a project of which nothing else is known yet.
"""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.spreadsheets.grid import Cell
from pipeline.spreadsheets.shape_words import can_head, first_word_of_head, is_number
from pipeline.tables.head import Block, title_start
from pipeline.tables.row_roles import RowRole, lines_of


def cut_foreign(block: Block, rows: list[list[Cell]]) -> tuple[Block, int | None]:
    """The ledger's own rows, and the 0-based row of the foreign head below them, None where there is none.

    ``rows`` is the spread sheet.
    """
    first = block.head.first_data_row
    heads = [number for number in range(first, block.end) if _begins_table(rows[number])]
    if not heads:
        return block, None
    own = {line.number for line in lines_of(block, rows) if line.role in (RowRole.HEAD, RowRole.TITLE)}
    foreign = next((number for number in heads if number not in own), None)
    if foreign is None:
        return block, None
    return replace(block, end=title_start(rows, first, foreign)), foreign


def _begins_table(row: Sequence[Cell]) -> bool:
    own = (cell for cell in row if not cell.blank and not cell.covered)
    first = next(own, None)
    if first is None or not first_word_of_head(first.text):
        return False
    filled = [first, *own]
    return len(filled) > 1 and all(can_head(cell) and not is_number(cell) for cell in filled)
