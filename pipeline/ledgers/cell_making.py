"""Stored values to cells: what a person sees, what may be calculated with, what refuses it."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from pipeline.ledgers.cell_text import clean, is_ordinary
from pipeline.ledgers.grid import Cell, plain_cell
from pipeline.ledgers.number_formats import NumberFormat, Shown
from pipeline.ledgers.refusals import CELL_REASONS
from pipeline.ledgers.workbook_parts import Style

# exact as it stands, and what repr() makes of its float
SHORT_NUMBER = re.compile(r"(?:0|-?(?:[1-9][0-9]{0,8}(?:\.[0-9]{0,5}[1-9])?|0\.[0-9]{0,3}[1-9]))", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}", re.ASCII)
_LOST_DIGITS = Decimal(10) ** 15  # a double keeps 15 digits
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - Excel knows no zone
_LAST_DAY = 2_958_465  # 31 December 9999
_FIRST_SOUND = 61  # 1 March 1900: before it Excel counts a 29 February that never was


def flawed(
    code: str, text: str = "", *, shown: str | None = None, struck: bool = False, formula: str = ""
) -> Cell:
    """A cell whose value must not be used."""
    seen = text if shown is None else shown
    return Cell(
        seen, seen, CELL_REASONS[code].format(text=text), flaw_code=code, struck=struck, formula=formula
    )


def number_text(number: Decimal) -> str:
    """Plain digits without an exponent or trailing zeros."""
    return format(number.normalize(), "f") if number else "0"


def number_of(stored: str) -> Decimal | None:
    """A stored number at the 15 significant digits that Excel itself shows; None for what is none."""
    if not _PLAIN_NUMBER.fullmatch(stored):
        return None
    value = float(stored)
    return Decimal(f"{value:.15g}") if abs(value) < float("inf") else None


def moment_of(number: Decimal, date_1904: bool) -> datetime | None:
    """The day and time of a serial number; None where there is none. Seconds are rounded to the nearest."""
    days = number + (1462 if date_1904 else 0)
    if not _FIRST_SOUND <= days < _LAST_DAY + 1:
        return None
    return _EPOCH_1900 + timedelta(seconds=round(days * 86400))


def number_cell(stored: str, style: Style, date_1904: bool) -> Cell:
    """A cell that stores a number."""
    shape = style.number
    if shape.plain and SHORT_NUMBER.fullmatch(stored):
        return plain_cell(stored, Decimal(stored))
    number = number_of(stored)
    if number is None:
        return flawed("bad-number", clean(stored).text)
    if shape.shown is not Shown.NUMBER:
        return _date_cell(number, shape, date_1904)
    text = number_text(number)
    if abs(number) >= _LOST_DIGITS:
        return flawed("number-too-long", f"{number:.15E}".rstrip() if len(text) > 40 else text)
    if shape.percent:
        return Cell(text, number, percent_format=True)
    told = "scaled-format" if shape.scaled else "hidden-value" if shape.hides and number > 0 else ""
    if told:
        shown_otherwise = CELL_REASONS[told].format(text=text)
        return Cell(text, number, shown_otherwise, flaw_code=told, number_format=shape.code)
    if shape.unit:
        return Cell(text + shape.unit, text + shape.unit, number_format=shape.code)
    return plain_cell(text, Decimal(text))


def _date_cell(number: Decimal, shape: NumberFormat, date_1904: bool) -> Cell:
    if shape.shown is Shown.TIME and 0 <= number < 1:
        minutes = round(number * 1440)
        return Cell(
            f"{minutes // 60:02}:{minutes % 60:02}", "", CELL_REASONS["time-only"], flaw_code="time-only"
        )
    moment = moment_of(number, date_1904)
    if moment is None:
        return flawed("date-range", number_text(number))
    if shape.shown is Shown.MONTH:
        text = f"{moment.year}年{moment.month}月"
        return Cell(text, text)
    if shape.shown is Shown.YEAR:
        return Cell(f"{moment.year}年", f"{moment.year}年")
    return day_cell(moment)


def day_cell(moment: datetime) -> Cell:
    """A day, with its time where it has one."""
    if (moment.hour, moment.minute, moment.second) == (0, 0, 0):
        day = date(moment.year, moment.month, moment.day)
        return plain_cell(day.isoformat(), day)
    return plain_cell(f"{moment:%Y-%m-%d %H:%M}", moment)


def text_cell(raw: str, *, struck_part: bool = False) -> Cell:
    """A cell that stores text."""
    if not struck_part and is_ordinary(raw):
        return plain_cell(raw, raw)
    cleaned = clean(raw)
    if struck_part:
        return flawed("struck-part", shown=cleaned.text, struck=True)
    if cleaned.flaw:
        return Cell(cleaned.text, cleaned.text, cleaned.flaw, flaw_code=cleaned.flaw_code)
    if _SCIENTIFIC.fullmatch(cleaned.text):
        return flawed("scientific-text", cleaned.text)
    if not cleaned.remarks:
        return plain_cell(cleaned.text, cleaned.text)
    return Cell(cleaned.text, cleaned.text, remarks=cleaned.remarks)


def iso_cell(stored: str) -> Cell:
    """A cell of the type ``d``: a date written as text."""
    try:
        return day_cell(datetime.fromisoformat(stored.removesuffix("Z")).replace(tzinfo=None))
    except ValueError:
        return flawed("bad-value", clean(stored).text)


def bool_cell(stored: str) -> Cell:
    """A cell of the type ``b``."""
    if stored not in ("0", "1"):
        return flawed("bad-value", clean(stored).text)
    return Cell("是" if stored == "1" else "否", stored == "1")
