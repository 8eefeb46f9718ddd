"""Signature, date and the note under them (7.3.5, 7.3.6)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.lint.docx_model import RED_HEADED, Docx, Form, Paragraph
from pipeline.lint.form import title_text
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, gathered, having, lenient, leniently
from pipeline.lint.roles_named import MAIN_TEXT, Role
from pipeline.lint.text_patterns import ANY_DATE, DATE_RIGHT, day_of, kind_of_title, squeezed
from pipeline.word import house_style as house

_MOST_DATES = 50
_HALF = house.CELL // 2 + 10
_JOINT = 0.22  # share of a cell that Word and LibreOffice add where Han meets a figure
_ENDS = MAIN_TEXT | {Role.ANNEX_NOTE}  # what a signature must share its face with
_SUFFIXES = re.compile(r"(文件|令|纪要)$")


def _dates(document: Docx) -> list[Paragraph]:
    """The dates of signature; a file with hundreds is a list, not a paper."""
    return [item for item in document.of(Role.DATE) if item.part == "正文"][:_MOST_DATES]


def _names(document: Docx) -> list[Paragraph]:
    return [item for item in document.of(Role.SIGNATURE) if item.part == "正文"]


def _same_as_mark(document: Docx) -> Iterator[Remark]:
    marks = [_SUFFIXES.sub("", squeezed(item.text)) for item in document.of(Role.MARK)]
    marks = [name for name in marks if name]
    signed = [squeezed(name) for item in _names(document) for name in re.split(r"[\s　]{2,}", item.plain) if name]
    if not marks or not signed:
        return
    if len(marks) == len(signed) and all(_same(one, other) for one, other in zip(marks, signed, strict=True)):
        return
    if len(signed) == 1 and _same("".join(marks), signed[0]):
        return
    found = f"署名为“{'、'.join(signed)}”，标志为“{'、'.join(marks)}”"
    yield Remark(_names(document)[0].place, found)


def _same(mark: str, name: str) -> bool:
    """Full and standard short name both stand for the authority."""
    return mark == name or mark.endswith(name) or name.endswith(mark)


def _signed(document: Docx) -> Iterator[Remark]:
    if not _dates(document):
        yield Remark("文末", "没有成文日期", "正文之后应署成文日期")
    elif not _names(document):
        yield Remark(_dates(document)[0].place, "成文日期之上没有署名", "应署发文机关名称")


def _date_form(document: Docx) -> Iterator[Remark]:
    for item in _dates(document):
        text = squeezed(item.text)
        if document.unfilled(text):
            continue
        if not DATE_RIGHT.match(text):
            yield Remark(item.place, f"成文日期写作“{text}”", "应为阿拉伯数字的年月日，年份四位，月日不编虚位")
        elif day_of(text) is None:
            yield Remark(item.place, f"没有{text}这一天", "应为真实的日期")


def _date_order(document: Docx) -> Iterator[Remark]:
    days = [day for item in _dates(document) if (day := day_of(item.text))]
    for item in document.of(Role.IMPRINT_LINE):
        issued = day_of(item.text)
        if days and issued and issued < max(days):
            yield Remark(item.place, f"印发日期{item.plain[-13:]}早于成文日期")


def _width(text: str) -> float:
    """Twips that a line of text takes in 3号."""
    cells = sum(0.5 if mark.isascii() else 1.0 for mark in text)
    joints = sum(1 for one, other in pairwise(text) if one.isascii() != other.isascii())
    return (cells + _JOINT * joints) * house.CELL


def _room(document: Docx, item: Paragraph) -> int | None:
    """Width of the type area; None where the page is wrong, which is another rule's matter."""
    section = document.section_of(item)
    if section is None or abs(section.type_width - house.TYPE_WIDTH) > house.CELL // 2:
        return None
    return section.type_width


def _right_gap(item: Paragraph, room: int | None) -> float | None:
    """Twips between the text's end and the right edge; None where it can't be told."""
    if item.format.align == "right":
        return item.format.right
    if room is not None and item.format.align in ("left", "both", "distribute"):
        return room - item.format.left - item.format.first_line - _width(item.plain)
    return None


def _position(document: Docx) -> Iterator[Remark]:
    names = [item for item in _names(document) if item.table is None]
    for day in (item for item in _dates(document) if item.table is None and item.box is None):
        room = _room(document, day)
        if day.text.startswith(("   ", "　　")):
            yield Remark(day.place, "用空格把成文日期推到右边", "应以缩进或右对齐定位")
            continue
        gap = _right_gap(day, room)
        name = next((item for item in reversed(names) if item.index < day.index), None)
        if gap is None or name is None:
            continue
        if name.text.startswith(("   ", "　　")):
            yield Remark(name.place, "用空格把署名推到右边", "应以缩进或居中定位")
            continue
        name_gap = _right_gap(name, room)
        if name_gap is not None and not _placed(gap, name_gap, day, name):
            found = f"成文日期右空{gap / house.CELL:.1f}字、署名右空{name_gap / house.CELL:.1f}字"
            asked = "加盖印章的，日期右空四字、署名在日期上居中；不加盖的，署名右空二字、日期首字比署名首字右移二字"
            yield Remark(day.place, found, asked, lenient(document, Severity.WARNING))


