"""Documents that no run asks for any more: moved into outputs/归档, never deleted, never over another file."""

from collections.abc import Iterator
from pathlib import Path

from pipeline.outputs.pdf_beside import document_of
from pipeline.outputs.standing import is_open
from pipeline.outputs.store import Store

ARCHIVE = "归档"


def left_overs(store: Store) -> list[str]:
    """What the last whole run marked as no longer asked for, below the outputs folder."""
    return [
        key
        for key, entry in sorted(store.manifest.entries.items())
        if entry.left_over and (store.root / key).is_file()
    ]


def planned(store: Store) -> tuple[dict[str, str], list[str]]:
    """Where each left-over document and its PDFs go, by where they stand; and those that somebody has open."""
    moves: dict[str, str] = {}
    opened: list[str] = []
    for key in left_overs(store):
        path = store.root / key
        if is_open(path):
            opened.append(key)
            continue
        for each in (path, *_pdfs(path)):
            old = each.relative_to(store.root).as_posix()
            moves[old] = next(place for place in _places(old) if _free(store, place, moves))
    return moves, opened


def archive(store: Store) -> tuple[dict[str, str], list[str]]:
    """Do what ``planned`` says. Raises ``OutputError``; what was moved by then is recorded."""
    moves, opened = planned(store)
    store.move(moves)
    return moves, opened


def _pdfs(document: Path) -> list[Path]:
    if document.suffix != ".docx":
        return []
    return [path for path in sorted(document.parent.glob("*.pdf")) if document_of(path) == document]


def _places(key: str) -> Iterator[str]:
    """``归档/2027/推进方案/甲.docx``, else ``甲（2）.docx`` and so on."""
    path = Path(ARCHIVE, key)
    yield path.as_posix()
    for number in range(2, 1_000_000):
        yield path.with_name(f"{path.stem}（{number}）{path.suffix}").as_posix()


def _free(store: Store, place: str, moves: dict[str, str]) -> bool:
    return place not in moves.values() and not (store.root / place).exists()
