"""Strict reading of an XML part by events: no document type, no entity, no network, no deep nesting."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar
from xml.parsers import expat

from pipeline.spreadsheets.refusals import UnreadableFile

_DEEPEST = 64  # a worksheet nests some 8 elements, a text box in an extension some 20
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = "http://purl.oclc.org/ooxml/"

_REMEMBERED = 256 * 1024  # bytes of a part; a form's styles have some 30,000
P = ParamSpec("P")
T = TypeVar("T")
Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def _no_document_type(*_: object) -> None:
    raise UnreadableFile("document-type")


def parse(part: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Names come as ``namespace}local``. Raises ``UnreadableFile`` for what is not well-formed."""
    parser = expat.ParserCreate(encoding="utf-8", namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end:
        parser.EndElementHandler = end
    if text:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _no_document_type
    parser.EntityDeclHandler = _no_document_type
    try:
        parser.Parse(part, True)
    except expat.ExpatError:
        raise UnreadableFile("xml") from None


def once_for_equal_parts(read: Callable[P, T]) -> Callable[P, T]:
    """Remember what small parts came to: the ledgers of thirty units share one form's styles.

    Only for functions whose first argument is the part, and whose result nobody changes.
    """
    remembered = lru_cache(maxsize=64)(read)

    def reading(*arguments: P.args, **named: P.kwargs) -> T:
        part = arguments[0]
        small = isinstance(part, bytes) and len(part) < _REMEMBERED
        return remembered(*arguments, **named) if small else read(*arguments, **named)  # type: ignore[arg-type]  # hashable

    return reading


class Path:
    """The local names from the root down, for the small parts where speed does not matter."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def enter(self, name: str) -> str:
        """``a/b/c`` after entering ``name``; a name from another namespace keeps it."""
        if len(self.names) >= _DEEPEST:
            raise UnreadableFile("xml")
        if not self.names and name.startswith(_STRICT):
            raise UnreadableFile("strict-ooxml")
        self.names.append(name.removeprefix(MAIN))
        return "/".join(self.names)

    def leave(self) -> str:
        """The path of the element that ends."""
        path = "/".join(self.names)
        self.names.pop()
        return path

    def left(self, _: str) -> None:
        """An element's end that needs nothing else."""
        self.names.pop()
