"""Documents that no run asks for any more: moved into outputs/归档, never deleted, never over another file.

All that will stand in 归档 is announced in the store's journal at once; then file after file is renamed. Where the
program dies between two, each file is at its old place or its new one: the next command reads from the journal which
have moved, and the next ``archive`` moves the others.
"""

import os
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.files.disk_trouble import reason
from pipeline.outputs.manifest import Entry
from pipeline.outputs.pdf_beside import document_of
from pipeline.outputs.standing import NOTHING, State, is_open, look, state_of
from pipeline.outputs.store import Store
from pipeline.outputs.whole_file import flush_folder

ARCHIVE = "归档"
# Old place to new, below the outputs, of what goes together: a document, and before it its PDFs.
Moves = Mapping[str, str]


def left_overs(store: Store, unsure: Container[str] = ()) -> list[str]:
    """What the last whole run marked as no longer asked for, below the outputs folder; nothing of ``unsure`` years."""
    return [
        key
        for key, entry in sorted(store.manifest.entries.items())
        if entry.left_over and key.partition("/")[0] not in unsure and (store.root / key).is_file()
    ]


def planned(store: Store, unsure: Container[str] = ()) -> tuple[list[Moves], list[str]]:
    """Where each left-over document goes with its PDFs; and those that somebody has open.

    Of ``unsure`` years, of which a folder of ledgers is lost, nothing goes. Raises ``OutputError``.
    """
    groups: list[Moves] = []
    opened: list[str] = []
    taken: set[str] = set()
    try:
        keys = left_overs(store, unsure)
        pdfs = _pdfs(store.root, keys)
        for key in keys:
            if is_open(store.root / key):
                opened.append(key)
                continue
            groups.append(_free_places(store.root, key, pdfs.get(key, ()), taken))
            taken.update(groups[-1].values())
    except OSError as problem:
        raise OutputError(f"无法读取{store.root}：{reason(problem)}") from None
    return groups, opened


def archive(store: Store, unsure: Container[str] = ()) -> tuple[list[Moves], list[str]]:
    """Move what ``planned`` says; returns what was moved, and what somebody has open or changed meanwhile.

    Raises ``OutputError``; what was moved by then is recorded.
    """
    groups, stay = planned(store, unsure)
    entries, path = store.manifest.entries, store.root
    stood: dict[str, State] = {}
    announced: dict[str, Entry] = {}
    moved: list[Moves] = []
    try:
        for old, new in _pairs(groups):
            path = store.root / old
            stood[old], found = look(path)
            if stood[old] != NOTHING:
                announced[new] = _moved(entries.get(old), stood[old], found)
        if announced:
            store.announce(announced)
        for moves in groups:
            if not all(_may_move(store.root, old, new, stood[old]) for old, new in moves.items()):
                stay.append(list(moves)[-1])
                continue
            for old, new in moves.items():
                path = store.root / old
                (store.root / new).parent.mkdir(parents=True, exist_ok=True)
                os.rename(path, store.root / new)
                entries[new] = announced[new]
                entries.pop(old, None)
            moved.append(moves)
        for path in _folders(store.root, moved):
            flush_folder(path)
    except OSError as problem:
        done = sum(new in entries for new in announced)
        so_far = f"；已移动{done}个文件，排除后再运行一次，接着移动其余的" if done else ""
        raise OutputError(f"无法移动{path}：{reason(problem)}{so_far}") from None
    return moved, stay


def _moved(known: Entry | None, stands: State, found: str) -> Entry:
    """The record of a file that moves: a person's handwork stays known for such."""
    if known is None or known.written != found:
        return Entry(found, "", *stands, known.origin if known else None)
    return Entry(found, known.composed, *stands, known.origin)


def _may_move(root: Path, old: str, new: str, stood: State) -> bool:
    """Whether no person has touched the file or taken its new place since it was planned."""
    return state_of(root / old) == stood != NOTHING and not is_open(root / old) and state_of(root / new) == NOTHING


def _pairs(groups: Iterable[Moves]) -> Iterator[tuple[str, str]]:
    for moves in groups:
        yield from moves.items()


def _folders(root: Path, groups: list[Moves]) -> list[Path]:
    """Those that files came into, new folders among them; then those that files went out of."""
    into = {folder for _, new in _pairs(groups) for folder in Path(new).parents}
    out_of = {Path(old).parent for old, _ in _pairs(groups)}
    return [root / each for each in (*sorted(into), *sorted(out_of))]


def _pdfs(root: Path, keys: Iterable[str]) -> dict[str, list[str]]:
    """The PDFs beside each document; a folder is read once."""
    found: dict[str, list[str]] = {}
    for folder in {(root / key).parent for key in keys}:
        for path in sorted(folder.iterdir()):
            if document := document_of(path):
                key = document.relative_to(root).as_posix()
                found.setdefault(key, []).append(path.relative_to(root).as_posix())
    return found


def _free_places(root: Path, key: str, pdfs: Iterable[str], taken: Container[str]) -> Moves:
    """``归档/2027/推进方案/甲.docx``, else ``甲（2）.docx`` and so on; its PDFs get the same number, for they stay its own."""
    stem = Path(key).stem
    for number in count(1):
        numbered = stem if number == 1 else f"{stem}（{number}）"
        # The document comes last: by it the next ``archive`` finds what this one did not get to.
        moves = {
            old: Path(ARCHIVE, old).with_name(numbered + Path(old).name[len(stem) :]).as_posix() for old in (*pdfs, key)
        }
        if all(new not in taken and state_of(root / new) == NOTHING for new in moves.values()):
            break
    return moves
