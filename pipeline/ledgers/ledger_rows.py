"""The rows below a recognised ledger's head, told apart as reading tells them."""

from collections.abc import Sequence

from pipeline.ledgers.grid import Cell
from pipeline.ledgers.head import Head
from pipeline.ledgers.headings import fold
from pipeline.ledgers.table import _is_note, _is_total, _own_texts, _section_class
from pipeline.ledgers.table_shape import Role
from pipeline.records import field_catalogue as f


def ledger_roles(head: Head, rows: Sequence[list[Cell]], end: int) -> tuple[tuple[int, Role], ...]:
    """The role of each row from below the head to ``end`` (0-based, excluded), blank rows left out."""
    subject = head.fields.index(head.kind.subject)
    names = frozenset(head.headings[subject].path)
    quiet = [c for c, field in enumerate(head.fields) if field in (f.SERIAL, f.REMARK)]
    roles = []
    for number in range(head.first_data_row, min(end, len(rows))):
        cells = rows[number]
        texts = _own_texts(cells)
        if not texts:
            continue
        name = "" if cells[subject].flaw else cells[subject].text
        if _is_total(texts, name):
            role = Role.TOTAL
        elif _section_class(texts, name):
            role = Role.SECTION
        elif fold(name) in names:
            role = Role.HEAD
        elif _is_note(texts, cells):
            role = Role.NOTE
        elif all(c in quiet for c, cell in enumerate(cells) if not cell.blank and not cell.covered):
            role = Role.NUMBERED
        else:
            role = Role.DATA
        roles.append((number, role))
    return tuple(roles)
