"""From cells to records: what a row costs in each shape of sheet, against the plain table's row.

Processor time of this process.
"""

import gc
import time
from collections.abc import Sequence
from decimal import Decimal

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.settings import OfficeSettings
from pipeline.spreadsheets.grid import Cell, Grid, plain_cell
from pipeline.tables.table import Surroundings, read_sheet
from tests.bench.unit_workbooks import HEAD, declared

BOOKS, PROJECTS = 60, 40
TITLE = ("2027年重点项目申报台账（单位：万元）",)
Rows = list[Sequence[object]]


def _cell(value: object) -> Cell:
    number = isinstance(value, int | float)
    return plain_cell("" if value is None else str(value), Decimal(str(value)) if number else str(value or ""))


def _grid(rows: Rows) -> Grid:
    return Grid("申报", tuple(tuple(map(_cell, row)) for row in rows))


def _projects(unit: int) -> Rows:
    return [declared(unit, number) for number in range(1, PROJECTS + 1)]


def plain(unit: int) -> Grid:
    return _grid([TITLE, HEAD, *_projects(unit)])


def as_text(unit: int) -> Grid:
    """Figures as text, as a .csv has them."""
    return _grid([TITLE, HEAD, *([str(value) for value in row] for row in _projects(unit))])


def with_code(unit: int) -> Grid:
    """A column of the unit's own beside the name."""
    rows = ((*row[:2], f"2027-{unit:03}-{row[0]:05}", *row[2:]) for row in _projects(unit))
    return _grid([TITLE, (*HEAD[:2], "项目代码", *HEAD[2:]), *rows])


def with_totals(unit: int) -> Grid:
    """Four sections with their sums, and the whole."""
    every = _projects(unit)
    rows: Rows = [TITLE, HEAD]
    for number, name in enumerate(
        ("一、加快建设类项目", "二、促进开工类项目", "三、竣工投产类项目", "四、前期储备类项目")
    ):
        own = every[number * 10 : number * 10 + 10]
        rows += [_sums(name, own), *own]
    return _grid([*rows, _sums("合计", every)])


def _sums(name: str, rows: Rows) -> Sequence[object]:
    amounts = (sum(Decimal(str(row[column])) for row in rows) for column in (9, 10, 11))
    return (None, name, *(None,) * 7, *(float(amount) for amount in amounts))


def cards(unit: int) -> Grid:
    """One card under another."""
    rows: Rows = [TITLE]
    for project in _projects(unit):
        pairs = [(HEAD[column], project[column]) for column in range(1, 14)]
        rows += [(*one, *other) for one, other in zip(pairs[::2], [*pairs[1::2], (None, None)], strict=True)]
        rows.append((None,))
    return _grid(rows)


def _cost(grids: Sequence[Grid]) -> float:
    """Seconds of a row."""
    around = Surroundings("inputs/2027/申报/台账.xlsx", 2027, OfficeSettings(), LEDGER_KINDS)
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        readings = [read_sheet(grid, around) for grid in grids]
        spent = time.process_time() - started
    finally:
        gc.enable()
    assert sum(len(reading.records) for reading in readings) == BOOKS * PROJECTS
    return spent / BOOKS / PROJECTS


def test_a_row_of_each_shape() -> None:
    _cost([plain(0)] * BOOKS)  # headings are known from here on, as they are after a year's first workbooks
    base = _cost([plain(unit) for unit in range(BOOKS)])
    print(f"\n{BOOKS}张表各{PROJECTS}行，平表每行{base * 1e6:.0f}微秒；其他形状每行为其")
    for name, make in (
        ("全为文字", as_text),
        ("名称旁另有一列", with_code),
        ("有分类行和合计行", with_totals),
        ("卡片", cards),
    ):
        print(f"  {name}：{_cost([make(unit) for unit in range(BOOKS)]) / base:.1f}倍")
