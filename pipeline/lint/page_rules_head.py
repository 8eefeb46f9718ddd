"""Rules on the printed head: mark, number, signers and red rule (7.2), letters (10.1), briefings."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.lint import page_measures as place
from pipeline.lint.docx_model import RED_HEADED, Form
from pipeline.lint.lint_rule import Remark
from pipeline.lint.page_measures import extent, lacking, mm, on_page
from pipeline.lint.page_model import Glyph, Rule, lines_of
from pipeline.lint.printed import Placed, Printed
from pipeline.lint.roles_named import Role

_MARK_TOP = {Form.LETTER: 30.0, Form.ORDER: 57.0}
_LETTER_LEFT, _LETTER_RIGHT, _LETTER_FOOT = 20.0, 190.0, 277.0
_FIRST_BASELINE = 44.98


no_head = lacking("不是有版头的公文", lambda printed: printed.docx.form in RED_HEADED)
_no_red_mark = lacking("页面上没有红色的发文机关标志（可能使用套红纸）", place.mark_glyphs)
no_briefing = lacking("不是简报", lambda printed: printed.docx.form is Form.BRIEFING)


def no_mark(printed: Printed) -> str:
    """Why rules on the mark can't be applied."""
    return no_head(printed) or _no_red_mark(printed)


def no_number(printed: Printed) -> str:
    return no_head(printed) or ("" if printed.of_role(Role.NUMBER) else "没有发文字号")


def no_rule(printed: Printed) -> str:
    if printed.docx.form is Form.LETTER:
        return "信函版头用双线"
    return no_number(printed) or no_mark(printed)


def no_letter(printed: Printed) -> str:
    return "不是信函格式" if printed.docx.form is not Form.LETTER else _no_red_mark(printed)


def copy_number(printed: Printed) -> Iterator[Remark]:
    """份号 flush left in row one (7.2.1); in a letter under the double rule."""
    for item in printed.of_role(Role.COPY_NUMBER):
        line = item.lines[0]
        if abs(line.x - place.LEFT) > place.TOLERANCE:
            yield Remark(item.place, f"份号左起{mm(line.x)}", "份号应顶格，距纸左边28毫米")
        if printed.docx.form is not Form.LETTER and abs(line.baseline - _FIRST_BASELINE) > 3:
            yield Remark(item.place, f"份号在距纸上边{mm(line.y0)}处", "份号应在版心第一行")


def notice_order(printed: Printed) -> Iterator[Remark]:
    """份号, 密级, 紧急程度 from top to bottom (7.2.1–7.2.3)."""
    found = printed.of_role(Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)
    order = [Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY]
    by_height = sorted(found, key=lambda item: (item.page, item.lines[0].baseline))
    for above, below in pairwise(by_height):
        if order.index(above.paragraph.role) > order.index(below.paragraph.role):
            yield Remark(below.place, f"{below.paragraph.role.value}排在{above.paragraph.role.value}之下")


def mark_top(printed: Printed) -> Iterator[Remark]:
    """The mark's top edge: 72 mm, of letters 30, of orders 57 (7.2.4, 10)."""
    box = extent(place.mark_glyphs(printed))
    asked = _MARK_TOP.get(printed.docx.form, 72.0)
    if box and abs(box.y0 - asked) > place.TOLERANCE:
        yield Remark(on_page(1), f"发文机关标志上沿距纸上边{mm(box.y0)}", f"应为{asked:.0f}毫米，允许误差1毫米")


def mark_middle(printed: Printed) -> Iterator[Remark]:
    """The mark stands in the middle and is no wider than the type area."""
    box = extent(place.mark_glyphs(printed))
    asked = 105.0 if printed.docx.form is Form.LETTER else place.MIDDLE
    if box and abs(box.centre - asked) > place.TOLERANCE:
        yield Remark(on_page(1), f"发文机关标志中线距纸左边{mm(box.centre)}", f"应居中，中线距纸左边{asked:.0f}毫米")
    if box and box.width > 156.5:
        yield Remark(on_page(1), f"发文机关标志宽{mm(box.width)}", "不应超过版心宽度156毫米")


