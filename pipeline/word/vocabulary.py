"""The vocabulary between papers and templates: the names that a template may use, each with its meaning.

A kind of paper states its facts as a ``TypedDict``; names and meanings are read off it. ``Annotated`` gives a name
its Chinese meaning, an inner ``TypedDict`` is an object, a ``list`` is a list of such things.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin, get_type_hints, is_typeddict

Names = Mapping[str, object]  # a str is the meaning of a plain value, a mapping an object, a list of one entry a list
Context = Mapping[str, object]  # the facts of one paper, as a template is filled with them

UNREPORTED = "未报"  # the ledger has no value
UNVERIFIED = "待核"  # the ledger's value is contradicted by a finding
NONE_SUCH = "—"  # there is nothing to state, and that is known


@lru_cache
def names_of(facts: type) -> Names:
    """The names of a ``TypedDict`` in its order, those of its bases first."""
    return {name: _shape(hint) for name, hint in get_type_hints(facts, include_extras=True).items()}


def _shape(hint: Any, meaning: str = "") -> object:
    if get_origin(hint) is Annotated:
        inner, said = get_args(hint)
        return _shape(inner, said)
    if get_origin(hint) is list:
        return [_shape(get_args(hint)[0], meaning)]
    return names_of(hint) if is_typeddict(hint) else meaning


def every_name(names: Names) -> Iterator[str]:
    """The names of a vocabulary, those within objects and lists included."""
    for name, shape in names.items():
        yield name
        inner = shape[0] if isinstance(shape, list) else shape
        if isinstance(inner, Mapping):
            yield from every_name(inner)
