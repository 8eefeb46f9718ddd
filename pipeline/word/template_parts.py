"""A template's package: which parts carry tags, and their text made ready for Jinja."""

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat

from docxtpl import DocxTemplate
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.word.package import Member
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

TAGGED = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_DRAWING = re.compile(r'(<wp:docPr\b[^<>]*?\bid=")[^"]*"')
_FIRST_DRAWING = 1001


def parse_strictly(data: bytes) -> None:
    """Raises ExpatError unless the part is well-formed; several times faster than building its tree."""
    expat.ParserCreate().Parse(data, True)


def part_tree(member: Member, template: str) -> etree._Element:
    """The part's tree. Raises TemplateError where it is no sound XML."""
    try:
        return parse_xml(member.data)
    except BrokenXmlError as error:
        raise TemplateError(f"模板“{template}”的{member.name}不是完好的XML，请用WPS或Word另存后再用。") from error


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
