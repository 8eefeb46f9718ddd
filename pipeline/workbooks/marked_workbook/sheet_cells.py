"""The cells of one sheet: which exist, which must be put in, and their formats."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import address
from pipeline.spreadsheets.raw_row import column_number
from pipeline.workbooks.marked_workbook import splicing
from pipeline.workbooks.marked_workbook.entry import UnmarkableError

Position = tuple[int, int]  # 1-based row and column
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})")
_OPENING = re.compile(rb"<((?:[\w.-]+:)?)worksheet[\s/>]")
_FORMAT_NUMBER = re.compile(rb"""\ss\s*=\s*["'](\d{1,9})["']""")
_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["'](\d{1,9})["']""")
_STRICT = b"http://purl.oclc.org/ooxml/"


def reference(position: Position) -> str:
    return address(position[0] - 1, position[1] - 1)


def parsed(text: str) -> Position:
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise UnmarkableError("工作表内部的单元格位置有误")
    return int(match[2]), column_number(match[1]) + 1


@dataclass(frozen=True)
class _Row:
    number: int
    element: splicing.Element


class Sheet:
    """A worksheet part, read once. Raises ``UnmarkableError`` where it isn't built as the standard has it."""

    def __init__(self, data: bytes) -> None:
        splicing.require_utf8(data)
        opening = _OPENING.search(data, 0, 65536)
        if opening is None or _STRICT in data[:4096]:
            raise UnmarkableError("工作表的内部格式不常见（如严格的开放XML格式）")
        self.data = data
        self.prefix = opening[1].decode()
        self._cells = self._sheet_data(opening.start())
        head = data[: self._cells.start]
        self.head = list(splicing.siblings(head, splicing.tag_end(data, opening.start())))
        self.tail = list(splicing.siblings(data, self._cells.end))
        self._row_tag = re.compile(b"<" + self.prefix.encode() + b"row" + splicing.ATTRIBUTES + rb"\s*+(/?)>")

    def _sheet_data(self, position: int) -> splicing.Element:
        name = f"{self.prefix}sheetData".encode()
        tag = re.compile(b"<" + name + rb"(\s[^<>]*?)?(/?)>").search(self.data, position)
        if tag is None:
            raise UnmarkableError("工作表内部没有数据区")
        attributes = tag[1] or b""
        if tag[2]:
            return splicing.Element("sheetData", self.prefix, attributes, tag.start(), tag.end(), tag.end(), tag.end())
        close = self.data.rfind(b"</" + name)
        end = self.data.find(b">", close) + 1
        if close < 0 or self.data.find(b"<!", tag.end(), close) >= 0:
            raise UnmarkableError("工作表内部的写法不常见")
        return splicing.Element("sheetData", self.prefix, attributes, tag.start(), tag.end(), close, end)

    @property
    def data_end(self) -> int:
        """Where the part goes on after its cells."""
        return self._cells.end

    @property
    def anchors(self) -> "list[tuple[Position, Position]]":
        """Merged ranges: first and last cell."""
        merges = splicing.only(self.tail, "mergeCells")
        texts = [each.get("ref") or "" for each in splicing.children(self.data, merges)] if merges else []
        corners = (text.partition(":") for text in texts)
        return [(parsed(first), parsed(last or first)) for first, _, last in corners]

    def shown(self, positions: Iterable[Position]) -> dict[Position, Position]:
        """Where each cell is seen: of a merged range only the first cell shows.

        A whole row (column 0) is shown by its first cell that holds something, else by column A.
        """
        wanted = sorted(set(positions))
        rows = {row for row, column in wanted if not column}
        first = {row.number: self._first_filled(row) for row, _ in self._rows(rows) if row is not None}
        found = {p: p if p[1] else (p[0], first.get(p[0], 1)) for p in wanted}
        for (top, left), (bottom, right) in self.anchors:
            begin = bisect_left(wanted, (top, 0))
            for position in wanted[begin : bisect_left(wanted, (bottom + 1, 0))]:
                if left <= found[position][1] <= right:
                    found[position] = (top, left)
        return found

    def _first_filled(self, row: _Row) -> int:
        cells = list(self._row_cells(row))
        return next((column for column, cell in cells if not cell.is_empty_tag), 1)

    def coloured(self, is_ours: Callable[[int], bool]) -> list[Position]:
        """Cells whose format is one of ours."""
        ours: dict[bytes, bool] = {}
        found: list[Position] = []
        for row in (self._row(*each) for each in self._row_tags()):
            used = set(_FORMAT_NUMBER.findall(self.data[row.element.inside : row.element.inside_end]))
            for number in used:
                ours.setdefault(number, is_ours(int(number)))
            if any(ours[number] for number in used):
                found += [(row.number, column) for column, cell in self._row_cells(row) if is_ours(cell.number("s"))]
        return found

    def _row_tags(self) -> Iterator[tuple[int, "re.Match[bytes]"]]:
        """Every row's number and start tag."""
        opening, end = b"<" + self.prefix.encode() + b"row", self._cells.inside_end
        position, number = self._cells.inside, 0
        while (start := self.data.find(opening, position, end)) >= 0:
            tag = self._row_tag.match(self.data, start)
            if tag is None:
                raise UnmarkableError("工作表内部的行有误")
            stated = _ROW_NUMBER.search(tag[1])
            if stated and int(stated[1]) <= number:
                raise UnmarkableError("工作表内部的行次序有误")
            number = int(stated[1]) if stated else number + 1
            position = tag.end()
            yield number, tag

    def _row(self, number: int, tag: "re.Match[bytes]") -> _Row:
        inside = inside_end = end = tag.end()
        if not tag[2]:
            closing = b"</" + self.prefix.encode() + b"row"
            inside_end = self.data.find(closing, inside, self._cells.inside_end)
            end = self.data.find(b">", inside_end) + 1
            if inside_end < 0:
                raise UnmarkableError("工作表内部的行有误")
        return _Row(number, splicing.Element("row", self.prefix, tag[1], tag.start(), inside, inside_end, end))

    def _rows(self, wanted: Iterable[int]) -> Iterator[tuple[_Row | None, int]]:
        """The wanted rows in order; for one that isn't there None; with the place where it would begin."""
        waiting = sorted(wanted, reverse=True)
        if not waiting:
            return
        for number, tag in self._row_tags():
            while waiting and waiting[-1] < number:
                waiting.pop()
                yield None, tag.start()
            if waiting and waiting[-1] == number:
                waiting.pop()
                yield self._row(number, tag), tag.start()
            if not waiting:
                return
        for _ in waiting:
            yield None, self._cells.inside_end

    def _row_cells(self, row: _Row) -> Iterator[tuple[int, splicing.Element]]:
        if row.element.is_empty_tag:
            return
        column = 0
        for cell in splicing.siblings(self.data, row.element.inside):
            if cell.name != "c":
                continue
            stated = cell.get("r")
            number = parsed(stated)[1] if stated else column + 1
            if number <= column:
                raise UnmarkableError("工作表内部的单元格次序有误")
            column = number
            yield column, cell

    def marked(self, marks: Mapping[Position, Severity | None], style: Callable[[int, Severity | None], int]) -> bytes:
        """The sheet with these cells formatted anew; a cell that isn't there is put in."""
        by_row: dict[int, dict[int, Severity | None]] = {}
        for (row_number, column), severity in sorted(marks.items()):
            by_row.setdefault(row_number, {})[column] = severity
        changes: list[splicing.Change] = []
        new_rows = ""
        for (row, place), (number, cells) in zip(self._rows(by_row), sorted(by_row.items()), strict=True):
            if row is not None:
                changes += self._row_changes(row, cells, style)
                continue
            filled = "".join(self._new_cell(number, c, style(self._column_style(c), s)) for c, s in cells.items())
            new_row = f'<{self.prefix}row r="{number}">{filled}</{self.prefix}row>'
            if self._cells.is_empty_tag:
                new_rows += new_row
            else:
                changes.append(splicing.Change(place, place, new_row.encode()))
        if new_rows:
            changes.append(splicing.appended(self._cells, new_rows))
        return splicing.spliced(self.data, changes)

    def _row_changes(
        self, row: _Row, wanted: Mapping[int, Severity | None], style: Callable[[int, Severity | None], int]
    ) -> Iterator[splicing.Change]:
        cells = list(self._row_cells(row))
        there = dict(cells)
        missing = ""
        for column, severity in wanted.items():
            if cell := there.get(column):
                base = cell.number("s")
                yield splicing.retagged(cell, splicing.with_attribute(cell.attributes, "s", str(style(base, severity))))
                continue
            new = self._new_cell(row.number, column, style(self._row_style(row, column), severity))
            behind = next((cell for number, cell in cells if number > column), None)
            if behind is None:
                missing += new
            else:
                yield splicing.Change(behind.start, behind.start, new.encode())
        if missing:
            yield splicing.appended(row.element, missing)
        outside = [column for column in wanted if column not in there]
        if outside and not (missing and row.element.is_empty_tag):
            yield from self._wider(row.element, outside)

    def _wider(self, row: splicing.Element, columns: list[int]) -> Iterator[splicing.Change]:
        """``spans`` states the columns in use; readers may rely on it."""
        first, _, last = (row.get("spans") or "").partition(":")
        if not (first.isdecimal() and last.isdecimal()):
            return
        span = f"{min(int(first), *columns)}:{max(int(last), *columns)}"
        if span != f"{first}:{last}":
            yield splicing.retagged(row, splicing.with_attribute(row.attributes, "spans", span))

    def _new_cell(self, row: int, column: int, style: int) -> str:
        return f'<{self.prefix}c r="{reference((row, column))}" s="{style}"/>'

    def _row_style(self, row: _Row, column: int) -> int:
        """The format that an empty cell shows: its row's, else its column's."""
        if row.element.get("customFormat") in ("1", "true"):
            return row.element.number("s")
        return self._column_style(column)

    def _column_style(self, column: int) -> int:
        columns = splicing.only(self.head, "cols")
        for each in splicing.children(self.data, columns) if columns else []:
            if each.number("min") <= column <= each.number("max"):
                return each.number("style")
        return 0
