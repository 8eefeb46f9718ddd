"""Real workbooks of other offices, against what a person saw in them.

``data/real_ledgers_seen.json`` was written down by eye before the detector existed: head rows, data rows and units
of each table of each sheet. Tables about which two people could disagree say so in ``debatable``.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.records.settings import OfficeSettings
from pipeline.tables.seen import BookSeen, TableSeen
from pipeline.tables.tables_seen import look_all

FOLDER = Path(__file__).parents[3] / "shared" / "real-ledgers"
EXPECTED: dict[str, dict[str, list[dict[str, Any]]]] = json.loads(
    (Path(__file__).parents[1] / "data" / "real_ledgers_seen.json").read_text(encoding="utf-8")
)
RIGHT = 45  # of 47; the other two are a scratch sheet and a notepad, see ``debatable``

pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the real workbooks (../shared/real-ledgers) are absent")


def _expected(table: dict[str, Any]) -> str:
    return str((table["head"], table["data"], table["units"]))


def _seen(table: TableSeen) -> str:
    head = list(table.head_rows) if table.head_rows else None
    data = list(table.data_span) if table.data_span else None
    return str((head, data, sorted({unit.unit for unit in table.units})))


def _differences(book: BookSeen) -> list[str]:
    found = []
    for sheet in book.sheets:
        expected = sorted(map(_expected, EXPECTED[book.file].get(sheet.name, [])))
        seen = sorted(map(_seen, sheet.tables))
        if expected != seen:
            found.append(f"{book.file} {sheet.name}: a person sees {expected}, inspect {seen}")
    return found


@pytest.fixture(scope="module")
def books() -> dict[str, BookSeen]:
    looks = look_all([FOLDER / name for name in EXPECTED], OfficeSettings())
    return {look.path.name: look.book for look in looks if look.book}


def test_every_real_workbook_has_an_expectation() -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"README.md", "sources.json"}
    assert files == set(EXPECTED)


def test_heads_units_and_data_rows_are_what_a_person_sees(books: dict[str, BookSeen]) -> None:
    differences = {name: found for name, book in books.items() if (found := _differences(book))}
    debated = sum(any("debatable" in t for tables in sheets.values() for t in tables) for sheets in EXPECTED.values())
    right = len(books) - len(differences)  # a file that is refused isn't right
    print(f"\nreal workbooks seen as a person sees them: {right} of {len(books)} ({debated} hold debatable tables)")
    print("\n".join(line for found in differences.values() for line in found))
    assert right >= RIGHT, differences


def test_notes_at_the_foot_are_no_data(books: dict[str, BookSeen]) -> None:
    for name, sheets in EXPECTED.items():
        seen = {sheet.name: sheet for sheet in books[name].sheets}
        for sheet_name, tables in sheets.items():
            for expected in (table for table in tables if "notes" in table):
                (table,) = (t for t in seen[sheet_name].tables if t.head_rows == tuple(expected["head"]))
                assert list(table.note_rows) == expected["notes"], (name, sheet_name)


def test_no_foreign_table_is_taken_for_a_ledger(books: dict[str, BookSeen]) -> None:
    taken = [(name, t.ledger) for name, book in books.items() for s in book.sheets for t in s.tables if t.ledger]
    assert not taken