def joint_mark(printed: Printed) -> Iterator[Remark]:
    """Stacked names are equally wide, 文件 stands beside their middle (7.2.4)."""
    marks = [extent(item.glyphs) for item in printed.of_role(Role.MARK) if item.lines[0].text != "文件"]
    names = [box for box in marks if box]
    if len(names) < 2:
        return
    for box in names[1:]:
        if abs(box.x0 - names[0].x0) > place.TOLERANCE or abs(box.x1 - names[0].x1) > place.TOLERANCE:
            yield Remark(on_page(1), f"联合行文机关名称宽{mm(names[0].width)}和{mm(box.width)}", "各机关名称应等宽对齐")
            break
    suffix = next((extent(item.glyphs) for item in printed.of_role(Role.MARK) if item.lines[0].text == "文件"), None)
    off = abs(suffix.y0 + suffix.y1 - names[0].y0 - names[-1].y1) / 2 if suffix else 0.0
    if off > place.TOLERANCE:
        yield Remark(on_page(1), f"“文件”偏离机关名称中线{mm(off)}", "“文件”应居机关名称右侧上下居中")


def number_place(printed: Printed) -> Iterator[Remark]:
    """发文字号 on one line: in the middle, upward papers one cell from the left, letters flush right (7.2.5, 10.1)."""
    item = printed.of_role(Role.NUMBER)[0]
    glyphs = _number_glyphs(item)
    box = extent(glyphs)
    if box is None:
        return
    if len(lines_of(item.page, glyphs)) > 1:
        yield Remark(item.place, "发文字号排成了两行", "发文字号应排在一行")
    if printed.docx.form is Form.LETTER:
        if abs(box.x1 - place.RIGHT) > 1.5:
            yield Remark(
                item.place,
                f"发文字号右边距纸左边{mm(box.x1)}",
                "信函发文字号应顶格居版心右边缘，距纸左边184毫米",
            )
    elif printed.of_role(Role.SIGNER):
        if abs(glyphs[0].x - place.LEFT - place.CELL) > place.TOLERANCE:
            yield Remark(item.place, f"发文字号左起{mm(glyphs[0].x)}", "上行文发文字号应居左空一字，距纸左边33.6毫米")
    elif abs(box.centre - place.MIDDLE) > place.TOLERANCE:
        yield Remark(item.place, f"发文字号中线距纸左边{mm(box.centre)}", "应居中，中线距纸左边106毫米")


def _number_glyphs(item: Placed) -> list[Glyph]:
    """The number itself: a letter's line may begin with 份号."""
    glyphs = list(item.glyphs)
    text = "".join(glyph.char for glyph in glyphs)
    start = text.rfind("〔")
    while start > 0 and not text[start - 1].isascii():
        start -= 1
    end = text.find("号", max(start, 0))
    return glyphs[max(start, 0) : end + 1 if end > 0 else len(glyphs)]


def signers(printed: Printed) -> Iterator[Remark]:
    """签发人 one cell from the right; 发文字号 on the last name's row (7.2.5, 7.2.6)."""
    items = printed.of_role(Role.SIGNER)
    right = max(line.end for item in items for line in item.lines)
    asked = place.RIGHT - place.CELL
    if abs(right - asked) > 1.5:
        yield Remark(items[0].place, f"签发人姓名右边距纸左边{mm(right)}", f"应居右空一字，距纸左边{mm(asked)}")
    numbers = printed.of_role(Role.NUMBER)
    last = max(line.baseline for item in items for line in item.lines)
    if numbers and abs(numbers[0].lines[-1].baseline - last) > place.TOLERANCE:
        yield Remark(
            numbers[0].place,
            f"发文字号与最后一个签发人姓名相差{mm(abs(numbers[0].lines[-1].baseline - last))}",
            "应在同一行",
        )


