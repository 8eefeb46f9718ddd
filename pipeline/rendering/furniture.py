"""The parts of an official paper that are placed, not written: red head, number, rule, signature, imprint."""

from collections.abc import Sequence

from pipeline.rendering import house_style as house
from pipeline.rendering.ooxml import paragraph
from pipeline.rendering.text_box import Box, text_box

_BORDERLESS = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar>"
)
_IMPRINT_HEIGHT = 80  # mm; a box too short would cut its last row
_TYPE_BOTTOM = 262.52  # mm from the sheet's top; half a rule below the type area
IMPRINT_ROOM = 2300  # twips kept free on the last page for the imprint


def _plain_table(widths: Sequence[int], rows: str) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_BORDERLESS}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _plain_cell(width: int, content: str, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}</w:tcPr>{content}</w:tc>'


def joint_head(first: str, second: str) -> str:
    """The red mark of two authorities: names stacked and equally wide, 文件 to their right (7.2.4)."""
    names, suffix = 6560, 1720
    sides = (house.TYPE_WIDTH - names - suffix) // 2
    widths = (sides, names, suffix, sides)
    empty = paragraph(house.PLACEHOLDER)
    room = (
        f'<w:tr><w:trPr><w:trHeight w:val="{house.MARK_ROOM}" w:hRule="exact"/></w:trPr>'
        + "".join(_plain_cell(width, empty) for width in widths)
        + "</w:tr>"
    )
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _plain_cell(sides, empty)
        + _plain_cell(names, paragraph(house.MARK, name))
        + _plain_cell(suffix, paragraph(house.MARK, word, properties='<w:jc w:val="right"/>'), merge)
        + _plain_cell(sides, empty)
        + "</w:tr>"
        for name, word, merge in (
            (first, "文件", '<w:vMerge w:val="restart"/><w:vAlign w:val="center"/>'),
            (second, "", "<w:vMerge/>"),
        )
    )
    return _plain_table(widths, room + rows)


def document_number(text: str) -> str:
    """发文字号, two blank lines under the mark, and the red rule as wide as the type area (7.2.5, 7.2.7)."""
    blank = paragraph(house.NORMAL)
    return blank * 2 + paragraph(house.NUMBER, text) + red_rule()


def red_rule() -> str:
    border = f'<w:pBdr><w:bottom w:val="single" w:sz="{house.RED_RULE}" w:space="0" w:color="{house.RED}"/></w:pBdr>'
    return paragraph(house.RED_LINE, properties=border)


def title(*lines: str) -> str:
    """The title, broken by sense; two blank lines above it, one below (7.3.1, 7.3.2)."""
    blank = paragraph(house.NORMAL)
    return blank * 2 + "".join(paragraph(house.TITLE, line) for line in lines) + blank


def briefing_head(name: str, issue: str, office: str, day: str) -> str:
    """Name in red, issue, editor and date on one line, red rule; the upper third of page one."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{house.TYPE_WIDTH - house.CELL}"/></w:tabs>'
    return (
        paragraph(house.BRIEF_NAME, name)
        + paragraph(house.BRIEF_ISSUE, issue)
        + paragraph(house.BRIEF_LINE, f"{office}\t{day}", properties=tab)
        + red_rule()
    )


def joint_signature(first: str, second: str, day: str) -> str:
    """Two names side by side for their seals, the date under the last one (7.3.5.1)."""
    half = house.TYPE_WIDTH // 2
    blank = paragraph(house.NORMAL, properties="<w:keepNext/>")
    rows = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + _plain_cell(half, paragraph(house.SIGNATURE, left))
        + _plain_cell(half, paragraph(house.SIGNATURE, right))
        + "</w:tr>"
        for left, right in ((first, second), ("", day))
    )
    return blank * 2 + _plain_table((half, half), rows)


def signature(name: str, day: str) -> str:
    """One name over its date, right."""
    blank = paragraph(house.NORMAL, properties="<w:keepNext/>")
    return blank + paragraph(house.SIGNATURE_RIGHT, name) + paragraph(house.SIGNATURE_RIGHT, day)


def annex_notes(names: Sequence[str]) -> str:
    """附件说明, one blank line under the text, no marks after the names (7.3.4)."""
    keep = '<w:keepNext/><w:tabs><w:tab w:val="left" w:pos="1896"/></w:tabs>'
    if len(names) == 1:
        single = paragraph(house.ANNEX_NOTE_SINGLE, f"附件：{names[0]}", properties="<w:keepNext/>")
        return paragraph(house.NORMAL, properties="<w:keepNext/>") + single
    items = [
        paragraph(house.ANNEX_NOTE if number == 1 else house.ANNEX_NOTE_NEXT,
                  ("附件：" if number == 1 else "") + f"{number}. {name}", properties=keep)
        for number, name in enumerate(names, 1)
    ]  # fmt: skip
    return paragraph(house.NORMAL, properties="<w:keepNext/>") + "".join(items)


def annex_head(label: str, *lines: str, unit: str = "") -> str:
    """附件n flush in row one, its title in row three (7.3.7), and the table's unit line."""
    return (
        paragraph(house.ANNEX_LABEL, label)
        + paragraph(house.PLACEHOLDER, properties="<w:keepNext/>")
        + "".join(paragraph(house.TABLE_TITLE, line) for line in lines)
        + (paragraph(house.TABLE_UNIT, unit) if unit else "")
    )


def _imprint_row(content: str, top: int, bottom: int) -> str:
    edges = f'<w:tcBorders><w:top w:val="single" w:sz="{top}" w:space="0" w:color="000000"/>' + (
        f'<w:bottom w:val="single" w:sz="{bottom}" w:space="0" w:color="000000"/></w:tcBorders>'
        if bottom
        else "</w:tcBorders>"
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{_plain_cell(house.TYPE_WIDTH, content, edges)}</w:tr>"


def _condition(tag: str, row: str) -> str:
    if not tag:
        return row
    control = "<w:tr>{}</w:tr>"
    start, end = (
        control.format(_plain_cell(house.TYPE_WIDTH, paragraph(house.IMPRINT_LINE, "{%tr " + text + " %}")))
        for text in (f"if {tag}", "endif")
    )
    return start + row + end


def imprint(copied: Sequence[tuple[str, str, str]], left: str, right: str) -> str:
    """版记 on the type area's bottom edge (7.4).

    ``copied`` holds label, text and the condition (or ``""``) of each line; ``left`` and ``right`` stand on
    the last line. The box hangs on a tall empty line, so that it moves to a new page rather than cover text.
    """
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{house.TYPE_WIDTH - 280}"/></w:tabs>'
    rows = "".join(
        _condition(
            condition,
            _imprint_row(
                paragraph(house.IMPRINT, f"{label}：{text}"),
                house.RULE_THIN if index else house.RULE_THICK,
                0,
            ),
        )
        for index, (label, text, condition) in enumerate(copied)
    )
    last = _imprint_row(
        paragraph(house.IMPRINT_LINE, f"{left}\t{right}", properties=tab), house.RULE_THIN, house.RULE_THICK
    )
    content = _plain_table((house.TYPE_WIDTH,), rows + last) + paragraph(house.PLACEHOLDER)
    box = text_box(
        Box(80, "版记", 0, _TYPE_BOTTOM - _IMPRINT_HEIGHT, 156, _IMPRINT_HEIGHT, "margin", at_bottom=True),
        content,
    )
    room = f'<w:spacing w:line="{IMPRINT_ROOM}" w:lineRule="exact"/>'
    return paragraph(house.PLACEHOLDER, box, properties=room)
