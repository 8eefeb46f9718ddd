"""The plain form in which Excel, WPS and the usual libraries write cells and texts, taken without an XML parser.

A sheet is taken here only if every character between <sheetData> and </sheetData> belongs to the plain form, which
has one meaning for every reader; the slightest difference sends the sheet to the strict parser, which is several times slower.
"""

import re
from collections.abc import Iterator, Sequence
from xml.parsers import expat

from pipeline.spreadsheets.raw_row import LAST_ROW, RawRow
from pipeline.spreadsheets.row_markup import TEXT, TOO_LOW, meaning_of, taken_apart

_BLANKS = " \t\n"  # of XML; \s would take more
_ROW = re.compile(r'<row r="([1-9][0-9]{0,6})"((?: (?!r=|xmlns)[A-Za-z0-9:]+="[^"<>&\t\n]*")*+)[ \t\n]?(/?)>')
_BETWEEN = "\ue000"  # two texts: a ledger with a character for private use is not plain
_CONTROLS = bytes(set(range(32)) - {9, 10})
_HIDDEN = re.compile(rf' (?:hidden="(?:1|true)"|ht="(?:{TOO_LOW})")')
_STRING = re.compile(
    f'<si><t(?: xml:space="preserve")?>{TEXT}</t>'
    '(?:<phoneticPr fontId="[0-9]+"(?: type="[A-Za-z]+")?(?: alignment="[A-Za-z]+")?/>)?'
)
_STRINGS_HEAD = re.compile(
    rb'(?:<\?xml version="1.0" encoding="(?:UTF-8|utf-8)"(?: standalone="yes")?[ \t\r\n]*\?>[ \t\r\n]*)?'
    rb'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rb'(?: count="[0-9]+")?(?: uniqueCount="[0-9]+")?>'
)
_PORTION = 1 << 18  # characters
_ROW_END = "</row>"
_START, _END = b"<sheetData>", b"</sheetData>"


def _characters(part: bytes) -> str | None:
    """The text of a part where every parser takes each character as it stands; else None."""
    if len(part.translate(None, _CONTROLS)) < len(part) or (b"]" in part and b"]]>" in part):
        return None
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\ufffe" in text or "\uffff" in text else text


def _resolved(texts: list[str]) -> list[str] | None:
    """The texts with ``&amp;`` and ``&#24180;`` made characters; None where a parser must tell what is wrong."""
    joined = _BETWEEN.join(texts)
    if "&" not in joined:
        return texts
    found: list[str] = []
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text, parser.buffer_size = True, len(joined) + 1
    parser.CharacterDataHandler = found.append
    try:
        parser.Parse(f"<t>{joined}</t>".encode(), True)
    except expat.ExpatError:
        return None
    resolved = "".join(found).split(_BETWEEN)
    return resolved if len(resolved) == len(texts) else None


def plain_strings(part: bytes) -> Sequence[str] | None:
    """The shared strings, or None where they are not in the plain form."""
    head = _STRINGS_HEAD.match(part)
    text = _characters(part[head.end() :]) if head else None
    if text is None:
        return None
    markup, strings = taken_apart(_close_up(text, "<si>"))
    *items, end = markup.split("</si>")
    if end.strip(_BLANKS) != "</sst>" or not all(map(_STRING.fullmatch, set(items))):
        return None
    return _resolved(strings)


def _close_up(text: str, tag: str) -> str:
    """Without the blanks that some programs write before each row or shared text."""
    if "\n" not in text:
        return text
    return re.sub(f">[{_BLANKS}]+{tag}", f">{tag}", text.lstrip(_BLANKS))


def _portions(sheet: str) -> Iterator[str]:
    """The rows of a sheet in portions: all at once would be held twice."""
    at = 0
    while at < len(sheet):
        end = sheet.find(_ROW_END, at + _PORTION)
        end = len(sheet) if end < 0 else end + len(_ROW_END)
        yield sheet[at:end]
        at = end


class PlainSheet:
    """The rows of a sheet in the plain form, and the rest of the part for the parser."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, RawRow]] = []
        self.hidden: set[int] = set()
        self.attributes: set[str] = set()  # of the rows but for their number, as they are written
        self.last = 0  # number of the last row
        self.skeleton = b""

    @classmethod
    def take(cls, part: bytes) -> "PlainSheet | None":
        """None where the sheet is not in the plain form, or not in order: the strict parser tells what is wrong."""
        start, end = part.find(_START), part.rfind(_END)
        if start < 0 or end < start:
            return None
        text = _characters(part[start + len(_START) : end])
        if text is None:
            return None
        taken = cls()
        if not all(map(taken._rows, _portions(_close_up(text, "<row ")))):
            return None
        # whether the parser takes the rows' attributes, their names and prefixes, it tells by an empty row
        rows = "".join(f"<row{each}/>" for each in sorted(taken.attributes))
        taken.skeleton = part[: start + len(_START)] + rows.encode() + part[end:]
        return taken

    def _head(self, line: str) -> tuple[str, int]:
        """The number of the row that begins here, after rows without any cell, and where its cells start; "" for none."""
        at = 0
        while head := _ROW.match(line, at):
            number = int(head[1])
            if not self.last < number <= LAST_ROW:
                break
            self.last, at = number, head.end()
            if head[2]:
                self.attributes.add(head[2])
                if _HIDDEN.search(head[2]):
                    self.hidden.add(number - 1)
            if not head[3]:
                return head[1], at
        return "", at

    def _rows(self, sheet: str) -> bool:
        """Take some whole rows; False where one is not in the plain form."""
        markup, found = taken_apart(sheet)
        texts = _resolved(found)
        if texts is None:
            return False
        *lines, rest = markup.split(_ROW_END)
        taken = 0
        for line in lines:
            number, at = self._head(line)
            if not number:
                return False
            if at == len(line):
                continue
            meaning = meaning_of(line[at:], number)
            if meaning is None:
                return False
            if meaning.columns:
                self.rows.append((int(number) - 1, meaning.row(texts[taken : taken + meaning.texts])))
            taken += meaning.texts
        number, at = self._head(rest)
        return not number and not rest[at:].strip(_BLANKS)
