"""Rules on the printed sheet: size, type area, lines and characters (5), and nothing lost or covered."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from pipeline.lint import page_measures as place
from pipeline.lint.lint_rule import Remark
from pipeline.lint.page_measures import mm, on_page
from pipeline.lint.page_model import Glyph, Page, TextLine, is_wide
from pipeline.lint.printed import Placed, Printed
from pipeline.lint.roles_named import MAIN_TEXT, Role
from pipeline.word.placeholder_marks import never_printed

_FULL_ROWS = 22
_TO_FILL = re.compile(r"【待[^】]{0,12}】?|×{2,}")
_NO_START = "，。、；：？！）》”’】〕…—·％%,.;:?!)]"
_NO_END = "（《“‘【〔([￥"
_SHOWN = 12  # remarks of one kind
_CRAMPED = 0.3


def sheet_size(printed: Printed) -> Iterator[Remark]:
    for page in printed.pages:
        short, long = sorted((page.width, page.height))
        if abs(short - 210) > 1 or abs(long - 297) > 1:
            yield Remark(page.place, f"纸张{short:.0f}×{long:.0f}毫米")


def _text_lines(printed: Printed, page: Page, *roles: Role) -> list[tuple[TextLine, Placed]]:
    """Lines outside tables and boxes, of these roles or of all."""
    return [
        (line, item)
        for line, item in printed.placed_lines.get(page.number, ())
        if item.paragraph.table is None and item.paragraph.box is None and (not roles or item.paragraph.role in roles)
    ]


def margins(printed: Printed) -> Iterator[Remark]:
    """Left, right and top edge of running text (5.2.1)."""
    lines = [
        (line, item)
        for page in printed.pages
        if not page.landscape
        for line, item in _text_lines(printed, page, Role.BODY, Role.ADDRESSEE)
    ]
    continued = [line for line, item in lines if line is not item.lines[0]]
    if continued:
        left = min(continued, key=lambda line: line.x)
        if abs(left.x - place.LEFT) > place.TOLERANCE:
            yield Remark(on_page(left.page, "正文"), f"左边距{mm(left.x)}", "应为28毫米，允许误差1毫米")
    full = [line for line, item in lines if line is not item.lines[-1]]
    if full:
        right = median(line.end for line in full)
        if abs(right - place.RIGHT) > 1.5:
            yield Remark(
                "正文",
                f"行尾距纸左边{mm(right)}，右边距{mm(210 - right)}",
                "版心右边应距纸左边184毫米，右边距26毫米",
            )
    yield from _top_edges(printed)


def _top_edges(printed: Printed) -> Iterator[Remark]:
    for page in printed.pages[1:]:
        lines = _text_lines(printed, page)
        first = lines[0] if lines else None
        if page.landscape or first is None or first[0] is first[1].lines[0] or first[1].paragraph.role not in MAIN_TEXT:
            continue  # only a paragraph that runs on from the page before surely begins in the first row
        _, top, _, _ = place.type_area(printed, page)
        if not top - 1 <= first[0].y0 <= top + 5:
            yield Remark(page.place, f"首行文字上沿距纸上边{mm(first[0].y0)}", "天头应为37毫米，首行应在版心第一行")
            return


def rows_of_page(printed: Printed, page: Page) -> int | None:
    """Rows of a page full of running text: the paragraph that ends it runs on overleaf; None for any other page."""
    lines = printed.placed_lines.get(page.number, ())
    following = printed.placed_lines.get(page.number + 1, ())
    if page.number == 1 or page.landscape or len(lines) < 10 or not following:
        return None
    if any(item.paragraph.role not in MAIN_TEXT or item.paragraph.table is not None for _, item in lines):
        return None
    if following[0][1] is not lines[-1][1] or any(area.y1 - area.y0 > 10 for area in page.areas):
        return None
    baselines = [line.baseline for line, _ in lines]
    gaps = [after - before for before, after in pairwise(baselines) if after - before > 1]
    if not gaps:
        return None
    return round((baselines[-1] - baselines[0]) / median(gaps)) + 1


def rows(printed: Printed) -> Iterator[Remark]:
    """22 lines a full page (5.2.3); page one has its head."""
    for page in printed.pages:
        found = rows_of_page(printed, page)
        if found is not None and found != _FULL_ROWS:
            yield Remark(page.place, f"排满正文的一面有{found}行", f"每面应排{_FULL_ROWS}行")


def plain_rows(printed: Printed) -> Iterator[tuple[TextLine, int]]:
    """Full lines of nothing but full-width characters, with their cells; the first line's indent counts as two."""
    for item in printed.of_role(Role.BODY):
        if item.paragraph.table is not None or item.paragraph.box is not None:
            continue
        for line, after in pairwise(item.lines):
            if all(is_wide(char) for char in line.text) and line.page == after.page:
                indent = 2 if line is item.lines[0] and item.paragraph.format.first_line > 0 else 0
                if after.text[0] not in _NO_START and line.text[-1] not in _NO_END:
                    yield line, len(line.glyphs) + indent


