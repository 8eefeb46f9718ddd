"""How the cells of a blank ledger look: white to fill in, grey and locked where it is known, the example in italics."""

from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.text_width import lines_needed
from pipeline.word.house_style import FANGSONG, HEITI, XIAOBIAOSONG
from pipeline.workbooks.blank_form import FormColumn, Value

_GREY, _PALE, _HEAD_FILL, _LINE = "#595959", "#EDEDED", "#DCE6F1", "#7F7F7F"
_REQUIRED = "#C00000"
_ASKED = "#FFF2CC"
_WIDEST = 180  # half-width characters on A4 landscape, where print is still three quarters of its size
_NARROWEST = 6
_HIGHEST = 400  # points; a spreadsheet has no higher rows than 409
_LEAST = {Kind.DAY: 11, Kind.AMOUNT: 9}  # a number that does not fit is shown as ####
_WIDTHS = {
    Kind.AMOUNT: 12, Kind.PERCENT: 10, Kind.SCORE: 8, Kind.DAY: 13, Kind.SPAN: 16, Kind.CHOICE: 11, Kind.YES_NO: 9,
    Kind.PEOPLE: 10, Kind.TEXT: 15,
}  # fmt: skip
_WIDE = frozenset(
    (
        f.PROJECT_NAME, f.UNIT_NAME, f.CONTENT, f.BUILD_TASK, f.SITUATION, f.LEADER_MATTER, f.NODE_WORK, f.PHYSICAL,
        f.TROUBLE, f.PROPOSAL, f.PROBLEM, f.MEASURE, f.STEPS, f.PERMIT, f.PORTFOLIO, f.PHYSICAL_GOAL, f.WORK_GOAL,
    )
)  # fmt: skip
_FORMATS = {
    Kind.DAY: "yyyy-mm-dd", Kind.AMOUNT: "General", Kind.PERCENT: "General", Kind.SCORE: "General",
}  # fmt: skip
_TEXT = {"font_name": FANGSONG, "font_size": 11, "valign": "vcenter"}
_RULED = {"border": 1, "border_color": _LINE, "text_wrap": True}
_HEADING = {**_RULED, "font_name": HEITI, "align": "center", "bg_color": _HEAD_FILL}
_KNOWN = {**_RULED, "bg_color": _PALE}
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"font_name": XIAOBIAOSONG, "font_size": 18, "align": "center"},
    "line": {"bold": True},
    "line_right": {"align": "right"},
    "open_line": {"bottom": 1, "locked": False, "num_format": "@"},
    "note": {"font_size": 10, "text_wrap": True, "font_color": _GREY},
    "mark": {"font_size": 8, "font_color": _GREY},
    "question": {"bold": True, "align": "right", "font_color": _REQUIRED},
    # The cell that confirms a whole sheet; it must catch the eye.
    "answer": {
        **_RULED, "bold": True, "align": "center", "locked": False, "num_format": "@", "border": 2, "bg_color": _ASKED,
    },
    "head": _HEADING,
    "required": {**_HEADING, "font_color": _REQUIRED},
    "serial": {**_KNOWN, "align": "center"},
    "link": {**_KNOWN, "underline": 1, "font_color": "#1F4E79"},
    "example": {**_KNOWN, "align": "center", "italic": True, "font_color": _GREY},
}  # fmt: skip


def column_widths(columns: Sequence[FormColumn]) -> list[int]:
    """In half-width characters, such that a page's width prints legibly: the columns of a wide sheet shrink alike."""
    widths = [_width(column) for column in columns]
    total = sum(widths)
    if total <= _WIDEST:
        return widths
    least = [_LEAST.get(column.field.kind, _NARROWEST) if column.field else _NARROWEST for column in columns]
    return [max(low, width * _WIDEST // total) for low, width in zip(least, widths, strict=True)]


def _width(column: FormColumn) -> int:
    if column.field is None:
        return 14
    return 24 if column.field in _WIDE else _WIDTHS[column.field.kind]


def row_height(values: Sequence[Value], widths: Sequence[int]) -> int:
    """Points that a row needs so that wrapped text is not cut."""
    lines = [
        lines_needed(value, width - 1) for value, width in zip(values, widths, strict=True) if isinstance(value, str)
    ]
    return min(8 + 15 * max(lines, default=1), _HIGHEST)


class Looks:
    """The formats of one workbook, each made once."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self._made: dict[str, Any] = {}
        self._cells: dict[tuple[str, str, bool], Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._made:
            self._made[name] = self._file.add_format({**_TEXT, **_LOOKS[name]})
        return self._made[name]

    @property
    def locked_text(self) -> Any:
        return self.of_cell(None, "", locked=True)

    def of_example(self, field: Field | None) -> Any:
        """A cell of the example row."""
        return self._cell(field, "example", {"italic": True, "font_color": _GREY, "bg_color": _PALE})

    def of_cell(self, field: Field | None, value: Value, *, locked: bool) -> Any:
        """A cell of a data row. A reference column is locked whatever it holds."""
        if locked or field is None:
            return self._cell(field, "locked", {"bg_color": _PALE}, text=isinstance(value, str))
        return self._cell(field, "open", {"locked": False}, text=isinstance(value, str) and field.kind is Kind.DAY)

    def _cell(self, field: Field | None, role: str, extra: dict[str, object], *, text: bool = False) -> Any:
        shown = "yyyy-mm-dd hh:mm" if field is f.RECEIVED_AT else _FORMATS.get(field.kind, "@") if field else "General"
        if text:
            shown = "@"
        key = (role, shown, field is not None and field.kind in _FORMATS)
        if key not in self._cells:
            numeric = shown == "General"
            align = "right" if numeric else "center" if "yyyy" in shown else "left"
            self._cells[key] = self._file.add_format({**_TEXT, **_RULED, "num_format": shown, "align": align, **extra})
        return self._cells[key]
