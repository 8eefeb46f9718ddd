"""A template's package: which parts carry tags, and their text made ready for Jinja."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from docxtpl import DocxTemplate
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.rendering.namespaces import CONTENT_TYPES, RELATIONSHIPS, W
from pipeline.rendering.package import Member
from pipeline.rendering.strict_xml import BrokenXmlError, parse_xml, part_bytes

TAGGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PERSONAL = re.compile(r"(docProps|customXml)/|(^|/)people\d*\.xml$")
_SAVES = (f"{{{W}}}rsids", f"{{{W}}}rsid")
_TYPES, _RELATION, _OVERRIDE = (
    "[Content_Types].xml",
    f"{{{RELATIONSHIPS}}}Relationship",
    f"{{{CONTENT_TYPES}}}Override",
)
_DRAWING = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*"')
_FIRST_DRAWING = 1001
_NOISE = ("proofErr", "lastRenderedPageBreak", "bookmarkStart", "bookmarkEnd")


def parse_strictly(data: bytes) -> None:
    """Raises ExpatError unless the part is well-formed; several times faster than building its tree."""
    expat.ParserCreate().Parse(data, True)


def part_tree(member: Member, template: str) -> etree._Element:
    """The part's tree without editing traces (spelling marks, bookmarks, save numbers)."""
    try:
        root = parse_xml(member.data)
    except BrokenXmlError as error:
        raise TemplateError(
            f"模板“{template}”的{member.name}不是完好的XML，请用WPS或Word另存后再用。"
        ) from error
    for element in list(root.iter(*(f"{{{W}}}{name}" for name in _NOISE))):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter(f"{{{W}}}p", f"{{{W}}}r", f"{{{W}}}tr", f"{{{W}}}sectPr"):
        for attribute in [name for name in element.attrib if "}rsid" in str(name)]:
            del element.attrib[attribute]
    return root


def jinja_source(root: etree._Element) -> str:
    """The part's text with docxtpl's tag rules applied: tags split over runs joined, ``{%p``, ``{%tr`` unwrapped."""
    patched: str = DocxTemplate(None).patch_xml(etree.tostring(root, encoding="unicode"))
    return patched


class WholePartError(ValueError):
    """One of docxtpl's rules needs the part as one text."""


@dataclass(frozen=True)
class AfterRules:
    """What docxtpl does to a part's text once it is rendered, as far as this part can need it."""

    own_tabs: int  # the template's; a tab in a value becomes a run of its own
    has_columns: bool  # a ``{%tc`` may multiply a table's columns: its grid is mended
    has_drawings: bool  # a loop may copy them: they are numbered anew

    @classmethod
    def of(cls, root: etree._Element, source: str, *, is_body: bool) -> "AfterRules":
        return cls(
            source.count("\t"),
            is_body and "{%tc " in "".join(map(str, root.itertext())).replace("{% tc", "{%tc"),
            is_body and "<wp:docPr" in source,
        )

    def in_passing(self, stretches: Iterable[str]) -> Iterator[str]:
        """The text as it comes, where it needs no rule. Raises ``WholePartError`` as soon as one is needed."""
        if self.has_columns or self.has_drawings:
            raise WholePartError
        tabs = 0
        for stretch in stretches:
            if "\t" in stretch:
                tabs += stretch.count("\t")
                if tabs > self.own_tabs:
                    raise WholePartError
            yield stretch

    def whole(self, text: str) -> str:
        if text.count("\t") > self.own_tabs:
            text = DocxTemplate(None).resolve_listing(text)
        if self.has_columns:
            text = etree.tostring(DocxTemplate(None).fix_tables(text), encoding="unicode")
        if self.has_drawings:
            numbers = itertools.count(_FIRST_DRAWING)
            text = _DRAWING.sub(lambda found: f'{found[1]}{next(numbers)}"', text)
        return text


def without_personal_data(members: Iterable[Member]) -> tuple[Member, ...]:
    """The package without author, company, thumbnail, save numbers and custom data, and references to them."""
    return tuple(
        _pruned(member) if member.name == _TYPES or member.name.endswith(".rels") else _without_saves(member)
        for member in members
        if not _PERSONAL.search(member.name)
    )


def _without_saves(member: Member) -> Member:
    """The part without Word's save numbers; where there are none, the very same bytes."""
    if b"rsid" not in member.data or not member.name.endswith(".xml"):
        return member
    root = parse_xml(member.data)
    for element in list(root.iter(*_SAVES)):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
    for element in root.iter():
        for attribute in [name for name in element.attrib if "}rsid" in str(name)]:
            del element.attrib[attribute]
    return Member(member.name, part_bytes(root))


def _pruned(member: Member) -> Member:
    root = parse_xml(member.data)
    doomed = [
        element
        for element in root.iter(_RELATION, _OVERRIDE)
        if _PERSONAL.search(element.get("Target") or element.get("PartName") or "")
    ]
    if not doomed:
        return member
    for element in doomed:
        root.remove(element)
    return Member(member.name, part_bytes(root))
