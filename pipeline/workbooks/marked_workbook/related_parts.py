"""The parts that name the others: relationships, content types, and the workbook with its list of sheets."""

from collections.abc import Callable, Mapping, Sequence
from typing import ParamSpec, TypeVar

from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.returned import LIST_SHEET
from pipeline.spreadsheets.workbook_parts import Relation, read_relations, stated_book
from pipeline.word.namespaces import HEAD, RELATIONSHIPS, R
from pipeline.workbooks.marked_workbook import splicing
from pipeline.workbooks.marked_workbook.entry import UnmarkableError
from pipeline.workbooks.marked_workbook.findings_sheet import HEAD_ROW, filter_range

_EMPTY = f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'
_OUR_NAME = "退回问题清单"  # a defined name tells our sheet even when its tab was renamed
_FILTER, _TITLES = "_xlnm._FilterDatabase", "_xlnm.Print_Titles"
_STRICT = "工作簿的内部格式不常见（如严格的开放XML格式）"
_P = ParamSpec("_P")
_T = TypeVar("_T")
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def _read(read: Callable[_P, _T], *arguments: _P.args, **named: _P.kwargs) -> _T:
    """What the reader of ledgers makes of a part; what it refuses can't be marked either."""
    try:
        return read(*arguments, **named)
    except UnreadableFile as refusal:
        raise UnmarkableError(_STRICT if refusal.code == "strict-ooxml" else "文件内部的结构不正常") from None


def relations(data: bytes | None, part: str) -> Mapping[str, Relation]:
    """The parts of the package that a part refers to, by the reference's id."""
    if data is None:
        return {}
    splicing.require_utf8(data)
    return {name: each for name, each in _read(read_relations, data, part).items() if not each.external}


def related(data: bytes | None, new: Sequence[tuple[str, str, str]]) -> bytes:
    """The relationships with more: (identifier, kind, absolute part name)."""
    data = data or _EMPTY.encode()
    top = splicing.root(data)
    prefix = top.prefix
    lines = "".join(
        f'<{prefix}Relationship Id="{identifier}" Type="{R}/{kind}" Target="/{part}"/>'
        for identifier, kind, part in new
    )
    return splicing.spliced(data, [splicing.appended(top, lines)])


def with_content_types(data: bytes, overrides: Sequence[tuple[str, str]], *, drawing: bool) -> bytes:
    """[Content_Types].xml with the kinds of the new parts."""
    splicing.require_utf8(data)
    splicing.require_well_formed(data)
    top = splicing.root(data)
    known = {
        (each.get("Extension") or "").casefold() for each in splicing.children(data, top) if each.name == "Default"
    }
    kind = "application/vnd.openxmlformats-officedocument"
    new = ""
    if drawing and "vml" not in known:
        new += f'<{top.prefix}Default Extension="vml" ContentType="{kind}.vmlDrawing"/>'
    new += "".join(
        f'<{top.prefix}Override PartName="/{part}" ContentType="{kind}.spreadsheetml.{name}+xml"/>'
        for part, name in overrides
    )
    return splicing.spliced(data, [splicing.appended(top, new)])


