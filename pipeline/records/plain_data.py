"""Records as plain data and back: what one process hands another, and what is kept for the next command.

Values of one kind are written in columns, one for each field, so that a thousand records cost little more than their
texts; the result is for ``json``. Reading takes nothing on trust: every value has the very type that its class states, a
number is finite, a choice and a field are known ones, and nothing but the classes that are asked for is made.
"""

import typing
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache
from itertools import islice, starmap
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any, NamedTuple

from pipeline.records.field_catalogue import Field, field_named
from pipeline.records.period import PartialDay
from pipeline.records.source import Seen, SeenCells

_SAID_WRONGLY = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, RecursionError)


class _Column(NamedTuple):
    """How the values of one type are written together, and read."""

    write: Callable[[Sequence[Any]], object]
    read: Callable[[Any], list[Any]]


def as_plain(kind: object, values: Sequence[Any]) -> object:
    """Values of one ``kind`` - a dataclass, or any type that a record's field has - as lists, texts and numbers."""
    return _column(kind).write(values)


def from_plain(kind: object, said: object) -> list[Any]:
    """The values that ``as_plain`` was given. Raises ``ValueError`` for anything that it would not write."""
    try:
        return _column(kind).read(said)
    except _SAID_WRONGLY as problem:
        raise ValueError(f"no {kind}") from problem


def _only(kind: type, said: Any) -> list[Any]:
    """Raises ``TypeError`` where anything else stands in the list; True is no number here."""
    if said.__class__ is not list or not set(map(type, said)) <= {kind}:
        raise TypeError
    return said


def _finite(digits: str) -> Decimal:
    number = Decimal(digits)
    if not number.is_finite():
        raise ValueError(digits)
    return number


_AS_TEXT: Mapping[type, tuple[Callable[[Any], str], Callable[[str], Any]]] = {
    Decimal: (str, _finite),
    date: (date.isoformat, date.fromisoformat),
    datetime: (datetime.isoformat, datetime.fromisoformat),
    Field: (attrgetter("slug"), field_named),
}


@cache
def _column(kind: Any) -> _Column:
    """The column of a type, put together once."""
    if kind in (str, int, bool):
        return _Column(list, lambda said: _only(kind, said))
    if kind in _AS_TEXT:
        return _as_text(*_AS_TEXT[kind])
    if kind == Mapping[str, Seen]:
        return _column(SeenCells)
    arguments = typing.get_args(kind)
    if NoneType in arguments:
        (present,) = (each for each in arguments if each is not NoneType)
        return _optional(_column(present))
    if arguments:
        return _container(typing.get_origin(kind), arguments)
    return _of_class(kind)


def _of_class(kind: type) -> _Column:
    if issubclass(kind, Enum):
        return _as_text(attrgetter("name"), kind.__getitem__)
    if not is_dataclass(kind) and not hasattr(kind, "_fields"):
        raise TypeError(kind)
    hints = typing.get_type_hints(kind)
    names = [each.name for each in fields(kind)] if is_dataclass(kind) else list(hints)
    checks = hasattr(kind, "__post_init__") or not is_dataclass(kind)
    make = kind if checks else _passing_init(kind, names)
    if kind is PartialDay:
        make = lru_cache(4096)(make)  # thousands of rows name the same few days
    return _together(make, list(map(attrgetter, names)), [_column(hints[name]) for name in names])


def _passing_init(kind: type, names: Sequence[str]) -> Callable[..., Any]:
    """Makes things of a dataclass as its frozen __init__ would, which takes twice as long."""

    def make(*values: Any) -> Any:
        made: Any = object.__new__(kind)
        made.__dict__.update(zip(names, values))  # noqa: B905 - as many, by ``_together``
        return made

    return make


def _container(kind: Any, arguments: tuple[Any, ...]) -> _Column:
    if kind is Mapping:
        return _shared(_column(arguments[1]))
    if kind is frozenset or arguments[-1] is Ellipsis:
        return _many(kind, _column(arguments[0]))
    getters = [itemgetter(number) for number in range(len(arguments))]
    return _together(None, getters, list(map(_column, arguments)))


def _as_text(write: Callable[[Any], str], read: Callable[[str], Any]) -> _Column:
    return _Column(lambda values: list(map(write, values)), lambda said: list(map(read, _only(str, said))))


def _together(
    make: Callable[..., Any] | None, getters: Sequence[Callable[[Any], Any]], columns: Sequence[_Column]
) -> _Column:
    """Things that have several parts, always the same ones."""

    def write(values: Sequence[Any]) -> object:
        return [column.write(list(map(get, values))) for get, column in zip(getters, columns, strict=True)]

    def read(said: Any) -> list[Any]:
        parts = [column.read(part) for column, part in zip(columns, said, strict=True)]
        rows = zip(*parts, strict=True)
        return list(starmap(make, rows) if make else rows)

    return _Column(write, read)


def _optional(column: _Column) -> _Column:
    """A value or None: which are there, then those."""

    def write(values: Sequence[Any]) -> object:
        present = [value for value in values if value is not None]
        there = "".join("01"[value is not None] for value in values) if len(present) < len(values) else ""
        return [there, column.write(present)]

    def read(said: Any) -> list[Any]:
        there, rest = said
        present = column.read(rest)
        if not there:
            return present
        if there.count("1") != len(present):
            raise ValueError(there)
        following = iter(present)
        return [next(following) if each == "1" else None for each in there]

    return _Column(write, read)


def _many(make: Callable[[Iterable[Any]], Any], column: _Column) -> _Column:
    """Any number of values each time: how many, then all of them. Sets are written in order."""

    def write(values: Sequence[Any]) -> object:
        ordered = map(sorted, values) if make is frozenset else values
        return [list(map(len, values)), column.write([each for value in ordered for each in value])]

    def read(said: Any) -> list[Any]:
        lengths, rest = said
        following = iter(column.read(rest))
        none = make(())  # as most have
        found = [make(islice(following, length)) if length else none for length in _only(int, lengths)]
        if sum(map(len, found)) != sum(lengths) or next(following, None) is not None:
            raise ValueError(lengths)
        return found

    return _Column(write, read)


def _shared(column: _Column) -> _Column:
    """Mappings from texts, of which many records have the very same one: each once, then which is whose."""

    def write(values: Sequence[Any]) -> object:
        unlike = {id(value): value for value in values}
        number = {each: number for number, each in enumerate(unlike)}
        said = [[list(value), column.write(list(value.values()))] for value in unlike.values()]
        return [said, [number[id(value)] for value in values]]

    def read(said: Any) -> list[Any]:
        shared, which = said
        made = [dict(zip(_only(str, keys), column.read(rest), strict=True)) for keys, rest in shared]
        return [made[number] for number in _only(int, which)]

    return _Column(write, read)
