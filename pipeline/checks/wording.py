"""How a finding writes amounts, names and places, in Chinese."""

from collections.abc import Iterable
from decimal import Decimal

from pipeline.records.field_catalogue import Field
from pipeline.records.source import Source


def wan(amount: Decimal) -> str:
    """``Decimal("12345.50")`` → ``12,345.5万元``; exact, never rounded."""
    return f"{amount.normalize():,f}万元"


def listed(names: Iterable[str]) -> str:
    """Names joined with the enumeration comma."""
    return "、".join(names)


def place(source: Source) -> str:
    """Where another row of the same matter stands."""
    return f"{source.file} {source.sheet}第{source.row}行"


def cell_of(source: Source, field: Field) -> str:
    """Where a figure of another ledger stands, to the cell."""
    return f"{source.file} {source.sheet}!{source.cell(field)}"
