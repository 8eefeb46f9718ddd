"""Rules on the printed foot: imprint (7.4) and page numbers (7.5)."""

from collections.abc import Iterator

from pipeline.lint import page_measures as place
from pipeline.lint.docx_model import Form
from pipeline.lint.lint_rule import Remark
from pipeline.lint.page_measures import PageNumber, lacking, mm, on_page, page_number
from pipeline.lint.page_model import Rule
from pipeline.lint.printed import Printed

_CELL = 14 * 25.4 / 72  # the number is 4号
_DASH_TOP = 269.0


no_imprint = lacking("没有版记", place.imprint_lines)


def no_ruled_imprint(printed: Printed) -> str:
    if printed.docx.form is Form.LETTER:
        return "信函版记不加分隔线"
    return no_imprint(printed)


def _numbers(printed: Printed) -> list[PageNumber]:
    return [number for page in printed.pages if (number := page_number(printed, page))]


no_numbers = lacking("没有页码", _numbers)
no_upright_numbers = lacking("没有页码", lambda printed: any(not each.page.landscape for each in _numbers(printed)))


def _imprint_rules(printed: Printed) -> tuple[int, list[Rule]]:
    """The page of the imprint and its black rules; only what stands at its lines, not a table above."""
    number, top = place.imprint_top(printed)
    black = printed.pages[number - 1].horizontal(red=False)
    return number, [rule for rule in black if top - 6 <= rule.at <= place.BOTTOM + 3 and rule.length > 100]


def imprint_rules(printed: Printed) -> Iterator[Remark]:
    """As wide as the type area, first and last thick, inner thin (7.4.1)."""
    number, rules = _imprint_rules(printed)
    where = on_page(number, "版记")
    if len(rules) < 2:
        yield Remark(where, f"只有{len(rules)}条分隔线", "版记首尾应各有一条与版心等宽的分隔线")
        return
    for rule in rules:
        if abs(rule.start - place.LEFT) > place.TOLERANCE or abs(rule.end - place.RIGHT) > place.TOLERANCE:
            yield Remark(where, f"分隔线从{mm(rule.start)}到{mm(rule.end)}", "应与版心等宽，从28毫米到184毫米")
            break
    for rule, asked in ((rules[0], 0.35), (rules[-1], 0.35), *((rule, 0.25) for rule in rules[1:-1])):
        if abs(rule.thickness - asked) > 0.1:
            yield Remark(
                where,
                f"分隔线粗{rule.thickness:.2f}毫米",
                f"首尾应粗0.35毫米，中间0.25毫米（此线应为{asked}）",
            )
            break


def imprint_foot(printed: Printed) -> Iterator[Remark]:
    """The last rule lies on the type area's bottom edge of the last face (7.4.1)."""
    number, rules = _imprint_rules(printed)
    if number != len(printed.pages):
        yield Remark(on_page(number, "版记"), f"版记不在最后一面（共{len(printed.pages)}面）", "版记应在最后一面")
    elif rules and abs(rules[-1].at - place.BOTTOM) > place.TOLERANCE:
        yield Remark(
            on_page(number, "版记"),
            f"末条分隔线距纸上边{mm(rules[-1].at)}",
            "应与版心下边缘重合，距纸上边262毫米",
        )


def last_face(printed: Printed) -> Iterator[Remark]:
    """The imprint's face is even; a blank face before it, and then it too, bears no number (7.4.1, 7.5)."""
    number, _ = place.imprint_top(printed)
    if number % 2:
        yield Remark(on_page(number, "版记"), f"版记在第{number}面，是单数面", "版记应在最后的双数面")
    before = printed.pages[number - 2] if number >= 2 else None
    if before is not None and before.is_blank:
        for page in (before, printed.pages[number - 1]):
            if page_number(printed, page):
                yield Remark(page.place, "空白页和版记页印了页码", "版记之前有空白页的，空白页和版记页均不编页码")
                break


def number_edges(printed: Printed) -> Iterator[Remark]:
    """Odd numbers one cell from the right, even ones from the left, 4号, between dashes (7.5)."""
    for number in _numbers(printed):
        odd = number.page.number % 2 == 1
        low, high = (number.y0, number.y1) if number.page.landscape else (number.x0, number.x1)
        edge, asked = (high, place.RIGHT - _CELL) if odd else (low, place.LEFT + _CELL)
        if abs(edge - asked) > place.TOLERANCE:
            side = "单页码居右空一字" if odd else "双页码居左空一字"
            yield Remark(number.place, f"{'右' if odd else '左'}边缘在{mm(edge)}", f"{side}，应在{mm(asked)}")
            return
        odd_size = next((glyph for glyph in number.glyphs if abs(glyph.size - 14) > 0.6), None)
        if odd_size:
            yield Remark(number.place, f"“{odd_size.char}”为{odd_size.size:g}磅", "应为4号，14磅")
            return
        if not number.has_dashes:
            yield Remark(number.place, "数字左右没有一字线", "数字左右各应有一条一字线")
            return


def number_height(printed: Printed) -> Iterator[Remark]:
    """The dash lies 7 mm under the type area (7.5)."""
    for number in _numbers(printed):
        if number.page.landscape:
            continue
        top = min((g.y0 for g in number.glyphs if not g.char.isdigit()), default=number.glyphs[0].y0 + 1.8)
        if abs(top - _DASH_TOP) > place.TOLERANCE:
            yield Remark(number.place, f"一字线上沿距纸上边{mm(top)}")
            return


def number_sequence(printed: Printed) -> Iterator[Remark]:
    """Every face numbered one after the other; a letter's first, a blank face and the imprint's after it not."""
    imprint, _ = place.imprint_top(printed)
    # The imprint's page, where a blank one is before it
    alone = imprint if imprint >= 2 and printed.pages[imprint - 2].is_blank else 0
    numbers = {number.page.number: number.value for number in _numbers(printed)}
    if not numbers and printed.docx.form is not Form.FOREIGN and len(printed.pages) > 1:
        yield Remark("全文", "没有印出页码", "除信函首页外应标注页码")
        return
    offset = next(iter(numbers.items()))[1] - next(iter(numbers)) if numbers else 0
    for page in printed.pages:
        found = numbers.get(page.number)
        if printed.docx.form is Form.LETTER and page.number == 1:
            if found is not None:
                yield Remark(on_page(1), "信函首页印了页码", "信函首页不显示页码")
            continue
        if found is None and numbers and not page.is_blank and page.number != alone:
            yield Remark(page.place, "没有页码", "页码应连续标注")
            return
        if found is not None and found != page.number + offset:
            yield Remark(page.place, f"页码为{found}", f"应连续编排，此页应为{page.number + offset}")
            return
