"""Tables as a person sees them, whatever they are about: a head of a few rows, data below, notes at the foot.

No field is asked for here; which ledger a table is, and what its columns mean, stands in ``head`` and ``headings``.
All rows and columns of this module are 0-based.
"""

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.spreadsheets.grid import Cell, Grid, Merge
from pipeline.spreadsheets.shape_words import (
    attribute_row,
    can_head,
    first_word_of_head,
    is_note,
    is_number,
    is_stamp,
    is_time,
    is_total,
    names_times,
    numbers_columns,
    texts_of,
)
from pipeline.tables.head import spread
from pipeline.tables.row_roles import Line, RowRole, rows_of

_DEEPEST = 4  # rows of a head, the units' row included
_LOOKED_BELOW = 8  # rows below a head that tell whether it is one
_COVERED = 0.5  # share of the columns in use that a head must name


@dataclass(frozen=True)
class Shape:
    """Where one table stands. ``depth`` is 0 where no head is seen; ``lines`` are the rows below, blank ones left out."""

    left: int
    right: int
    titles: tuple[int, ...]
    top: int
    depth: int
    lines: tuple[Line, ...]
    beside: bool = False  # another table stands to the left or right

    @property
    def below(self) -> int:
        """The first row below the head."""
        return self.top + self.depth

    def data_span(self, merges: Iterable[Merge]) -> tuple[int, int] | None:
        """The first and last row of data; a cell merged over several rows counts to its last one."""
        data = self.rows(RowRole.DATA, RowRole.NUMBERED)
        if not data:
            return None
        tall = (m.bottom for m in merges if m.top == data[-1] and self.left <= m.left <= self.right)
        return data[0], max((data[-1], *tall))

    def rows(self, *roles: RowRole) -> tuple[int, ...]:
        return rows_of(self.lines, *roles)


@dataclass(frozen=True)
class _Region:
    """Some columns of a sheet, seen alone."""

    rows: Sequence[Sequence[Cell]]
    merges: tuple[Merge, ...]
    left: int
    right: int

    def own(self, row: int) -> list[tuple[int, Cell]]:
        """The row's filled cells with their columns, each merged range once."""
        cells = self.rows[row][self.left : self.right + 1]
        return [(c, cell) for c, cell in enumerate(cells, self.left) if not cell.blank and not cell.covered]

    def filled(self, row: int) -> set[int]:
        cells = self.rows[row][self.left : self.right + 1]
        return {c for c, cell in enumerate(cells, self.left) if not cell.blank}

    def texts(self, row: int) -> list[str]:
        return texts_of(self.rows[row][self.left : self.right + 1])

    def merge_at(self, row: int, column: int) -> Merge | None:
        return next((m for m in self.merges if m.top == row and m.left == column), None)

    def beside_merge(self, row: int, column: int) -> bool:
        """Whether a merged range that began above reaches the row to the left of the column."""
        return any(m.top < row <= m.bottom and self.left <= m.right < column for m in self.merges)

    def wide(self, row: int) -> bool:
        """Whether one text alone is spread over half of the columns."""
        return len(self.own(row)) == 1 and len(self.filled(row)) * 2 > max(2, self.right - self.left + 1)

    def title_like(self, row: int) -> bool:
        texts = self.texts(row)
        return len(texts) == 1 or is_stamp(texts)

    def heading_like(self, row: int) -> bool:
        own = self.own(row)
        if len(own) < 2 or is_stamp(self.texts(row)):
            return False
        numbers = [cell for _, cell in own if is_number(cell)]
        return all(can_head(cell) for _, cell in own if not is_number(cell)) and (not numbers or names_times(numbers))


def _below(region: _Region, row: int) -> Iterator[int]:
    """The next rows that are not blank, up to the first gap after one of them."""
    seen = 0
    for below in range(row, len(region.rows)):
        if region.own(below):
            seen += 1
            yield below
        elif seen:
            return
        if seen == _LOOKED_BELOW:
            return


def _contrasts(region: _Region, row: int) -> bool:
    """Whether numbers or dates stand below the row's own words."""
    body = list(_below(region, row + 1))
    for column, _ in region.own(row):
        below = [region.rows[r][column] for r in body if not region.rows[r][column].blank]
        if below and sum(map(is_number, below)) * 2 >= len(below):
            return True
    return False


def _better_below(region: _Region, row: int) -> bool:
    """Whether the next row is a head by its first word while this one, shorter, is a title in two parts."""
    if row + 1 >= len(region.rows) or not region.heading_like(row + 1) or _children(region, row):
        return False
    own, below = region.own(row), region.own(row + 1)
    told, told_below = first_word_of_head(own[0][1].text), first_word_of_head(below[0][1].text)
    return told_below and not told and len(below) > len(own)


