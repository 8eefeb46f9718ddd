"""A page's picture and its words: both of the page that was asked for, and the words stand where the picture has ink."""

import io
import zlib

import pytest
from PIL import Image

from pipeline.errors import GongwenError
from pipeline.outputs.pages import picture, words


def _pdf(*said: str) -> bytes:
    """A page of A4 for each text, which stands 100 points from the left and 700 from the bottom, 24 points high."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(said)))
    parts = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(said)} /Kids [{kids}] /MediaBox [0 0 595 842] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(said):
        content = f"BT /F1 24 Tf 100 700 Td ({text}) Tj ET"
        parts.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        parts.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(data))
        data += f"{number} 0 obj\n{part}\nendobj\n".encode("ascii")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    start = len(data)
    return data + (
        f"xref\n0 {len(parts) + 1}\n0000000000 65535 f \n{table}"
        f"trailer\n<< /Size {len(parts) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("ascii")


@pytest.mark.parametrize(("number", "said"), [(1, "First 8.05"), (2, "Second")])
def test_words_are_those_of_the_page_and_stand_where_its_picture_has_ink(number: int, said: str) -> None:
    pdf = _pdf("First 8.05", "Second")
    (found,) = words(pdf, number)
    assert found.text == said
    image = Image.open(io.BytesIO(picture(pdf, number, 595))).convert("L")
    assert image.size == (595, 842)
    ink = image.point(lambda value: 255 * (value < 128)).getbbox()
    assert ink is not None
    box = (found.left * 595, found.top * 842, found.right * 595, found.bottom * 842)
    assert ink == pytest.approx(box, abs=2)


def test_the_same_page_gives_the_same_picture() -> None:
    pdf = _pdf("Same")
    assert zlib.crc32(picture(pdf, 1, 400)) == zlib.crc32(picture(pdf, 1, 400))


@pytest.mark.parametrize("number", [0, 3])
def test_a_page_that_is_not_there_is_said(number: int) -> None:
    for ask in (lambda pdf: words(pdf, number), lambda pdf: picture(pdf, number, 100)):
        with pytest.raises(GongwenError, match=f"PDF共2页，没有第{number}页"):
            ask(_pdf("First", "Second"))


def test_what_is_no_pdf_is_said() -> None:
    with pytest.raises(GongwenError, match="不是完好的PDF"):
        picture(b"%PDF-1.4 broken", 1, 100)
