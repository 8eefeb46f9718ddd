"""The imprint: who gets copies, who printed and when, its three rules and its place (7.4)."""

import re
from collections.abc import Iterator

from pipeline.lint.docx_model import Box, Docx, Form, Paragraph, Table
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, having, lenient, leniently, millimetres, of_form
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import ISSUED, squeezed
from pipeline.word import house_style as house

_TYPE_BOTTOM = 262.0  # mm from the sheet's top
_STRICT_BOTTOM = 264.42
_TOLERANCE = 1.0
_ISSUE_DATE = re.compile(r"(\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日)印发$")


def _present(document: Docx) -> Iterator[Remark]:
    lines = document.of(Role.IMPRINT_LINE)
    if not lines:
        yield Remark("文末", "没有印发机关和印发日期", "末面应有版记", lenient(document, Severity.WARNING))
        return
    for item in lines:
        text = squeezed(item.text)
        if ISSUED.search(text) and not _ISSUE_DATE.search(text):
            yield Remark(item.place, f"印发日期写作“{text[-14:]}”", "应如“2027年1月15日印发”，月日不编虚位")
        elif not ISSUED.search(text):
            yield Remark(item.place, "印发日期后没有“印发”二字", "应在日期后加“印发”")
        elif _ISSUE_DATE.sub("", text) == "":
            yield Remark(item.place, "没有印发机关", "应写明印发机关")


def _copied(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.IMPRINT):
        text = squeezed(item.text)
        if text.startswith("抄送") and not text.startswith("抄送："):
            yield Remark(item.place, f"写作“{text[:4]}”", "“抄送”后标全角冒号")
        if not text.endswith("。"):
            yield Remark(item.place, f"抄送机关末尾是“{text[-1:]}”", "最后一个机关名称后标句号")


def _letter(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.IMPRINT_LINE):
        yield Remark(item.place, "信函的版记有印发机关和印发日期", "信函的版记不加印发机关、印发日期和分隔线")
    for table in _tables(document):
        if any(edge.is_drawn for row in table.rows for cell in row.cells for edge in cell.borders.values()):
            yield Remark(table.place, "信函的版记有分隔线", "信函的版记不加分隔线")


def _lines(document: Docx) -> tuple[Paragraph, ...]:
    return document.of(Role.IMPRINT, Role.IMPRINT_LINE)


def _tables(document: Docx) -> list[Table]:
    found = {item.table for item in _lines(document) if item.table is not None and item.part == "正文"}
    return [document.tables[index] for index in sorted(index for index in found if index is not None)]


def _width(document: Docx) -> Iterator[Remark]:
    for table in _tables(document):
        wide = sum(table.columns)
        if table.columns and abs(wide - house.TYPE_WIDTH) > 57:
            yield Remark(table.place, f"版记分隔线长{millimetres(wide)}")


def _weights(document: Docx) -> Iterator[Remark]:
    """First and last rule thick, those between thin."""
    for table in _tables(document):
        drawn = _drawn(table)
        if len(drawn) < 2:
            continue
        outer = (drawn[0], drawn[-1])
        if min(outer) < house.RULE_THICK:
            found = f"版记首末条分隔线为{min(outer) / 8:g}磅"
            yield Remark(table.place, found, "首条和末条用粗线（约0.35毫米，1磅）")
        if len(drawn) > 2 and max(drawn[1:-1]) >= min(outer):
            yield Remark(table.place, "版记中间的分隔线不比首末条细", "中间用细线（约0.25毫米）")


def _drawn(table: Table) -> list[int]:
    """The sizes of its horizontal rules from the top; where an outer cell states none, the table's own counts."""
    cells = [row.cells[0].borders for row in table.rows if row.cells]
    edges = [cell.get(side) for cell in cells for side in ("top", "bottom")]
    if cells:
        edges[0] = edges[0] or table.borders.get("top")
        edges[-1] = edges[-1] or table.borders.get("bottom")
    return [edge.size for edge in edges if edge is not None and edge.is_drawn]


