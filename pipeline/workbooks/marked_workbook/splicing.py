"""Places in the bytes of an XML part, and changes made there and nowhere else.

A parser that writes the part anew would change much that is equal in meaning but not in bytes. Well-formed XML
holds ``<`` only as markup, so its tags can be found exactly; what is found is parsed once more after the change.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pipeline.word.cleaning import clean
from pipeline.workbooks.marked_workbook.entry import UnmarkableError

ATTRIBUTES = rb"""((?:\s++[^\s=<>/"']++\s*+=\s*+(?:"[^"]*+"|'[^']*+'))*+)"""
_TOKEN = re.compile(
    rb"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?(?:\?>|\Z)|<(/?)((?:[\w.-]+:)?)([\w.-]+)"
    + ATTRIBUTES
    + rb"\s*+(/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""(?<!\s)\s++([^\s=<>/"']++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
_NUMBER = re.compile(r"[0-9]{1,9}")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")


@dataclass(frozen=True)
class Element:
    """Where an element stands in its part: ``start`` to ``end``, its inner bytes ``inside`` to ``inside_end``."""

    name: str  # without prefix
    prefix: str  # "x:" or ""
    attributes: bytes  # as written
    start: int
    inside: int
    inside_end: int
    end: int

    @property
    def is_empty_tag(self) -> bool:
        return self.inside == self.end

    def get(self, name: str) -> str | None:
        """An attribute whose value needs no unescaping (numbers, references, identifiers)."""
        return attribute(self.attributes, name)

    def number(self, name: str) -> int:
        """An attribute that is a whole number, 0 where it isn't there. Raises ``UnmarkableError``."""
        return whole_number(self.get(name) or "0")


def whole_number(text: str) -> int:
    """Raises ``UnmarkableError`` for what is no plain number."""
    if not _NUMBER.fullmatch(text):
        raise UnmarkableError("文件内部的数字有误")
    return int(text)


def attribute(attributes: bytes, name: str) -> str | None:
    """One attribute's value as written."""
    wanted = name.encode()
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1] == wanted:
            return (match[2] if match[2] is not None else match[3]).decode("utf-8", "replace")
    return None


def with_attribute(attributes: bytes, name: str, value: str) -> bytes:
    """The attributes with one of them set, in its place if it is there already."""
    wanted, written = name.encode(), f' {name}="{value}"'.encode()
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1] == wanted:
            return attributes[: match.start()] + written + attributes[match.end() :]
    return attributes + written


def without_attribute(attributes: bytes, name: str) -> bytes:
    for match in _ATTRIBUTE.finditer(attributes):
        if match[1] == name.encode():
            return attributes[: match.start()] + attributes[match.end() :]
    return attributes


def siblings(data: bytes, position: int) -> Iterator[Element]:
    """The elements from ``position`` on, until the element that holds them ends."""
    depth, first = 0, None
    for token in _TOKEN.finditer(data, position):
        if token[3] is None:
            continue
        if token[1]:
            depth -= 1
            if depth < 0:
                return
            if depth == 0 and first is not None:
                yield _element(first, token.start(), token.end())
                first = None
        elif token[5]:
            if depth == 0:
                yield _element(token, token.end(), token.end())
        else:
            if depth == 0:
                first = token
            depth += 1


def _element(opening: "re.Match[bytes]", inside_end: int, end: int) -> Element:
    return Element(
        opening[3].decode(), opening[2].decode(), opening[4], opening.start(), opening.end(), inside_end, end
    )


def tag_end(data: bytes, start: int) -> int:
    """Where the start tag that begins at ``start`` ends."""
    token = _TOKEN.match(data, start)
    if token is None:
        raise UnmarkableError("文件内部的结构不正常")
    return token.end()


def children(data: bytes, parent: Element) -> list[Element]:
    return [] if parent.is_empty_tag else list(siblings(data, parent.inside))


def root(data: bytes) -> Element:
    """The part's outermost element."""
    for element in siblings(data, 0):
        return element
    raise UnmarkableError("文件内部的结构不正常")


def only(elements: Iterable[Element], name: str) -> Element | None:
    """The element of that name among siblings; a schema allows each once. Raises ``UnmarkableError`` for two."""
    found = [element for element in elements if element.name == name]
    if len(found) > 1:
        raise UnmarkableError("文件内部的结构不正常")
    return found[0] if found else None


@dataclass(frozen=True)
class Change:
    """Bytes ``start`` to ``end`` become ``new``."""

    start: int
    end: int
    new: bytes


def spliced(data: bytes, changes: Iterable[Change]) -> bytes:
    """All changes made at once; of two at the same place the first given stands first."""
    pieces, position = [], 0
    for change in sorted(changes, key=lambda each: (each.start, each.end)):
        if change.start < position:
            raise UnmarkableError("文件内部的结构不正常")
        pieces += [data[position : change.start], change.new]
        position = change.end
    pieces.append(data[position:])
    return b"".join(pieces)


def appended(element: Element, new: str) -> Change:
    """Put ``new`` behind an element's last child; an empty tag is opened for it."""
    if not element.is_empty_tag:
        return Change(element.inside_end, element.inside_end, new.encode())
    tag = f"{element.prefix}{element.name}"
    opened = f"<{tag}".encode() + element.attributes + f">{new}</{tag}>".encode()
    return Change(element.start, element.end, opened)


def retagged(element: Element, attributes: bytes) -> Change:
    """The element's start tag with other attributes; its content stays."""
    closing = b"/>" if element.is_empty_tag else b">"
    return Change(element.start, element.inside, f"<{element.prefix}{element.name}".encode() + attributes + closing)


def require_utf8(data: bytes) -> None:
    """Raises ``UnmarkableError`` for a part in which bytes can't be spliced, or with a document type."""
    declared = _DECLARED.match(data.removeprefix(b"\xef\xbb\xbf"))
    if data[:2] in (b"\xff\xfe", b"\xfe\xff") or (declared and declared[1].lower() not in (b"utf-8", b"us-ascii")):
        raise UnmarkableError("文件内部用了不常见的文字编码")
    if b"<!DOCTYPE" in data[:4096]:
        raise UnmarkableError("文件内部含有不允许的定义")


def require_well_formed(data: bytes) -> None:
    """Raises ``UnmarkableError`` unless the part is XML from beginning to end."""
    try:
        expat.ParserCreate().Parse(data, True)
    except expat.ExpatError:
        raise UnmarkableError("文件内部的结构不正常") from None


def text_xml(text: str) -> str:
    """Text as element content."""
    return escape(clean(text))


def attribute_xml(text: str) -> str:
    """Text as a quoted attribute value."""
    return quoteattr(clean(text), {"\n": "&#10;", "\t": "&#9;"})
