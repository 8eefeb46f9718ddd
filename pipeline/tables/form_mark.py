"""The mark on our own blank ledgers, by which a form that comes back is known without a guess.

The mark is one small visible line above the head of each sheet, such as
``表式版本：1　台账：项目月报　期间：2027-03　底稿：3f9a6c01　单位：区住建局``. It is plain cell text because that outlives saving in WPS,
conversion to .xls or .csv, and a sheet copied into another workbook; properties and defined names do not.
Where a sender has emptied or deleted the line, ``form_of`` still knows the form by what else stands above its rows.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.spreadsheets.grid import Cell, Grid
from pipeline.tables.head import unit_in_title
from pipeline.tables.headings import Heading

FORM_VERSION = 1
NOTES_NAME = "填表说明"  # the first sheet of a unit's workbook: instructions and known projects, no ledger
EXAMPLE = "示例"  # stands in the serial column of the example row, and begins its name
NOTHING = "无"  # written for the name where a unit has nothing to report
UNCHANGED = "本表内容没有变化的，请在右边一格选“是”"  # the label of the cell by which a unit confirms a whole sheet
CONFIRMED = "是"
REFERENCE = "（参考）"  # ends the heading of a column that tells the unit something and asks nothing
STAR = "*"  # begins the heading of a column that must be filled in
STARS = f"列名带{STAR}的必填"  # stands in the instruction above the head
DUE_LIST = "本次填报"  # in the head of the sheet of instructions
_SEARCHED_ROWS = 10
_SLUGS = {kind.name: kind.slug for kind in LEDGER_KINDS}
_MARK = re.compile(
    r"表式版本[:：](?P<version>[0-9]{1,4})\s+台账[:：](?P<ledger>\S+)\s+"
    r"期间[:：](?P<period>20[0-9]{2}(?:-(?:0[1-9]|1[0-2]))?)(?:\s+底稿[:：](?P<draft>[0-9a-f]{8}))?"
    r"(?:\s+单位[:：](?P<unit>\S.*))?"
)
_YES = frozenset((CONFIRMED, "√", "✓", "✔", "☑", "Y", "y", "对", "确认", "无变化", "没有变化"))
_TITLE_PERIOD = re.compile(r"(20[0-9]{2})年(?:(1[0-2]|[1-9])月)?")


@dataclass(frozen=True)
class FormMark:
    """What a form says of itself."""

    version: int
    period: str  # "2027" or "2027-03"
    unit: str  # "" on a blank ledger that was not made for one unit
    ledgers: tuple[str, ...]  # slugs, in the order of the sheets; the sheet of instructions has none
    draft: str = ""  # of one sheet: digest of the rows that we filled in, "" where the mark states none
    removed: bool = False  # the line is gone; the layout told the rest

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def month(self) -> Month | None:
        return Month.parse(self.period) if "-" in self.period else None


@dataclass(frozen=True)
class Draft:
    """A sheet of a form that came back: what it was handed out with, and whether the unit wrote 无 in it."""

    ledger: str  # slug
    digest: str  # "" where the form does not say, see ``unknown``
    nothing: bool
    confirmed: bool = False  # the unit says above the head that nothing has changed
    period: str = ""  # that the form was made for, "2027" or "2027-03"
    unknown: bool = False  # the sender removed the digest: what was handed out must be looked up


def mark_text(ledger_name: str, period: str, unit: str = "", draft: str = "") -> str:
    """The line itself; ``ledger_name`` is the name of a kind of ledger or ``NOTES_NAME``."""
    beginning = f"　底稿：{draft}" if draft else ""
    ending = f"　单位：{unit}" if unit else ""
    return f"表式版本：{FORM_VERSION}　台账：{ledger_name}　期间：{period}{beginning}{ending}"


def sheet_mark(rows: Iterable[Sequence[Cell]]) -> FormMark | None:
    """The mark of one sheet; None where it has none, or names a ledger that we don't know."""
    for _, row in zip(range(_SEARCHED_ROWS), rows, strict=False):
        for cell in row:
            match = _MARK.fullmatch(cell.text.strip())
            if match and (match["ledger"] in _SLUGS or match["ledger"] == NOTES_NAME):
                slug = _SLUGS.get(match["ledger"])
                return FormMark(
                    int(match["version"]),
                    match["period"],
                    (match["unit"] or "").strip(),
                    (slug,) if slug else (),
                    match["draft"] or "",
                )
    return None


