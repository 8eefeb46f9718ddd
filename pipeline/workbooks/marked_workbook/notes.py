"""The notes of one sheet: the comments part and the drawing part that old and new spreadsheets alike need."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.spreadsheets.returned import NOTE_AUTHOR, NOTE_START
from pipeline.word.namespaces import HEAD, SHEETS
from pipeline.workbooks.marked_workbook import splicing
from pipeline.workbooks.marked_workbook.entry import UnmarkableError
from pipeline.workbooks.marked_workbook.sheet_cells import Position, parsed, reference

_LIMIT = 4000  # characters of a note; a note longer than a screen is read in the 问题清单 instead
_CUT = "……（全文见“问题清单”）"
_LINE = 22  # Chinese characters of a line in the note's box
_BOX_COLUMNS, _MOST_ROWS = 4, 24
_SHAPE_START = re.compile(rb"<(?:\w+:)?shape[\s>]")  # some writers choose prefixes of their own
_SHAPE_END = re.compile(rb"</(?:\w+:)?shape>")
_PLACE = re.compile(rb"<(?:\w+:)?Row>\s*(\d{1,9})\s*</(?:\w+:)?Row>\s*<(?:\w+:)?Column>\s*(\d{1,9})\s*<")
_SHAPE_NUMBER = re.compile(rb"_x0000_s(\d{1,9})")
_NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    f'<v:shapetype {_NAMESPACES} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NEW_DRAWING = f'<xml {_NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>'
_NEW_COMMENTS = f'{HEAD}<comments xmlns="{SHEETS}"><authors></authors><commentList></commentList></comments>'


@dataclass(frozen=True)
class Note:
    """The text that goes to one cell."""

    position: Position
    text: str

    @property
    def shown(self) -> str:
        text = f"{NOTE_START}{self.text}"
        return text if len(text) <= _LIMIT else text[: _LIMIT - len(_CUT)] + _CUT


def with_notes(comments: bytes | None, drawing: bytes | None, notes: Iterable[Note]) -> tuple[bytes, bytes]:
    """Both parts with the notes; a unit's own note stays, ours is put under it; ours of an earlier return go."""
    wanted = sorted(notes, key=lambda note: note.position)
    comments, gone = _without_ours(comments or _NEW_COMMENTS.encode())
    comments, placed = _commented(comments, wanted)
    return comments, _drawn(drawing or _NEW_DRAWING.encode(), gone, [n for n in wanted if n.position in placed])


def has_our_notes(comments: bytes) -> bool:
    """Whether an earlier return left notes here."""
    return NOTE_START.encode() in comments


def _parts(data: bytes) -> tuple[splicing.Element, splicing.Element, list[splicing.Element]]:
    splicing.require_utf8(data)
    splicing.require_well_formed(data)
    parts = splicing.children(data, splicing.root(data))
    authors, listing = splicing.only(parts, "authors"), splicing.only(parts, "commentList")
    if authors is None or listing is None:
        raise UnmarkableError("文件内部的批注有误")
    return authors, listing, splicing.children(data, listing)


def _without_ours(data: bytes) -> tuple[bytes, set[Position]]:
    """Take away what an earlier return wrote; (the part, the cells that have no note any more).

    Ours is known by its beginning: some programs drop the author when they save.
    """
    if not has_our_notes(data):
        return data, set()
    changes: list[splicing.Change] = []
    gone: set[Position] = set()
    for each in _parts(data)[2]:
        texts = list(_texts(data, each))
        start = NOTE_START.encode()
        first = next((n for n, (_, text) in enumerate(texts) if start in data[text.inside : text.inside_end]), None)
        if first is None:
            continue
        text = texts[first][1]
        cut = data.index(start, text.inside)
        theirs = [data[t.inside : t.inside_end] for _, t in texts[:first]] + [data[text.inside : cut]]
        if not b"".join(theirs).strip():
            changes.append(splicing.Change(each.start, each.end, b""))
            gone.add(parsed(each.get("ref") or ""))
            continue
        cut = text.inside + len(data[text.inside : cut].rstrip())
        changes.append(splicing.Change(cut, text.inside_end, b""))
        changes += [splicing.Change(run.start, run.end, b"") for run, _ in texts[first + 1 :]]
    return splicing.spliced(data, changes), gone


def _texts(data: bytes, comment: splicing.Element) -> Iterator[tuple[splicing.Element, splicing.Element]]:
    """The runs of a comment with the element of each that holds its text."""
    for text in splicing.children(data, comment):
        for run in splicing.children(data, text) if text.name == "text" else ():
            inner = [run] if run.name == "t" else splicing.children(data, run) if run.name == "r" else []
            yield from ((run, each) for each in inner if each.name == "t")


