"""Delimited text to a grid: the encoding by proof, the separator by the first line."""

import csv
import io
import re

from pipeline.records.limits import ReadingLimits
from pipeline.spreadsheets.cell_making import text_cell
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Notice
from pipeline.spreadsheets.notices import notice
from pipeline.spreadsheets.refusals import UnreadableFile

_BOMS = (
    (b"\xff\xfe\0\0", "utf-32"), (b"\0\0\xfe\xff", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"),
    (b"\xef\xbb\xbf", "utf-8-sig"), (b"\x84\x31\x95\x33", "gb18030"),
)  # fmt: skip
_ZEROS = 4  # so many on one side of each pair of bytes are no slip
_SEPARATORS = {",": "逗号", "\t": "制表符", ";": "分号"}
_WIDE_COMMA = "，"
_LOOKED_AT = 10  # lines
# So Excel and WPS are told to keep 0900 as a text; a formula that is but a number shows as that number.
_CONSTANT = re.compile(r'="(?P<text>[^"]*)"|=(?P<number>-?\d+(?:\.\d+)?)', re.ASCII)
_SEPARATOR_LINE = re.compile(r"\"?sep=([,;\t|])\"?\s*", re.IGNORECASE)


def _decoded(data: bytes) -> str:
    """The text, by its mark, else as UTF-16 where every other byte is 0, else UTF-8, else GB 18030."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            encodings = [encoding]
            break
    else:
        head = data[:2000]
        odd, even = head[1::2].count(0), head[::2].count(0)
        if max(odd, even) >= _ZEROS and min(odd, even) == 0 and len(data) % 2 == 0:
            encodings = ["utf-16-le" if odd > even else "utf-16-be"]
        else:
            encodings = ["utf-8", "gb18030"]
    for encoding in encodings:
        try:
            return data.decode(encoding).removeprefix("\ufeff")
        except UnicodeDecodeError:
            continue
    raise UnreadableFile("csv-encoding")


def _separator(text: str) -> tuple[str, str]:
    """The separator, and the text without the line that states it."""
    first, _, rest = text.partition("\n")
    if stated := _SEPARATOR_LINE.fullmatch(first):
        return stated[1], rest
    lines = text.splitlines()[:_LOOKED_AT]
    for line in lines:
        counts = {mark: line.count(mark) for mark in _SEPARATORS}
        if any(counts.values()):
            return max(counts, key=lambda mark: (counts[mark], mark == ",")), text
    if sum(line.count(_WIDE_COMMA) > 1 for line in lines) > 1:
        raise UnreadableFile("csv-wide-comma")  # commas of sentences stand among them
    return ",", text


def _check_quotes(lines: list[list[str]], separator: str) -> None:
    """A quote that was left open and closed by a later one swallows whole rows into one field."""
    width = max(map(len, lines), default=0)
    for line in lines:
        for value in line:
            if "\n" in value and value.count(separator) >= max(2, width // 2):
                raise UnreadableFile("csv-quote")


def _cell(value: str) -> Cell:
    match = _CONSTANT.fullmatch(value.strip())
    text = (match["text"] or match["number"] or "") if match else value
    return text_cell(text) if text.strip() else BLANK


def _lines(text: str, separator: str, name: str, limits: ReadingLimits) -> list[list[str]]:
    csv.field_size_limit(limits.cell_characters)
    lines: list[list[str]] = []
    count = 0
    try:
        for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
            lines.append(line)
            count += len(line)
            if len(lines) > limits.rows and any(line):
                raise UnreadableFile("too-many-rows", sheet=name)
            if count > limits.area:
                raise UnreadableFile("too-many-cells", sheet=name)
    except csv.Error as problem:
        raise UnreadableFile("csv-field" if "limit" in str(problem) else "csv-quote") from None
    return lines


def read_csv(data: bytes, name: str, limits: ReadingLimits) -> Grid:
    """The one table of the text. Raises ``UnreadableFile`` with the reason."""
    text = _decoded(data)
    if "\0" in text:
        raise UnreadableFile("csv-control")
    separator, text = _separator(text)
    lines = _lines(text, separator, name, limits)
    _check_quotes(lines, separator)
    if any(any(line[limits.columns :]) for line in lines):
        raise UnreadableFile("too-many-cells", sheet=name)
    known: dict[str, Cell] = {"": BLANK}
    rows = []
    for line in lines:
        for value in line:
            if value not in known:
                known[value] = _cell(value)
        rows.append(tuple(known[value] for value in line))
    notices: tuple[Notice, ...] = ()
    if separator != ",":
        notices = (notice("csv-separator", separator=_SEPARATORS.get(separator, separator)),)
    return Grid(name, tuple(rows), delimited=True, notices=notices)
