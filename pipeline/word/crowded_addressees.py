"""主送机关 so many that page one would show no text: they move into the imprint, over 抄送 (7.3.2, 7.4.2)."""

from collections.abc import Mapping
from copy import deepcopy
from math import ceil

from lxml import etree

from pipeline.word import house_style as house
from pipeline.word.cells import cells
from pipeline.word.house_style import Style
from pipeline.word.namespaces import W
from pipeline.word.page_estimate import is_imprint, leading_height

_W = f"{{{W}}}"
_CELLS_A_LINE = 26.0  # of 4号, beside the label


def move_crowded_addressees(root: etree._Element, styles: Mapping[str, Style], room: float) -> bool:
    """Move them where the estimate leaves no line of text on page one; says whether it did.

    Nothing moves without an imprint to move to, nor where they would need more than ``room`` (twips) in it.
    """
    body = root.find(f"{_W}body")
    blocks = list(body) if body is not None else []
    holder = next((block for block in blocks if block.tag == f"{_W}p" and is_imprint(block)), None)
    place = next(
        (number for number, block in enumerate(blocks) if _style(block, styles) == house.ADDRESSEE.identifier),
        None,
    )
    if holder is None or place is None or body is None:
        return False
    through = leading_height(blocks[: place + 1], styles)
    pitch = styles.get(house.BODY.identifier, house.BODY).line
    if through + pitch <= 22 * pitch:
        return False
    names = "".join(text.text or "" for text in blocks[place].iter(f"{_W}t")).rstrip("：:")
    rows = [next(box.iter(f"{_W}tr"), None) for box in holder.iter(f"{_W}txbxContent")]
    lines = ceil(cells(f"主送：{names}。") / _CELLS_A_LINE)
    if not names or None in rows or lines * house.IMPRINT.line > room:
        return False
    body.remove(blocks[place])
    for row in rows:
        if row is not None:
            _put_over(row, f"主送：{names}。")
    return True


def _style(block: etree._Element, styles: Mapping[str, Style]) -> str:
    named = block.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(named.get(f"{_W}val", "")) if named is not None else None
    return style.identifier if style else ""


def _put_over(row: etree._Element, text: str) -> None:
    """A row like the first one over it, with no rule between the two."""
    over = deepcopy(row)
    for number, element in enumerate(list(over.iter(f"{_W}t"))):
        element.text = "" if number else text
    row.addprevious(over)
    for edges in list(row.iter(f"{_W}tcBorders")):
        for top in edges.findall(f"{_W}top"):
            edges.remove(top)
