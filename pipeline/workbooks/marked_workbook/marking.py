"""A unit's workbook with its mistakes marked and the 问题清单 as its first sheet; all else as it lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.files.zip_writing import write_package
from pipeline.records.severity import Severity
from pipeline.word.namespaces import R
from pipeline.word.package_content import relations_name
from pipeline.workbooks.marked_workbook.entry import Entry, UnmarkableError
from pipeline.workbooks.marked_workbook.findings_sheet import Look, findings_sheet
from pipeline.workbooks.marked_workbook.notes import Note, has_our_notes, with_notes
from pipeline.workbooks.marked_workbook.raw_package import content_of, free_name, new_part, read_package
from pipeline.workbooks.marked_workbook.related_parts import (
    WorkbookPart,
    quoted_sheet,
    related,
    relations,
    with_content_types,
)
from pipeline.workbooks.marked_workbook.sheet_cells import Position, Sheet, reference
from pipeline.workbooks.marked_workbook.splicing import Change, only, require_well_formed, spliced
from pipeline.workbooks.marked_workbook.styles import StyleBook

_TYPES, _APPLICATION = "[Content_Types].xml", "docProps/app.xml"
_COMMENTS_ID, _DRAWING_ID, _LIST_ID = "gwComments", "gwDrawing", "gwFindings"
_AFTER_DRAWING = ("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
                  "tableParts", "extLst", "AlternateContent")  # fmt: skip
_WEIGHT = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.ADVICE: 0}


@dataclass(frozen=True)
class Returned:
    """The workbook to send back, and how many of its cells are coloured."""

    data: bytes
    cells: int


def mark_workbook(data: bytes, title: str, explanation: str, entries: Sequence[Entry]) -> Returned:
    """Colour the entries' cells, note what is wrong, list all in a first sheet.

    The same workbook and entries give the same bytes. Raises ``UnmarkableError`` where the package can't be
    patched without risk; nothing is guessed.
    """
    return _Package(data).marked(title, explanation, entries)


class _Package:
    """The parts of a workbook, some of them replaced."""

    def __init__(self, data: bytes) -> None:
        self._parts = read_package(data)
        main = [
            each.target
            for each in relations(self._content("_rels/.rels"), "").values()
            if each.kind == "officeDocument"
        ]
        if len(main) != 1 or main[0] not in self._parts:
            raise UnmarkableError("文件内部找不到工作簿")
        self._main = main[0]
        self._book = WorkbookPart(self._required(self._main))
        self._relations = relations(self._content(relations_name(self._main)), self._main)
        styles = [each.target for each in self._relations.values() if each.kind == "styles"]
        if len(styles) != 1:
            raise UnmarkableError("文件内部缺少单元格格式")
        self._styles_name = styles[0]
        saved_by_libreoffice = b"LibreOffice" in (self._content(_APPLICATION) or b"")
        self._styles = StyleBook(self._required(self._styles_name), keeps_back_colours=not saved_by_libreoffice)
        self._overrides: list[tuple[str, str]] = []
        self._drawing_added = False
        self._coloured = 0

    def _content(self, name: str) -> bytes | None:
        part = self._parts.get(name)
        return content_of(part) if part else None

    def _required(self, name: str) -> bytes:
        content = self._content(name)
        if content is None:
            raise UnmarkableError("文件内部缺少部件")
        return content

    def _put(self, name: str, content: bytes) -> None:
        self._parts[name] = new_part(name, content)

    def _sheet_part(self, relation: str) -> str:
        """The part of a sheet; "" for a chart sheet or a macro sheet."""
        found = self._relations.get(relation)
        return found.target if found and found.kind == "worksheet" and found.target in self._parts else ""

    def marked(self, title: str, explanation: str, entries: Sequence[Entry]) -> Returned:
        ours = self._book.our_sheet
        links = [""] * len(entries)
        for index, (name, relation, hidden) in enumerate(self._book.sheets):
            part = self._sheet_part(relation)
            if not part or index == ours:
                continue
            own = {number: each for number, each in enumerate(entries) if each.sheet == name}
            if not own and ours is None:
                continue
            for number, place in self._mark_sheet(part, own, again=ours is not None).items():
                if not hidden:
                    links[number] = f"{quoted_sheet(name)}!{place}"
        look = Look.added_to(self._styles)
        self._list_sheet(findings_sheet(title, explanation, entries, links, look), ours, len(entries))
        self._put(self._styles_name, self._styles.content())
        types = with_content_types(self._required(_TYPES), self._overrides, drawing=self._drawing_added)
        self._put(_TYPES, types)
        return Returned(write_package(self._parts.values()), self._coloured)

    def _mark_sheet(self, part: str, entries: Mapping[int, Entry], *, again: bool) -> dict[int, str]:
        """Mark one sheet; the place of each entry, by its number."""
        sheet = Sheet(self._required(part))
        asked = {number: each.position for number, each in entries.items()}
        shown = sheet.shown(position for position in asked.values() if position)
        places = {number: shown[position] if position else None for number, position in asked.items()}
        marks: dict[Position, Severity | None] = {}
        if again:
            marks = dict.fromkeys(sheet.coloured(self._styles.is_marked))
        marks |= _heaviest(entries, places)
        self._coloured += sum(1 for severity in marks.values() if severity)
        data = sheet.marked(marks, self._styles.marked) if marks else sheet.data
        notes = [Note(place, "\n\n".join(texts)) for place, texts in _texts(entries, places).items()]
        data = self._with_notes(part, data, notes)
        if data != sheet.data:
            require_well_formed(data)
            self._put(part, data)
        return {number: reference(place) if place else "A1" for number, place in places.items()}

    def _with_notes(self, part: str, data: bytes, notes: list[Note]) -> bytes:
        """Write the sheet's notes; the sheet's data, with a reference to the drawing where it had none."""
        rels = relations_name(part)
        known = relations(self._content(rels), part)
        comments = next((each.target for each in known.values() if each.kind == "comments"), "")
        sheet = Sheet(data)
        legacy = only(sheet.tail, "legacyDrawing")
        drawing = ""
        if legacy is not None:
            wanted = legacy.get(f"{_prefix_of(legacy.attributes)}id") or ""
            if wanted not in known or known[wanted].target not in self._parts:
                raise UnmarkableError("文件内部的批注图形有误")
            drawing = known[wanted].target
        before = self._content(comments) if comments else None
        if not notes and not (before and has_our_notes(before)):
            return data
        new_comments, new_drawing = with_notes(before, self._content(drawing) if drawing else None, notes)
        new: list[tuple[str, str, str]] = []
        if not comments:
            comments = free_name(self._parts, "xl/gongwenComments{}.xml")
            new.append((_COMMENTS_ID, "comments", comments))
            self._overrides.append((comments, "comments"))
        if not drawing:
            drawing = free_name(self._parts, "xl/drawings/gongwenNotes{}.vml")
            new.append((_DRAWING_ID, "vmlDrawing", drawing))
            data = _with_drawing(sheet)
            self._drawing_added = True
        self._put(comments, new_comments)
        self._put(drawing, new_drawing)
        if new:
            self._put(rels, related(self._content(rels), new))
        return data

    def _list_sheet(self, data: bytes, ours: int | None, entries: int) -> None:
        if ours is not None and (part := self._sheet_part(self._book.sheets[ours][1])):
            self._put(part, data)
            self._put(self._main, self._book.with_renewed_list(ours, entries))
            return
        part = free_name(self._parts, "xl/worksheets/gongwenFindings{}.xml")
        self._put(part, data)
        self._overrides.append((part, "worksheet"))
        rels = relations_name(self._main)
        self._put(rels, related(self._content(rels), [(_LIST_ID, "worksheet", part)]))
        self._put(self._main, self._book.with_list(_LIST_ID, entries))


def _heaviest(entries: Mapping[int, Entry], places: Mapping[int, Position | None]) -> dict[Position, Severity | None]:
    """The severity that colours each cell."""
    found: dict[Position, Severity | None] = {}
    for number in sorted(entries, key=lambda each: _WEIGHT[entries[each].severity]):
        if place := places[number]:
            found[place] = entries[number].severity  # what weighs more comes later
    return found


def _texts(entries: Mapping[int, Entry], places: Mapping[int, Position | None]) -> dict[Position, list[str]]:
    found: dict[Position, list[str]] = {}
    for number, place in places.items():
        if place:
            found.setdefault(place, []).append(entries[number].note)
    return found


def _prefix_of(attributes: bytes) -> str:
    """The prefix of the attribute ``…:id``."""
    return attributes.partition(b":id")[0].split()[-1].decode() + ":" if b":id" in attributes else ""


def _with_drawing(sheet: Sheet) -> bytes:
    """The sheet with a reference to its notes' drawing, at the place that the schema has for it."""
    new = f'<{sheet.prefix}legacyDrawing xmlns:gw="{R}" gw:id="{_DRAWING_ID}"/>'
    drawn = next((number for number, each in enumerate(sheet.tail, 1) if each.name == "drawing"), 0)
    after = (each.start for each in sheet.tail[drawn:] if each.name in _AFTER_DRAWING)
    place = next(after, sheet.tail[-1].end if sheet.tail else sheet.data_end)
    return spliced(sheet.data, [Change(place, place, new.encode())])
