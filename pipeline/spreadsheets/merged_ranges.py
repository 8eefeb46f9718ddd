"""Merged ranges as far as they touch what stands in a sheet."""

from collections.abc import Iterable

from pipeline.spreadsheets.grid import Merge
from pipeline.spreadsheets.refusals import UnreadableFile


def merges_within(merges: Iterable[Merge], sheet: str, height: int, width: int) -> tuple[Merge, ...]:
    """Those that touch the content. Raises ``UnreadableFile`` where they must overlap."""
    inside = tuple(merge for merge in merges if merge.top < height and merge.left < width)
    area = sum(
        (min(merge.bottom, height - 1) - merge.top + 1) * (min(merge.right, width - 1) - merge.left + 1)
        for merge in inside
    )
    if area > height * width:
        raise UnreadableFile("merge-area", sheet=sheet)
    return inside
