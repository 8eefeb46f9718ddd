"""PDF bytes → Pages, by pdfium. Reads what was drawn, so that nothing has to be guessed from pixels."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.lint.page_model import POINT, Area, Glyph, Page, Pages, Rule

_PAGES = 3000
_GLYPHS = 60_000  # of one page; more is no office paper
_SHAPES = 40_000
_DEPTH = 6  # of forms within forms
_THIN = 1.3  # mm; a bar not thicker is a rule
_SHORT = 0.5  # mm; a shorter rule is a dot
_TURNED = 0.3  # sine of the angle from which a character counts as turned


class UnreadablePdfError(ValueError):
    """The bytes are no PDF that can be measured; the message is the Chinese reason."""


@dataclass(frozen=True)
class _Sheet:
    """Turns points of the PDF into mm from the top-left of the sheet as it is seen."""

    left: float
    bottom: float
    width: float  # points, before turning
    height: float
    turns: int  # quarter turns clockwise

    def place(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.left, self.height - (y - self.bottom)
        for turn in range(self.turns):  # each turn moves the point within a sheet whose sides change places
            x, y = (self.height if turn % 2 == 0 else self.width) - y, x
        return x * POINT, y * POINT

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        ax, ay = self.place(x0, y0)
        bx, by = self.place(x1, y1)
        return min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)


@dataclass(frozen=True)
class _Face:
    """What the characters of one text object share."""

    font: str
    size: float
    colour: tuple[int, int, int]
    turned: bool
    bold: bool
    visible: bool
    clip: tuple[float, float, float, float] | None


def read_pages(data: bytes) -> Pages:
    """Measure every page; raises UnreadablePdfError for anything that is no sound PDF. Serves one thread only."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        raise UnreadablePdfError("不是完好的PDF") from None
    try:
        if len(document) > _PAGES:
            raise UnreadablePdfError(f"PDF超过{_PAGES}页，不予测量")
        return Pages(tuple(_page(document, number) for number in range(len(document))))
    except pdfium.PdfiumError:
        raise UnreadablePdfError("PDF中有读不出来的页面") from None
    finally:
        document.close()


