"""半月报 (B-11): a table of progress, permits, problems and proposals. Only its unit, its month and its half are read."""

import re
from collections.abc import Iterator, Sequence

from pipeline.records.field_catalogue import HALF_MONTHLY
from pipeline.spreadsheets.grid import Cell, Grid, own_texts
from pipeline.tables.head import spread

_SEARCHED_ROWS = 20
_COLUMNS = tuple(map(re.compile, ("项目进[度展]|进展情况", "手续", "问题", "对策|建议|措施")))  # of B-11
_FEWEST = 3
_UNIT = re.compile("责任(?:单位|部门)|牵头单位|填报单位|报送单位|单位名称")


def halves_in(text: str) -> tuple[str, ...]:
    """The half-monthly reports that a title or a file's name speaks of."""
    return tuple(kind for kind in HALF_MONTHLY if kind.removesuffix("报") in text)


def half_tables(grids: Sequence[Grid]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Of each visible table with B-11's columns: what stands above them, and what its column of units holds."""
    for grid in grids:
        rows = [] if grid.hidden else spread(grid)
        top = next((number for number, row in enumerate(rows[:_SEARCHED_ROWS]) if _is_head(row)), None)
        if top is not None:
            title = " ".join(text for row in rows[:top] for text in own_texts(row))
            yield f"{title} {grid.sheet}", tuple(dict.fromkeys(_units(rows, top)))


def _is_head(row: Sequence[Cell]) -> bool:
    texts = own_texts(row)
    found = [column for column in _COLUMNS if any(column.search(text) for text in texts)]
    return len(found) >= _FEWEST and any("项目" in text for text in texts)


def _units(rows: Sequence[Sequence[Cell]], top: int) -> Iterator[str]:
    columns = [index for index, cell in enumerate(rows[top]) if _UNIT.search(cell.text)]
    for row in rows[top + 1 :]:
        for index in columns[:1]:
            if text := row[index].text:
                yield text
