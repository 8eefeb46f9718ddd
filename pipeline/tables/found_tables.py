"""The ledgers of a sheet as every reader finds them: tables one under another, or else cards.

A ledger ends where another table, no ledger of ours, begins below it: its rows must never pass for projects. Only a
head that says so by its first word ends a ledger: a row of words alone may be a project of which nothing else is known.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from pipeline.ledgers.kind import LedgerKind
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, own_cells
from pipeline.spreadsheets.shape_words import first_word_of_head, may_head
from pipeline.tables.cards import Card, find_cards
from pipeline.tables.head import Block, find_blocks, title_start
from pipeline.tables.row_roles import RowRole, lines_of, rows_of


def find_tables(
    grid: Grid, rows: list[list[Cell]], kinds: Iterable[LedgerKind], folder: str, confirmed: Mapping[str, str]
) -> tuple[tuple[Block, ...], tuple[Card, ...]]:
    """The tables and the cards of a sheet, of which one is empty. ``rows`` is the spread sheet.

    ``folder`` only decides between equals; ``confirmed`` are the headings of the office.
    """
    kinds = tuple(kinds)
    blocks = find_blocks(grid, rows, kinds, folder, confirmed)
    if cards := find_cards(rows, kinds, folder, confirmed, blocks[0].head if blocks else None):
        return (), cards
    return tuple(_cut(block, rows) for block in blocks), ()


def _cut(block: Block, rows: list[list[Cell]]) -> Block:
    """The ledger's own rows, with the row of the foreign head below them."""
    first = block.head.first_data_row
    heads = [number for number in range(first, block.end) if _begins_table(rows[number])]
    if not heads:
        return block
    own = rows_of(lines_of(block, rows), RowRole.HEAD, RowRole.TITLE)
    foreign = next((number for number in heads if number not in own), None)
    if foreign is None:
        return block
    return replace(block, end=title_start(rows, first, foreign), foreign=foreign)


def _begins_table(row: Sequence[Cell]) -> bool:
    first = next((cell for cell in row if not cell.blank and not cell.covered), BLANK)
    return first_word_of_head(first.text) and may_head(own_cells(row))
