"""A package with nothing in it but what the list allows: parts found by their relations, under their usual names."""

import itertools
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.word import allowed_content as allowed
from pipeline.word.allowed_content import Kind, Profile
from pipeline.word.content_judgement import Objection, declared, kinds_of, of_package, of_part
from pipeline.word.namespaces import CONTENT_TYPES, RELATIONSHIPS, R
from pipeline.word.package import Member
from pipeline.word.package_content import TYPES, Contents, Reached, Relation, contents, relations_name
from pipeline.word.picture_metadata import BrokenPictureError, without_metadata
from pipeline.word.strict_xml import BrokenXmlError, parse_xml, part_bytes
from pipeline.word.taking_away import take_away

_USUAL = re.compile(r"rId(?:Chart|Fonts|Footer|Header|Settings|Styles)?\d{0,9}")  # with words: our own
_OF_A_RELATION = f"{{{R}}}"
_XML = re.compile(r"[/+]xml$")
_PLAIN = ("UTF-8", "ASCII", "US-ASCII")
_BYTE_ORDER = b"\xef\xbb\xbf"
_DEFAULTS = {"rels": allowed.RELATIONS_TYPE, "xml": "application/xml"}


@dataclass(frozen=True)
class Cleared:
    """What is left of a package, and what keeps it from being used; with objections there are no members."""

    members: tuple[Member, ...]
    objections: tuple[Objection, ...]


@dataclass(frozen=True)
class _Opened:
    """A package whose parts were looked at. ``trees`` and ``data`` are by part; ``data`` only of what was rewritten."""

    contents: Contents
    profile: Profile
    members: Mapping[str, Member]
    trees: Mapping[str, etree._Element]
    data: Mapping[str, bytes]

    def kind(self, name: str) -> Kind:
        return kinds_of(self.contents.parts[name], self.profile)[0]

    def kept(self, part: Reached) -> list[Relation]:
        """Its relations that are taken over: those of the list, pictures only where the text shows them."""
        known = self.profile.relations
        kept = [each for each in part.relations if each.type in known]
        if all(known[each.type] is not allowed.IMAGE for each in kept):
            return kept
        shown = _shown(self.trees.get(part.name))
        return [each for each in kept if known[each.type] is not allowed.IMAGE or each.identifier in shown]


def cleared(members: Sequence[Member], profile: Profile) -> Cleared:
    """The package as the profile lets it be. Raises BrokenXmlError with the name of a part that is no sound XML.

    Parts that no relation leads to are neither looked at nor taken over. A part that holds nothing to be left out
    keeps its bytes; comments, processing instructions and other encodings than UTF-8 are never taken over.
    """
    by_name = {member.name: member for member in members}
    parsed: dict[str, etree._Element] = {}

    def parse(name: str) -> etree._Element:
        if name not in parsed:
            try:
                parsed[name] = parse_xml(by_name[name].data)
            except BrokenXmlError:
                raise BrokenXmlError(name) from None
        return parsed[name]

    found = contents(list(by_name), parse, profile.left_out)
    objections = list(of_package(found, profile))
    parts, trees, data = dict(found.parts), dict[str, etree._Element](), dict[str, bytes]()
    for name, part in found.parts.items():
        if name and _XML.search(part.content_type):
            trees[name] = parse(name)
        settled = _settled(by_name.get(name), trees.get(name), part, profile)
        parts[name] = settled.part
        objections += settled.objections
        if settled.data is not None:
            data[name] = settled.data
    if objections:
        return Cleared((), tuple(dict.fromkeys(objections)))
    return Cleared(_rewritten(_Opened(replace(found, parts=parts), profile, by_name, trees, data)), ())


@dataclass(frozen=True)
class _Settled:
    """A part as it is taken over. ``data`` is None where it keeps its bytes."""

    part: Reached
    data: bytes | None
    objections: Sequence[Objection] = ()


def _settled(member: Member | None, root: etree._Element | None, part: Reached, profile: Profile) -> _Settled:
    if member is not None and root is None:
        return _of_bytes(member, part, profile)
    changed = root is not None and profile.rewritten and take_away(root, profile)
    objections = [] if root is None else list(of_part(root, part, profile))
    named = _with_usual_identifiers(part, root) if profile.rewritten else part
    if member is None or root is None:  # the package itself
        return _Settled(named, None)
    if changed or named is not part or not _is_plain(member.data, root):
        return _Settled(named, part_bytes(root), objections)
    return _Settled(named, None, objections)


def _with_usual_identifiers(part: Reached, root: etree._Element | None) -> Reached:
    """The part with its unusual identifiers (a person's own could say anything) replaced by free numbers, in its tree as well."""
    taken = {each.identifier for each in part.relations}
    free = (name for number in itertools.count(1) if (name := f"rId{number}") not in taken)
    names = {each.identifier: next(free) for each in part.relations if not _USUAL.fullmatch(each.identifier)}
    if not names:
        return part
    for element in () if root is None else root.iter("*"):
        for key, value in element.attrib.items():
            if str(key).startswith(_OF_A_RELATION) and value in names:
                element.set(key, names[str(value)])
    relations = tuple(replace(each, identifier=names.get(each.identifier, each.identifier)) for each in part.relations)
    return replace(part, relations=relations)


def _of_bytes(member: Member, part: Reached, profile: Profile) -> _Settled:
    """A picture must be what its content type says: another program may look at the bytes alone."""
    kind = next(iter(kinds_of(part, profile)), None)
    if kind is not allowed.IMAGE or part.content_type not in allowed.IMAGES:
        return _Settled(part, None)
    beginnings = allowed.IMAGES[part.content_type][1]
    if not member.data.startswith(beginnings):
        return _Settled(part, None, [_picture_fault("图片不是它所说的格式", part)])
    try:
        return _Settled(part, without_metadata(member.data, part.content_type))
    except BrokenPictureError:
        return _Settled(part, None, [_picture_fault("图片已损坏", part)])


