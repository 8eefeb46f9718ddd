"""A tbl as a Table."""

from collections.abc import Mapping, Sequence

from lxml import etree

from pipeline.lint.docx_model import Table, TableCell, TableRow
from pipeline.lint.formats import Border, border
from pipeline.lint.properties import attribute, child, children, integer, is_on, local, read


def _borders(element: etree._Element | None) -> dict[str, Border]:
    return {name: border(attributes) for name, attributes in read(element).items()}


def _cells(row: etree._Element, number: int, texts: Mapping[tuple[int, int], str]) -> tuple[TableCell, ...]:
    found: list[TableCell] = []
    for element in row:
        cell = child(element, "sdtContent/tc") if local(element) == "sdt" else element
        if cell is None or local(cell) != "tc":
            continue
        properties = read(child(cell, "tcPr"))
        merge = properties["vMerge"].get("val", "continue") if "vMerge" in properties else ""
        found.append(
            TableCell(
                max(1, integer(properties.get("gridSpan", {}).get("val"), 1)),
                integer(properties.get("tcW", {}).get("w")),
                merge,
                _borders(child(cell, "tcPr/tcBorders")),
                texts.get((number, len(found)), ""),
            )
        )
    return tuple(found)


def table_of(
    element: etree._Element,
    rows: Sequence[etree._Element],
    texts: Mapping[tuple[int, int], str],
    index: int,
    part: str,
    nested: bool,
    box: int | None,
    section: int,
) -> Table:
    """The table; ``texts`` holds the text of each cell by row and column."""
    properties = read(child(element, "tblPr"))
    margins = read(child(element, "tblPr/tblCellMar"))
    read_rows = []
    for number, row in enumerate(rows):
        traits = read(child(row, "trPr"))
        height = traits.get("trHeight", {})
        read_rows.append(
            TableRow(
                integer(height.get("val")),
                height.get("hRule", "auto"),
                is_on(traits, "tblHeader"),
                is_on(traits, "cantSplit"),
                _cells(row, number, texts),
            )
        )
    return Table(
        index,
        part,
        tuple(integer(attribute(item, "w")) for item in children(child(element, "tblGrid"), "gridCol")),
        integer(properties.get("tblInd", {}).get("w")),
        properties.get("jc", {}).get("val", "left"),
        properties.get("tblLayout", {}).get("type") == "fixed",
        tuple(read_rows),
        _borders(child(element, "tblPr/tblBorders")),
        nested,
        box,
        section,
        (
            integer(margins.get("left", {}).get("w"), 108),
            integer(margins.get("right", {}).get("w"), 108),
        ),
    )