def _page(document: pdfium.PdfDocument, index: int) -> Page:
    page = document[index]
    try:
        left, bottom, right, top = page.get_cropbox()
        turns = (page.get_rotation() // 90) % 4
        sheet = _Sheet(left, bottom, right - left, top - bottom, turns)
        width, height = page.get_size()
        rules: list[Rule] = []
        areas: list[Area] = []
        for shape in _shapes(page, sheet):
            (rules if isinstance(shape, Rule) else areas).append(shape)  # type: ignore[arg-type]  # told apart here
        glyphs = tuple(_glyphs(page, sheet, width * POINT, height * POINT))
        return Page(index + 1, width * POINT, height * POINT, glyphs, tuple(_joined(rules)), tuple(areas))
    finally:
        page.close()


def _glyphs(page: pdfium.PdfPage, sheet: _Sheet, width: float, height: float) -> Iterator[Glyph]:
    text = page.get_textpage()
    faces: dict[int, _Face] = {}
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    for index in range(min(raw.FPDFText_CountChars(text), _GLYPHS)):
        # a hyphen at a line's end is given a code of pdfium's own
        is_hyphen = raw.FPDFText_IsHyphen(text, index) == 1
        char = "-" if is_hyphen else _character(raw.FPDFText_GetUnicode(text, index))
        if not char or raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        thing = raw.FPDFText_GetTextObject(text, index)
        if not thing or not raw.FPDFText_GetCharBox(text, index, left, right, bottom, top):
            continue
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        address = ctypes.addressof(thing.contents)
        if address not in faces:
            faces[address] = _face(thing, sheet)
        face = faces[address]
        x0, y0, x1, y1 = sheet.box(left.value, bottom.value, right.value, top.value)
        origin, baseline = sheet.place(x.value, y.value)
        outside = x1 <= 0 or y1 <= 0 or x0 >= width or y0 >= height or not face.visible
        yield Glyph(
            char, x0, y0, x1, y1, origin, baseline, face.size, face.font, face.colour, face.turned,
            outside or _is_cut((x0, y0, x1, y1), face.clip), face.bold,
        )  # fmt: skip
    text.close()


def _character(code: int) -> str:
    """The printed character; "" for spaces and what is no character."""
    if not 0x20 < code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF or code in (0xFFFE, 0xFFFF):
        return ""
    char = chr(code)
    return "" if char.isspace() or char in "\u200b\ufeff\u00ad" else char


def _face(thing: object, sheet: _Sheet) -> _Face:
    matrix, size = _matrix(thing), ctypes.c_float()
    raw.FPDFTextObj_GetFontSize(thing, size)
    scale = (matrix.c**2 + matrix.d**2) ** 0.5
    along = (matrix.a**2 + matrix.b**2) ** 0.5
    mode = raw.FPDFTextObj_GetTextRenderMode(thing)
    return _Face(
        _font_name(raw.FPDFTextObj_GetFont(thing)),
        size.value * scale,
        _colour(raw.FPDFPageObj_GetFillColor, thing) or (0, 0, 0),
        (abs(matrix.b) > _TURNED * along) != (sheet.turns % 2 == 1),
        mode in (raw.FPDF_TEXTRENDERMODE_FILL_STROKE, raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP),
        mode not in (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP),
        _clip(thing, sheet),
    )


def _font_name(font: object) -> str:
    if not font:
        return ""
    buffer = ctypes.create_string_buffer(256)
    raw.FPDFFont_GetBaseFontName(font, buffer, 256)
    name = buffer.value.decode("utf-8", "replace")
    return name[7:] if len(name) > 7 and name[6] == "+" else name


def _colour(getter: object, thing: object) -> tuple[int, int, int] | None:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not getter(thing, *parts) or parts[3].value == 0:  # type: ignore[operator]  # one of pdfium's functions
        return None
    return parts[0].value, parts[1].value, parts[2].value


def _clip(thing: object, sheet: _Sheet) -> tuple[float, float, float, float] | None:
    """The frame within which the object is drawn."""
    path = raw.FPDFPageObj_GetClipPath(thing)
    count = raw.FPDFClipPath_CountPaths(path) if path else 0
    frame: tuple[float, float, float, float] | None = None
    for index in range(min(max(count, 0), 16)):
        points = []
        for number in range(min(raw.FPDFClipPath_CountPathSegments(path, index), 64)):
            points.append(_point(raw.FPDFClipPath_GetPathSegment(path, index, number)))
        if len(points) < 3:
            continue
        places = [sheet.place(*point) for point in points]
        box = (
            min(x for x, _ in places), min(y for _, y in places),
            max(x for x, _ in places), max(y for _, y in places),
        )  # fmt: skip
        frame = box if frame is None else _common(frame, box)
    return frame


def _point(segment: object) -> tuple[float, float]:
    x, y = ctypes.c_float(), ctypes.c_float()
    raw.FPDFPathSegment_GetPoint(segment, x, y)
    return x.value, y.value


def _common(
    one: tuple[float, float, float, float], other: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _is_cut(box: tuple[float, float, float, float], clip: tuple[float, float, float, float] | None) -> bool:
    """Whether more than half of a character's ink lies outside its frame."""
    if clip is None:
        return False
    x0, y0, x1, y1 = _common(box, clip)
    whole = max(box[2] - box[0], 0.01) * max(box[3] - box[1], 0.01)
    return max(x1 - x0, 0) * max(y1 - y0, 0) < whole / 2 and (x1 - x0 < 0.001 or y1 - y0 < 0.001 or whole > 0.05)


def _shapes(page: pdfium.PdfPage, sheet: _Sheet) -> Iterator[Rule | Area]:
    done = 0
    for index in range(raw.FPDFPage_CountObjects(page)):
        for shape in _shape(raw.FPDFPage_GetObject(page, index), sheet, pdfium.PdfMatrix(), 0):
            yield shape
            done += 1
            if done >= _SHAPES:
                return


def _shape(thing: object, sheet: _Sheet, outer: pdfium.PdfMatrix, depth: int) -> Iterator[Rule | Area]:
    kind = raw.FPDFPageObj_GetType(thing)
    if kind == raw.FPDF_PAGEOBJ_PATH:
        yield from _path(thing, sheet, outer)
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if raw.FPDFPageObj_GetBounds(thing, left, bottom, right, top):
            corners = outer.on_point(left.value, bottom.value), outer.on_point(right.value, top.value)
            yield Area(*sheet.box(*corners[0], *corners[1]))
    elif kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
        inner = _matrix(thing).multiply(outer)
        for index in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _shape(raw.FPDFFormObj_GetObject(thing, index), sheet, inner, depth + 1)


def _matrix(thing: object) -> pdfium.PdfMatrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, matrix)
    return pdfium.PdfMatrix.from_raw(matrix)


def _path(thing: object, sheet: _Sheet, outer: pdfium.PdfMatrix) -> Iterator[Rule | Area]:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(thing, fill, stroke)
    matrix = _matrix(thing).multiply(outer)
    count = raw.FPDFPath_CountSegments(thing)
    if not 2 <= count <= 512 or not (fill.value or stroke.value):
        return
    segments = [raw.FPDFPath_GetPathSegment(thing, index) for index in range(count)]
    places = [sheet.place(*matrix.on_point(*_point(segment))) for segment in segments]
    width = ctypes.c_float()
    raw.FPDFPageObj_GetStrokeWidth(thing, width)
    pen = width.value * POINT * (abs(matrix.a * matrix.d - matrix.b * matrix.c) ** 0.5)
    if stroke.value and (colour := _colour(raw.FPDFPageObj_GetStrokeColor, thing)):
        kinds = [raw.FPDFPathSegment_GetType(segment) for segment in segments]
        for number in range(1, count):
            if kinds[number] == raw.FPDF_SEGMENT_LINETO:
                yield from _line(places[number - 1], places[number], pen, colour)
    if fill.value and (colour := _colour(raw.FPDFPageObj_GetFillColor, thing)) and colour != (255, 255, 255):
        yield _filled(places, colour)


def _line(
    start: tuple[float, float], end: tuple[float, float], pen: float, colour: tuple[int, int, int]
) -> Iterator[Rule]:
    (ax, ay), (bx, by) = start, end
    if abs(ay - by) < 0.05 and abs(ax - bx) > _SHORT:
        yield Rule(min(ax, bx), max(ax, bx), (ay + by) / 2, pen, colour)
    elif abs(ax - bx) < 0.05 and abs(ay - by) > _SHORT:
        yield Rule(min(ay, by), max(ay, by), (ax + bx) / 2, pen, colour, horizontal=False)


def _filled(places: list[tuple[float, float]], colour: tuple[int, int, int]) -> Rule | Area:
    x0, x1 = min(x for x, _ in places), max(x for x, _ in places)
    y0, y1 = min(y for _, y in places), max(y for _, y in places)
    if y1 - y0 <= _THIN and x1 - x0 > 3 * (y1 - y0):
        return Rule(x0, x1, (y0 + y1) / 2, y1 - y0, colour)
    if x1 - x0 <= _THIN and y1 - y0 > 3 * (x1 - x0):
        return Rule(y0, y1, (x0 + x1) / 2, x1 - x0, colour, horizontal=False)
    return Area(x0, y0, x1, y1, colour)


def _joined(rules: list[Rule]) -> Iterator[Rule]:
    """Pieces of one line as one rule: a table draws its border cell by cell, some engines twice."""
    open_rule: Rule | None = None
    for rule in sorted(
        rules, key=lambda r: (r.horizontal, r.colour, round(r.at, 1), round(r.thickness, 1), r.start, r.end)
    ):
        if (
            open_rule is not None
            and (open_rule.horizontal, open_rule.colour) == (rule.horizontal, rule.colour)
            and abs(open_rule.at - rule.at) < 0.12
            and abs(open_rule.thickness - rule.thickness) < 0.08
            and rule.start <= open_rule.end + 0.6
        ):
            open_rule = Rule(
                open_rule.start, max(open_rule.end, rule.end), open_rule.at, open_rule.thickness,
                open_rule.colour, open_rule.horizontal,
            )  # fmt: skip
        else:
            if open_rule is not None:
                yield open_rule
            open_rule = rule
    if open_rule is not None:
        yield open_rule
