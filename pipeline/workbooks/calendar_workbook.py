"""The calendar as a workbook: every duty of the year, and every unit's part in the reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pipeline.calendar.calendar_wording import LEGEND, NOT_REGISTERED, situation, weekday, what_of
from pipeline.calendar.duties import Duty, Outcome
from pipeline.records.period import chinese_day
from pipeline.records.text_width import lines_needed
from pipeline.records.working_days import WorkingDays
from pipeline.word.house_style import FANGSONG, HEITI, XIAOBIAOSONG
from pipeline.workbooks.book_writing import BookWriter, lay_out, written

_HEAD_ROW = 2
_TALLEST = 409  # points that a row may have
_FILLS = {Outcome.MISSING.value: "#F8CBAD", Outcome.LATE.value: "#FFE699", Outcome.UNKNOWN.value: "#EDEDED"}

_DUTIES = (
    ("截止日期", 12), ("星期", 12), ("事项", 40), ("由谁", 22), ("依据", 33), ("状态", 10), ("情况", 46),
)  # fmt: skip
_PARTS = (
    ("截止日期", 13), ("责任单位", 26), ("报表", 22), ("状态", 10), ("收到时间", 18), ("迟报天数", 10), ("依据", 33),
)  # fmt: skip

_Cell = str | date | datetime | int | None


@dataclass(frozen=True)
class Calendar:
    """What the workbook shows; ``notes`` are whole sentences."""

    office: str
    year: int
    today: date
    duties: Sequence[Duty]
    working_days: WorkingDays
    notes: Sequence[str] = ()


def calendar_workbook(calendar: Calendar) -> bytes:
    """Two sheets, A4 landscape, to be filtered; the same calendar gives the same bytes."""

    def fill(book: Any) -> None:
        sheets = _Sheets(book, calendar)
        sheets.add("日程", _DUTIES, [_duty_row(duty, calendar.working_days) for duty in calendar.duties])
        sheets.add("各单位报送", _PARTS, _part_rows(calendar.duties))

    return written(fill)


def _status(duty: Duty) -> str:
    return duty.outcome.value if duty.registered or duty.outcome is Outcome.NOT_DUE else NOT_REGISTERED


def _duty_row(duty: Duty, working_days: WorkingDays) -> list[_Cell]:
    day = "起，未写截止" if duty.opens == duty.due else weekday(duty.due, working_days)
    if duty.due != duty.named:
        day += f"（由{duty.named.month}月{duty.named.day}日顺延）"
    return [
        duty.due,
        day,
        what_of(duty),
        duty.who,
        str(duty.citation),
        _status(duty),
        situation(duty) if duty.registered else None,
    ]


def _part_rows(duties: Sequence[Duty]) -> list[list[_Cell]]:
    rows: list[list[_Cell]] = []
    for duty in duties:
        for share in duty.shares:
            received = share.received_at
            late = (received.date() - duty.due).days if received and share.outcome is Outcome.LATE else None
            rows.append([duty.due, share.unit, duty.what, share.outcome.value, received, late, str(duty.citation)])
    return rows


class _Sheets(BookWriter):
    """The workbook being written, with its formats."""

    def __init__(self, book: Any, calendar: Calendar) -> None:
        cell = {"font_name": FANGSONG, "font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True}
        super().__init__(book, f"{calendar.year}年日程")
        self._calendar = calendar
        self._title = book.add_format(
            {"font_name": XIAOBIAOSONG, "font_size": 18, "align": "center", "valign": "vcenter"}
        )
        self._note = book.add_format({"font_name": FANGSONG, "font_size": 10, "valign": "vcenter", "text_wrap": True})
        self._head = book.add_format({**cell, "font_name": HEITI, "align": "center", "bg_color": "#DDEBF7"})
        self._text = book.add_format({**cell, "num_format": "@"})
        self._day = book.add_format({**cell, "num_format": "yyyy-mm-dd", "align": "center"})
        self._time = book.add_format({**cell, "num_format": "yyyy-mm-dd hh:mm", "align": "center"})
        self._number = book.add_format({**cell, "num_format": "0", "align": "center"})
        self._fills = {
            value: book.add_format({**cell, "bg_color": colour, "align": "center"}) for value, colour in _FILLS.items()
        }
        self._status = book.add_format({**cell, "align": "center"})

    def add(self, name: str, columns: Sequence[tuple[str, int]], rows: Sequence[Sequence[_Cell]]) -> None:
        sheet = self.book.add_worksheet(name)
        last = len(columns) - 1
        self._above(sheet, name, columns)
        for number, row in enumerate(rows, _HEAD_ROW + 1):
            for column, (label, _) in enumerate(columns):
                self._write(sheet, number, column, label, row[column])
            texts = ((cell, width) for cell, (_, width) in zip(row, columns, strict=True) if isinstance(cell, str))
            sheet.set_row(number, min(_TALLEST, 6 + 15 * max(lines_needed(text, width - 2) for text, width in texts)))
        if rows:
            sheet.autofilter(_HEAD_ROW, 0, _HEAD_ROW + len(rows), last)
        sheet.freeze_panes(_HEAD_ROW + 1, 0)
        lay_out(sheet, (_HEAD_ROW, _HEAD_ROW), side=0.5, edge=0.7)

    def _above(self, sheet: Any, name: str, columns: Sequence[tuple[str, int]]) -> None:
        calendar = self._calendar
        last = len(columns) - 1
        self.across(sheet, 0, 0, last, f"{calendar.office}{calendar.year}年{name}", self._title)
        sheet.set_row(0, 36)
        note = "。".join([f"按{chinese_day(calendar.today)}的情况", *calendar.notes, LEGEND]) + "。"
        self.across(sheet, 1, 0, last, note, self._note)
        sheet.set_row(1, 4 + 14 * lines_needed(note, sum(width for _, width in columns) - 2))
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            sheet.write_string(_HEAD_ROW, column, label, self._head)
        sheet.set_row(_HEAD_ROW, 24)

    def _write(self, sheet: Any, row: int, column: int, label: str, value: _Cell) -> None:
        if value is None:
            sheet.write_string(row, column, "—", self._number)
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value, self._time)
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self._day)
        elif isinstance(value, int):
            sheet.write_number(row, column, value, self._number)
        else:
            look = self._fills.get(value, self._status) if label == "状态" else self._text
            self.text(sheet, row, column, value, look)
