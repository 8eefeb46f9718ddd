"""Cards: one project in label and value pairs, 项目名称 | 示例项目 | 项目业主 | 示例公司, one card under another."""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from pipeline.ledgers.kind import LedgerKind
from pipeline.records.field_catalogue import Field
from pipeline.spreadsheets.grid import BLANK, Cell
from pipeline.tables.head import Head, title_start, title_text, units_in
from pipeline.tables.heading_words import SUBJECT_SIGNS
from pipeline.tables.headings import PROJECT_FIELDS, Heading, match_heading, meaning, parse_heading
from pipeline.tables.period_words import months_in

_ROWS, _WIDTH = 400, 40  # a sheet of cards is small; a larger one is a table
_FEWEST = 4  # pairs that make a card
_LONGEST = 40  # characters of a label
_WORDS = re.compile("[一-龥]")


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

    def cells(self, rows: list[list[Cell]]) -> list[Cell]:
        """The values in the order of their labels; on a card a merged value is nobody else's."""
        return [replace(rows[pair.row][pair.column], covered=False, shared=False) for pair in self.pairs]


def _label_end(row: list[Cell], column: int) -> int:
    """The column after a label, past the cells that it is merged over."""
    end = column + 1
    while end < len(row) and row[end].covered and row[end].text == row[column].text:
        end += 1
    return end


_Labels = dict[tuple[int, int], tuple[Heading, Field]]
_Confirmed = tuple[tuple[str, str], ...]  # by the office: heading and field label


def _short_words(cell: Cell) -> bool:
    """Whether a cell holds words that are no longer than a label."""
    return (
        len(cell.text) < _LONGEST
        and isinstance(cell.value, str)
        and not cell.covered
        and _WORDS.search(cell.text) is not None
    )


def _label(cell: Cell, kind: LedgerKind, confirmed: _Confirmed) -> tuple[Heading, Field] | None:
    """What a cell names, if it reads like a field's name."""
    return _read_label(cell.text, kind, confirmed) if _short_words(cell) else None


@lru_cache(maxsize=16_384)  # cards repeat their labels
def _read_label(text: str, kind: LedgerKind, confirmed: _Confirmed) -> tuple[Heading, Field] | None:
    heading = parse_heading((text,))
    field = meaning(heading, kind.recognised, dict(confirmed))
    return (heading, field) if field else None


def _near_labels(rows: list[list[Cell]], kinds: Iterable[LedgerKind], confirmed: _Confirmed) -> list[tuple[int, int]]:
    """The cells that may be a label on a card of one of the kinds: again few, and asked of each text once."""
    short = [
        (number, column, cell.text)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if _short_words(cell)
    ]
    known = (field for kind in kinds for field in kind.recognised)
    fields = tuple(dict.fromkeys((*known, *PROJECT_FIELDS)))
    # Its unit, which may keep a label from one kind's field and not from another's, is left out of account.
    labels = {
        text
        for text in {text for _, _, text in short}
        if match_heading(Heading(parse_heading((text,)).path), fields, dict(confirmed))
    }
    return [(number, column) for number, column, text in short if text in labels]


def _near_subject(
    rows: list[list[Cell]], kinds: tuple[LedgerKind, ...], confirmed: _Confirmed
) -> list[tuple[int, int]]:
    """The cells that may be the label of a subject: of a table's many texts the few worth a close look."""
    by_office = {label for _, label in confirmed} & {kind.subject.label for kind in kinds}
    texts = {cell.text for row in rows for cell in row}
    near = texts if by_office else set(filter(SUBJECT_SIGNS.search, texts))
    return [
        (number, column)
        for number, row in enumerate(rows)
        for column, cell in enumerate(row)
        if cell.text in near and _short_words(cell)
    ]


def _names_subject(
    rows: list[list[Cell]], places: Iterable[tuple[int, int]], kind: LedgerKind, confirmed: _Confirmed
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


@dataclass(frozen=True)
class _Reading:
    """A sheet read as cards of one kind: its labels, and each card's pairs."""

    kind: LedgerKind
    labels: _Labels
    groups: list[list[Pair]]

    @property
    def most_pairs(self) -> int:
        return max(map(len, self.groups), default=0)

    def rank(self, folder: str) -> tuple[float, bool]:
        fields = frozenset(pair.field for pair in self.groups[0])
        return self.kind.score(fields), self.kind.folder == folder

    def cards(self, rows: list[list[Cell]]) -> tuple[Card, ...]:
        beside_labels = [
            [cell for column, cell in enumerate(row) if (number, column) not in self.labels]
            for number, row in enumerate(rows)
        ]
        units = units_in(beside_labels)
        cards = []
        for group in self.groups:
            headings, fields = tuple(pair.heading for pair in group), tuple(pair.field for pair in group)
            cards.append(Card(Head(self.kind, group[0].row, 0, headings, fields, units), tuple(group)))
        return tuple(cards)


def _read_as(
    kind: LedgerKind, rows: list[list[Cell]], places: Iterable[tuple[int, int]], confirmed: _Confirmed
) -> _Reading:
    labels = {
        (number, column): label for number, column in places if (label := _label(rows[number][column], kind, confirmed))
    }
    pairs = [pair for pair in _pairs(rows, labels) if pair.field in kind.recognised]
    return _Reading(kind, labels, [each for each in _split(pairs, kind.subject) if _is_card(each, kind, rows)])


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
    kinds, by_office = tuple(kinds), tuple(confirmed.items())
    near = _near_subject(rows, kinds, by_office)
    likely = [kind for kind in kinds if _names_subject(rows, near, kind, by_office)]
    places = _near_labels(rows, likely, by_office) if likely else []
    matched = sum(1 for field in table.fields if field) if table else 0
    readings = [_read_as(kind, rows, places, by_office) for kind in likely]
    better = [reading for reading in readings if reading.most_pairs > matched]
    return max(better, key=lambda reading: reading.rank(folder)).cards(rows) if better else ()


def titles_of(rows: list[list[Cell]], cards: Sequence[Card]) -> list[str]:
    """What stands above each card: the sheet's title, and for a further card what stands between it and the last."""
    titles: list[str] = []
    for number, card in enumerate(cards):
        if number == 0:
            titles.append(title_text(rows, card.head))
            continue
        low = max(pair.row for pair in cards[number - 1].pairs) + 1
        own = title_text(rows, card.head, title_start(rows, low, card.head.top))
        titles.append(own if months_in(own) else f"{titles[0]} {own}")
    return titles


def _is_card(group: list[Pair], kind: LedgerKind, rows: list[list[Cell]]) -> bool:
    stated = [pair for pair in group if rows[pair.row][pair.column] != BLANK]
    fields = frozenset(pair.field for pair in group)
    return len(stated) >= _FEWEST and kind.score(fields) > 0 and len({pair.row for pair in group}) > 1
