"""Blank ledgers as workbooks: what is known is locked, what is asked is checked as it is typed; A4 landscape.

The protection has no password: it keeps hands off the head by accident, it hides nothing.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import xl_col_to_name

from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field, Kind
from pipeline.tables.form_mark import CONFIRMED, DUE_LIST, EXAMPLE, NOTES_NAME, NOTHING, UNCHANGED
from pipeline.workbooks.blank_form import FormBook, FormColumn, FormRow, FormSheet, KnownProject, Notes, Value
from pipeline.workbooks.book_writing import BookWriter, GrowingSheet, exact, lay_out, written
from pipeline.workbooks.form_looks import Looks, column_widths, row_height

_FIXED = datetime(2016, 10, 20)  # noqa: DTZ001 - a fixed mark in a file, not a moment; both measures are of this day
_TITLE, _UNIT_LINE, _INSTRUCTION, _MARK, _CONFIRMATION, HEAD, _EXAMPLE_ROW, FIRST = range(8)  # 0-based rows of a ledger
_SERIAL_WIDTH = 6
_LABEL_WIDTH = 40  # half-width characters that the confirmation's label needs
_NO_HEIGHT = 4  # points of its row where nothing can be confirmed
_EARLIEST, _LATEST = date(1990, 1, 1), date(2099, 12, 31)
# What may not be changed but looked at, and what helps: wider columns, higher rows, more rows.
_ALLOWED = {"format_columns": True, "format_rows": True, "insert_rows": True, "delete_rows": True}


def form_workbook(book: FormBook) -> bytes:
    """The .xlsx bytes, always the same for the same form. Raises ``OutputError`` for a text that no cell can hold."""

    def fill(file: Any) -> None:
        writer = _Writer(file, book)
        if book.notes:
            writer.notes(book.notes)
        for sheet in book.sheets:
            writer.ledger(sheet)
        if book.notes:
            file.worksheets()[1].activate()

    return written(fill, _FIXED)


class _Writer(BookWriter):
    """The workbook being written."""

    def __init__(self, file: Any, book: FormBook) -> None:
        super().__init__(file, f"{book.unit}的空白台账")
        self._unit, self._looks = book.unit, Looks(file)
        self._names = ""  # the range of the known projects' names, for a dropdown

    def _page(self, sheet: Any, repeated: int) -> None:
        lay_out(sheet, (repeated, repeated), side=0.4, edge=0.6, scaled_foot=False)
        sheet.center_horizontally()
        sheet.protect("", _ALLOWED)

    def ledger(self, form: FormSheet) -> None:
        """Title, unit, instruction, mark, confirmation, head, example, known rows, blank rows."""
        sheet = self.book.add_worksheet(form.kind.name, GrowingSheet)
        last = len(form.columns)
        widths = [_SERIAL_WIDTH, *column_widths(form.columns)]
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        looks = self._looks
        self.across(sheet, _TITLE, 0, last, form.title, looks["title"])
        sheet.set_row(_TITLE, 36)
        self._unit_line(sheet, form, last)
        self.across(sheet, _INSTRUCTION, 0, last, form.instruction, looks["note"])
        sheet.set_row(_INSTRUCTION, row_height([form.instruction], [sum(widths)]))
        self.across(sheet, _MARK, 0, last, form.mark, looks["mark"])
        self._confirmation(sheet, form, widths)
        self.text(sheet, HEAD, 0, f.SERIAL.label, looks["head"])
        self.text(sheet, _EXAMPLE_ROW, 0, EXAMPLE, looks["example"])
        headings = [column.heading.replace("（", "\n（") for column in form.columns]
        for index, (column, heading) in enumerate(zip(form.columns, headings, strict=True), 1):
            self.text(sheet, HEAD, index, heading, looks["required"] if column.star else looks["head"])
            self._write(sheet, _EXAMPLE_ROW, index, column.example, looks.of_example(column.field))
        sheet.set_row(HEAD, row_height(headings, widths[1:]))
        sheet.set_row(_EXAMPLE_ROW, row_height([column.example for column in form.columns], widths[1:]))
        rows = (*form.rows, *(FormRow((None,) * last) for _ in range(form.blank_rows)))
        for number, row in enumerate(rows):
            self._row(sheet, FIRST + number, number + 1, form.columns, row)
            sheet.start_row(FIRST + number, row_height(row.values, widths[1:]))
        for index, column in enumerate(form.columns, 1):
            self._validate(sheet, form, column, index, FIRST + len(rows) - 1)
        sheet.freeze_panes(HEAD + 1, 2)
        self._page(sheet, HEAD)

    def _unit_line(self, sheet: Any, form: FormSheet, last: int) -> None:
        looks, middle = self._looks, min(2, last - 1)
        self.across(sheet, _UNIT_LINE, 0, 1, f"填报单位：{form.unit}", looks["line"])
        if not form.unit:
            self.across(sheet, _UNIT_LINE, middle, max(middle, min(middle + 1, last - 2)), "", looks["open_line"])
        if any(column.field and column.field.kind is Kind.AMOUNT for column in form.columns):
            self.across(sheet, _UNIT_LINE, max(middle + 1, last - 1), last, "单位：万元", looks["line_right"])

    def _confirmation(self, sheet: Any, form: FormSheet, widths: Sequence[int]) -> None:
        """The label as far as it needs columns, and the cell to answer in."""
        if not form.confirmable:
            sheet.set_row(_CONFIRMATION, _NO_HEIGHT)
            return
        last = 0
        while last < len(widths) - 2 and sum(widths[: last + 1]) < _LABEL_WIDTH:
            last += 1
        sheet.set_row(_CONFIRMATION, 24)
        self.across(sheet, _CONFIRMATION, 0, last, UNCHANGED, self._looks["question"])
        sheet.write_blank(_CONFIRMATION, last + 1, None, self._looks["answer"])
        rule = {
            "validate": "list",
            "source": [CONFIRMED],
            "input_title": "确认没有变化",
            "input_message": f"整张表与填好的一样、没有变化的选“{CONFIRMED}”，按填好的内容登记为本期已报；有变化的直接改，不用选。",
            "error_title": "填写有误",
            "error_message": f"没有变化的选“{CONFIRMED}”，有变化的不填。",
        }
        sheet.data_validation(_CONFIRMATION, last + 1, _CONFIRMATION, last + 1, rule)

    def _row(self, sheet: Any, at: int, serial: int, columns: Sequence[FormColumn], row: FormRow) -> None:
        sheet.write_number(at, 0, serial, self._looks["serial"])
        for index, (column, value) in enumerate(zip(columns, row.values, strict=True)):
            look = self._looks.of_cell(column.field, value, locked=index in row.locked)
            self._write(sheet, at, index + 1, value, look)

    def _write(self, sheet: Any, row: int, column: int, value: Value, look: Any) -> None:
        shown = exact(value) if isinstance(value, Decimal) else value
        if shown is None:
            sheet.write_blank(row, column, None, look)
        elif isinstance(shown, Decimal):
            sheet.write_number(row, column, shown, look)
        elif isinstance(shown, str):
            self.text(sheet, row, column, shown, look)
        else:
            sheet.write_datetime(row, column, shown, look)

    def _validate(self, sheet: Any, form: FormSheet, column: FormColumn, index: int, last: int) -> None:
        if column.field is None or not column.hint or last < FIRST:
            return
        first_cell = f"{xl_col_to_name(index)}{FIRST + 1}"
        rule = {
            **self._permitted(form, column, column.field, first_cell),
            "input_title": column.title,
            "input_message": column.hint,
            "error_title": f"{column.title}填写有误",
            "error_message": column.hint,
        }
        sheet.data_validation(FIRST, index, last, index, rule)

    def _permitted(self, form: FormSheet, column: FormColumn, field: Field, cell: str) -> Mapping[str, object]:
        if field is f.PROJECT_NAME and self._names and form.kind.slug in ("problem", "procedure", "node"):
            return {"validate": "list", "source": self._names, "error_type": "warning"}
        if column.choices:
            return {"validate": "list", "source": list(column.choices)}
        if field.kind is Kind.AMOUNT:
            return {"validate": "decimal", "criteria": ">=", "value": 0}
        if field.kind in (Kind.PERCENT, Kind.SCORE):
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 100}
        if field.kind is Kind.DAY:
            return {"validate": "date", "criteria": "between", "minimum": _EARLIEST, "maximum": _LATEST}
        if field.kind is Kind.SPAN:
            return {"validate": "custom", "value": f"=AND(LEN({cell})<=30,ISNUMBER(VALUE(LEFT({cell},4))))"}
        return {"validate": "any"}

    def notes(self, notes: Notes) -> None:
        """Which ledgers are due, how to fill them in, and the list of known projects."""
        sheet, looks = self.book.add_worksheet(NOTES_NAME), self._looks
        widths = (6, 36, 12, 18, 20, 32)
        for index, width in enumerate(widths):
            sheet.set_column(index, index, width)
        last = len(widths) - 1
        self.across(sheet, 0, 0, last, notes.title, looks["title"])
        sheet.set_row(0, 36)
        self.across(sheet, 1, 0, last, f"填报单位：{self._unit}", looks["line"])
        self.across(sheet, 2, 0, last, notes.mark, looks["mark"])
        row = 3
        for column, text in ((0, f.SERIAL.label), (1, DUE_LIST), (5, "时限")):
            self.text(sheet, row, column, text, looks["head"])
        self.across(sheet, row, 2, 4, "依据", looks["head"])
        for number, (name, articles, due) in enumerate(notes.ledgers, 1):
            row += 1
            sheet.write_number(row, 0, number, looks["serial"])
            sheet.write_url(row, 1, f"internal:'{name}'!C{FIRST + 1}", looks["link"], name)
            self.across(sheet, row, 2, 4, articles, looks.locked_text)
            self.text(sheet, row, 5, due, looks.locked_text)
            sheet.set_row(row, row_height([articles, due], [sum(widths[2:5]), widths[5]]))
        row += 1
        for number, line in enumerate(notes.lines, 1):
            row += 1
            self.across(sheet, row, 0, last, f"{number}. {line}", looks["note"])
            sheet.set_row(row, row_height([line], [sum(widths)]))
        self._projects(sheet, row + 2, notes.projects)
        self._page(sheet, 3)

    def _projects(self, sheet: Any, head: int, projects: Sequence[KnownProject]) -> None:
        """The unit's projects, from which the other sheets' dropdowns take the names, and 无."""
        if not projects:
            return
        looks = self._looks
        for column, text in enumerate(("序号", "项目名称", "四个一批", "总投资（万元）", "当年计划投资（万元）")):
            self.text(sheet, head, column, text, looks["head"])
        row = head
        for number, project in enumerate(projects, 1):
            row += 1
            sheet.write_number(row, 0, number, looks["serial"])
            self.text(sheet, row, 1, project.name, looks.locked_text)
            self.text(sheet, row, 2, project.four_class or "—", looks.locked_text)
            for column, value in ((3, project.total_investment), (4, project.year_plan)):
                look = looks.of_cell(f.TOTAL_INVESTMENT, value, locked=True)
                self._write(sheet, row, column, value, look)
        self.text(sheet, row + 1, 0, "—", looks["serial"])
        self.text(sheet, row + 1, 1, NOTHING, looks.locked_text)
        self.across(sheet, row + 1, 2, 4, "没有需要填报的内容时选此项", looks.locked_text)
        self._names = f"='{NOTES_NAME}'!$B${head + 2}:$B${row + 2}"
