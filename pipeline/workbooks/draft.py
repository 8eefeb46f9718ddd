"""What a form was handed out with, as a short digest in its mark: a sheet that comes back the same reports nothing.

The digest is of what the rows say, not of bytes: saving in WPS, as .xls or as .csv, or sorting the rows changes nothing.
"""

import hashlib
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from pipeline.ledgers.kind import LedgerKind
from pipeline.records.field_catalogue import Field
from pipeline.records.field_values import value_of
from pipeline.records.record import Record
from pipeline.workbooks.blank_form import FormColumn, FormRow, Value
from pipeline.workbooks.form_columns import columns_of
from pipeline.workbooks.known import shown

_DIGITS = 8  # enough to tell a sheet that was changed from one that was not


def digest_of_rows(kind: LedgerKind, columns: Sequence[FormColumn], rows: Iterable[FormRow]) -> str:
    """Of the rows that we fill in."""
    fields = _fields(kind)
    return _digest(
        _row_text(
            (column.field, value) for column, value in zip(columns, row.values, strict=True) if column.field in fields
        )
        for row in rows
    )


def digest_of_records(kind: LedgerKind, records: Iterable[Record]) -> str:
    """Of the same rows as they were read back."""
    fields = _fields(kind)
    return _digest(_row_text((field, _said(record, field)) for field in fields) for record in records)


def _said(record: Record, field: Field) -> Value:
    """The value or, where there is none, what stands in its cell: 无 for an amount is the unit's word too."""
    value = shown(field, value_of(record, field))
    return (record.source.seen(field) or None) if value is None else value


def _fields(kind: LedgerKind) -> tuple[Field, ...]:
    """What the unit is asked; what stands beside it from another ledger is not its word."""
    asked = (column.field for column in columns_of(kind, of_one_unit=True))
    return tuple(field for field in asked if field is not None and field not in kind.also_known)


def _row_text(values: Iterable[tuple[Field | None, Value]]) -> str:
    said = (f"{field.slug}={_plain(value)}" for field, value in values if field and value is not None)
    return "\n".join(sorted(said))


def _plain(value: Value) -> str:
    """A value as every office program brings it back: blanks and widths of characters may change on the way."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date | datetime):
        return value.isoformat()
    return "".join(unicodedata.normalize("NFKC", value or "").split())


def _digest(rows: Iterable[str]) -> str:
    return hashlib.sha256("\n\n".join(sorted(rows)).encode()).hexdigest()[:_DIGITS]
