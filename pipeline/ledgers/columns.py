"""What each column of a head was taken for, for a person to see."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.ledgers.head import Head
from pipeline.ledgers.headings import Heading, meaning, suggest
from pipeline.records.field_catalogue import Field


@dataclass(frozen=True)
class ColumnView:
    """What a column was taken for. ``field`` is the ledger's own; ``known`` what the heading means besides."""

    index: int
    heading: Heading
    field: Field | None
    known: Field | None
    suggestion: Field | None  # for the office to confirm


def views_of(head: Head, confirmed: Mapping[str, str]) -> tuple[ColumnView, ...]:
    """Every column with a heading, for a person to see how it was understood."""
    unused = tuple(field for field in head.kind.fields if field not in head.fields)
    views = []
    for index, (heading, field) in enumerate(zip(head.headings, head.fields, strict=True)):
        if heading.path:
            known = field or meaning(heading, head.kind.recognised, confirmed)
            views.append(
                ColumnView(index, heading, field, known, None if known else suggest(heading, unused))
            )
    return tuple(views)
