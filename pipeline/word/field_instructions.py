"""The instructions of a part's fields, as a program that runs them puts them together."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from pipeline.word.namespaces import W

_CHAR, _INSTRUCTION, _DELETED, _SIMPLE, _TEXT = (
    f"{{{W}}}{name}" for name in ("fldChar", "instrText", "delInstrText", "fldSimple", "t")
)
_KIND, _CODE = f"{{{W}}}fldCharType", f"{{{W}}}instr"
NESTED = "{…}"  # stands for a field within an instruction


@dataclass
class _Field:
    pieces: list[str] = field(default_factory=list)
    is_result: bool = False  # its instruction is over

    @property
    def instruction(self) -> str:
        return "".join(self.pieces).strip()


def instructions(root: etree._Element) -> Iterator[str]:
    """Each field's instruction, whole; Word may have cut one into several runs, or written it in plain text.

    What stands outside any field counts as one instruction more. An unended field is one too.
    """
    loose, opened = _Field(), list[_Field]()
    for element in root.iter(_CHAR, _INSTRUCTION, _DELETED, _SIMPLE, _TEXT):
        if element.tag == _SIMPLE:
            yield element.get(_CODE, "").strip()
        elif element.tag == _CHAR:
            yield from _turned(element.get(_KIND, "").strip().lower(), opened)
        elif opened and not opened[-1].is_result:
            opened[-1].pieces.append(_whole_text(element))
        elif element.tag != _TEXT:
            loose.pieces.append(_whole_text(element))
    yield from (each.instruction for each in opened if not each.is_result)
    if loose.pieces:
        yield loose.instruction


def _turned(kind: str, opened: list[_Field]) -> Iterator[str]:
    """A field begins, comes to its result, or ends."""
    if kind == "begin":
        if opened and not opened[-1].is_result:
            opened[-1].pieces.append(NESTED)
        opened.append(_Field())
    elif opened and kind == "separate" and not opened[-1].is_result:
        opened[-1].is_result = True
        yield opened[-1].instruction
    elif opened and kind == "end":
        ended = opened.pop()
        if not ended.is_result:
            yield ended.instruction


def _whole_text(element: etree._Element) -> str:
    """All text in the element: a comment, an instruction to a program or an element within hides none of it."""
    return "".join(
        part
        for each in element.iter()
        for part in (
            each.text if isinstance(each.tag, str) else None,
            each.tail if each is not element else None,
        )
        if part
    )