def _placed(gap: float, name_gap: float, day: Paragraph, name: Paragraph) -> bool:
    date_width, name_width = _width(day.plain), _width(name.plain)
    centred = abs((gap + date_width / 2) - (name_gap + name_width / 2)) <= _HALF
    sealed = centred and (
        abs(gap - 4 * house.CELL) <= _HALF
        or (name_width > date_width and abs(name_gap - 2 * house.CELL) < 3 * house.CELL)
    )
    too_long = name_width / 2 > gap + date_width / 2 and -_HALF <= name_gap <= 2.5 * house.CELL
    shift = (name_gap + name_width) - (gap + date_width)
    unsealed = (
        abs(shift - 2 * house.CELL) <= _HALF and min(abs(name_gap - 2 * house.CELL), abs(gap - 2 * house.CELL)) <= _HALF
    )
    return sealed or unsealed or too_long


def _kept(document: Docx) -> Iterator[Remark]:
    """The last line of text, the blank lines and the names stay with the date."""
    items = list(document.flow)
    for day in _dates(document):
        at = items.index(day)
        chain = []
        for item in reversed(items[:at]):
            chain.append(item)
            if item.role in _ENDS and item.plain:
                break
        else:
            continue
        loose = [item for item in chain if not item.format.keep_next and (item.plain or item.table is None)]
        if loose:
            place = next((item.place for item in loose if item.plain), loose[0].place)
            yield Remark(place, "正文末段到成文日期没有设“与下段同页”")


def _note(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.REMARK):
        text = item.plain
        if not (text.startswith("（") and text.endswith("）")):
            yield Remark(item.place, f"附注写作“{text[:12]}”", "附注应加全角圆括号")
        first = item.format.left + item.format.first_line
        if first < 560 and not item.text.startswith("　　") and item.format.first_line_chars != 200:
            yield Remark(item.place, "附注没有左空二字", "附注应居左空二字加圆括号")


def _contact(document: Docx) -> Iterator[Remark]:
    if kind_of_title(title_text(document)) != "请示":
        return
    text = "".join(item.plain for item in document.paragraphs)
    if "联系人" not in text or not re.search(r"电话|手机|\d{7,}", text):
        yield Remark(document.of(Role.TITLE)[0].place, "请示没有联系人和电话")


def _padded_dates(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, f"日期写作“{match[0]}”")
        for item in document.everything
        if item.table is None and item.role not in (Role.DATE, Role.IMPRINT_LINE)
        if (match := ANY_DATE.search(item.text)) and "0" in (match[2][0], match[3][0])
    )


def _issues(document: Docx) -> str:
    if document.form not in RED_HEADED or document.form is Form.MINUTES:
        return f"{document.form.value}不要求署名和成文日期"
    return ""


_DATED = both(filled, having(Role.DATE))

RULES = (
    rule("SIGN-01a", "7.3.5", Severity.ERROR, "署名与标志一致", _same_as_mark, both(filled, having(Role.SIGNATURE), having(Role.MARK)), asked="署名应与发文机关标志一致，次序相同"),
    rule("SIGN-01b", "7.3.5", Severity.ERROR, "有署名和成文日期", leniently(_signed, Severity.WARNING), both(filled, _issues)),
    rule("SIGN-02a", "7.3.5.4", Severity.ERROR, "成文日期的写法", _date_form, _DATED),
    rule("SIGN-02b", "7.3.5.4、7.4.3", Severity.ERROR, "成文日期不晚于印发日期", _date_order, both(_DATED, having(Role.IMPRINT_LINE)), asked="印发日期不应早于成文日期"),
    rule("SIGN-02c", "7.3.5.4", Severity.WARNING, "文中日期不编虚位", _padded_dates, filled, asked="月、日不编虚位"),
    rule("SIGN-03", "7.3.5.1–7.3.5.2", Severity.WARNING, "署名和成文日期的位置", _position, both(_DATED, having(Role.SIGNATURE))),
    rule("SIGN-04a", "7.3.5.5", Severity.ERROR, "署名与正文同面", leniently(_kept, Severity.NOTE), _DATED, asked="署名不得独占一面，应逐段设与下段同页"),
    rule("SIGN-05a", "7.3.6", Severity.WARNING, "附注", _note, both(filled, having(Role.REMARK))),
    rule("SIGN-05b", "《党政机关公文处理工作条例》第九条", Severity.WARNING, "请示注明联系人", _contact, both(filled, having(Role.TITLE)), asked="请示应在附注处注明联系人姓名和电话"),
)  # fmt: skip
