"""Rules on the printed main part: title, addressee, text, annexes, signature (7.3), tables (8)."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.lint import page_measures as place
from pipeline.lint.lint_rule import Remark
from pipeline.lint.page_measures import lacking, mm, on_page
from pipeline.lint.printed import Placed, Printed, comparable
from pipeline.lint.roles_named import HEADINGS, MAIN_TEXT, Role

_INDENT = place.LEFT + 2 * place.CELL
_NAME = re.compile(r"^(附件[：:])?(\d{1,2}[.．、]?)?")
_SPLIT_BEFORE, _SPLIT_AFTER = re.compile(r"[0-9]$"), re.compile(r"^(?:[0-9.％%]|，?\d{3})")


no_table = lacking("没有表格", lambda printed: any(table.is_ruled for table in printed.docx.tables))
no_turned_page = lacking("没有横排页", lambda printed: any(page.landscape for page in printed.pages))


def title_middle(printed: Printed) -> Iterator[Remark]:
    """Each line of the title in the middle (7.3.1)."""
    for item in printed.of_role(Role.TITLE):
        for line in item.lines:
            asked = place.MIDDLE if not printed.pages[line.page - 1].landscape else 147.5
            # A bracket's ink fills half of its cell: in the middle by its cells is in the middle.
            if min(abs(line.centre - asked), abs(line.middle - asked)) > 1.5:
                yield Remark(
                    on_page(line.page, f"标题“{line.text[:10]}”"),
                    f"中线距纸左边{mm(line.centre)}",
                    f"应居中，中线距纸左边{asked:.0f}毫米",
                )
                return


def title_shape(printed: Printed) -> Iterator[Remark]:
    """Lines like a trapezium or a lozenge, none very short, no break inside a name of a work (7.3.1)."""
    lines = [line for item in printed.of_role(Role.TITLE) if item.page == 1 for line in item.lines]
    if len(lines) < 2 or any(line.page != lines[0].page for line in lines):
        return
    widths = [round(line.width / place.CELL) for line in lines]
    steps = [after - before for before, after in pairwise(widths) if after != before]
    turns = sum(1 for before, after in pairwise(steps) if before < 0 < after)
    if turns:
        yield Remark(on_page(1, "标题"), "各行长短不齐（中间短两头长）", "应排成梯形或菱形")
    shortest = min(lines, key=lambda line: line.width)
    longest = max(line.width for line in lines)
    if shortest.width < longest / 3:
        yield Remark(on_page(1, "标题"), f"“{shortest.text}”一行过短", "回行应词意完整、长短适宜")


def addressee_first_page(printed: Printed) -> Iterator[Remark]:
    item = printed.of_role(Role.ADDRESSEE)[0]
    if item.page != 1:
        yield Remark(item.place, "主送机关不在首页")


def body_first_page(printed: Printed) -> Iterator[Remark]:
    """The first page must show some text (7.3.3)."""
    first = min(item.page for item in printed.of_role(*MAIN_TEXT))
    if first > 1:
        yield Remark(on_page(1), f"首页没有正文，正文从第{first}页开始")


def first_lines(printed: Printed) -> Iterator[Remark]:
    """Each paragraph begins two cells in (7.3.3)."""
    for item in printed.of_role(*MAIN_TEXT):
        line = item.lines[0]
        if item.paragraph.table is not None or item.paragraph.box is not None or printed.pages[line.page - 1].landscape:
            continue
        if abs(line.x - _INDENT) > 0.9:
            yield Remark(item.place, f"首行左起{mm(line.x)}，缩进{(line.x - place.LEFT) / place.CELL:.1f}字")
            return


def split_numbers(printed: Printed) -> Iterator[Remark]:
    """A number stays on one line (GB/T 15835)."""
    for item in printed.of_role(*MAIN_TEXT, Role.ADDRESSEE, Role.TITLE):
        for line, after in pairwise(item.lines):
            if _SPLIT_BEFORE.search(line.text) and _SPLIT_AFTER.match(after.text):
                yield Remark(item.place, f"数字在“{line.text[-4:]}/{after.text[:4]}”处断开")
                return


def annex_notes(printed: Printed) -> Iterator[Remark]:
    """A long name's further lines begin under its first character (7.3.4)."""
    for item in printed.of_role(Role.ANNEX_NOTE):
        matched = _NAME.match(item.lines[0].text)
        start = matched.end() if matched else 0
        if len(item.lines) < 2 or start >= len(item.lines[0].glyphs):
            continue
        name = item.lines[0].glyphs[start].x
        for line in item.lines[1:]:
            if abs(line.x - name) > 1:
                yield Remark(item.place, f"续行左起{mm(line.x)}，附件名称左起{mm(name)}")
                return


def annex_faces(printed: Printed) -> Iterator[Remark]:
    """Each annex on a new face: its number in row one, its title under it (7.3.7)."""
    for item in printed.of_role(Role.ANNEX_LABEL):
        lines = printed.placed_lines[item.page]
        if lines[0][1] is not item:
            yield Remark(item.place, f"附件序号之上还有“{lines[0][0].text[:10]}”", "附件应另面编排，序号在版心第一行")
            continue
        page = printed.pages[item.page - 1]
        top = place.LEFT if page.landscape else place.TOP
        if not top - 1 <= item.lines[0].y0 <= top + 6.5:
            yield Remark(item.place, f"附件序号上沿距纸上边{mm(item.lines[0].y0)}", "附件序号应在版心第一行")


