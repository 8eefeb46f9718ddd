"""A sheet taken apart into its markup and its texts.

In a ledger the rows differ in their texts and hardly ever in their markup, once the row's number is taken out of it;
so what a row's markup means is looked up, and worked out only when it is first met.
"""

import itertools
import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from pipeline.spreadsheets.raw_row import LAST_COLUMN, RawRow, column_number

_TEXTS = re.compile(">([^<]++)<?")  # what stands between two tags; it may hold a ">"
# Control characters, which no plain sheet holds, stand in a markup for what was taken out of it.
TEXT, _NUMBER = "\0", "\1"
TOO_LOW = r"[01](?:\.[0-9]*)?"  # points: nobody sees what stands in such a row
# The last group takes what no cell of the plain form is. Excel and WPS keep texts apart from the sheet; openpyxl and
# exports of other systems write them into the cells.
_CELL = re.compile(
    f'<c r="([A-Z]{{1,3}}){_NUMBER}"(?: s="([0-9]{{1,6}})")?(?: t="([snbe]|str|inlineStr)")?'
    f'(?:/>|>((?:<f>{TEXT}</f>)?<v>{TEXT}?</v>|<is><t(?: xml:space="preserve")?>{TEXT}?</t></is>)</c>)|(.)',
    re.DOTALL,
)
_NONE = -1  # in place of a text's number
_LONG = 32 * 1024  # characters of a markup that is not worth remembering: no ledger's row has it


class RowMeaning(NamedTuple):
    """What a markup means: the cells up to the last with content, and which of the row's texts stands where."""

    columns: tuple[int, ...]
    kinds: tuple[str, ...]
    styles: tuple[str, ...]
    stored: Callable[[list[str]], tuple[str, ...]]  # the row's texts and "" → what each cell stores
    formulas: tuple[int, ...]  # the text of each cell's formula, or none
    special: tuple[int, ...]  # the places of formulas
    texts: int  # how many it has

    def row(self, texts: list[str]) -> RawRow:
        """The row that holds these texts, each resolved; the list is taken over."""
        texts.append("")  # the last, which _NONE finds
        formulas: tuple[str | None, ...] = (None,) * len(self.columns)
        if self.special:
            formulas = tuple(None if each == _NONE else f"={texts[each]}" for each in self.formulas)
        return RawRow(self.columns, self.kinds, self.styles, self.stored(texts), formulas, self.special)


def _picked(numbers: Sequence[int]) -> Callable[[list[str]], tuple[str, ...]]:
    """A function that picks these of a row's texts."""
    if len(numbers) < 2:  # itemgetter gives a tuple only of several
        return lambda texts: tuple(texts[number] for number in numbers)
    return itemgetter(*numbers)


@lru_cache(maxsize=256)
def _meaning(markup: str) -> RowMeaning | None:
    """None where the markup is not in the plain form, or its cells are not in order."""
    columns, kinds, styles, stored, formulas = [], [], [], [], []
    number = itertools.count()  # of a text; a formula stands before its value
    for letters, style, kind, content, other in _CELL.findall(markup):
        if other or (content and (kind == "inlineStr") != content.startswith("<is>")):
            return None
        if kind == "s" and "<v></v>" in content:
            return None  # a shared text, and not said which
        formula, value = "<f>" in content, f"{TEXT}</v>" in content or f"{TEXT}</t>" in content
        formulas.append(next(number) if formula else _NONE)
        stored.append(next(number) if value else _NONE)
        columns.append(column_number(letters))
        kinds.append(kind)
        styles.append(style)
    if columns[-1] >= LAST_COLUMN or any(left >= right for left, right in itertools.pairwise(columns)):
        return None
    end = len(columns)
    while end and stored[end - 1] == formulas[end - 1] == _NONE and kinds[end - 1] != "e":
        end -= 1
    special = tuple(place for place in range(end) if formulas[place] != _NONE)
    return RowMeaning(
        tuple(columns[:end]),
        tuple(kinds[:end]),
        tuple(styles[:end]),
        _picked(stored[:end]),
        tuple(formulas[:end]),
        special,
        markup.count(TEXT),
    )


def meaning_of(markup: str, number: str) -> RowMeaning | None:
    """What the markup of a row's cells means in the row with that number; None where it is not in the plain form."""
    look_up = _meaning if len(markup) < _LONG else _meaning.__wrapped__
    meaning = look_up(markup.replace(f'{number}"', f'{_NUMBER}"'))
    if meaning:
        return meaning
    # the number also stands for something else, such as a style
    return look_up(re.sub(f'(?<=[A-Z]){number}"', f'{_NUMBER}"', markup))


def taken_apart(sheet: str) -> tuple[str, list[str]]:
    """The markup of a part of a sheet, and the texts that stand in it.

    ``sheet`` holds no control character but tabs and line feeds.
    """
    end = sheet.rfind("<") + 1  # what follows stands behind all tags
    pieces = _TEXTS.split(sheet[:end])
    return f">{TEXT}<".join(pieces[::2]) + sheet[end:], pieces[1::2]
