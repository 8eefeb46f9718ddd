"""Reading a finished .docx back, independently of the code that wrote it."""

import io
import zipfile

from lxml import etree

from pipeline.rendering.house_style import BODY
from pipeline.rendering.ooxml import Section, docx, paragraph

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


def part(data: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def paragraphs(data: bytes, name: str = "word/document.xml") -> list[str]:
    """Every paragraph's text, line breaks and tabs included, older copies of text boxes left out."""
    found = []
    for element in etree.fromstring(part(data, name)).iter(f"{W}p"):
        if any(parent.tag == FALLBACK for parent in element.iterancestors()):
            continue
        pieces = []
        for inner in element.iter(f"{W}t", f"{W}br", f"{W}tab"):
            in_properties = next(inner.iterancestors(f"{W}pPr"), None) is not None
            if in_properties or next(inner.iterancestors(f"{W}p")) is not element:
                continue
            pieces.append(
                (inner.text or "") if inner.tag == f"{W}t" else "\n" if inner.tag == f"{W}br" else "\t"
            )
        found.append("".join(pieces))
    return found


def text_of(data: bytes) -> str:
    return "\n".join(paragraphs(data))


def small_template(*texts: str) -> bytes:
    """A template of plain paragraphs."""
    return docx((Section("portrait", tuple(paragraph(BODY, text) for text in texts)),))


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The package with one part replaced or added, as another program would write it."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink,
    ):
        for entry in source.namelist():
            if entry != name:
                sink.writestr(entry, source.read(entry))
        sink.writestr(name, content)
    return target.getvalue()