class WorkbookPart:
    """xl/workbook.xml, read once."""

    def __init__(self, data: bytes) -> None:
        splicing.require_utf8(data)
        self.sheets = _read(stated_book, data).sheets
        if not self.sheets:
            raise UnmarkableError(_STRICT)
        self._data = data
        self._top = splicing.root(data)
        self._prefix = self._top.prefix
        self._parts = splicing.children(data, self._top)
        sheets, names = splicing.only(self._parts, "sheets"), splicing.only(self._parts, "definedNames")
        if sheets is None:
            raise UnmarkableError("工作簿内部没有工作表")
        self._sheets, self._names = sheets, names
        self._identifiers = [each.number("sheetId") for each in splicing.children(data, sheets)]

    @property
    def our_sheet(self) -> int | None:
        """Index of the 问题清单 of an earlier return."""
        for each in self._defined():
            if each.get("name") == _OUR_NAME:
                index = each.number("localSheetId")
                return index if index < len(self.sheets) else None
        return None

    def _defined(self) -> list[splicing.Element]:
        return splicing.children(self._data, self._names) if self._names else []

    @property
    def list_name(self) -> str:
        """A name for the new sheet that no other sheet has."""
        taken = {name.casefold() for name, _, _ in self.sheets}
        names = (LIST_SHEET, *(f"{LIST_SHEET}（{number}）" for number in range(2, 1000)))
        return next(name for name in names if name not in taken)

    def with_list(self, relation: str, entries: int) -> bytes:
        """The workbook with the 问题清单 as first sheet, all that counts sheets moved on by one."""
        name = self.list_name
        entry = (
            f'<{self._prefix}sheet xmlns:gw="{R}" name="{name}" sheetId="{max([0, *self._identifiers]) + 1}" '
            f'gw:id="{relation}"/>'
        )
        changes = [splicing.Change(self._sheets.inside, self._sheets.inside, entry.encode()), *self._views()]
        changes += [
            splicing.retagged(
                each, splicing.with_attribute(each.attributes, "localSheetId", str(each.number("localSheetId") + 1))
            )
            for each in self._defined()
            if each.get("localSheetId") is not None
        ]
        return self._finished(changes, self._new_names(name, 0, entries))

    def with_renewed_list(self, index: int, entries: int) -> bytes:
        """The workbook whose 问题清单 of an earlier return stays where it is, with its new length."""
        changes = [
            splicing.Change(each.start, each.end, b"")
            for each in self._defined()
            if each.get("localSheetId") == str(index) and each.get("name") in (_OUR_NAME, _FILTER, _TITLES)
        ]
        return self._finished(changes, self._new_names(self.sheets[index][0], index, entries))

    def _views(self) -> list[splicing.Change]:
        """The unit's own sheet stays the one that is opened; two selected sheets would be edited together."""
        views = splicing.only(self._parts, "bookViews")
        if views is None:
            tag = f"{self._prefix}bookViews"
            new = f'<{tag}><{self._prefix}workbookView activeTab="1"/></{tag}>'
            return [splicing.Change(self._sheets.start, self._sheets.start, new.encode())]
        return [
            splicing.retagged(each, self._moved_view(each.attributes, each.number("activeTab")))
            for each in splicing.children(self._data, views)
        ]

    @staticmethod
    def _moved_view(attributes: bytes, active: int) -> bytes:
        moved = splicing.with_attribute(attributes, "activeTab", str(active + 1))
        return splicing.without_attribute(moved, "firstSheet")  # so that the new tab is in sight

    def _new_names(self, sheet: str, index: int, entries: int) -> str:
        quoted = quoted_sheet(sheet)
        first, _, last = filter_range(entries).partition(":")
        area = f"{quoted}!{_absolute(first)}:{_absolute(last)}"
        tag = f"{self._prefix}definedName"
        names = (
            (_FILTER, area, ' hidden="1"'),
            (_TITLES, f"{quoted}!${HEAD_ROW}:${HEAD_ROW}", ""),
            (_OUR_NAME, area, ' hidden="1"'),
        )
        return "".join(
            f'<{tag} name="{name}" localSheetId="{index}"{hidden}>{splicing.text_xml(text)}</{tag}>'
            for name, text, hidden in names
        )

    def _finished(self, changes: list[splicing.Change], names: str) -> bytes:
        if self._names is not None:
            changes.append(splicing.appended(self._names, names))
        else:
            place = max(each.end for each in self._parts if each.name in _BEFORE_NAMES)
            tag = f"{self._prefix}definedNames"
            changes.append(splicing.Change(place, place, f"<{tag}>{names}</{tag}>".encode()))
        data = splicing.spliced(self._data, changes)
        splicing.require_well_formed(data)
        return data


def quoted_sheet(name: str) -> str:
    """A sheet's name as references have it: in quotes, its own quotes doubled."""
    doubled = name.replace("'", "''")
    return f"'{doubled}'"


def _absolute(cell: str) -> str:
    column = cell.rstrip("0123456789")
    return f"${column}${cell[len(column) :]}"