def red_rule(printed: Printed) -> Iterator[Remark]:
    """As wide as the type area, 4 mm under 发文字号 (7.2.7)."""
    rule = place.head_rule(printed)
    if rule is None:
        yield Remark(on_page(1), "没有印出红色分隔线", "发文字号之下4毫米处应有与版心等宽的红色分隔线")
        return
    yield from _span(rule, place.LEFT, place.RIGHT, "红色分隔线")
    glyphs = _number_glyphs(printed.of_role(Role.NUMBER)[0])
    glyphs += [glyph for item in printed.of_role(Role.SIGNER) for glyph in item.glyphs]
    lowest = max(glyphs, key=lambda glyph: glyph.baseline)
    gap = rule.at - rule.thickness / 2 - (lowest.baseline + 0.12 * lowest.em)
    if abs(gap - 4) > place.TOLERANCE:
        yield Remark(on_page(1), f"红色分隔线在发文字号之下{mm(gap)}", "应为4毫米，允许误差1毫米")


def _span(rule: Rule, left: float, right: float, name: str) -> Iterator[Remark]:
    if abs(rule.start - left) > place.TOLERANCE or abs(rule.end - right) > place.TOLERANCE:
        yield Remark(
            on_page(1),
            f"{name}从{mm(rule.start)}到{mm(rule.end)}，长{mm(rule.length)}",
            f"应长{right - left:.0f}毫米，距纸左边{left:.0f}毫米起",
        )


def head_gaps(printed: Printed) -> Iterator[Remark]:
    """Two blank lines between mark and number, and between rule and title (7.2.5, 7.3.1)."""
    box = extent(place.mark_glyphs(printed))
    numbers = printed.of_role(Role.NUMBER, Role.SIGNER)
    if box and numbers and printed.docx.form is not Form.LETTER:
        first = min((line for item in numbers for line in item.lines), key=lambda line: line.baseline)
        yield from _two_rows(first.baseline - 0.88 * first.glyphs[0].em - box.y1, "发文机关标志与发文字号之间")
    rule, titles = place.head_rule(printed), printed.of_role(Role.TITLE)
    if rule and titles and titles[0].page == 1 and printed.docx.form is not Form.BRIEFING:
        line = titles[0].lines[0]
        yield from _two_rows(line.baseline - 0.88 * line.glyphs[0].em - rule.at, "红色分隔线与标题之间")


def _two_rows(gap: float, what: str) -> Iterator[Remark]:
    if not 1.6 * place.ROW <= gap <= 3.1 * place.ROW:
        yield Remark(on_page(1, what), f"空{mm(gap)}，约{gap / place.ROW:.1f}行", "应空两行")


def letter_rules(printed: Printed) -> Iterator[Remark]:
    """Double rules 170 mm long: thick over thin 4 mm under the mark, thin over thick 20 mm from the foot (10.1)."""
    box = extent(place.mark_glyphs(printed))
    rules = [rule for rule in printed.pages[0].horizontal(red=True) if rule.length > place.LONG]
    if box is None:
        return
    if len(rules) != 4:
        yield Remark(on_page(1), f"有{len(rules)}条红线", "信函首页应有上下两组红色双线")
        return
    for rule in rules:
        yield from _span(rule, _LETTER_LEFT, _LETTER_RIGHT, "红色双线")
    top, bottom = rules[0].at - rules[0].thickness / 2, rules[3].at + rules[3].thickness / 2
    if abs(top - box.y1 - 4) > place.TOLERANCE:
        yield Remark(on_page(1), f"上方双线在发文机关标志之下{mm(top - box.y1)}", "应为4毫米")
    if abs(bottom - _LETTER_FOOT) > place.TOLERANCE:
        yield Remark(on_page(1), f"下方双线距纸下边{mm(297 - bottom)}", "应为20毫米")
    if not rules[0].thickness > rules[1].thickness or not rules[2].thickness < rules[3].thickness:
        yield Remark(on_page(1), "双线粗细的次序不对", "上方应为上粗下细，下方应为上细下粗")


def briefing_rules(printed: Printed) -> Iterator[Remark]:
    """A red rule under the head, and the foot's rule at the bottom of the type area (convention)."""
    rule = place.head_rule(printed)
    if rule is None:
        yield Remark(on_page(1), "没有印出红色分隔线", "报头之下应有与版心等宽的红色分隔线")
    else:
        yield from _span(rule, place.LEFT, place.RIGHT, "红色分隔线")