def _is_head(region: _Region, row: int, *, first: bool) -> bool:
    """Whether a head begins at the row. One that isn't the region's first must show it by its words or by contrast."""
    own = region.own(row)
    if not region.heading_like(row):
        return False
    merged = all((m := region.merge_at(row, c)) is not None and m.right > m.left for c, _ in own)
    body = [r for r in _below(region, row + 1) if not region.title_like(r) or not region.wide(r)]
    if not body:
        return len(own) > 2 and not merged
    used = set().union(*(region.filled(r) for r in body))
    # A merged title is spread over columns that it doesn't name; a merged parent is, by the row below.
    named = region.filled(row) if _children(region, row) else {column for column, _ in own}
    if len(used & named) < _COVERED * len(used):
        return False
    if first:
        return not _better_below(region, row)
    return first_word_of_head(own[0][1].text) or _contrasts(region, row)


def _children(region: _Region, last: int) -> bool:
    """Whether the row below a head's last row names parts of what stands in it."""
    below = last + 1
    if below >= len(region.rows) or not region.heading_like(below):
        return False
    filled = region.filled(below)
    for column, _ in region.own(last):
        merge = region.merge_at(last, column)
        if merge and merge.bottom == last and len(filled & set(range(column, merge.right + 1))) > 1:
            return True
    # Without merged cells: blanks in the upper row are named by the lower one, which leaves the first column alone.
    upper = region.filled(last)
    if not filled - upper or min(upper) in filled:
        return False
    after = next(_below(region, below + 1), None)
    return _contrasts(region, below) or (after is not None and min(upper) in region.filled(after))


def _last_head_row(region: _Region, top: int) -> int:
    """The last row of the head that begins at ``top``."""
    last = top
    limit = min(top + _DEEPEST, len(region.rows)) - 1
    while last < limit:
        tall = [
            m.bottom
            for m in region.merges
            if top <= m.top <= last < m.bottom <= limit and region.left <= m.left <= region.right
            if not region.rows[m.top][m.left].blank
        ]
        if tall:
            last = max(tall)
        elif _children(region, last):
            last += 1
        else:
            break
    # The rows that state region, frequency and unit of each column belong to the head; so do column numbers.
    for row in range(last + 1, limit + 1):
        attributes = [attribute_row(region.texts(r)) for r in range(last + 1, row + 1)]
        if attributes and all(attributes) and attributes[-1] == "单位":
            last = row
            break
    numbers = region.texts(last + 1) if last < limit else []
    return last + 1 if numbers_columns(numbers) and len(numbers) * 5 >= len(region.filled(last)) * 4 else last


def _role(region: _Region, row: int, head: list[str], before: RowRole | None) -> RowRole:
    """What a row is; ``before`` is the role of the row directly above, None after a gap."""
    texts = region.texts(row)
    own = region.own(row)
    if is_note(texts[0]):
        return RowRole.NOTE
    if is_total(texts):
        return RowRole.TOTAL
    if texts == head:
        return RowRole.HEAD
    if is_stamp(texts):
        return RowRole.SECTION
    return _role_of_one(region, row, own[0], len(head), before) if len(own) == 1 else RowRole.DATA


def _role_of_one(region: _Region, row: int, only: tuple[int, Cell], headings: int, before: RowRole | None) -> RowRole:
    """What a row with one filled cell is, below a head of so many ``headings``."""
    column, cell = only
    if before in (None, RowRole.SECTION) and column > region.left and headings > 2:
        return RowRole.SECTION  # an office's name or a day at the foot, if nothing follows
    if is_number(cell):
        return RowRole.NUMBERED if column == region.left else RowRole.DATA
    if before is RowRole.NOTE:
        return RowRole.NOTE
    if region.beside_merge(row, column) or is_time(cell.text):
        return RowRole.DATA  # an item beside its merged category, a month without figures
    merge = region.merge_at(row, column)
    spread_out = merge and merge.right > merge.left
    return RowRole.SECTION if region.wide(row) or headings > 3 or spread_out else RowRole.DATA


def _body(region: _Region, last: int, end: int) -> tuple[list[Line], int]:
    """The rows below a head, and the first row that is no longer of this table."""
    head = region.texts(last)
    lines: list[Line] = []
    loose = True  # after a gap, a title or a note another table may begin
    for row in range(last + 1, end):
        if not region.own(row):
            loose = True
            continue
        above = lines[-1] if lines else Line(last, RowRole.HEAD)
        role = _role(region, row, head, above.role if above.number == row - 1 else None)
        if loose and lines and role in (RowRole.DATA, RowRole.HEAD) and _is_head(region, row, first=False):
            return lines, row
        lines.append(Line(row, role))
        loose = role in (RowRole.SECTION, RowRole.NOTE, RowRole.TOTAL)
    return lines, end


