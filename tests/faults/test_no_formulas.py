"""Text of a ledger never becomes a formula in a workbook that we write, whatever it begins with.

Thirteen beginnings that spreadsheets and their importers take for a formula, in every text of each writer. We write
no csv but the table of public holidays, which holds no text of anybody's.
"""

import dataclasses
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from pipeline.calendar.duties import calendar_of
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.papers.promotion.promotion_facts import Facts
from pipeline.records.severity import Severity
from pipeline.records.working_days import WorkingDays
from pipeline.word.chart import Chart, chart_members
from pipeline.word.cleaning import clean
from pipeline.workbooks.calendar_workbook import Calendar, calendar_workbook
from pipeline.workbooks.compose import blank_form
from pipeline.workbooks.form_workbook import form_workbook
from pipeline.workbooks.marked_workbook import Entry, findings_workbook, mark_workbook
from pipeline.workbooks.promotion_ledger import project_ledger
from tests import build
from tests.form_filling import form
from tests.papers.sample_facts import sample
from tests.rich_workbook import SHEET, rich_workbook

BEGINNINGS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", " =", "＝", "＋", "－", "＠", "|")
_COMMAND = "cmd|' /C calc'!A0"
_RICH = rich_workbook()
_VALIDATION = re.compile(rb"<formula[12]?>(.*?)</formula[12]?>", re.DOTALL)


def _with(value: Any, hostile: str) -> Any:
    """The value with every text in it replaced; what decides the shape (fields, kinds) stays."""
    if isinstance(value, str):
        return hostile
    if isinstance(value, Mapping):
        return {key: _with(inner, hostile) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_with(inner, hostile) for inner in value)
    return value


def _ledger(hostile: str) -> bytes:
    return project_ledger({name: _with(value, hostile) for name, value in sample(Facts).items()})


def _calendar(hostile: str) -> bytes:
    year = build.ledgers(
        build.declaration(lead_unit=hostile), build.receipt("月报", 1, "2027-01-30 09:00", unit=hostile)
    )
    today = date(2027, 3, 16)
    return calendar_workbook(Calendar(hostile, 2027, today, calendar_of(year, today), WorkingDays(), (hostile,)))


def _form(hostile: str) -> bytes:
    book = form()
    assert book.notes
    sheets = tuple(
        dataclasses.replace(
            sheet,
            title=hostile, instruction=hostile, mark=hostile, unit=hostile,
            columns=tuple(dataclasses.replace(c, example=_with(c.example, hostile)) for c in sheet.columns),
            rows=tuple(dataclasses.replace(row, values=_with(row.values, hostile)) for row in sheet.rows),
        )
        for sheet in book.sheets
    )  # fmt: skip
    notes = dataclasses.replace(
        book.notes,
        title=hostile, mark=hostile, lines=(hostile,),
        projects=tuple(dataclasses.replace(p, name=hostile, four_class=hostile) for p in book.notes.projects),
    )  # fmt: skip
    return form_workbook(dataclasses.replace(book, unit=hostile, sheets=sheets, notes=notes))


def _entries(hostile: str) -> list[Entry]:
    return [Entry(SHEET, cell, hostile, hostile, hostile, hostile, Severity.ERROR) for cell in ("C3", "第5行", "")]


def _marked(hostile: str) -> bytes:
    return mark_workbook(_RICH, hostile, hostile, _entries(hostile)).data


def _findings(hostile: str) -> bytes:
    return findings_workbook(hostile, hostile, _entries(hostile))


def _chart(hostile: str) -> bytes:
    members = chart_members(1, Chart((hostile,), (Decimal(5),), Decimal(8)))
    return next(member.data for member in members if member.name.endswith(".xlsx"))


WRITERS: dict[str, Callable[[str], bytes]] = {
    "项目台账": _ledger, "日程": _calendar, "空白台账": _form, "退回的台账": _marked, "问题清单": _findings, "图的数据": _chart,
}  # fmt: skip


def _formulas_and_texts(data: bytes) -> tuple[list[str], set[str]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    return (
        [str(cell.value) for cell in cells if cell.data_type == "f"],
        {str(cell.value) for cell in cells if cell.data_type in ("s", "inlineStr")},
    )


@pytest.mark.filterwarnings("ignore::UserWarning")  # openpyxl says that it will lose data bars of the unit's workbook
@pytest.mark.parametrize("name", WRITERS)
def test_no_text_becomes_a_formula_or_a_link(name: str) -> None:
    own, _ = _formulas_and_texts(_RICH) if name == "退回的台账" else ([], set())
    for beginning in BEGINNINGS:
        hostile = beginning + _COMMAND
        data = WRITERS[name](hostile)
        formulas, texts = _formulas_and_texts(data)
        assert sorted(formulas) == sorted(own), repr(beginning)
        assert any(clean(hostile) in text for text in texts), f"{beginning!r}: {sorted(texts)[:9]}"
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for part in package.namelist():
                content = package.read(part)
                assert not any(b"cmd" in each for each in _VALIDATION.findall(content)), f"{beginning!r} {part}"
                assert b'TargetMode="External"' not in content, part
                assert b"ddeLink" not in content, part


@pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda kind: kind.slug)
def test_blank_ledgers_hold_no_formula(kind: LedgerKind) -> None:
    assert _formulas_and_texts(form_workbook(blank_form(kind, 2027)))[0] == []
