"""附件说明 and the annexes themselves (7.3.4, 7.3.7)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.lint import text_patterns as patterns
from pipeline.lint.docx_model import Docx, Form, Paragraph
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, having, leniently
from pipeline.lint.roles_named import MAIN_TEXT, Role
from pipeline.lint.text_patterns import squeezed

_LEAD = re.compile(r"^附件[：:]?")
_ITEM = re.compile(r"^(\d++)[.．、]?(.*)$")
_END_MARKS = "。，；、,;."
_NUMBER = re.compile(r"^附件(\d*)$")
_MOST_ANNEXES = 100
_FULL_LINE = 300  # twips; what is lower is no line


@dataclass(frozen=True)
class _Named:
    """An annex as the note names it."""

    number: int | None
    name: str
    place: str


def _named(document: Docx) -> list[_Named]:
    found: list[_Named] = []
    for item in document.of(Role.ANNEX_NOTE):
        text = _LEAD.sub("", squeezed(item.text))
        match = _ITEM.match(text)
        # A name may itself begin with a year: 2027年工作清单.
        numbered = match is not None and (text[len(match[1]) :][:1] in (".", "．", "、") and len(match[1]) <= 2)
        if match is not None and numbered:
            found.append(_Named(int(match[1]), match[2], item.place))
        elif found and not patterns.ANNEX_NOTE.match(squeezed(item.text)):
            last = found.pop()
            found.append(_Named(last.number, last.name + text, last.place))
        else:
            found.append(_Named(None, text, item.place))
    return found


def _labels(document: Docx) -> list[Paragraph]:
    return [item for item in document.of(Role.ANNEX_LABEL) if item.part == "正文"][:_MOST_ANNEXES]


def _titles_after(document: Docx, label: Paragraph) -> list[Paragraph]:
    """The annex's title lines."""
    lines: list[Paragraph] = []
    for item in document.flow:
        if item.index <= label.index or item.role in (Role.BLANK, Role.PLACEHOLDER):
            continue
        if item.role is not Role.ANNEX_TITLE:
            break
        lines.append(item)
    return lines


def _match(document: Docx) -> Iterator[Remark]:
    named, labels = _named(document), _labels(document)
    if not labels:
        place = named[0].place if named else "正文"
        yield Remark(
            place,
            "写有附件说明，文件中没有附件",
            "附件应与正文一起装订；另行装订的在附件首页注明",
            Severity.NOTE,
        )
        return
    if len(named) != len(labels):
        found = f"附件说明列{len(named)}个附件，文后有{len(labels)}个"
        yield Remark(named[0].place, found, "附件说明应与附件一一对应")
        return
    for entry, label in zip(named, labels, strict=True):
        title = "".join(squeezed(item.text) for item in _titles_after(document, label))
        if title and title != entry.name.strip("《》" + _END_MARKS):
            found = f"附件标题为“{title}”，附件说明写作“{entry.name}”"
            yield Remark(label.place, found, "两处的名称应一致")
        number = _NUMBER.match(squeezed(label.text))
        if number is not None and (int(number[1]) if number[1] else None) != entry.number:
            found = f"附件序号为“{squeezed(label.text)}”，与附件说明不符"
            yield Remark(label.place, found, "附件序号应与附件说明一致，只有一个附件时不编号")


def _announced(document: Docx) -> Iterator[Remark]:
    """Annexes that no note names; a briefing refers to them in its text instead."""
    if _labels(document) and not document.of(Role.ANNEX_NOTE) and document.form is not Form.BRIEFING:
        yield Remark(_labels(document)[0].place, "文后有附件，正文下没有附件说明")


def _end_marks(document: Docx) -> Iterator[Remark]:
    for entry in _named(document):
        if entry.name and entry.name[-1] in _END_MARKS:
            yield Remark(entry.place, f"附件名称后有“{entry.name[-1]}”", "附件名称后不加标点")
        if entry.name.startswith("《") and entry.name.endswith("》"):
            yield Remark(entry.place, "附件名称加书名号", "附件名称不加书名号", Severity.NOTE)


