"""A part's XML to a tree and back."""

from typing import Any

from lxml import etree


def _parser(*, huge: bool) -> etree.XMLParser:
    return etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=huge,
        remove_comments=True,
        remove_pis=True,
    )


_PARSER, _WARY_PARSER = _parser(huge=True), _parser(huge=False)


class BrokenXmlError(ValueError):
    """A part is no well-formed XML, or more than plain XML."""


def parse_xml(data: bytes | str, *, huge: bool = True) -> etree._Element:
    """Strict parse: no recovery, no entities, no network, no comments or processing instructions.

    ``huge``: texts and depths beyond what libxml2 allows by default are read. Raises ``BrokenXmlError``.
    """
    try:
        root = etree.fromstring(data, _PARSER if huge else _WARY_PARSER)
    except etree.XMLSyntaxError as error:
        raise BrokenXmlError(str(error)) from error
    info: Any = root.getroottree().docinfo
    if info.doctype:
        raise BrokenXmlError("document type declaration")
    return root


def part_bytes(root: etree._Element) -> bytes:
    """The tree as a part of a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
