"""Tables and lists for a terminal, where a Han character is two columns wide."""

from collections.abc import Sequence
from itertools import accumulate

from pipeline.cli.terminal import paragraph, screen_width, wrapped
from pipeline.records.text_width import shown_width

_GAP = 2
_INDENT = "    "
_NOTHING = ("", "—")  # a cell that needs no line of its own


def text_table(head: Sequence[str], rows: Sequence[Sequence[str]], indent: str = "") -> str:
    """Left-aligned columns under a ruled head; the last ones, where the screen is too narrow, stand below each row."""
    width = screen_width() - len(indent)
    widths = [max(shown_width(row[column]) for row in (head, *rows)) for column in range(len(head))]
    fitting = _fitting(widths, width)
    beside, below = range(fitting), range(fitting, len(head))

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
    return "\n".join(indent + each for line in lines for each in line.split("\n"))


def _fitting(widths: Sequence[int], width: int) -> int:
    """How many columns fit beside each other, from the left; one at least."""
    ends = accumulate(each + _GAP for each in widths)
    return max(1, sum(1 for end in ends if end - _GAP <= width))


def text_list(head: str, lines: Sequence[str]) -> list[str]:
    """A part of a report: the lines under their head; nothing where there are none."""
    return ["\n".join([f"{head}：", *(paragraph(f"  {line}") for line in lines)])] if lines else []
