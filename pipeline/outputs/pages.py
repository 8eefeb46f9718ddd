"""A page of a PDF to look at: its picture, and its words with their places in that picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium

from pipeline.errors import GongwenError
from pipeline.files.pdfium import PDFIUM


@dataclass(frozen=True)
class PlacedWords:
    """A run of text in one line; its box in shares of the page's width and height, from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


def picture(pdf: bytes, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) as a PNG, ``width`` pixels wide. Raises GongwenError where there is no such page."""
    with _opened(pdf, number) as page:
        image = page.render(scale=width / page.get_width()).to_pil()
        made = BytesIO()
        image.save(made, "PNG")
        return made.getvalue()


def words(pdf: bytes, number: int) -> tuple[PlacedWords, ...]:
    """What page ``number`` (from 1) says, and where. Raises GongwenError where there is no such page."""
    with _opened(pdf, number) as page:
        return tuple(_words(page))


@contextmanager
def _opened(pdf: bytes, number: int) -> Iterator[pdfium.PdfPage]:
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(pdf)
        except pdfium.PdfiumError:
            raise GongwenError("不是完好的PDF") from None
        try:
            if not 1 <= number <= len(document):
                raise GongwenError(f"PDF共{len(document)}页，没有第{number}页")
            yield document[number - 1]
        finally:
            document.close()  # its pages with it


def _words(page: pdfium.PdfPage) -> Iterator[PlacedWords]:
    width, height = page.get_size()
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        said = text.get_text_bounded(left, bottom, right, top).strip()
        if said:
            yield PlacedWords(said, left / width, 1 - top / height, right / width, 1 - bottom / height)