def _ruled(document: Docx) -> Iterator[Remark]:
    tables = [table for table in _tables(document) if table.box is not None or document.ours]
    for table in tables:
        if len(_drawn(table)) < 2:
            yield Remark(table.place, "版记首末没有分隔线")


def _box(document: Docx) -> Box | None:
    lines = [item for item in _lines(document) if item.box is not None and item.part == "正文"]
    return document.boxes[lines[0].box] if lines and lines[0].box is not None else None


def _at_foot(document: Docx) -> Iterator[Remark]:
    box = _box(document)
    if box is None or box.bottom is None:
        return
    if box.vertical != "page":
        yield Remark("版记文本框", "竖直位置不是相对于页面", "应相对于页面定位，使末条分隔线与版心下边缘重合")
    elif min(abs(box.bottom - 0.5 - edge) for edge in (_TYPE_BOTTOM, _STRICT_BOTTOM)) > _TOLERANCE:
        found = f"版记文本框下边缘距页上边{box.bottom:.1f}毫米"
        yield Remark("版记文本框", found, "末条分隔线应与版心下边缘重合（262毫米）")
    elif box.anchor != "b":
        yield Remark("版记文本框", "内容没有靠下", "应底端对齐，使末条分隔线与版心下边缘重合")


def _in_box(document: Docx) -> str:
    box = _box(document)
    if box is None or (box.vertical != "page" and not document.ours):
        return "版记不是用按页定位的文本框，位置要看成页"
    return ""


def _indented(document: Docx) -> Iterator[Remark]:
    for item in _lines(document):
        first = item.format.left + item.format.first_line
        if item.table is None and item.box is None:
            continue
        if abs(first - 280) > 40 and not item.text.startswith((" ", "　")):
            found = f"版记文字左空{first / 280:.1f}字"
            yield Remark(item.place, found)


def _last(document: Docx) -> Iterator[Remark]:
    """The imprint is the document's last part."""
    end = max(item.index for item in _lines(document))
    after = [item for item in document.flow if item.index > end and item.plain]
    label = next((item for item in after if item.role is Role.ANNEX_LABEL), None)
    if label is not None:
        yield Remark(label.place, "附件排在版记之后")


_PAPERS = of_form(Form.DOWNWARD, Form.UPWARD)
_WITH = having(Role.IMPRINT, Role.IMPRINT_LINE)

RULES = (
    rule("IMPR-01a", "7.4.3", Severity.ERROR, "印发机关和印发日期", _present, both(filled, _PAPERS)),
    rule("IMPR-01b", "7.4.2", Severity.ERROR, "抄送机关", _copied, both(filled, having(Role.IMPRINT))),
    rule("IMPR-01c", "10.1", Severity.ERROR, "信函的版记", _letter, both(of_form(Form.LETTER), _WITH)),
    rule("IMPR-01d", "7.3.7", Severity.ERROR, "版记在附件之后", _last, both(filled, _WITH), asked="附件应在版记之前，与正文一起装订"),
    rule("IMPR-01e", "7.4.2–7.4.3", Severity.WARNING, "版记左右空一字", leniently(_indented, Severity.NOTE), _WITH, asked="应左右各空一字（4号）"),
    rule("IMPR-02a", "7.4.1", Severity.WARNING, "版记分隔线的长度", _width, _WITH, asked="应与版心等宽（156毫米）"),
    rule("IMPR-02b", "7.4.1", Severity.WARNING, "版记分隔线的粗细", leniently(_weights, Severity.NOTE), both(of_form(Form.DOWNWARD, Form.UPWARD, Form.BRIEFING), _WITH)),
    rule("IMPR-02c", "7.4.1", Severity.WARNING, "版记有分隔线", _ruled, both(of_form(Form.DOWNWARD, Form.UPWARD, Form.BRIEFING), _WITH), asked="应以与版心等宽的分隔线隔开"),
    rule("IMPR-03", "7.4.1", Severity.ERROR, "版记在版心下边缘", _at_foot, both(_WITH, _in_box)),
)  # fmt: skip
