"""How the text of a document came out on its rendered pages: the truth that the estimate stands for."""

import pypdfium2 as pdfium

from pipeline.files.pdfium import PDFIUM
from pipeline.word.imprint_pass import imprint_height
from pipeline.word.page_estimate import Estimate

_TYPE_BOTTOM, _TYPE_TOP = 262.0, 37.0  # mm from the sheet's top
_TOLERANCE = 1.5
_MM_PER_POINT = 25.4 / 72


def rendered_faces(data: bytes, pdf: bytes) -> Estimate:
    """Faces with text and the room under the last line, the imprint and page numbers left out.

    ``pdf`` is the rendering of the document ``data``, blank faces included. For ``with_even_last_page``.
    """
    height = imprint_height(data)
    with PDFIUM:
        document = pdfium.PdfDocument(pdf)
        try:
            for number in range(len(document) - 1, -1, -1):
                is_last = height and number == len(document) - 1
                bottom = _TYPE_BOTTOM - (height + _TOLERANCE if is_last else -_TOLERANCE)
                if lowest := _lowest_text(document[number], bottom):
                    return Estimate(number + 1, max(0.0, _TYPE_BOTTOM - lowest))
        finally:
            document.close()
    return Estimate(1, _TYPE_BOTTOM - _TYPE_TOP)


def _lowest_text(page: pdfium.PdfPage, bottom: float) -> float:
    """The lowest edge (mm) of the characters that stand over ``bottom``; 0 where there are none."""
    text, height = page.get_textpage(), page.get_height()
    lowest = 0.0
    for index in range(text.count_chars()):
        if not text.get_text_range(index, 1).strip():
            continue
        edge = (height - text.get_charbox(index)[1]) * _MM_PER_POINT
        if edge <= bottom:
            lowest = max(lowest, edge)
    return lowest
