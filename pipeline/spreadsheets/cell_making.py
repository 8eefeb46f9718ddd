"""Stored values to cells: what a person sees, what may be calculated with, what refuses it."""

import re
from dataclasses import replace
from datetime import datetime, time, timedelta
from decimal import Decimal

from pipeline.records.finding import told
from pipeline.records.limits import LONG_TEXT_CHARACTERS
from pipeline.records.period import midnight_near
from pipeline.spreadsheets.cell_text import BLANKS, clean, is_ordinary, printable, remark
from pipeline.spreadsheets.grid import Cell, plain_cell
from pipeline.spreadsheets.number_formats import NumberFormat, Section, Shown
from pipeline.spreadsheets.refusals import CELL_REASONS
from pipeline.spreadsheets.returned import NOTE_START
from pipeline.spreadsheets.shown_number import Look, number_text, seen_number, words_about_day
from pipeline.spreadsheets.workbook_parts import Style

# exact as it stands, and what repr() makes of its float
SHORT_NUMBER = re.compile(r"(?:0|-?(?:[1-9][0-9]{0,8}(?:\.[0-9]{0,5}[1-9])?|0\.[0-9]{0,3}[1-9]))", re.ASCII)
_PLAIN_NUMBER = re.compile(r"-?(?:\d++\.?\d*+|\.\d++)(?:[eE][+-]?\d++)?", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d{2,3}", re.ASCII)
_LOST_DIGITS = Decimal(10) ** 15  # a double keeps 15 digits
_EPOCH_1900, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)  # noqa: DTZ001 - Excel knows no zone
_LAST_DAY = 2_958_465  # 31 December 9999
_NOTE_SHOWN = 60  # characters of a comment
_CHINA = timedelta(hours=8)
_XML_SPACE = " \t\r\n"  # may stand round a number in a part
_FIRST_SOUND = 61  # 1 March 1900: before it Excel counts a 29 February that never was


def flawed(code: str, text: str = "", *, shown: str | None = None, struck: bool = False, formula: str = "") -> Cell:
    """A cell whose value must not be used."""
    seen = text if shown is None else shown
    return Cell(seen, seen, CELL_REASONS[code].format(text=text), flaw_code=code, struck=struck, formula=formula)


def as_styled(cell: Cell, style: Style) -> Cell:
    """The cell under its format: what is struck out or can't be seen must not be used."""
    if not style.flaw or cell.flaw or not cell.text:
        return cell
    return replace(cell, flaw=CELL_REASONS[style.flaw], flaw_code=style.flaw, struck=style.flaw == "struck")


def too_long(text: str, longest: int) -> Cell | None:
    """The cell of a text that is longer, cut and not to be used; None for one that only blanks make long."""
    text = text.strip(BLANKS)
    if len(text) <= longest:
        return None
    return flawed("text-too-long", str(len(text)), shown=printable(told(text)))


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
    number = number_of(stored.strip(_XML_SPACE))
    if number is None:
        return flawed("bad-number", clean(stored).text)
    section = shape.section_of(number)
    if section and section.shown is not Shown.NUMBER:
        return _date_cell(number, shape, section, date_1904)
    text = number_text(number)
    if abs(number) >= _LOST_DIGITS:
        return flawed("number-too-long", f"{number:.15E}".rstrip() if len(text) > 40 else text)
    return plain_cell(text, Decimal(text)) if shape.plain else _cell_as_seen(number, text, shape)


def _cell_as_seen(number: Decimal, text: str, shape: NumberFormat) -> Cell:
    """The cell of a number that does not show as it is stored, or not always."""
    seen = seen_number(number, shape)
    if seen.look is Look.NUMBER and seen.text == text:
        return plain_cell(text, Decimal(text))
    if seen.look is Look.NUMBER:
        return Cell(seen.text, Decimal(text), number_format=shape.code)
    if seen.look is Look.PERCENT:
        return Cell(text, number, percent_format=True)
    if seen.look is Look.WORDS:
        cell = text_cell(seen.text)  # a format's words may hold anything, too
        told = (remark("scaled-format", text=text, shown=cell.text),) if seen.rescaled else ()
        return replace(cell, number_format=shape.code, remarks=(*cell.remarks, *told))
    code = "hidden-value" if seen.look is Look.HIDDEN else "shown-otherwise"
    shown = printable(seen.text)
    flaw = CELL_REASONS[code].format(text=text, shown=shown)
    return Cell(shown or text, number, flaw, flaw_code=code, number_format=shape.code)


def _date_cell(number: Decimal, shape: NumberFormat, section: Section, date_1904: bool) -> Cell:
    if section.shown is Shown.TIME and 0 <= number < 1:
        minutes = round(number * 1440)
        return Cell(f"{minutes // 60:02}:{minutes % 60:02}", "", CELL_REASONS["time-only"], flaw_code="time-only")
    moment = moment_of(number, date_1904)
    if moment is None:
        return flawed("date-range", number_text(number))
    if not section.shows_time:
        moment = midnight_near(moment)
    if words := words_about_day(moment, section):
        return replace(text_cell(words), number_format=shape.code)
    if section.shown is Shown.MONTH:
        text = f"{moment.year}年{moment.month}月"
        return Cell(text, text)
    if section.shown is Shown.YEAR:
        return Cell(f"{moment.year}年", f"{moment.year}年")
    return day_cell(moment)


def with_note(cell: Cell, note: str) -> Cell:
    """The cell with what a comment on it says, which a finding quotes."""
    shown = clean(note).text.replace("\n", " ")
    if shown.startswith(NOTE_START):
        return cell  # our own note on a workbook that was given back
    shown = shown if len(shown) <= _NOTE_SHOWN else shown[:_NOTE_SHOWN] + "…"
    return replace(cell, note=shown, remarks=(*cell.remarks, remark("note", text=shown)))


def day_cell(moment: datetime) -> Cell:
    """A day, with its time where it has one."""
    if moment.time() == time():
        day = moment.date()
        return plain_cell(day.isoformat(), day)
    return plain_cell(f"{moment:%Y-%m-%d %H:%M}", moment)


def text_cell(raw: str, *, struck_part: bool = False) -> Cell:
    """A cell that stores text."""
    if len(raw) > LONG_TEXT_CHARACTERS and (long := too_long(raw, LONG_TEXT_CHARACTERS)):
        return long
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


def iso_cell(stored: str, style: Style) -> Cell:
    """A cell of the type ``d``: a date written as text.

    What a clock elsewhere showed is no day here: 16:00 UTC is the next day in China. Such a moment is handed on as
    the text that is stored, to be judged as if it were typed; a bare midnight is that day wherever it was written.
    """
    try:
        moment = datetime.fromisoformat(stored.strip(_XML_SPACE))
    except ValueError:
        return flawed("bad-value", clean(stored).text)
    wall = moment.replace(tzinfo=None)
    if moment.utcoffset() not in (None, _CHINA) and wall.time() != time():
        return text_cell(stored.strip(_XML_SPACE))
    section = style.number.section_of(Decimal(1))
    return day_cell(wall if section and section.shows_time else midnight_near(wall))


def bool_cell(stored: str) -> Cell:
    """A cell of the type ``b``."""
    if stored not in ("0", "1"):
        return flawed("bad-value", clean(stored).text)
    return Cell("是" if stored == "1" else "否", stored == "1")
