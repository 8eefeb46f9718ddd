"""Tables and lists for a terminal, where a Han character is two columns wide."""

from collections.abc import Sequence

from pipeline.cli.terminal import paragraph, screen_width, wrapped
from pipeline.records.text_width import shown_width

_GAP = 2
_INDENT = "    "
_NOTHING = ("", "—")  # a cell that needs no line of its own


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Left-aligned columns under a ruled head; what is too wide for the screen stands in lines below its row."""
    width = screen_width()
    widths = [max(shown_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    beside = _fitting(widths, width)
    below = [column for column in range(len(head)) if column not in beside]

    def line(cells: Sequence[str]) -> str:
        padded = (cells[column] + " " * (widths[column] - shown_width(cells[column])) for column in beside)
        return wrapped((" " * _GAP).join(padded).rstrip(), width, _INDENT)

    lines = [line(head), (" " * _GAP).join("-" * min(widths[column], width) for column in beside)]
    for row in rows:
        lines.append(line(row))
        lines += [
            wrapped(f"{_INDENT}{head[column]}：{row[column]}", width, _INDENT * 2)
            for column in below
            if row[column] not in _NOTHING
        ]
    return "\n".join(lines)


def _fitting(widths: Sequence[int], width: int) -> list[int]:
    """The columns that fit beside each other; the first always stays.

    The last one leaves that makes room enough; where none does, the widest leaves first.
    """
    kept = list(range(len(widths)))
    while len(kept) > 1 and (excess := sum(widths[each] + _GAP for each in kept) - _GAP - width) > 0:
        enough = [each for each in kept[1:] if widths[each] + _GAP >= excess]
        kept.remove(max(enough) if enough else max(kept[1:], key=lambda each: widths[each]))
    return kept


def text_list(head: str, lines: Sequence[str]) -> list[str]:
    """A part of a report: the lines under their head; nothing where there are none."""
    return ["\n".join([f"{head}：", *(paragraph(f"  {line}", _INDENT) for line in lines)])] if lines else []
