"""The working copy of a received file: put in place whole, and no earlier copy lost."""

import os
from collections.abc import Sequence
from pathlib import Path

from pipeline.files.bounded_bytes import sha256_of
from pipeline.outputs.whole_file import PREFIX, SUFFIX, write_whole
from pipeline.registers.received_archive import Archived, is_archived, set_aside


def put_in_place(root: Path, archived: Archived, place: str, retired: Sequence[str], year: int) -> tuple[str, ...]:
    """Write the working copy and take the retired ones out of the reading; sentences on what a person must know.

    A retired copy that stands untouched in the archive is dropped. One that a person has edited or put there is
    first set aside in the archive: the corrected report counts, and nothing that a person wrote is lost.
    Raises OSError or ``OutputError`` where a file is open elsewhere or can't be written; then the earlier copy still stands.
    """
    remarks = []
    for old in retired:
        path = root / old
        if not path.is_file():
            continue
        if not is_archived(root, sha256_of(path)):
            aside = set_aside(root, path, year)
            remarks.append(
                f"原来的{old}被人改过或不是经收件放入的，没有覆盖，已原样移到{aside.relative}；"
                "其中的修改如仍需要，请在新的工作副本中重做"
            )
        elif old != place:
            remarks.append(f"原来的{old}已存档，由新的工作副本代替")
    for left_over in (root / place).parent.glob(f"{PREFIX}*{SUFFIX}"):
        left_over.unlink()  # of a receipt that was killed: only one writes here at a time
    write_whole(root / place, archived.path.read_bytes())
    os.chmod(root / place, 0o644)  # colleagues work with it
    for old in retired:
        if old != place and (root / old).is_file():
            os.unlink(root / old)
    return tuple(remarks)