def _numbering(document: Docx) -> Iterator[Remark]:
    items = document.of(Role.ANNEX_NOTE)
    first = squeezed(items[0].text)
    if not first.startswith("附件："):
        yield Remark(items[0].place, f"附件说明写作“{first[:6]}”", "应写“附件：”，后标全角冒号")
    named = _named(document)
    numbers = [entry.number for entry in named]
    if len(named) > 1 and numbers != list(range(1, len(named) + 1)):
        yield Remark(named[0].place, "多个附件没有按1. 2. 3.编号", "应用阿拉伯数字依次标注顺序号")
    if len(named) == 1 and numbers != [None]:
        yield Remark(named[0].place, "只有一个附件却编了号", "一个附件不编顺序号")


def _note_gap(document: Docx) -> Iterator[Remark]:
    first = document.of(Role.ANNEX_NOTE)[0]
    above = [item for item in document.flow if item.index < first.index][-2:]
    if len(above) == 2 and above[1].role is not Role.BLANK and above[1].role in MAIN_TEXT:
        yield Remark(first.place, "附件说明与正文之间没有空行", "应空一行")
    if first.format.left + first.format.first_line < 560 and not first.text.startswith(("　", " ")):
        yield Remark(first.place, "附件说明没有左空二字", "应左空二字")


def _new_face(document: Docx) -> Iterator[Remark]:
    for label in _labels(document):
        if not starts_face(document, label):
            yield Remark(label.place, "附件没有另起一面")


def starts_face(document: Docx, item: Paragraph) -> bool:
    """Whether a page break of any kind stands directly before the paragraph."""
    if item.format.page_break_before or item.break_first:
        return True
    for before in reversed(document.paragraphs[: item.index]):
        if before.box is not None:
            continue
        if before.ends_section or before.page_break:
            return (
                before.page_break
                or document.sections[min(before.section + 1, len(document.sections) - 1)].kind != "continuous"
            )
        if before.plain or before.table is not None:
            return False
    return False


def _label_shape(document: Docx) -> Iterator[Remark]:
    for label in _labels(document):
        text = squeezed(label.text)
        if not _NUMBER.match(text):
            yield Remark(label.place, f"附件序号写作“{text[:12]}”", "应为“附件”和阿拉伯数字序号，不加冒号")
        if label.format.align not in ("left", "both") or label.format.left or label.format.first_line:
            yield Remark(label.place, "附件序号没有顶格", "应顶格编排在版心左上角第一行")


def _third_row(document: Docx) -> Iterator[Remark]:
    for label in _labels(document):
        titles = _titles_after(document, label)
        if not titles:
            continue
        between = document.paragraphs[label.index + 1 : titles[0].index]
        blank = sum(1 for item in between if item.role is Role.BLANK and item.format.line >= 240)
        room = titles[0].format.before + sum(item.format.before + item.format.after for item in between)
        if blank != 1 and room < _FULL_LINE:
            yield Remark(titles[0].place, f"附件序号与附件标题之间空{blank}行")


_NOTED = both(filled, having(Role.ANNEX_NOTE))
_ANNEXED = both(filled, having(Role.ANNEX_LABEL))

RULES = (
    rule("ANNX-01a", "7.3.7", Severity.ERROR, "附件与附件说明一致", _match, _NOTED),
    rule("ANNX-01b", "7.3.4", Severity.ERROR, "附件名称后无标点", _end_marks, _NOTED),
    rule("ANNX-01c", "7.3.4", Severity.ERROR, "附件说明的编号", _numbering, _NOTED),
    rule("ANNX-01d", "7.3.4", Severity.ERROR, "附件说明的位置", leniently(_note_gap, Severity.WARNING), _NOTED),
    rule("ANNX-01e", "7.3.4", Severity.ERROR, "有附件即有附件说明", _announced, _ANNEXED, asked="应在正文下空一行编排附件说明"),
    rule("ANNX-02a", "7.3.7", Severity.ERROR, "附件另面编排", _new_face, _ANNEXED, asked="附件应另面编排"),
    rule("ANNX-02b", "7.3.7", Severity.ERROR, "附件序号的写法", _label_shape, _ANNEXED),
    rule("ANNX-02c", "7.3.7", Severity.ERROR, "附件标题在第三行", leniently(_third_row, Severity.NOTE), _ANNEXED, asked="附件标题应编排在版心第三行"),
)  # fmt: skip
