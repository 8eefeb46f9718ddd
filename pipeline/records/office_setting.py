"""How a setting stands in inputs/office.toml: its words beside its default, in the class that holds it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

OFFICE = "办公室"  # the section of the settings that stand in no other
T = TypeVar("T")


@dataclass(frozen=True)
class Setting:
    """One line ``"key" = value`` of the file, with the comment that stands over it."""

    key: str
    explanation: str
    kind: type
    least: int = 0  # of a number
    most: int = 9_999
    choices: tuple[str, ...] = ()  # of a text; () where it is free
    example: str = ""  # how the value is written, where none is the default


def setting(default: T, key: str, explanation: str, kind: type | None = None, **more: Any) -> T:
    """A field that one line of the file gives; ``more`` as in ``Setting``.

    The type is that of the default; a default of None stands for a day unless ``kind`` says otherwise. A default of an
    enumeration of texts leaves its members to choose from.
    """
    kind = kind or (date if default is None else type(default))
    if issubclass(kind, StrEnum):
        more["choices"] = tuple(each.value for each in kind)
    return field(default=default, metadata={"setting": Setting(key, explanation, kind, **more)})


def section(settings: type[T], name: str) -> T:
    """A field that holds the settings of ``[name]``."""
    return field(default_factory=settings, metadata={"section": name})


def table(name: str, explanation: str, default: Mapping[str, T] | None = None) -> Mapping[str, T]:
    """A field that holds the whole of ``[name]``, whose keys the office chooses."""
    return field(default_factory=lambda: dict(default or {}), metadata={"table": (name, explanation)})


def _stated(settings: Any, part: str) -> list[tuple[str, Any]]:
    return [(each.name, each.metadata[part]) for each in fields(settings) if part in each.metadata]


def lines_of(settings: object) -> list[tuple[str, Setting]]:
    """Each attribute that a line of the file gives, and how the line is written."""
    return _stated(settings, "setting")


def sections_of(settings: object) -> list[tuple[str, str]]:
    """Each attribute that holds a section's settings, and the section's name."""
    return _stated(settings, "section")


def tables_of(settings: object) -> Iterator[tuple[str, str, Mapping[str, object]]]:
    """Name, explanation and entries of every table, those of the sections first."""
    for attribute, _ in sections_of(settings):
        yield from tables_of(getattr(settings, attribute))
    for attribute, (name, explanation) in _stated(settings, "table"):
        yield name, explanation, getattr(settings, attribute)
