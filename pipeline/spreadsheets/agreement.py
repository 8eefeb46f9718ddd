"""The second reader: python-calamine must see in every cell what our own reader saw, or the file is refused."""

import io
import math
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from pipeline.spreadsheets.grid import address
from pipeline.spreadsheets.refusals import UnreadableFile

# None: whatever the second reader makes of it (errors, broken values).
Seen = str | int | float | bool | date | None
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - Excel knows no zone
_SHIFT_1904 = 1462
_LEAP_DAY_OF_1900, _FIRST_SOUND = 1, 61  # Excel counts a day that never was before 1 March 1900
_SECOND = 1 / 86400


def _serial(value: object) -> float | None:
    """A date or time as the number of days that stands for it."""
    if isinstance(value, datetime):
        return (value - _EPOCH) / timedelta(days=1)
    if isinstance(value, date):
        return float((value - _EPOCH.date()).days)
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    if isinstance(value, timedelta):
        return value / timedelta(days=1)
    return None


def _same_number(own: float, value: object) -> bool:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return own == value or math.isclose(own, value, rel_tol=1e-15)
    serial = _serial(value)
    if serial is None:
        return False
    if own < 0 and isinstance(value, time):
        own %= 1  # a number in a format that the second reader takes for a date's: it keeps the time alone
    shifts = (0, _SHIFT_1904, _LEAP_DAY_OF_1900) if own < _FIRST_SOUND else (0, _SHIFT_1904)
    return any(abs(serial - shift - own) < 2 * _SECOND for shift in shifts)


def agrees(own: Seen, value: object) -> bool:
    """Whether both readers saw the same; white space at the ends is read either way."""
    if own is None:
        return True
    if isinstance(own, bool) or isinstance(value, bool):
        return own is value
    serial = own if isinstance(own, int | float) else _serial(own)
    if serial is not None:
        return _same_number(serial, value)
    if isinstance(own, str) and isinstance(value, str):
        return own == value or _folded(own) == _folded(value)
    return False


def _folded(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def compare_sheet(sheet: str, own: Mapping[int, list[Seen]], other: Sequence[Sequence[object]]) -> None:
    """``own`` holds the rows with content, "" for a blank. Raises ``UnreadableFile`` naming the first differing cell."""
    width = len(other[0]) if other else 0
    blank: list[Seen] = [""] * width
    rows = [own.get(number, blank) for number in range(len(other))]
    rows = [row if len(row) >= width else row + blank[len(row) :] for row in rows]
    for number in [number for number, row in enumerate(rows) if row != other[number]]:
        for column, expected in enumerate(rows[number]):
            value = other[number][column] if column < width else ""
            if expected != value and not agrees(expected, value):
                raise UnreadableFile("readers-differ", sheet=sheet, cell=address(number, column))
    for number in sorted(own.keys() - range(len(other))):
        for column, expected in enumerate(own[number]):
            if not agrees(expected, ""):
                raise UnreadableFile("readers-differ", sheet=sheet, cell=address(number, column))


class SecondReader:
    """python-calamine on the same bytes; sheets are compared by name and order."""

    def __init__(self, data: bytes) -> None:
        try:
            self.book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        except PasswordError:
            raise UnreadableFile("encrypted") from None
        except CalamineError:
            raise UnreadableFile("damaged") from None

    def sheets(self) -> list[tuple[str, bool]]:
        """Name and whether it is hidden."""
        return [(meta.name, meta.visible != SheetVisibleEnum.Visible) for meta in self.book.sheets_metadata]

    def rows(self, name: str, area: int) -> Sequence[Sequence[object]]:
        """The sheet's values from A1 on. Raises ``UnreadableFile`` for a damaged sheet or one too wide."""
        try:
            sheet = self.book.get_sheet_by_name(name)
        except CalamineError:
            raise UnreadableFile("damaged") from None
        if (sheet.total_height + 1) * max(sheet.total_width, sheet.width) > 2 * area + 1_000_000:
            raise UnreadableFile("readers-differ", sheet=name, cell=address(sheet.total_height, sheet.width))
        return sheet.to_python(skip_empty_area=False)


def repackaged(parts: Mapping[str, bytes], changed: Mapping[str, bytes]) -> bytes:
    """The package with some parts replaced, uncompressed: what the second reader gets when rows were cut off."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            package.writestr(name, changed.get(name, data))
    return buffer.getvalue()