def form_of(grid: Grid) -> FormMark | None:
    """What a sheet is as a form of ours: by its mark or, where its sender has removed that, by its layout."""
    return sheet_mark(grid.rows) or _by_layout(grid)


def _by_layout(grid: Grid) -> FormMark | None:
    """By what only our forms say around the head; title and sheet name tell the period and the ledger."""
    rows = [[text for cell in row if (text := cell.text.strip())] for row in grid.rows[: _SEARCHED_ROWS + 1]]
    top = next((number for number, texts in enumerate(rows) if any(map(_begins_head, texts))), None)
    if top is None:
        return None
    above = " ".join(text for texts in rows[:top] for text in texts)
    example = any(text.startswith(f"{EXAMPLE}：") for texts in rows[top + 1 : top + 2] for text in texts)
    if DUE_LIST in rows[top] and NOTES_NAME in above:
        names = [NOTES_NAME]
    elif STARS in above or example:
        names = [name for name in _SLUGS if name in above] or [name for name in _SLUGS if name == grid.sheet]
    else:
        return None
    period = _TITLE_PERIOD.search(above)
    if len(names) != 1 or period is None:
        return None
    year, month = period.groups()
    return FormMark(
        FORM_VERSION, f"{year}-{int(month):02d}" if month else year, unit_in_title(above),
        tuple(_SLUGS[name] for name in names if name in _SLUGS), removed=True,
    )  # fmt: skip


def _begins_head(text: str) -> bool:
    return text.startswith(STAR) or text == DUE_LIST


def drafts_in(grids: Iterable[Grid]) -> tuple[Draft, ...]:
    """The visible sheets of our own forms in a workbook that came back."""
    return tuple(
        Draft(
            form.ledgers[0],
            form.draft,
            any(map(_only_nothing, grid.rows)),
            any(map(_confirms, grid.rows[:_SEARCHED_ROWS])),
            form.period,
            unknown=form.removed or bool(form.unit and not form.draft),
        )
        for grid in grids
        if not grid.hidden and (form := form_of(grid)) and form.ledgers
    )


def _confirms(row: Sequence[Cell]) -> bool:
    """Whether 是 stands beside the label, however a person writes it."""
    texts = [text for cell in row if not cell.covered and (text := cell.text.strip())]
    answer = texts[texts.index(UNCHANGED) + 1 :] if UNCHANGED in texts else []
    return bool(answer) and unicodedata.normalize("NFKC", answer[0]).strip(' 。.“”"') in _YES


def _only_nothing(row: Sequence[Cell]) -> bool:
    texts = [text for cell in row if (text := cell.text.strip())]
    return NOTHING in texts and states_nothing(texts, NOTHING)


def read_mark(grids: Iterable[Grid]) -> FormMark | None:
    """The mark of a workbook, from its visible sheets.

    None where no sheet has a mark, and also where two sheets name different units, periods or versions: then a
    person must say what the file is.
    """
    marks = [mark for grid in grids if not grid.hidden and (mark := sheet_mark(grid.rows))]
    if len({(mark.version, mark.period, name_key(mark.unit)) for mark in marks}) != 1:
        return None
    ledgers = dict.fromkeys(slug for mark in marks for slug in mark.ledgers)
    return FormMark(marks[0].version, marks[0].period, marks[0].unit, tuple(ledgers))


def is_reference(heading: Heading) -> bool:
    """Whether a column only tells the unit something, such as last month's figure."""
    return bool(heading.path) and heading.path[-1].endswith("(参考)")


def states_nothing(texts: Iterable[str], name: str) -> bool:
    """Whether a row says 无 for the name and nothing else but its serial number."""
    return name.strip() == NOTHING and all(text == NOTHING or text.isdecimal() for text in texts)
