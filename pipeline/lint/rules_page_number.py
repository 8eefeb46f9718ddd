"""Page numbers: odd right, even left, — n — (7.5); none on a letter's first page (10.1)."""

import re
from collections.abc import Iterator

from pipeline.lint.docx_model import Docx, Form, Paragraph, Section, Story
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.profile import profile_of
from pipeline.lint.remarks import lenient, millimetres, of_form, official
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import squeezed

_DASHED = re.compile(r"^—\d*—$")
_CELL = 280  # 4号
_TOLERANCE = 100
_DASH_UNDER = 7.0  # mm under the type area


def _numbers(story: Story | None) -> list[Paragraph]:
    if story is None:
        return []
    return [item for item in story.paragraphs if any(field.split()[:1] == ["PAGE"] for field in item.fields)]


def _story(document: Docx, section: Section, kind: str) -> Story | None:
    return document.stories.get(section.footers.get(kind, ""))


def _there(document: Docx) -> Iterator[Remark]:
    numbered = [name for name, story in document.stories.items() if _numbers(story)]
    if not numbered:
        yield Remark("页脚", "没有页码", "应在版心下边缘之下编排页码")
        return
    kinds = {"default": "奇数页", "even": "偶数页"} if document.settings.even_and_odd else {"default": ""}
    for section in document.sections:
        if section.kind == "evenPage":
            continue  # the face of the imprint alone bears none
        for kind, word in kinds.items():
            if not _numbers(_story(document, section, kind)):
                yield Remark(f"{section.place}{word}页脚", "没有页码", "每节奇数页、偶数页的页脚都应有页码")


def _odd_and_even(document: Docx) -> Iterator[Remark]:
    if not document.settings.even_and_odd:
        yield Remark("页面设置", "没有设“奇偶页不同”")


def _sides(document: Docx) -> Iterator[Remark]:
    told = set()
    for section in document.sections:
        for kind, side in (("default", "right"), ("even", "left")):
            story = _story(document, section, kind)
            for item in _numbers(story):
                if story is None or (story.name, kind) in told or not document.settings.even_and_odd:
                    continue
                told.add((story.name, kind))
                yield from _side(item, side, section)


def _side(item: Paragraph, side: str, section: Section) -> Iterator[Remark]:
    odd = side == "right"
    place = f"{section.place}{'奇' if odd else '偶'}数页页脚"
    align = "left" if item.format.align == "both" else item.format.align
    if align != side:
        yield Remark(place, f"页码没有居{'右' if odd else '左'}", "单页码居右空一字，双页码居左空一字")
        return
    gap = item.format.right if odd else item.format.left + item.format.first_line
    spaces = item.text.endswith(("　", "  ")) if odd else item.text.startswith(("　", "  "))
    if abs(gap - _CELL) > _TOLERANCE and not spaces:
        yield Remark(place, f"页码{'右' if odd else '左'}空{gap / _CELL:.1f}字", "应空一字（4号）")


def _shape(document: Docx) -> Iterator[Remark]:
    told = set()
    for item in document.of(Role.PAGE_NUMBER):
        text = squeezed(item.text)
        if not item.fields and not text:
            continue
        bare = re.sub(r"\d+", "", text)
        if not _DASHED.match(text) and bare not in told:
            told.add(bare)
            yield Remark(item.place, f"页码写作“{text}”")


def _distance(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        if section.width > section.height or not _numbers(_story(document, section, "default")):
            continue
        number = _numbers(_story(document, section, "default"))[0]
        line = number.format.line if number.format.line_rule == "exact" else 364
        # The dash lies about half-way up the line, whose foot stands on the footer's distance.
        # The stricter page's text ends a little over its box: number under the one or the other is right.
        below = section.bottom - section.footer - line + line * 0.55
        edges = (below, below + profile_of(section).lead_bottom)
        off = min((edge * 25.4 / 1440 - _DASH_UNDER for edge in edges), key=abs)
        if number.box is None and abs(off) > 1.5:
            found = f"页脚距边界{millimetres(section.footer)}，一字线约在版心之下{off + _DASH_UNDER:.1f}毫米"
            yield Remark(section.place, found, "一字线上距版心下边缘7毫米", lenient(document, Severity.NOTE))
        if section.footer > section.bottom:
            yield Remark(section.place, "页脚高出版心下边缘", f"下边距应为{millimetres(profile_of(section).bottom)}")


def _continuous(document: Docx) -> Iterator[Remark]:
    for section in document.sections[1:]:
        if section.page_start is not None:
            yield Remark(section.place, f"页码从{section.page_start}重新起")


def _letter_first(document: Docx) -> Iterator[Remark]:
    first = document.sections[0] if document.sections else None
    if first is None:
        return
    if not first.title_page:
        yield Remark(first.place, "首页与其他页相同", "信函首页不显示页码，应设“首页不同”")
    elif _numbers(_story(document, first, "first")):
        yield Remark(f"{first.place}首页页脚", "信函首页有页码", "信函首页不显示页码")


def _first_page(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        if section.title_page and not _numbers(_story(document, section, "first")):
            yield Remark(f"{section.place}首页页脚", "首页不显示页码", severity=Severity.WARNING)


_NUMBERED = of_form(Form.DOWNWARD, Form.UPWARD, Form.BRIEFING, Form.PLAIN, Form.MINUTES, Form.LETTER, Form.ORDER)
_NOT_LETTER = of_form(Form.DOWNWARD, Form.UPWARD, Form.BRIEFING, Form.PLAIN, Form.MINUTES, Form.ORDER)

RULES = (
    rule("PNUM-01a", "7.5", Severity.ERROR, "有页码", _there, _NUMBERED),
    rule("PNUM-01b", "7.5", Severity.ERROR, "奇偶页不同", _odd_and_even, _NUMBERED, asked="单页码居右、双页码居左，应设奇偶页不同"),
    rule("PNUM-01c", "7.5", Severity.ERROR, "页码单右双左空一字", _sides, _NUMBERED),
    rule("PNUM-01d", "7.5", Severity.ERROR, "页码的一字线", _shape, official, asked="数字左右各放一条一字线，如“— 1 —”"),
    rule("PNUM-02", "7.5", Severity.WARNING, "页码的高低", _distance, _NUMBERED),
    rule("PNUM-03a", "7.5", Severity.ERROR, "页码连续", _continuous, official, asked="附件与正文一起装订，页码应连续"),
    rule("PNUM-03b", "10.1", Severity.ERROR, "信函首页无页码", _letter_first, of_form(Form.LETTER)),
    rule("PNUM-03c", "7.5", Severity.ERROR, "首页有页码", _first_page, _NOT_LETTER, asked="首页也应编页码"),
)  # fmt: skip
