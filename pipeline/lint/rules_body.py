"""Running text: indents, levels, what may stand in which kind of paper (7.3.3)."""

import re
from collections.abc import Iterator

from pipeline.lint import text_patterns as patterns
from pipeline.lint.docx_model import Docx, Paragraph
from pipeline.lint.form import title_text
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, gathered, having, leniently, main_flow, main_text
from pipeline.lint.roles_named import HEADINGS, MAIN_TEXT, Role
from pipeline.lint.text_patterns import kind_of_title
from pipeline.word import house_style as house

_INDENT = range(600, 681)  # two cells of 3号, whatever the character spacing
_LEVELS = (
    (1, re.compile(rf"^([{patterns.NUMERALS}]+)、")),
    (2, re.compile(rf"^（([{patterns.NUMERALS}]+)）")),
    (3, re.compile(r"^(\d+)[.．](?!\d)")),
    (4, re.compile(r"^（(\d+)）")),
)
_WORDS = {1: "一、", 2: "（一）", 3: "1.", 4: "（1）"}
_WRONG_MARKS = (
    (re.compile(rf"^（[{patterns.NUMERALS}]+）[、.，]"), "“（一）”之后不加标点"),
    (re.compile(rf"^\([{patterns.NUMERALS}]+\)|^\(\d+\)"), "序号的括号用全角"),
    (re.compile(r"^\d+、"), "第三层用“1.”，不用“1、”"),
    (re.compile(rf"^[{patterns.NUMERALS}]+[.．,，](?!\d)"), "第一层用“一、”"),
    (re.compile(r"^（\d+）[、.，]"), "“（1）”之后不加标点"),
)
_ASKING = re.compile(r"(请|望|盼)(予以|予|尽快|及时)?(批复|批示|审批|批准|核准)|妥否")
_REQUEST_END = re.compile(r"(妥否|当否|可否|是否妥当|以上请示|请批示|请批复|请审批|请予批准|请审示|请予批复|请核准)")


def _indented(document: Docx) -> Iterator[Remark]:
    wrong, typed = [], []
    for item in main_text(document):
        if item.format.align in ("center", "right") or item.format.numbered:
            continue
        if item.text.startswith((" ", "　", "\xa0", "\t")):
            typed.append((item.place, "段首用空格缩进"))
            continue
        indent, chars = item.format.first_line, item.format.first_line_chars
        width = item.size * 10
        if not (chars == 200 or abs(indent - 2 * width) <= 0.15 * width or indent in _INDENT):
            wrong.append((item.place, "首行没有缩进二字" if not indent else f"首行缩进{indent / width:.1f}字"))
    yield from gathered(wrong, "每个自然段左空二字")
    yield from gathered(typed, "应设首行缩进2字符，不用空格", Severity.WARNING)


def _level(text: str) -> tuple[int, int] | None:
    for level, pattern in _LEVELS:
        if match := pattern.match(text):
            number = int(match[1]) if match[1].isdigit() else patterns.han_number(match[1])
            return None if number is None else (level, number)
    return None


def _zones(document: Docx) -> Iterator[list[Paragraph]]:
    """The main text and each annex count their headings anew."""
    zone: list[Paragraph] = []
    for item in main_flow(document):
        if item.role is Role.ANNEX_LABEL:
            yield zone
            zone = []
        elif item.role in MAIN_TEXT and item.plain:
            zone.append(item)
    yield zone


