"""inputs/节假日.csv: days off and worked weekends, kept by the office in WPS, Excel or an editor."""

import csv
import io
import re
from datetime import date
from pathlib import Path

from pipeline.errors import WorkspaceError
from pipeline.files.given_file import is_missing, why_no_file
from pipeline.records.working_days import OFF, PENDING, WORKED, SpecialDay, WorkingDays
from pipeline.workspace.edited_text import edited_text

FILE = "节假日.csv"
_HEAD = ["日期", "类型", "名称"]
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
# Public holidays that stand on a fixed date each year (全国年节及纪念日放假办法); the other days of a
# year are known only when its arrangement is published.
_FIXED = (
    (1, 1, "元旦"),
    (5, 1, "劳动节"),
    (5, 2, "劳动节"),
    (10, 1, "国庆节"),
    (10, 2, "国庆节"),
    (10, 3, "国庆节"),
)


def holidays_text(year: int) -> str:
    """The table of a new workspace: the fixed public holidays, and that the arrangement is still to come."""
    lines = [_HEAD, *([date(year, month, day).isoformat(), OFF, name] for month, day, name in _FIXED)]
    lines.append([str(year), PENDING, "国务院办公厅的放假安排公布后，逐日填写放假和上班的日期，并删去本行"])
    return "".join(",".join(line) + "\r\n" for line in lines)


def load_working_days(path: Path) -> WorkingDays:
    """The office's table; without a file only weekends are known. ``WorkspaceError`` names the line to mend."""
    if is_missing(path):
        return WorkingDays()
    if sentence := why_no_file(path):
        raise WorkspaceError(sentence)
    special: dict[date, SpecialDay] = {}
    pending: set[int] = set()
    for number, cells in enumerate(_rows(path), 1):
        row = [cell.strip() for cell in cells]
        if not any(row) or row[:3] == _HEAD:
            continue
        written, kind, name = (*row, "", "", "")[:3]
        if kind == PENDING and re.fullmatch(r"20\d{2}", written):
            pending.add(int(written))
        elif kind in (OFF, WORKED):
            day = _day(path, number, written)
            if day in special:
                raise WorkspaceError(f"{path}第{number}行：{written}前面已经写过，请保留一行")
            special[day] = SpecialDay(kind, name)
        else:
            raise WorkspaceError(f"{path}第{number}行：{_wrong(written, kind)}")
    return WorkingDays(special, frozenset(pending), stated=True)


def _rows(path: Path) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(edited_text(path.read_bytes()), newline="")))
    except OSError:
        raise WorkspaceError(f"{path}读不出来，请核对权限，或先在WPS中关闭") from None
    except (UnicodeDecodeError, csv.Error):
        raise WorkspaceError(f"{path}不是看得懂的CSV，请用WPS打开后另存为CSV（UTF-8）") from None


def _day(path: Path, number: int, written: str) -> date:
    match = _DAY.fullmatch(written)
    try:
        if match:
            return date(*(int(part) for part in match.groups()))
    except ValueError:  # such as 2027-02-30
        pass
    raise WorkspaceError(f"{path}第{number}行：日期“{written}”看不懂，请写成2027-10-01")


def _wrong(written: str, kind: str) -> str:
    if kind == PENDING:
        return f"类型为“{PENDING}”时日期栏写年份，如2027，现为“{written}”"
    return f"类型应为{OFF}、{WORKED}或{PENDING}，现为“{kind}”"
