"""The sheet 问题清单: a line for each mistake, to be filtered, each with a link to its cell."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.records.severity import Severity
from pipeline.records.text_width import lines_needed
from pipeline.spreadsheets.grid import column_letters
from pipeline.spreadsheets.returned import LIST_MARK
from pipeline.word.house_style import FANGSONG, HEITI
from pipeline.word.namespaces import HEAD, SHEETS
from pipeline.workbooks.marked_workbook.entry import Entry
from pipeline.workbooks.marked_workbook.sheet_cells import reference
from pipeline.workbooks.marked_workbook.splicing import attribute_xml, text_xml
from pipeline.workbooks.marked_workbook.styles import FILL_COLOURS, StyleBook

HEADINGS = ("序号", "工作表", "单元格", "表中内容", "问题", "依据", "怎样修改", "轻重")
HEAD_ROW = 3
_WIDTHS = (6, 14, 9, 22, 44, 30, 34, 7)  # half-width characters; together an A4 sheet turned
_CELL_LIMIT = 32_000  # characters; a cell holds 32,767
_CUT = "……（过长，已截断）"
_LOCATION_LIMIT = 2000


@dataclass(frozen=True)
class Look:
    """Numbers of the formats that the sheet uses."""

    title: int
    remark: int
    head: int
    middle: int
    text: int
    link: int
    severities: dict[Severity, int]

    @classmethod
    def added_to(cls, book: StyleBook) -> "Look":
        tag = book.tag

        def font(name: str, size: int, more: str = "") -> int:
            return book.add(
                "fonts",
                f'<{tag("font")}>{more}<{tag("sz")} val="{size}"/>'
                + (f'<{tag("color")} rgb="FF0563C1"/>' if more else "")
                + f'<{tag("name")} val="{name}"/></{tag("font")}>',
            )

        side = "".join(
            f'<{tag(edge)} style="thin"><{tag("color")} auto="1"/></{tag(edge)}>'
            for edge in ("left", "right", "top", "bottom")
        )
        ruled = book.add("borders", f"<{tag('border')}>{side}<{tag('diagonal')}/></{tag('border')}>")
        plain, heavy = font(FANGSONG, 11), font(HEITI, 11)

        def fill(colour: str) -> int:
            inner = f'<{tag("fgColor")} rgb="{colour}"/><{tag("bgColor")} indexed="64"/>'
            pattern = f'<{tag("patternFill")} patternType="solid">{inner}</{tag("patternFill")}>'
            return book.add("fills", f"<{tag('fill')}>{pattern}</{tag('fill')}>")

        def look(font_number: int, align: str, *, border: int = ruled, colour: str = "") -> int:
            # Number format 49 is text: what begins with = stays text when somebody edits the cell
            filled = f' fillId="{fill(colour)}" applyFill="1"' if colour else ' fillId="0"'
            return book.add(
                "cellXfs",
                f'<{tag("xf")} numFmtId="49" fontId="{font_number}"{filled} borderId="{border}" xfId="0" '
                'applyNumberFormat="1" applyFont="1" applyBorder="1" applyAlignment="1">'
                f'<{tag("alignment")} horizontal="{align}" vertical="center" wrapText="1"/></{tag("xf")}>',
            )

        return cls(
            title=look(font(HEITI, 16), "center", border=0),
            remark=look(plain, "left", border=0),
            head=look(heavy, "center", colour="FFE7E6E6"),
            middle=look(plain, "center"),
            text=look(plain, "left"),
            link=look(font(FANGSONG, 11, f"<{tag('u')}/>"), "center"),
            severities={each: look(plain, "center", colour=colour) for each, colour in FILL_COLOURS.items()},
        )


def remark_text(explanation: str) -> str:
    """The second row: the mark by which reading knows the sheet, and what the unit does with it."""
    return f"{LIST_MARK}。{explanation}"


def findings_sheet(title: str, explanation: str, entries: Sequence[Entry], links: Sequence[str], look: Look) -> bytes:
    """The whole part; ``links`` holds for each entry the place to go to (``'表'!C7``), "" for none."""
    last = column_letters(len(HEADINGS) - 1)
    rows = [
        _row(1, 30, [(1, title, look.title)]),
        _row(2, _height([(remark_text(explanation), sum(_WIDTHS))]), [(1, remark_text(explanation), look.remark)]),
        _row(HEAD_ROW, 24, [(column, text, look.head) for column, text in enumerate(HEADINGS, 1)]),
    ]
    hyperlinks = []
    for number, (entry, link) in enumerate(zip(entries, links, strict=True), 1):
        row = HEAD_ROW + number
        if link and len(link) <= _LOCATION_LIMIT:
            hyperlinks.append(
                f'<hyperlink ref="C{row}" location={attribute_xml(link)} display={attribute_xml(entry.cell or "查看")}/>'
            )
        rows.append(_entry_row(row, number, entry, bool(link), look))
    columns = "".join(
        f'<col min="{n}" max="{n}" width="{width + 0.7109375}" customWidth="1"/>' for n, width in enumerate(_WIDTHS, 1)
    )
    bottom = HEAD_ROW + len(entries)
    linked = f"<hyperlinks>{''.join(hyperlinks)}</hyperlinks>" if hyperlinks else ""
    return (
        f'{HEAD}<worksheet xmlns="{SHEETS}"><sheetPr><tabColor rgb="FFC00000"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{last}{bottom}"/><sheetViews><sheetView workbookViewId="0">'
        f'<pane ySplit="{HEAD_ROW}" topLeftCell="A{HEAD_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft"/></sheetView></sheetViews><sheetFormatPr defaultRowHeight="15"/>'
        f"<cols>{columns}</cols><sheetData>{''.join(rows)}</sheetData>"
        f'<autoFilter ref="{filter_range(len(entries))}"/>'
        f'<mergeCells count="2"><mergeCell ref="A1:{last}1"/><mergeCell ref="A2:{last}2"/></mergeCells>{linked}'
        '<printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" '
        'header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
        "<headerFooter><oddFooter>&amp;C第&amp;P页，共&amp;N页</oddFooter></headerFooter></worksheet>"
    ).encode()


def filter_range(entries: int) -> str:
    return f"A{HEAD_ROW}:{reference((HEAD_ROW + entries, len(HEADINGS)))}"


def _entry_row(row: int, number: int, entry: Entry, linked: bool, look: Look) -> str:
    texts = (entry.seen, entry.problem, entry.basis or "—", entry.action)
    cells = [
        (2, entry.sheet or "全部", look.text),
        (3, entry.cell or ("查看" if linked else "—"), look.link if linked else look.middle),
        *((column, text, look.text) for column, text in enumerate(texts, 4)),
        (8, entry.severity.value, look.severities[entry.severity]),
    ]
    serial = f'<c r="A{row}" s="{look.middle}"><v>{number}</v></c>'
    height = _height([(text, _WIDTHS[column - 1]) for column, text, _ in cells])
    return _row(row, height, cells, serial)


def _row(row: int, height: int, cells: Sequence[tuple[int, str, int]], before: str = "") -> str:
    written = "".join(
        f'<c r="{reference((row, column))}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text_xml(_cut(text))}'
        "</t></is></c>"
        for column, text, style in cells
    )
    return f'<row r="{row}" ht="{height}" customHeight="1">{before}{written}</row>'


def _cut(text: str) -> str:
    return text if len(text) <= _CELL_LIMIT else text[: _CELL_LIMIT - len(_CUT)] + _CUT


def _height(cells: Sequence[tuple[str, int]]) -> int:
    """Points that a row needs so that wrapped text isn't cut; a sheet's rows end at 409."""
    lines = (lines_needed(text, max(1, width - 1)) for text, width in cells)
    return min(409, 6 + 15 * max(lines))
