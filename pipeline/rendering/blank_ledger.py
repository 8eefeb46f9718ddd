"""Empty ledgers for a new workspace: the head that every unit's workbook should have."""

import datetime
import io
from typing import Any

import xlsxwriter

from pipeline.ledgers.kind import LedgerKind
from pipeline.records.field_catalogue import JUDGE_PREFIX, JUDGE_SCORE, Field, Kind

_ROWS = 200  # rows that carry the dropdowns
_JUDGES = 7
_FIXED = datetime.datetime(2016, 10, 20, tzinfo=datetime.UTC)  # the day both measures came into force


def _headings(field: Field) -> list[str]:
    if field is JUDGE_SCORE:
        return [f"{JUDGE_PREFIX}{number}" for number in range(1, _JUDGES + 1)]
    return [f"{field.label}（{field.unit}）" if field.kind is Kind.AMOUNT else field.label]


def blank_ledger(kind: LedgerKind, year: int) -> bytes:
    """One sheet: title, unit line, head, dropdowns for closed lists; A4 landscape; always the same bytes."""
    buffer = io.BytesIO()
    book: Any = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _FIXED})
    sheet = book.add_worksheet(kind.name)
    title = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    head = book.add_format(
        {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
    )
    columns = [(heading, field) for field in kind.fields for heading in _headings(field)]
    period = "____月" if kind.monthly else ""
    sheet.write_string(0, 0, f"{year}年{period}{kind.name}", title)
    sheet.write_string(1, 0, "填报单位：")
    sheet.write_string(1, 3, "单位：万元")
    for index, (heading, field) in enumerate(columns):
        sheet.write_string(2, index, heading, head)
        sheet.set_column(index, index, 30 if field.kind is Kind.TEXT and field.label.endswith("规模") else 14)
        if field.choices:
            sheet.data_validation(
                3, index, _ROWS + 2, index, {"validate": "list", "source": list(field.choices)}
            )
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return buffer.getvalue()
