"""What stands in one paragraph: its runs with their text, breaks, fields and shapes; deleted text left out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from pipeline.lint.docx_model import Run
from pipeline.lint.formats import RunFormat
from pipeline.lint.properties import Properties, attribute, child, local, read
from pipeline.word.namespaces import MC

_INSIDE = {
    "ins", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "bdo", "dir", "customXml",
}  # fmt: skip
_MARKS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
_ALTERNATE = f"{{{MC}}}AlternateContent"

FormatOf = Callable[[str, Properties], RunFormat]


@dataclass
class Content:
    """Gathered while walking."""

    runs: list[Run] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    shapes: list[etree._Element] = field(default_factory=list)
    page_break: bool = False
    break_first: bool = False

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)


def content_of(paragraph: etree._Element, format_of: FormatOf) -> Content:
    """The paragraph's content; ``format_of`` resolves character style and direct properties."""
    content = Content()
    _walk(paragraph, content, format_of, 0)
    return content


def _walk(parent: etree._Element, content: Content, format_of: FormatOf, depth: int) -> None:
    for element in parent:
        name = local(element)
        if name == "r":
            _run(element, content, format_of)
        elif name in _INSIDE and depth < 32:
            if name == "fldSimple":
                content.fields.append(attribute(element, "instr").strip())
            _walk(element, content, format_of, depth + 1)
        elif element.tag == _ALTERNATE:
            content.shapes.append(element)


def _run(element: etree._Element, content: Content, format_of: FormatOf) -> None:
    properties = child(element, "rPr")
    direct = read(properties)
    style = direct.pop("rStyle", {}).get("val", "")
    pieces: list[str] = []
    for item in element:
        name = local(item)
        if name == "t":
            pieces.append(item.text or "")
        elif name in _MARKS:
            pieces.append(_MARKS[name])
        elif name == "br":
            if attribute(item, "type") == "page":
                if not content.page_break:
                    content.break_first = not (content.text + "".join(pieces)).strip()
                content.page_break = True
            else:
                pieces.append("\n")
        elif name == "instrText":
            content.fields.append((item.text or "").strip())
        elif name in ("drawing", "pict", "object") or item.tag == _ALTERNATE:
            content.shapes.append(item)
    if pieces:
        content.runs.append(Run("".join(pieces), format_of(style, direct)))