def _split_tail(lines: list[Line]) -> tuple[list[Line], list[int]]:
    """The rows without the section rows at their end, and those: titles of the next table, or notes."""
    kept = len(lines)
    while kept and lines[kept - 1].role is RowRole.SECTION:
        kept -= 1
    return lines[:kept], [line.number for line in lines[kept:]]


def _side_by_side(region: _Region, shape: Shape) -> list[Shape]:
    """A table whose serial column comes twice is two tables beside each other."""
    last = shape.top + shape.depth - 1
    names = {column: cell.text for column, cell in region.own(last)}
    if not names:
        return [shape]
    first = min(names)
    starts = [c for c, name in names.items() if name == names[first] and first_word_of_head(name)]
    if len(starts) < 2 or len(names) < 2 * len(starts):
        return [shape]
    parts = []
    for left, right in itertools.pairwise([*starts, shape.right + 1]):
        part = _Region(region.rows, region.merges, left, right - 1)
        top = shape.top
        titles = list(shape.titles)
        while top < last and len(part.own(top)) < 2:  # the part's own title
            titles.append(top)
            top += 1
        end = max((line.number for line in shape.lines), default=last) + 1
        kept, tail = _split_tail(_body(part, last, end)[0])
        kept += [Line(row, RowRole.NOTE) for row in tail]
        parts.append(Shape(left, right - 1, tuple(titles), top, last - top + 1, tuple(kept), beside=True))
    return parts


def _extent(region: _Region, top: int, last: int, lines: list[Line]) -> tuple[int, int]:
    """The first and last column of the head, with the unnamed columns of data that adjoin it."""
    named = set().union(*(region.filled(row) for row in range(top, last + 1)))
    used = set().union(*(region.filled(row) for row in rows_of(lines, RowRole.DATA)))
    left, right = min(named), max(named)
    while left - 1 in used:
        left -= 1
    while right + 1 in used:
        right += 1
    return left, right


def _tables(region: _Region) -> list[Shape]:
    """The tables of a region from top to bottom."""
    shapes: list[Shape] = []
    titles: list[int] = []
    row = 0
    while row < len(region.rows):
        if not region.own(row):
            row += 1
            continue
        if not _is_head(region, row, first=not shapes):
            titles.append(row)
            row += 1
            continue
        top, last = row, _last_head_row(region, row)
        lines, row = _body(region, last, len(region.rows))
        kept, tail = _split_tail(lines)
        left, right = _extent(region, top, last, kept)
        if row == len(region.rows):
            kept += [Line(each, RowRole.NOTE) for each in tail]
        shape = Shape(left, right, tuple(titles), top, last - top + 1, tuple(kept))
        shapes += _side_by_side(region, shape)
        titles = tail
    return shapes


def _column_groups(rows: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """Runs of columns in use, between columns that are blank from top to bottom."""
    width = max(map(len, rows), default=0)
    used = [any(not row[c].blank and not row[c].covered for row in rows) for c in range(width)]
    groups = []
    for in_use, run in itertools.groupby(range(width), key=lambda c: used[c]):
        columns = list(run)
        if in_use:
            groups.append((columns[0], columns[-1]))
    return groups


def _same_rows(shapes: list[list[Shape]]) -> bool:
    """Whether the groups of columns are one table with a blank column in it."""
    spans = {tuple((s.top, s.depth, s.rows(RowRole.DATA)) for s in group) for group in shapes}
    return len(spans) == 1


def _told(rows: Sequence[Sequence[Cell]], shape: Shape) -> bool:
    """Whether a head shows itself by its words or by numbers below, so that it may stand beside another table."""
    region = _Region(rows, (), shape.left, shape.right)
    last = shape.top + shape.depth - 1
    return first_word_of_head(rows[last][shape.left].text) or _contrasts(region, last)


def _headless(region: _Region) -> list[Shape]:
    """Rows without a head, as one table of unnamed columns; nothing where it is but a few titles."""
    filled = [row for row in range(len(region.rows)) if region.own(row)]
    if len(filled) < 3 and not any(len(region.own(row)) > 1 for row in filled):
        return []
    return [Shape(region.left, region.right, (), filled[0], 0, tuple(Line(row, RowRole.DATA) for row in filled))]


def tables_in(grid: Grid) -> list[Shape]:
    """Every table of a sheet, from top to bottom and from left to right; rows that are in no table are its titles."""
    rows = spread(grid)
    groups = _column_groups(rows)
    if not groups:
        return []
    whole = _Region(rows, grid.merges, groups[0][0], groups[-1][1])
    if len(groups) > 1:
        apart = [_tables(_Region(rows, grid.merges, left, right)) for left, right in groups]
        with_head = [shapes for shapes in apart if shapes and _told(rows, shapes[0])]
        if len(with_head) > 1 and not _same_rows(with_head):
            beside = (replace(shape, beside=True) for shape in itertools.chain(*with_head))
            return sorted(beside, key=lambda shape: (shape.top, shape.left))
    return _tables(whole) or _headless(whole)
