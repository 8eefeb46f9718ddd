"""署名 and 成文日期, with and without seals, of one organ and of several (7.3.5).

Where a line begins depends on the length of both, so it is computed when they are filled in (``fitting``);
the styles alone hold the places that need no computing.
"""

from collections.abc import Sequence

from pipeline.word import house_style as house
from pipeline.word.borderless import frame, frame_cell, frame_row
from pipeline.word.ooxml import paragraph

SEALS_IN_A_ROW = 3  # of 42 mm in the 156 mm of a line


def _blank(lines: int) -> str:
    """Lines that stay with what follows, so that no signature stands alone on a page."""
    return paragraph(house.NORMAL, properties="<w:keepNext/>") * lines


def signature(name: str, day: str, *, sealed: bool = True) -> str:
    """One name and its date. Sealed: two lines for the seal, the date four cells in from the right, the name
    centred over it. Unsealed: one line, the name two cells in, the date two cells right of the name's beginning.
    """
    if not sealed:
        return joint_signature((name,), day, sealed=False)
    return _blank(2) + paragraph(house.SEALED_NAME, name) + paragraph(house.SEALED_DATE, day)


def joint_signature(names: Sequence[str], day: str, *, sealed: bool = True) -> str:
    """Several names, the host first. Sealed: side by side, a seal to each, the date under the last.
    Unsealed: one under the other, then the date.
    """
    if not sealed:
        lines = [paragraph(house.UNSEALED_NAME, name) for name in names]
        return _blank(1) + "".join(lines) + paragraph(house.UNSEALED_DATE, day)
    columns = min(SEALS_IN_A_ROW, len(names))
    width = house.TYPE_WIDTH // columns
    rows = []
    for start in range(0, len(names), columns):
        row = list(names[start : start + columns])
        if start:
            rows += [_row([""] * columns, width)] * 3  # the seals of two rows must not touch
        rows.append(_row(row + [""] * (columns - len(row)), width))
    last = (len(names) - 1) % columns
    rows.append(_row([day if column == last else "" for column in range(columns)], width, '<w:keepNext w:val="0"/>'))
    return _blank(2) + frame([width] * columns, *rows)


def _row(texts: Sequence[str], width: int, properties: str = "") -> str:
    cells = (frame_cell(width, paragraph(house.SIGNATURE, text, properties=properties)) for text in texts)
    return frame_row(*cells)


def remark(text: str) -> str:
    """附注 in brackets under the date (7.3.6)."""
    return paragraph(house.REMARK, f"（{text}）")
