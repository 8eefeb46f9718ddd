"""Things by a key, in the order in which the keys are first met: all that share it, or the first of them."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from types import MappingProxyType
from typing import TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Thing = TypeVar("_Thing")


def first(things: Iterable[_Thing], key: Callable[[_Thing], _Key]) -> Mapping[_Key, _Thing]:
    """Index by key; of several the first stands."""
    found: dict[_Key, _Thing] = {}
    for thing in things:
        found.setdefault(key(thing), thing)
    return MappingProxyType(found)


def grouped(things: Iterable[_Thing], key: Callable[[_Thing], _Key]) -> Mapping[_Key, tuple[_Thing, ...]]:
    """Group by key, the members in the order given."""
    found: dict[_Key, list[_Thing]] = {}
    for thing in things:
        found.setdefault(key(thing), []).append(thing)
    return MappingProxyType({name: tuple(group) for name, group in found.items()})