def _commented(data: bytes, notes: list[Note]) -> tuple[bytes, set[Position]]:
    """The comments with ours; (the part, the cells that had none before)."""
    authors, listing, listed = _parts(data)
    names = [data[each.inside : each.inside_end] for each in splicing.children(data, authors)]
    changes = []
    if NOTE_AUTHOR.encode() in names:
        author = names.index(NOTE_AUTHOR.encode())
    else:
        author = len(names)
        tag = f"{authors.prefix}author"
        changes.append(splicing.appended(authors, f"<{tag}>{NOTE_AUTHOR}</{tag}>"))
    there = {parsed(each.get("ref") or ""): each for each in listed}
    new: list[str] = []
    placed = set()
    prefix = listing.prefix
    for note in notes:
        if theirs := there.get(note.position):
            changes += _joined(data, theirs, note)
            continue
        placed.add(note.position)
        new.append(
            f'<{prefix}comment ref="{reference(note.position)}" authorId="{author}"><{prefix}text>'
            f"{_run(prefix, note.shown)}</{prefix}text></{prefix}comment>"
        )
    changes.append(splicing.appended(listing, "".join(new)))
    result = splicing.spliced(data, changes)
    splicing.require_well_formed(result)
    return result, placed


def _run(prefix: str, text: str) -> str:
    look = f'<{prefix}rPr><{prefix}sz val="9"/><{prefix}rFont val="宋体"/></{prefix}rPr>'
    return f'<{prefix}r>{look}<{prefix}t xml:space="preserve">{splicing.text_xml(text)}</{prefix}t></{prefix}r>'


def _joined(data: bytes, theirs: splicing.Element, note: Note) -> Iterator[splicing.Change]:
    """Ours under the unit's own text, which becomes a run of its own where it is none yet."""
    text = splicing.only(splicing.children(data, theirs), "text")
    if text is None:
        raise UnmarkableError("文件内部的批注有误")
    ours = _run(theirs.prefix, f"\n{note.shown}")
    runs = splicing.children(data, text)
    place = next((each.start for each in runs if each.name in ("rPh", "phoneticPr")), text.inside_end)
    if text.is_empty_tag:
        yield splicing.appended(text, ours)
        return
    for each in runs:
        if each.name == "t":
            whole = data[each.start : each.end]
            tag = f"{theirs.prefix}r".encode()
            yield splicing.Change(each.start, each.end, b"<" + tag + b">" + whole + b"</" + tag + b">")
    yield splicing.Change(place, place, ours.encode())


def _drawn(data: bytes, gone: set[Position], notes: list[Note]) -> bytes:
    """The drawing part with a box for each new note, hidden until the pointer is over its cell."""
    splicing.require_utf8(data)
    changes = [
        splicing.Change(start, end, b"")
        for start, end in _shapes(data)
        if (place := _PLACE.search(data, start, end)) and (int(place[1]) + 1, int(place[2]) + 1) in gone
    ]
    end = data.rfind(b"</xml>")
    if end < 0:
        raise UnmarkableError("文件内部的批注图形有误")
    first = max([1024, *(int(number) for number in _SHAPE_NUMBER.findall(data))]) + 1
    shapes = "".join(_shape(number, note) for number, note in enumerate(notes, first))
    kind = "" if b'"_x0000_t202"' in data else _SHAPE_TYPE
    return splicing.spliced(data, [*changes, splicing.Change(end, end, (kind + shapes if shapes else "").encode())])


def _shapes(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each box of the drawing starts and ends; VML puts no shape into another."""
    start = _SHAPE_START.search(data)
    while start and (end := _SHAPE_END.search(data, start.end())):
        yield start.start(), end.end()
        start = _SHAPE_START.search(data, end.end())


def _shape(number: int, note: Note) -> str:
    row, column = note.position
    lines = sum(max(1, -(-len(line) // _LINE)) for line in note.shown.split("\n"))
    height = min(_MOST_ROWS, lines + 2)
    top = max(0, row - 2)
    anchor = f"{column},12,{top},4,{column + _BOX_COLUMNS},24,{top + height},4"
    return (
        f'<v:shape {_NAMESPACES} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;margin-left:80pt;'
        f'margin-top:5pt;width:220pt;height:{height * 13}pt;z-index:{number - 1000};visibility:hidden" '
        'fillcolor="#ffffe1" o:insetmode="auto"><v:fill color2="#ffffe1"/><v:shadow on="t" color="black" '
        'obscured="t"/><v:path o:connecttype="none"/><v:textbox style="mso-direction-alt:auto">'
        '<div style="text-align:left"></div></v:textbox><x:ClientData ObjectType="Note"><x:MoveWithCells/>'
        f"<x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor><x:AutoFill>False</x:AutoFill>"
        f"<x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData></v:shape>"
    )
