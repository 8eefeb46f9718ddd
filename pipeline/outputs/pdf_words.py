"""Whether a PDF shows what its document says: each 汉字 as often and in its order, each figure and Latin word whole."""

import re
import unicodedata
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
from lxml import etree

from pipeline.files.pdfium import PDFIUM
from pipeline.word.namespaces import MC, W
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

_W = f"{{{W}}}"
_FALLBACK = f"{{{MC}}}Fallback"
_ASIDE = (f"{_W}tbl", f"{_W}txbxContent")  # a page may set them in another order than the file
_LEFT_OUT = (_FALLBACK, f"{_W}del", f"{_W}moveFrom", f"{_W}delText", f"{_W}instrText", f"{_W}pPr")
_BREAKING = {f"{_W}br", f"{_W}cr", f"{_W}tab", f"{_W}ptab"}
_SHOWN = 12  # characters of a difference that a message names
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)*|[a-z]+")  # 12345.60; a word
_NOT_JOINED = re.compile("[\\s\x02\xad\ufffe-]+")  # what a line's end may put into a word or a figure


@dataclass(frozen=True)
class Words:
    """What one paragraph of a document says, and whether it stands in the plain flow of the text."""

    text: str
    flows: bool = True


def _plain(text: str) -> str:
    """Composed, small letters, full width as half width, ligatures as letters: as far as pages and files may differ."""
    return unicodedata.normalize("NFKC", text).lower()


def _han(text: str) -> str:
    """The 汉字 alone: spaces and marks may come out otherwise on a page."""
    return "".join(each for each in text if "㐀" <= each <= "鿿" or "\U00020000" <= each <= "\U0003ffff")


def document_words(path: Path) -> list[Words]:
    """Each paragraph of a Word document's body that says something.

    Empty where the document has no part that we know: there is nothing to compare then.
    """
    try:
        with zipfile.ZipFile(path) as package:
            root = parse_xml(package.read("word/document.xml"))
    except (OSError, KeyError, zipfile.BadZipFile, BrokenXmlError, RuntimeError, NotImplementedError):
        return []
    _forget_counted(root)
    return list(_paragraphs(root, flows=True))


def _forget_counted(root: etree._Element) -> None:
    """Take the figures out of the results of fields (page numbers, dates): the page counts them anew."""
    depth = 0
    counted = [text for field in root.iter(f"{_W}fldSimple") for text in field.iter(f"{_W}t")]
    for element in root.iter():
        if element.tag == f"{_W}fldChar":
            depth += {"begin": 1, "end": -1}.get(element.get(f"{_W}fldCharType", ""), 0)
        elif depth > 0 and element.tag == f"{_W}t":
            counted.append(element)
    for element in counted:
        element.text = _TOKEN.sub(" ", _plain(element.text or ""))


def _paragraphs(element: etree._Element, *, flows: bool) -> Iterator[Words]:
    for child in element:
        if child.tag in _LEFT_OUT:
            continue
        if child.tag == f"{_W}p":
            text = _plain("".join(_texts(child)))
            if _han(text) or _TOKEN.search(text):
                yield Words(text, flows)
        yield from _paragraphs(child, flows=flows and child.tag not in _ASIDE)


def _texts(element: etree._Element) -> Iterator[str]:
    """A paragraph's own text, that of boxes and of hidden letters apart."""
    for child in element:
        if child.tag in _LEFT_OUT or child.tag in _ASIDE:
            continue
        properties = child.find(f"{_W}rPr") if child.tag == f"{_W}r" else None
        if properties is not None and properties.find(f"{_W}vanish") is not None:
            continue
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKING:
            yield " "
        yield from _texts(child)


def page_words(pdf: bytes) -> str:
    """The text of a PDF's pages, in the order in which it is set."""
    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            return _plain("\n".join(_page_text(document[number]) for number in range(len(document))))
        finally:
            document.close()


def _page_text(page: pdfium.PdfPage) -> str:
    text = page.get_textpage()
    try:
        return str(text.get_text_range())
    finally:
        text.close()
        page.close()


def missing_words(paragraphs: list[Words], shown: str) -> str:
    """What of a document does not stand on its pages, shortened; ``""`` where all does.

    Pages may show more: heads of tables and feet come again on each of them, numbers are counted by Word.
    """
    return _missing_han(paragraphs, _han(shown)) or _missing_token(paragraphs, shown)


def not_shown(document: Path, pdf: bytes) -> str:
    """What a Word document says and a PDF does not, shortened; ``""`` too where the PDF has no text, as a scan."""
    try:
        shown = page_words(pdf)
    except pdfium.PdfiumError:
        return ""
    return missing_words(document_words(document), shown) if shown.strip() else ""


def _missing_han(paragraphs: list[Words], shown: str) -> str:
    said = [(_han(each.text), each.flows) for each in paragraphs]
    lost = Counter("".join(han for han, _ in said)) - Counter(shown)
    if lost:
        return "".join(lost)[:_SHOWN]
    position = 0
    for han, flows in said:
        if not flows:
            continue
        for character in han:
            position = shown.find(character, position) + 1
            if not position:
                return han[:_SHOWN]
    return ""


def _missing_token(paragraphs: list[Words], shown: str) -> str:
    """The first figure or Latin word that the pages don't show as often as the document says it."""
    said = [(token, each.flows) for each in paragraphs for token in _TOKEN.findall(each.text)]
    wanted: Counter[str] = Counter(token for token, _ in said)
    found: Counter[str] = Counter(_TOKEN.findall(shown))
    aside = {token for token, flows in said if not flows}
    whole = Counter(_TOKEN.findall(_NOT_JOINED.sub("", shown)))  # those that a line's end breaks
    for token, count in wanted.items():
        if count <= found[token] or count <= whole[token]:
            continue
        if token not in aside or not _in_two_lines(token, found - wanted):
            return token[:_SHOWN]
    return ""


def _in_two_lines(token: str, left: Counter[str]) -> bool:
    """Whether a narrow cell may have broken it: the next cell's line then stands between its halves."""
    pairs = ((token[:at].rstrip("."), token[at:].lstrip(".")) for at in range(1, len(token)))
    return any(left[one] and left[other] > (one == other) for one, other in pairs)
