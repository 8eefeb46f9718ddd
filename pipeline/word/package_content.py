"""What a package holds, found by its relations alone, whatever its parts are called: the way every reader goes."""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from lxml import etree

from pipeline.word.namespaces import CONTENT_TYPES, RELATIONSHIPS

TYPES = "[Content_Types].xml"
_RELATION = f"{{{RELATIONSHIPS}}}Relationship"
_DEFAULT, _OVERRIDE = f"{{{CONTENT_TYPES}}}Default", f"{{{CONTENT_TYPES}}}Override"
_ADDRESS = re.compile(r"\A(?:[A-Za-z][\w+.-]*+:|//)")


@dataclass(frozen=True)
class Relation:
    """A reference from a part. ``part`` is the name of what it leads to in the package, ``""`` where that is outside it."""

    identifier: str
    type: str
    target: str  # as it is written
    part: str
    outside: bool  # an address, or a place outside the package

    @property
    def kind(self) -> str:
        """The last word of its type: header, footer, styles …"""
        return self.type.rstrip("/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Reached:
    """A part that relations lead to. ``via`` are the types of these relations, ``relations`` its own."""

    name: str
    via: frozenset[str]
    content_type: str
    relations: tuple[Relation, ...]


@dataclass(frozen=True)
class Contents:
    """The parts of a package in the order in which they are reached, the package itself (``""``) first."""

    parts: Mapping[str, Reached]
    doubles: tuple[str, ...]  # names that differ from another by their letters' case only
    unreached: tuple[str, ...]

    @property
    def relations(self) -> tuple[Relation, ...]:
        """The package's own."""
        return self.parts[""].relations


@dataclass(frozen=True)
class _Names:
    """Part names, found without regard to case, as the standard asks (29500-2, 6.2.2)."""

    actual: Mapping[str, str]

    def find(self, name: str) -> str:
        return self.actual.get(name.casefold(), "")


def relations_name(part: str) -> str:
    """Where the relations of a part stand."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def contents(
    names: Sequence[str],
    parse: Callable[[str], etree._Element],
    left_out: Iterable[str] = (),
    start: Sequence[str] = (),
) -> Contents:
    """Walk the package from its own relations; those of the types ``left_out`` are not followed.

    ``names`` are its entries, ``parse`` gives the tree of one of them and may raise. ``start`` names parts that are
    looked at though nothing leads to them.
    """
    actual: dict[str, str] = {}
    doubles = [name for name in names if actual.setdefault(name.casefold(), name) != name]
    known = _Names(actual)
    content_types = _ContentTypes.read(parse(known.find(TYPES))) if known.find(TYPES) else _ContentTypes({}, {})
    parts: dict[str, Reached] = {}
    waiting, skipped = ["", *start], frozenset(left_out)
    via: dict[str, set[str]] = {name: set() for name in waiting}
    while waiting:
        part = waiting.pop(0)
        found = known.find(relations_name(part))
        own = tuple(_relations(parse(found), part, known)) if found else ()
        parts[part] = Reached(part, frozenset(), content_types.of(part), own)
        for relation in own:
            if relation.type in skipped or not relation.part:
                continue
            if relation.part not in via:
                via[relation.part] = set()
                waiting.append(relation.part)
            via[relation.part].add(relation.type)
    reached = {
        name: Reached(name, frozenset(via[name]), part.content_type, part.relations) for name, part in parts.items()
    }
    seen = {TYPES.casefold()} | {each.casefold() for name in reached for each in (name, relations_name(name))}
    return Contents(reached, tuple(doubles), tuple(name for name in names if name.casefold() not in seen))


@dataclass(frozen=True)
class _ContentTypes:
    by_suffix: Mapping[str, str]
    by_part: Mapping[str, str]

    @classmethod
    def read(cls, root: etree._Element) -> "_ContentTypes":
        return cls(
            {each.get("Extension", "").casefold(): each.get("ContentType", "") for each in root.iter(_DEFAULT)},
            {each.get("PartName", "").casefold(): each.get("ContentType", "") for each in root.iter(_OVERRIDE)},
        )

    def of(self, part: str) -> str:
        suffix = posixpath.splitext(part)[1].removeprefix(".").casefold()
        return self.by_part.get(f"/{part}".casefold(), self.by_suffix.get(suffix, "")).strip()


def _relations(root: etree._Element, part: str, names: _Names) -> Iterator[Relation]:
    for element in root.iter(_RELATION):
        target = element.get("Target", "")
        place = _place(part, unquote(target)) if _is_inside(element, target) else ""
        yield Relation(element.get("Id", ""), element.get("Type", ""), target, names.find(place), not place)


def _is_inside(relation: etree._Element, target: str) -> bool:
    is_address = "\\" in target or _ADDRESS.match(target.strip()) is not None
    return relation.get("TargetMode", "Internal") == "Internal" and not is_address


def _place(part: str, target: str) -> str:
    """The part that a target means; ``""`` where it leads out of the package."""
    folders = [] if target.startswith("/") else posixpath.dirname(part).split("/")
    for step in target.partition("#")[0].split("/"):
        if step == ".." and not folders:
            return ""
        if step == "..":
            folders.pop()
        elif step not in ("", "."):
            folders.append(step)
    return "/".join(filter(None, folders))
