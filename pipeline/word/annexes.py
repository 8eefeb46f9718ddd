"""附件说明 under the text, and the head of each annex (7.3.4, 7.3.7)."""

from collections.abc import Sequence

from pipeline.word import house_style as house
from pipeline.word.ooxml import paragraph

_KEEP = "<w:keepNext/>"


def annex_notes(names: Sequence[str]) -> str:
    """附件说明, one blank line under the text, no marks after the names; a wrapped name aligns with itself."""
    blank = paragraph(house.NORMAL, properties=_KEEP)
    if len(names) == 1:
        return blank + paragraph(house.ANNEX_NOTE_SINGLE, f"附件：{names[0]}", properties=_KEEP)
    # one figure or two before the stop, then a quarter of a cell: the names begin below one another
    place = 5 * house.CELL + (house.CELL * 5 // 4 if len(names) < 10 else house.CELL * 7 // 4)
    tab = f'<w:tabs><w:tab w:val="left" w:pos="{place}"/></w:tabs>'
    items = []
    for number, name in enumerate(names, 1):
        start = 2 * house.CELL if number == 1 else 5 * house.CELL
        # a short list stays whole; of a long one enough to keep the signature company
        keep = _KEEP if number >= len(names) - 1 or len(names) <= 4 else ""
        items.append(
            paragraph(
                house.ANNEX_NOTE if number == 1 else house.ANNEX_NOTE_NEXT,
                f"{'附件：' if number == 1 else ''}{number}.\t{name}",
                properties=f'{keep}{tab}<w:ind w:left="{place}" w:hanging="{place - start}"/>',
            )
        )
    return blank + "".join(items)


def annex_head(label: str, *lines: str, unit: str = "") -> str:
    """附件n flush in row one, its title in row three, and the table's unit line."""
    return (
        paragraph(house.ANNEX_LABEL, label)
        + paragraph(house.NORMAL, properties=_KEEP)
        + "".join(paragraph(house.TABLE_TITLE, line) for line in lines)
        + (paragraph(house.TABLE_UNIT, unit) if unit else "")
    )
