"""The blocks of a part that are fitted once their text is there, marked so that only they are parsed again.

A part's other paragraphs, nearly all of it, need no second look: parsing and writing them anew would cost more than
rendering them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from html import unescape
from xml.sax.saxutils import escape

from lxml import etree

from pipeline.word.conservation import is_kept, words
from pipeline.word.fitting import FITTED, TITLES, fit, title_lines
from pipeline.word.house_style import Style
from pipeline.word.namespaces import W
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

_W = f"{{{W}}}"
_NAME = "gongwen"
_MARK = f"<?{_NAME} "
_BEGINS, _ENDS = "fit?>", "end?>"
_FOREIGN = re.compile(r"</?(?!/?w:)|\s(?!w:|xml:space)[\w]+:\w+=")
# the usual title: one paragraph of one run, that need not be parsed to be broken into lines
_ONE_RUN = re.compile(
    r'(<w:p><w:pPr><w:pStyle w:val="([^"]*)"/>(?:<(?!/?w:(?:p|r|t)[ />])[^<>]*>)*</w:pPr>'
    r'<w:r>(?:<(?!/?w:(?:p|r|t)[ />])[^<>]*>)*<w:t xml:space="preserve">)([^<]*)(</w:t></w:r></w:p>)'
)
_REMEMBERED = 128  # blocks
_LINE_END = '</w:t><w:br/><w:t xml:space="preserve">'
_PLAIN_HEAD = f'<w:body xmlns:w="{W}">'
_ROOT = re.compile(r"<[\w:]++[^<>?]*+>")


class Unfit(ValueError):
    """Marks that don't pair after rendering, or a block that doesn't stand for itself: fit the whole part."""


def mark_blocks(root: etree._Element, styles: Mapping[str, Style]) -> None:
    """Put marks around the part's blocks: whole children of the body (or of a header) with their signature's date."""
    body = root.find(f"{_W}body")
    blocks = list(body if body is not None else root)
    for first, last in list(_ranges([_kinds(block, styles) for block in blocks])):
        blocks[first].addprevious(etree.ProcessingInstruction(_NAME, "fit"))
        blocks[last].addnext(etree.ProcessingInstruction(_NAME, "end"))


def _kinds(block: etree._Element, styles: Mapping[str, Style]) -> list[str]:
    """Identifiers of the fitted house styles inside a block, in order."""
    names = (reference.get(f"{_W}val", "") for reference in block.iter(f"{_W}pStyle"))
    return [styles[name].identifier for name in names if name in styles and styles[name].identifier in FITTED]


def _ranges(kinds: list[list[str]]) -> Iterator[tuple[int, int]]:
    """First and last index of each block; the names of a signature reach down to their date."""
    index = 0
    while index < len(kinds):
        end = index
        wanted = FITTED[kinds[index][-1]] if kinds[index] else ""
        if wanted:
            end = next((later for later in range(index, len(kinds)) if wanted in kinds[later]), index)
        if kinds[index]:
            yield index, end
        index = end + 1


class BlockFitter:
    """Fits the blocks of parts; one that recurs, such as a unit's signature under its date, only once."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self._styles = styles
        self._recurring = lru_cache(maxsize=_REMEMBERED)(self._parsed)

    def fit(self, stretches: Iterable[str]) -> Iterator[str]:
        """The rendered part with its blocks fitted and without marks, as it comes. Raises ``Unfit``."""
        head = ""
        block: list[str] | None = None  # the pieces of the block that is open
        for stretch in stretches:
            if not head:
                head = _root(stretch)
            for number, piece in enumerate(stretch.split(_MARK)):
                if number:
                    begins, piece = piece.startswith(_BEGINS), piece[len(_BEGINS) :]
                    if begins != (block is None):
                        raise Unfit
                    if block is None:
                        block = []
                    else:
                        yield self._fitted("".join(block), head)
                        block = None
                if block is None:
                    yield piece
                else:
                    block.append(piece)
        if block is not None:
            raise Unfit

    def _fitted(self, block: str, head: str) -> str:
        """One block fitted; exactly its text stays, but for the marks of the office's own line breaks."""
        title = _ONE_RUN.fullmatch(block)
        if title and title[2] in self._styles and self._styles[title[2]].identifier in TITLES:
            text = unescape(title[3])
            lines = title_lines(text)
            if lines and not is_kept(text, "".join(lines)):
                raise Unfit
            return title[1] + _LINE_END.join(map(escape, lines)) + title[4] if lines else block
        return self._recurring(block, head)

    def _parsed(self, block: str, head: str) -> str:
        if not _FOREIGN.search(block):
            head = _PLAIN_HEAD  # a root's many other namespaces take longer to read than the block
        name = head[1:].split(None, 1)[0].rstrip(">")
        try:
            root = parse_xml(f"{head}{block}</{name}>")
        except BrokenXmlError:
            raise Unfit from None
        if not fit(root, self._styles):
            return block
        whole = etree.tostring(root, encoding="unicode")
        fitted = whole[whole.index(">") + 1 : whole.rindex("<")]
        if not is_kept(words(block), words(fitted)):
            raise Unfit
        return fitted


def _root(text: str) -> str:
    """The start tag of the part that begins so. Raises ``Unfit``."""
    found = _ROOT.match(text, text.index("<", text.find("?>") + 1 if text.startswith("<?xml") else 0))
    if found is None:
        raise Unfit
    return found.group()


def without_marks(text: str) -> str:
    return text.replace(_MARK + _BEGINS, "").replace(_MARK + _ENDS, "")