def _order(document: Docx) -> Iterator[Remark]:
    for zone in _zones(document):
        last: dict[int, int] = {}
        deepest = 0
        for item in zone:
            found = _level(item.plain)
            if found is None:
                continue
            level, number = found
            before = last.get(level, 0)
            if number > before + 1:
                missing = f"前面是第{before}项" if before else "前面没有第一项"
                yield Remark(item.place, f"“{_WORDS[level]}”一层的序号跳到第{number}项，{missing}", "同层序号应连续")
            elif number == before and level < 3:
                yield Remark(item.place, f"“{_WORDS[level]}”一层的第{number}项重复", "同层序号应连续")
            if level > deepest + 1 and not (level == 3 and deepest in (0, 1)) and level != 4:
                yield Remark(
                    item.place,
                    f"越过一层直接用“{_WORDS[level]}”",
                    "结构层次依次为一、（一）1.（1）",
                    Severity.NOTE,
                )
            last[level] = number
            for lower in range(level + 1, 5):
                last.pop(lower, None)
            deepest = level


def _marks(document: Docx) -> Iterator[Remark]:
    for pattern, asked in _WRONG_MARKS:
        seen = [
            (item.place, f"序号写作“{match[0]}”")
            for item in main_text(document)
            if (match := pattern.match(item.plain))
        ]
        yield from gathered(seen, asked)


def _heading_end(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, f"标题末尾有“{item.plain[-1]}”")
        for item in document.of(*HEADINGS)
        if item.plain[-1:] in ("。", "；", "，", "：", ".")
    )


def _no_request(document: Docx) -> Iterator[Remark]:
    kind = kind_of_title(title_text(document))
    items = [item for item in main_text(document) if item.index < document.first_annex]
    if kind == "报告":
        seen = [(item.place, "报告中夹带请示事项") for item in items[-4:] if _ASKING.search(item.plain)]
        yield from gathered(seen, "报告不得夹带请示事项，需批复的另行请示")
    elif kind == "请示" and items and not any(_REQUEST_END.search(item.plain) for item in items[-4:]):
        yield Remark(items[-1].place, "请示没有请求批复的结语", "应以“妥否，请批示”等语结尾")


def _from_or_to(document: Docx) -> str:
    kind = kind_of_title(title_text(document))
    return "" if kind in ("报告", "请示") else "只适用于报告和请示"


def _blank_lines(document: Docx) -> Iterator[Remark]:
    """Empty lines inside running text: layout by the Enter key."""
    items = [item for item in main_flow(document) if item.index < document.first_annex]
    return gathered(
        (middle.place if middle.plain else after.place, "正文各段之间有空行")
        for before, middle, after in zip(items, items[1:], items[2:], strict=False)
        if middle.role is Role.BLANK and middle.index == before.index + 1 and _says(before) and _says(after)
    )


def _says(item: Paragraph) -> bool:
    return item.role in MAIN_TEXT and bool(item.plain)


def _spacing(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, f"段前或段后另加{(item.format.before + item.format.after) / 20:g}磅")
        for item in main_text(document)
        if item.format.before + item.format.after > house.LINE_PITCH // 10
    )


_BODY = having(*MAIN_TEXT)

RULES = (
    rule("BODY-05a", "7.3.3", Severity.WARNING, "段首空二字", _indented, _BODY),
    rule("BODY-05b", "5.2.3", Severity.WARNING, "段间不空行", _blank_lines, both(filled, _BODY), asked="正文各段之间不空行"),
    rule("BODY-05c", "5.2.3", Severity.WARNING, "段前段后间距", leniently(_spacing, Severity.WARNING), _BODY, asked="正文段前段后间距应为0，否则一面排不满22行"),
    rule("BODY-06a", "7.3.3", Severity.WARNING, "层次序号连续", _order, both(filled, _BODY)),
    rule("BODY-06b", "7.3.3", Severity.WARNING, "层次序号的写法", _marks, both(filled, _BODY)),
    rule("BODY-06c", "7.3.3", Severity.WARNING, "小标题末尾无标点", _heading_end, both(filled, _BODY), asked="独立成行的小标题末尾不加标点"),
    rule("BODY-07", "《党政机关公文处理工作条例》第十五条", Severity.WARNING, "请示与报告分开", _no_request, both(filled, _BODY, _from_or_to)),
)  # fmt: skip
