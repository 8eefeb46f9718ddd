"""Identifiers of relations as programs write them: one that a person chose could say anything."""

import itertools
import re
from dataclasses import replace

from lxml import etree

from pipeline.word.namespaces import R
from pipeline.word.package_content import Reached

_USUAL = re.compile(r"rId(?:Chart|Fonts|Footer|Header|Settings|Styles)?\d{0,9}")  # with words: our own
_OF_A_RELATION = f"{{{R}}}"


def with_usual_identifiers(part: Reached, root: etree._Element | None) -> Reached:
    """The part with its unusual identifiers replaced by the first free numbers, in its tree as well."""
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
