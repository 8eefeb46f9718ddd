"""The journal of a run that writes documents: what will stand where, said before anything is renamed."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.outputs.manifest import Entry, Manifest
from pipeline.outputs.standing import State, look

JOURNAL = ".gongwen-journal.json"


def finished(root: Path) -> Iterator[tuple[str, Entry, State]]:
    """The documents below ``root`` that the journal announces and that stand there: whole, but not recorded yet.

    Nothing where there is no journal. Raises OSError.
    """
    try:
        said = Manifest.parse((root / JOURNAL).read_text("utf-8"))
    except (FileNotFoundError, ValueError, AttributeError, TypeError, KeyError):
        return
    for relative, entry in said.entries.items():
        stands, found = look(root / relative)
        if found == entry.written:
            yield relative, entry, stands
