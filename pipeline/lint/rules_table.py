"""Tables: turned sheets, repeated heads, whole rows, nothing clipped (8)."""

from collections.abc import Iterator
from math import ceil

from pipeline.lint.docx_model import Docx, Paragraph, Section, Table
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.profile import profile_of
from pipeline.lint.remarks import gathered, leniently, millimetres, official
from pipeline.records.grouping import grouped

_LONG = 6  # rows; a shorter table seldom crosses a page
_SLACK = 60  # twips that a line needs beyond its glyphs, or LibreOffice wraps it


def _landscape(document: Docx) -> list[Section]:
    return [section for section in document.sections if section.width > section.height]


def _turned_margins(document: Docx) -> Iterator[Remark]:
    for section in _landscape(document):
        if profile_of(section).is_unturned(section):
            yield Remark(section.place, "横排页的边距没有随纸张转动")


def _turned_number(document: Docx) -> Iterator[Remark]:
    for section in _landscape(document):
        for kind in ("default", "even"):
            story = document.stories.get(section.footers.get(kind, ""))
            if story is None or not any("PAGE" in field for item in story.paragraphs for field in item.fields):
                continue
            boxes = [box for box in story.boxes if box.turned]
            if not boxes:
                where = f"{section.place}{'偶数页' if kind == 'even' else ''}页脚"
                yield Remark(where, "横排页的页码排在纸的长边")


def _data_tables(document: Docx) -> Iterator[Table]:
    return (
        table
        for table in document.tables
        if table.is_ruled and not table.nested and table.box is None and table.part == "正文"
    )


def _heads(document: Docx) -> Iterator[Remark]:
    for table in _data_tables(document):
        if len(table.rows) > _LONG and not (table.rows and table.rows[0].is_head) and _uniform(table):
            yield Remark(table.place, f"表格有{len(table.rows)}行，没有设表头重复")


def _uniform(table: Table) -> bool:
    """A list of like rows; a form with labels at the side has no head to repeat."""
    columns = len(table.columns)
    like = sum(1 for row in table.rows if len(row.cells) == columns)
    return columns > 2 and like * 3 >= len(table.rows) * 2


def _whole_rows(document: Docx) -> Iterator[Remark]:
    for table in _data_tables(document):
        loose = sum(1 for row in table.rows if not row.cannot_split)
        if loose and len(table.rows) > (1 if document.ours else _LONG):
            yield Remark(table.place, f"有{loose}行允许跨页断行")


def _inside(document: Docx) -> Iterator[Remark]:
    for table in document.tables:
        section = document.section_of(table)
        if table.nested or table.part != "正文" or section is None:
            continue
        room = section.type_width
        wide = sum(table.columns)
        # A centred or edge-aligned table may stand out by its cell margins, as Word draws it.
        allowed = max(table.margins) * 2 + 30
        if wide > room + allowed:
            yield Remark(table.place, f"表格宽{millimetres(wide)}，版心宽{millimetres(room)}")
        elif table.align == "left" and table.indent < -max(table.margins[0], 108) - 30:
            yield Remark(table.place, f"表格向左伸出版心{millimetres(-table.indent)}")


def _width(text: str, size: float, spacing: int) -> float:
    return sum((0.5 if mark.isascii() else 1.0) * size * 10 + spacing for mark in text)


def _clipped(document: Docx) -> Iterator[Remark]:
    seen = []
    cells = grouped(document.paragraphs, lambda each: (each.table, each.row, each.column))
    for (number, row, column), items in cells.items():
        if number is None:
            continue
        table = document.tables[number]
        if table.rows[row].height_rule != "exact" or column >= len(table.rows[row].cells):
            continue
        cell = table.rows[row].cells[column]
        room = max(cell.width - sum(table.margins), 1)
        height = sum(_height(item, room) for item in items if item.plain)
        if height > table.rows[row].height + 10:
            seen.append((items[0].place, "固定行高容不下文字，打印时会被截掉"))
    yield from gathered(seen)


def _height(item: Paragraph, room: int) -> float:
    spacing = item.runs[0].format.spacing if item.runs else 0
    size = item.size * (item.runs[0].format.scale / 100 if item.runs else 1)
    lines = 0
    for line in item.text.split("\n"):
        wide = _width(line.strip(), size, spacing) + item.format.left + item.format.right
        lines += max(1, ceil(wide / room))
    line_height = (
        item.format.line if item.format.line_rule == "exact" else item.size * 10 * 1.3 * item.format.line / 240
    )
    return lines * line_height


def _grid(document: Docx) -> Iterator[Remark]:
    for table in document.tables:
        if not table.columns:
            yield Remark(table.place, "表格没有写明列宽（tblGrid）", "应写明各列宽度，否则各种软件排出的宽度不同")
            continue
        columns = len(table.columns)
        for number, row in enumerate(table.rows):
            spans = sum(cell.span for cell in row.cells)
            if spans > columns and document.ours:
                yield Remark(
                    table.place,
                    f"第{number + 1}行有{spans}列，列宽只写了{columns}列",
                    "各行的列数应与列宽一致",
                )
                break


def _tabled(document: Docx) -> str:
    return "" if document.tables else "本件没有表格"


def _sideways(document: Docx) -> str:
    return official(document) or ("" if _landscape(document) else "本件没有横排页")


RULES = (
    rule("TABL-01a", "8", Severity.WARNING, "横排页的边距", _turned_margins, _sideways, asked="纸张顺转后订口在上：上28、右37、下26、左35毫米"),
    rule("TABL-01b", "8", Severity.WARNING, "横排页的页码", leniently(_turned_number, Severity.NOTE), _sideways, asked="横排表格的页码应与竖排页在同一位置（纸的短边、字头朝外）"),
    rule("TABL-02a", "8", Severity.ERROR, "表头跨页重复", leniently(_heads, Severity.WARNING), _tabled, asked="跨页表格应在各页重复标题行"),
    rule("TABL-02b", "8", Severity.WARNING, "行不跨页断开", leniently(_whole_rows, Severity.NOTE), _tabled, asked="应取消“允许跨页断行”，一行不分在两面"),
    rule("TABL-02c", "5.2.1", Severity.ERROR, "表格在版心内", _inside, _tabled, asked="表格应在版心之内"),
    rule("TABL-03a", "8", Severity.ERROR, "固定行高不截字", _clipped, _tabled, asked="应改为最小行高，或加大行高"),
    rule("TABL-03b", "8", Severity.ERROR, "写明列宽", leniently(_grid, Severity.WARNING), _tabled),
)  # fmt: skip
