"""A table without rules: the frame on which the parts of a head, of a signature and of the imprint stand."""

from collections.abc import Sequence

_LAYOUT = (
    '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    "</w:tblCellMar>"
)


def frame(widths: Sequence[int], *rows: str) -> str:
    """Rows over columns of these widths (twips)."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>{_LAYOUT}</w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def frame_row(*frame_cells: str, height: int = 0) -> str:
    """A row that stays whole; ``height`` (twips) makes it exactly so high, whatever stands in it."""
    exact = f'<w:trHeight w:val="{height}" w:hRule="exact"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{exact}</w:trPr>{''.join(frame_cells)}</w:tr>"


def frame_cell(width: int, content: str, properties: str = "", span: int = 1) -> str:
    """A cell; ``properties`` is inner tcPr after the width."""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spanned}{properties}</w:tcPr>{content}</w:tc>'
