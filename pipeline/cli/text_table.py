"""Tables and lists for a terminal, where a Han character is two columns wide."""

from collections.abc import Sequence

from pipeline.records.text_width import shown_width


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Left-aligned columns under a ruled head."""
    widths = [max(shown_width(row[column]) for row in (head, *rows)) for column in range(len(head))]

    def line(cells: Sequence[str]) -> str:
        padded = (cell + " " * (width - shown_width(cell)) for cell, width in zip(cells, widths, strict=True))
        return "  ".join(padded).rstrip()

    rule = "  ".join("-" * width for width in widths)
    return "\n".join([line(head), rule, *(line(row) for row in rows)])


def text_list(head: str, lines: Sequence[str]) -> list[str]:
    """A part of a report: the lines under their head; nothing where there are none."""
    return ["\n".join([f"{head}：", *(f"  {line}" for line in lines)])] if lines else []
