"""Cards: one project in label and value pairs, 项目名称 | 示例项目 | 项目业主 | 示例公司, one card under another."""

import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.ledgers.grid import BLANK, Cell
from pipeline.ledgers.head import Head, units_in
from pipeline.ledgers.headings import Heading, fold, meaning, parse_heading
from pipeline.ledgers.kind import LedgerKind
from pipeline.records.field_catalogue import Field

_ROWS, _WIDTH = 400, 40  # a sheet of cards is small; a larger one is a table
_FEWEST = 4  # pairs that make a card
_LONGEST = 40  # characters of a label
_WORDS = re.compile("[一-龥]")
SUBJECT_WORDS = re.compile("名|称|单位|部门")  # every way to write a ledger's subject has one of these


@dataclass(frozen=True)
class Pair:
    """A label and the cell that holds its value."""

    heading: Heading
    field: Field
    row: int
    column: int  # of the value


@dataclass(frozen=True)
class Card:
    """One project's pairs, read as a row of a ledger of ``head.kind``; ``head`` lists the labels."""

    head: Head
    pairs: tuple[Pair, ...]

    def cells(self, rows: list[list[Cell]]) -> dict[int, Cell]:
        """The values by the position of their label; on a card a merged value is nobody else's."""
        return {
            index: replace(rows[pair.row][pair.column], covered=False, shared=False)
            for index, pair in enumerate(self.pairs)
        }


def _label_end(row: list[Cell], column: int) -> int:
    """The column after a label, past the cells that it is merged over."""
    end = column + 1
    while end < len(row) and row[end].covered and row[end].text == row[column].text:
        end += 1
    return end


_Labels = dict[tuple[int, int], tuple[Heading, Field]]


def _label(cell: Cell, kind: LedgerKind, confirmed: Mapping[str, str]) -> tuple[Heading, Field] | None:
    """What a cell names, if it reads like a field's name."""
    if cell.covered or not isinstance(cell.value, str) or not _WORDS.search(cell.text[:_LONGEST]):
        return None
    heading = _heading(cell.text)
    field = meaning(heading, kind.recognised, confirmed)
    return (heading, field) if field else None


def _labels(rows: list[list[Cell]], kind: LedgerKind, confirmed: Mapping[str, str]) -> _Labels:
    """Every cell that reads like a field's name, by its place."""
    return {
        (number, column): label
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if (label := _label(cell, kind, confirmed))
    }


def _near_subject(
    rows: list[list[Cell]], kinds: tuple[LedgerKind, ...], confirmed: Mapping[str, str]
) -> list[tuple[int, int]]:
    """The cells that may be the label of a subject: of a table's many texts the few worth a close look."""
    by_office = set(confirmed.values()) & {kind.subject.label for kind in kinds}
    return [
        (number, column)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell.text and (by_office or SUBJECT_WORDS.search(fold(cell.text)))
    ]


def _names_subject(
    rows: list[list[Cell]], places: Iterable[tuple[int, int]], kind: LedgerKind, confirmed: Mapping[str, str]
) -> bool:
    """Whether a label of the kind's subject has a value beside it, without which there is no card."""
    for number, column in places:
        row = rows[number]
        label = _label(row[column], kind, confirmed)
        if label and label[1] is kind.subject:
            end = _label_end(row, column)
            if end < len(row) and not row[end].covered and not _label(row[end], kind, confirmed):
                return True
    return False


@lru_cache(maxsize=4096)
def _heading(text: str) -> Heading:
    return parse_heading([text] if len(text) < _LONGEST else [])


def _pairs(rows: list[list[Cell]], labels: _Labels) -> list[Pair]:
    pairs = []
    for (number, column), (heading, field) in labels.items():
        end = _label_end(rows[number], column)
        if end < len(rows[number]) and (number, end) not in labels and not rows[number][end].covered:
            pairs.append(Pair(heading, field, number, end))
    return pairs


def _split(pairs: list[Pair], subject: Field) -> list[list[Pair]]:
    """The pairs of each card: a card begins in the row of its subject's label."""
    tops = sorted({pair.row for pair in pairs if pair.field is subject})
    bounds = [0, *tops[1:], max((pair.row for pair in pairs), default=0) + 1]
    return [[pair for pair in pairs if low <= pair.row < high] for low, high in itertools.pairwise(bounds)]


def find_cards(
    rows: list[list[Cell]],
    kinds: Iterable[LedgerKind],
    folder: str,
    confirmed: Mapping[str, str],
    table: Head | None,
) -> tuple[Card, ...]:
    """The cards of a sheet; () where a table's head fits as well or better."""
    if len(rows) > _ROWS or max(map(len, rows), default=0) > _WIDTH:
        return ()
    matched = sum(1 for field in table.fields if field) if table else 0
    best: tuple[Card, ...] = ()
    rank = (0, 0)
    kinds = tuple(kinds)
    places = _near_subject(rows, kinds, confirmed)
    for kind in kinds:
        if not _names_subject(rows, places, kind, confirmed):
            continue
        labels = _labels(rows, kind, confirmed)
        pairs = [pair for pair in _pairs(rows, labels) if pair.field in kind.recognised]
        groups = [group for group in _split(pairs, kind.subject) if _is_card(group, kind, rows)]
        if not groups or max(map(len, groups)) <= matched:
            continue
        score = kind.score(frozenset(pair.field for pair in groups[0]))
        if (score, int(kind.folder == folder)) > rank:
            rank = (score, int(kind.folder == folder))
            others = [
                [cell for column, cell in enumerate(row) if (number, column) not in labels]
                for number, row in enumerate(rows)
            ]
            units = units_in(others)
            best = tuple(
                Card(
                    Head(
                        kind, group[0].row, 0, tuple(pair.heading for pair in group),
                        tuple(pair.field for pair in group), units,
                    ),
                    tuple(group),
                )
                for group in groups
            )  # fmt: skip
    return best


def _is_card(group: list[Pair], kind: LedgerKind, rows: list[list[Cell]]) -> bool:
    stated = [pair for pair in group if rows[pair.row][pair.column] != BLANK]
    fields = frozenset(pair.field for pair in group)
    return len(stated) >= _FEWEST and kind.score(fields) > 0 and len({pair.row for pair in group}) > 1
