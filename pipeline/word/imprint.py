"""版记 on the bottom edge of the type area of the last page (7.4; letters 10.1)."""

from collections.abc import Sequence

from pipeline.word import house_style as house
from pipeline.word.borderless import frame, frame_cell, frame_row
from pipeline.word.ooxml import paragraph
from pipeline.word.text_box import Box, text_box

BOX_NAME = "版记"
BOX_HEIGHT = 205  # mm; a box too short would cut its last row, one too tall harms nothing
_TYPE_BOTTOM = 262.0 + 0.52  # mm from the sheet's top; the rule lies on the edge, half of it below
_DEFAULT_ROOM = 2300  # twips, until imprint_pass knows how many lines there are


def _row(content: str, top: int, bottom: int) -> str:
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="000000"/>'
        for side, size in (("top", top), ("bottom", bottom))
        if size
    )
    borders = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
    return frame_row(frame_cell(house.TYPE_WIDTH, content, borders))


def _condition(tag: str, row: str) -> str:
    if not tag:
        return row
    start, end = (
        f"<w:tr>{frame_cell(house.TYPE_WIDTH, paragraph(house.IMPRINT_LINE, '{%tr ' + text + ' %}'))}</w:tr>"
        for text in (f"if {tag}", "endif")
    )
    return start + row + end


def imprint(copied: Sequence[tuple[str, str, str]], left: str = "", right: str = "", *, ruled: bool = True) -> str:
    """版记 in a box that stands on the type area's bottom edge.

    ``copied`` holds label, text and the condition (or ``""``) of each line; ``left`` and ``right`` stand on
    the last line. ``ruled=False`` is a letter's: neither rules nor 印发 line. The box hangs on a line as tall as
    itself, so that it moves to a new page rather than cover text; ``imprint_pass`` gives it its even page.
    """
    thin, thick = (house.RULE_THIN, house.RULE_THICK) if ruled else (0, 0)
    rows = [
        _condition(condition, _row(paragraph(house.IMPRINT, f"{label}：{text}"), thin if index else thick, 0))
        for index, (label, text, condition) in enumerate(copied)
    ]
    if ruled:
        tab = f'<w:tabs><w:tab w:val="right" w:pos="{house.TYPE_WIDTH - 280}"/></w:tabs>'
        rows.append(_row(paragraph(house.IMPRINT_LINE, f"{left}\t{right}", properties=tab), thin, thick))
    content = frame((house.TYPE_WIDTH,), *rows) + paragraph(house.PLACEHOLDER)
    box = text_box(Box(80, BOX_NAME, 0, _TYPE_BOTTOM - BOX_HEIGHT, 156, BOX_HEIGHT, "margin", at_bottom=True), content)
    room = f'<w:spacing w:line="{_DEFAULT_ROOM}" w:lineRule="exact"/>'
    return paragraph(house.PLACEHOLDER, box, properties=room)
