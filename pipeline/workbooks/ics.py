"""The calendar as iCalendar (RFC 5545), for WPS, Outlook and telephones: all-day events, always the same bytes."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pipeline.calendar.calendar_wording import what_of
from pipeline.calendar.duties import Duty
from pipeline.word.cleaning import clean

_LONGEST = 75  # octets of a line without its break (3.1)
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})
_REMINDER = "-PT15H"  # from midnight of the day: nine in the morning of the day before


def calendar_file(name: str, year: int, duties: Sequence[Duty]) -> bytes:
    """One event for each duty, without what came of it: a calendar program keeps what it once took in."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//gongwen//calendar//ZH",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
    ]
    for duty in duties:
        lines += _events(duty, year)
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _events(duty: Duty, year: int) -> Iterator[str]:
    if duty.opens and duty.opens != duty.due:
        yield from _event(f"{duty.key}-opens", duty.opens, f"开始：{duty.what}", duty, year)
    ends = "开始" if duty.opens == duty.due else "截止"
    yield from _event(duty.key, duty.due, f"{ends}：{what_of(duty)}", duty, year)


def _event(uid: str, day: date, summary: str, duty: Duty, year: int) -> list[str]:
    detail = f"由谁：{duty.who}\n依据：{duty.citation}"
    if duty.named != duty.due:
        detail += f"\n条文写明的日期为{duty.named.isoformat()}，遇休息日顺延"
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@gongwen",
        f"DTSTAMP:{year}0101T000000Z",  # fixed, so that the same ledgers give the same file
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(summary)}",
        f"DESCRIPTION:{_escaped(detail)}",
        "TRANSP:TRANSPARENT",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        f"DESCRIPTION:{_escaped(summary)}",
        f"TRIGGER:{_REMINDER}",
        "END:VALARM",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """TEXT (3.3.11)."""
    return clean(text).translate(_ESCAPES)


def _folded(line: str) -> bytes:
    """Lines of at most 75 octets, broken between characters; a continuation starts with a space (3.1)."""
    pieces, piece = [], b""
    for char in line:
        octets = char.encode("utf-8")
        if len(piece) + len(octets) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