def _dates(printed: Printed) -> tuple[Placed, ...]:
    return tuple(item for item in printed.of_role(Role.DATE) if item.paragraph.box is None)


no_date = lacking("没有成文日期", _dates)


def date_one_line(printed: Printed) -> Iterator[Remark]:
    for item in _dates(printed):
        if len(item.lines) > 1:
            yield Remark(item.place, "成文日期排成了两行")


def signature_place(printed: Printed) -> Iterator[Remark]:
    """The date four cells from the right with a seal; without one it follows the name, two cells in (7.3.5)."""
    names = [item for item in printed.of_role(Role.SIGNATURE) if item.lines]
    for item in _dates(printed):
        gap = (place.RIGHT - item.lines[0].x1) / place.CELL
        if printed.pages[item.page - 1].landscape or item.paragraph.table is not None:
            continue
        if not (1.4 <= gap <= 2.6 or 3.4 <= gap <= 4.6 or _follows_name(item, names)):
            yield Remark(item.place, f"成文日期右空{gap:.1f}字")


def _follows_name(date: Placed, names: Sequence[Placed]) -> bool:
    """Without a seal a long name ends two cells from the right, the date begins two cells right of its beginning."""
    above = [name for name in names if name.page == date.page and name.lines[0].baseline < date.lines[0].baseline]
    if not above:
        return False
    name = above[-1].lines[0]
    shift = (date.lines[0].x - name.x) / place.CELL
    return 1.4 <= shift <= 2.6 and 1.4 <= (place.RIGHT - name.x1) / place.CELL <= 2.6


def signature_with_text(printed: Printed) -> Iterator[Remark]:
    """Name and date never stand alone on a face (7.3.5.5)."""
    for item in _dates(printed):
        others = [
            other
            for _, other in printed.placed_lines[item.page]
            if other.paragraph.role in MAIN_TEXT or other.paragraph.role in (Role.ANNEX_NOTE, Role.TABLE)
        ]
        if not others and item.paragraph.role is Role.DATE:
            yield Remark(item.place, "署名和成文日期所在的一面没有正文")


def heading_with_text(printed: Printed) -> Iterator[Remark]:
    """No heading as the last line of a face, parted from the text that it heads."""
    last = {page: lines[-1][1] for page, lines in printed.placed_lines.items() if lines}
    end = max(last, default=0)
    for page, item in sorted(last.items()):
        if item.paragraph.role in HEADINGS and page < end and item.lines[-1].page == page:
            yield Remark(item.place, "标题落在一面的末行，与下文分开")


def remark_place(printed: Printed) -> Iterator[Remark]:
    for item in printed.of_role(Role.REMARK):
        if abs(item.lines[0].x - _INDENT) > 1.5:
            yield Remark(item.place, f"附注左起{mm(item.lines[0].x)}")


def table_heads(printed: Printed) -> Iterator[Remark]:
    """A table's head on each of its pages, the table inside the type area."""
    for table in printed.docx.tables:
        if table.nested or table.box is not None or not table.rows or not table.rows[0].is_head:
            continue
        cells = [
            item for item in printed.placed if item.paragraph.table == table.index and item.paragraph.part == "正文"
        ]
        head = [comparable(cell.text) for cell in table.rows[0].cells if cell.merge != "continue"]
        for number in sorted({line.page for item in cells if item.paragraph.row for line in item.lines}):
            text = comparable(printed.pages[number - 1].text)
            if missing := [cell for cell in head if cell and cell not in text]:
                yield Remark(on_page(number, table.place), f"表头“{missing[0][:10]}”没有印出")
                break


def table_widths(printed: Printed) -> Iterator[Remark]:
    """Tables stay inside the type area; the imprint's rules have a rule of their own."""
    imprint, imprint_begins = place.imprint_top(printed)
    for page in printed.pages:
        left, _, right, _ = place.type_area(printed, page)
        end = imprint_begins - 6 if imprint == page.number else page.height
        for rule in (each for each in page.horizontal(red=False) if each.at < end):
            over = max(left - rule.start, rule.end - right)
            if over > place.TOLERANCE and rule.length > 20:
                yield Remark(page.place, f"表格或横线超出版心{mm(over)}")
                break


def turned_numbers(printed: Printed) -> Iterator[Remark]:
    """On a turned sheet the number keeps the place that it has on the others (8)."""
    for page in printed.pages:
        if not page.landscape:
            continue
        number = place.page_number(printed, page)
        if number is None or not page.turned:
            yield Remark(page.place, "横排页的页码不在竖放时的位置", "页码位置应与其他页一致，随页面转向")
            return
        if number.x0 < 25 or number.x1 > 31:
            found = f"横排页的页码距纸左边{mm(number.x0)}至{mm(number.x1)}"
            yield Remark(page.place, found, "应在版心左侧，距纸左边25至31毫米")
            return
