"""Whether a PDF shows what its document says: each 汉字 of the text, as often and in its order."""

import io
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pypdfium2 as pdfium

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_ASIDE = (f"{_W}tbl", f"{_W}txbxContent")  # a page may set them in another order than the file
_LEFT_OUT = (_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}pPr")
_SHOWN = 12  # characters of a difference that a message names


def _han(text: str) -> str:
    """The 汉字 of a text, composed: spaces, figures and marks may come out otherwise on a page."""
    return "".join(each for each in unicodedata.normalize("NFC", text) if _is_han(each))


def _is_han(character: str) -> bool:
    return "㐀" <= character <= "鿿" or "\U00020000" <= character <= "\U0003ffff"


def document_words(path: Path) -> list[tuple[str, bool]]:
    """The 汉字 of each paragraph of a Word document's body, and whether it stands in the plain flow of the text.

    Empty where the document has no part that we know: there is nothing to compare then.
    """
    try:
        with zipfile.ZipFile(path) as package:
            root = ElementTree.parse(io.BytesIO(package.read("word/document.xml"))).getroot()
    except (OSError, KeyError, zipfile.BadZipFile, ElementTree.ParseError, RuntimeError, NotImplementedError):
        return []
    return list(_paragraphs(root, flows=True))


def _paragraphs(element: ElementTree.Element, *, flows: bool) -> Iterator[tuple[str, bool]]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}p" and (han := _han("".join(_texts(child)))):
            yield han, flows
        yield from _paragraphs(child, flows=flows and child.tag not in _ASIDE)


def _texts(element: ElementTree.Element) -> Iterator[str]:
    """A paragraph's own text, that of boxes and of hidden letters apart."""
    for child in element:
        if child.tag in _LEFT_OUT or child.tag in _ASIDE:
            continue
        properties = child.find(f"{_W}rPr") if child.tag == f"{_W}r" else None
        if properties is not None and properties.find(f"{_W}vanish") is not None:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        yield from _texts(child)


def page_words(pdf: bytes) -> str:
    """The 汉字 of a PDF's pages, in the order in which they are set."""
    document = pdfium.PdfDocument(pdf)
    try:
        found = []
        for number in range(len(document)):
            page = document[number]
            text = page.get_textpage()
            found.append(text.get_text_range())
            text.close()
            page.close()
        return _han("".join(found))
    finally:
        document.close()


def missing_words(paragraphs: list[tuple[str, bool]], shown: str) -> str:
    """What of a document does not stand on its pages, shortened; ``""`` where all does.

    Pages may show more: heads of tables and feet come again on each of them, numbers are counted by Word.
    """
    lost = Counter("".join(han for han, _ in paragraphs)) - Counter(shown)
    if lost:
        return "".join(lost)[:_SHOWN]
    position = 0
    for han, flows in paragraphs:
        if not flows:
            continue
        for character in han:
            position = shown.find(character, position) + 1
            if not position:
                return han[:_SHOWN]
    return ""