def _picture_fault(found: str, part: Reached) -> Objection:
    return Objection("部件不合规范", found, part.name, "请换成完好的png或jpg图片")


def _is_plain(data: bytes, root: etree._Element) -> bool:
    """Whether a tree says all that stands in the bytes: plain UTF-8 without comments, instructions or CDATA."""
    head = data.startswith(b"<?xml ")
    return (
        not data.startswith(_BYTE_ORDER)
        and (root.getroottree().docinfo.encoding or "UTF-8").upper() in _PLAIN
        and b"<!" not in data
        and data.count(b"<?") == head
    )


def _shown(root: etree._Element | None) -> set[str]:
    """The relations that a part's own text refers to."""
    if root is None:
        return set()
    attributes = (attribute for each in root.iter("*") for attribute in each.attrib.items())
    return {str(value) for key, value in attributes if str(key).startswith(_OF_A_RELATION)}


def _rewritten(opened: _Opened) -> tuple[Member, ...]:
    """The members in their old order, under their new names, with their relations and the list of types."""
    places = _places(opened)
    written = {TYPES.casefold(): _types(opened, places)}  # by the old name, however it was spelt
    for name, place in places.items():
        if name:
            old, data = opened.members[name], opened.data.get(name)
            written[name.casefold()] = old if data is None and place == name else Member(place, data or old.data)
        if relations := _relations(opened, name, places):
            written[relations_name(name).casefold()] = relations
    return tuple(written[name.casefold()] for name in opened.members if name.casefold() in written)


def _places(opened: _Opened) -> dict[str, str]:
    """Old name → new name of every part that is taken over, the package itself ("") first."""
    places, waiting = {"": ""}, [""]
    while waiting:
        for relation in opened.kept(opened.contents.parts[waiting.pop(0)]):
            name = relation.part
            if name and name not in places:
                places[name] = _place(opened, name, places)
                waiting.append(name)
    return places


def _place(opened: _Opened, name: str, places: Mapping[str, str]) -> str:
    """Where a part is written: its own place where that is a usual one, else the first free usual one."""
    place = opened.kind(name).place if opened.profile.rewritten else ""
    if not place:
        return name
    content_type = opened.contents.parts[name].content_type
    suffix = allowed.IMAGES[content_type][0] if content_type in allowed.IMAGES else ""
    taken = set(places.values())
    usual = re.compile(re.escape(place).replace(r"\{\}", r"\d*") + (r"\.\w{3,4}" if suffix else ""))
    if usual.fullmatch(name) and name not in taken:
        return name
    others = {each for each in opened.contents.parts if usual.fullmatch(each)}
    end = f".{suffix}" if suffix else ""
    numbered = (place.format(number) + end for number in range(1, len(opened.contents.parts) + 2))
    return next(each for each in numbered if each not in taken | others or "{}" not in place)


def _relations(opened: _Opened, name: str, places: Mapping[str, str]) -> Member | None:
    """The relations of a part, to the parts' new names; the old member where they say the same."""
    folder = posixpath.dirname(places[name])
    root = _root("Relationships", RELATIONSHIPS)
    for each in opened.kept(opened.contents.parts[name]):
        target = each.target if each.outside else posixpath.relpath(places[each.part], folder or ".")
        mode = {"TargetMode": "External"} if each.outside else {}
        values = {"Id": each.identifier, "Type": each.type, "Target": target, **mode}
        etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", values)
    if not len(root):
        return None
    return _old_or_new(opened, relations_name(places[name]), relations_name(name), root)


def _types(opened: _Opened, places: Mapping[str, str]) -> Member:
    """The list of content types, of what is taken over and nothing else."""
    defaults, overrides = dict(_DEFAULTS), dict[str, str]()
    for name, place in places.items():
        if not name:
            continue
        own = opened.contents.parts[name].content_type
        kind = opened.kind(name)
        kept = not opened.profile.rewritten or kind is allowed.IMAGE
        content_type = own if kept else kind.types[0]
        suffix = place.rpartition(".")[2].casefold()
        if _XML.search(content_type) or defaults.setdefault(suffix, content_type) != content_type:
            overrides[f"/{place}"] = content_type
    root = _root("Types", CONTENT_TYPES)
    for suffix, content_type in defaults.items():
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Default", Extension=suffix, ContentType=content_type)
    for part, content_type in sorted(overrides.items()):
        etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=part, ContentType=content_type)
    return _old_or_new(opened, TYPES, TYPES, root)


def _root(name: str, space: str) -> etree._Element:
    return etree.fromstring(f'<{name} xmlns="{space}"/>')


def _old_or_new(opened: _Opened, place: str, old_name: str, root: etree._Element) -> Member:
    """The member with this content: the old one, byte for byte, where it stands in its place and says the same."""
    old = next((each for each in opened.members.values() if each.name == old_name == place), None)
    if old is not None:
        before = parse_xml(old.data)
        same = _said(before) == _said(root) and declared(before) == declared(root)
        if same and _is_plain(old.data, before):
            return old
    return Member(place, part_bytes(root))


def _said(root: etree._Element) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """All that a list of relations or types says, in an order of its own."""
    return sorted(
        (
            str(each.tag),
            f"{each.text or ''}{each.tail or ''}".strip(),
            sorted((str(key), str(value)) for key, value in each.attrib.items()),
        )
        for each in root.iter("*")
    )