def columns(printed: Printed) -> Iterator[Remark]:
    """28 characters a line (5.2.3): the commonest of full plain lines, none far from it."""
    counts = Counter(cells for _, cells in plain_rows(printed))
    if not counts:
        return
    usual = max(counts, key=lambda cells: (counts[cells], cells))
    if usual != 28:
        yield Remark("正文", f"满行多为{usual}字")


def inside(printed: Printed) -> Iterator[Remark]:
    """No text beyond the type area (5.2.1)."""
    shown = 0
    for page in printed.pages:
        left, top, right, bottom = place.type_area(printed, page)
        for line, item in printed.placed_lines.get(page.number, ()):
            over = max(left - line.x0, line.x1 - right, top - line.y0, line.y1 - bottom)
            if over > 1 and shown < _SHOWN:
                shown += 1
                yield Remark(on_page(page.number, item.paragraph.place), f"“{line.text[:10]}”超出版心{mm(over)}")
                break


def nothing_lost(printed: Printed) -> Iterator[Remark]:
    """All text of the document stands on its pages."""
    for number, lost in enumerate(printed.lost):
        if number == _SHOWN:
            yield Remark("全文", f"另有{len(printed.lost) - number}段文字没有印全")
            return
        yield Remark(lost.paragraph.place, f"版面上缺少“{lost.missing[:20]}”")


def no_placeholder(printed: Printed) -> Iterator[Remark]:
    for page in printed.pages:
        found = _TO_FILL.search(page.text)
        if mark := next(never_printed(page.text), found[0] if found else ""):
            yield Remark(page.place, f"印出了占位符“{mark[:20]}”")


def no_overlap(printed: Printed) -> Iterator[Remark]:
    """The imprint covers no text, and no two characters stand on one another."""
    number, top = place.imprint_top(printed)
    for line, item in printed.placed_lines.get(number, ()):
        outside = item.paragraph.role not in place.IMPRINT_ROLES and item.paragraph.box is None
        if outside and line.y1 > top:
            where = on_page(number, item.paragraph.place)
            yield Remark(where, f"与版记重叠{mm(line.y1 - top)}", "版记应在正文以下，不得压住文字")
            break
    for face in printed.pages:
        pair = _crossing(face)
        if pair:
            yield Remark(face.place, f"“{pair[0]}”与“{pair[1]}”重叠", "文字不得相互重叠")


def _crossing(page: Page) -> tuple[str, str] | None:
    lines = sorted(page.lines, key=lambda line: line.y0)
    for index, line in enumerate(lines):
        for one, other in pairwise(line.glyphs):
            if (is_wide(one.char) or is_wide(other.char)) and _share(one, other):
                return one.char, other.char
        for later in lines[index + 1 :]:
            if later.y0 > line.y1 - 0.5:
                break
            for one in line.glyphs:
                for other in later.glyphs:
                    if other.x0 < one.x1 and other.x1 > one.x0 and _share(one, other):
                        return one.char, other.char
    return None


def _share(one: Glyph, other: Glyph) -> bool:
    """Whether two characters share a third of the smaller one's ink box; dots and strokes are let off."""
    across = min(one.x1, other.x1) - max(one.x0, other.x0)
    down = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min((each.x1 - each.x0) * (each.y1 - each.y0) for each in (one, other))
    return smaller > 0.4 and across > 0 and down > 0 and across * down > _CRAMPED * smaller


def near_the_edge(printed: Printed) -> Iterator[Remark]:
    """A paper whose last line is so near a page's end that Word or WPS may need one page more."""
    last, free = place.text_end(printed)
    if not last or printed.pages[last - 1].landscape:
        return
    imprint, top = place.imprint_top(printed)
    if imprint == last:
        free -= place.BOTTOM - top
    if free < 2 * place.ROW:
        yield Remark(on_page(last), f"末行以下只余{mm(max(free, 0))}，不足两行")


def no_blank_page(printed: Printed) -> Iterator[Remark]:
    """A blank face is right only before the face that carries the imprint."""
    before = place.imprint_top(printed)[0] - 1
    for page in printed.pages:
        if page.is_blank and page.number != before and len(printed.pages) > 1:
            yield Remark(page.place, "是空白页")
