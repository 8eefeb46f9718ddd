"""The sheet, its margins, and the twenty-two lines of twenty-eight characters (5.1–5.2)."""

from collections.abc import Iterator

from pipeline.lint.docx_model import Docx, Form, Paragraph, Section
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.profile import ALLOWED, NEAR, profile_of
from pipeline.lint.remarks import filled, gathered, having, leniently, main_flow, main_text, millimetres, official
from pipeline.lint.roles_named import MAIN_TEXT, Role
from pipeline.word import house_style as house

_LINES, _CELLS = 22, 28
_CELL_POINTS = 442.2 / _CELLS  # 156 mm


def _sheet(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        long, short = max(section.width, section.height), min(section.width, section.height)
        if abs(long - house.PAGE_HEIGHT) > 10 or abs(short - house.PAGE_WIDTH) > 10:
            found = f"纸张为{millimetres(section.width)}×{millimetres(section.height)}"
            yield Remark(section.place, found, "应为A4（210毫米×297毫米）")
        elif section.landscape != (section.width > section.height):
            yield Remark(section.place, "纸张方向与宽高不一致", "横排应同时写明方向和宽高", Severity.WARNING)


def _margins(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        profile = profile_of(section)
        wrong = [edge for edge in profile.margins(section) if abs(edge[1] - edge[2]) > NEAR]
        if wrong and not profile.is_unturned(section):  # an unturned sheet is TABL-01a
            severity = None if profile.distance(section) > ALLOWED else Severity.WARNING
            found = "、".join(f"{name}边距{millimetres(stated)}" for name, stated, _ in wrong)
            asked = "、".join(f"{name}{millimetres(wanted)}" for name, _, wanted in wrong)
            yield Remark(section.place, found, f"应为{asked}", severity)


def _lines(section: Section, item: Paragraph) -> float:
    """Lines of this paragraph's pitch that a face holds."""
    profile = profile_of(section)  # margins are PAGE-02's matter
    height = house.PAGE_HEIGHT - profile.top - profile.bottom
    if item.format.line_rule == "exact" and item.format.line:
        return height / item.format.line
    pitch = section.pitch if section.grid != "default" and item.format.snap_to_grid else 0
    natural = item.size * 10 * 1.3
    line = max(pitch, 1) if pitch else round(natural * item.format.line / 240)
    if pitch and item.format.line_rule == "auto" and item.format.line > 240:
        line = round(pitch * item.format.line / 240)
    if item.format.line_rule == "atLeast":
        line = max(line, item.format.line)
    return height / max(line, 1)


def _grid(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        if section.width > section.height or section.grid == "default":
            continue
        profile = profile_of(section)
        if abs(section.pitch - profile.pitch) > 1:
            found = f"文档网格行距为{section.pitch / 20:g}磅"
            severity = Severity.NOTE if int(house.TYPE_HEIGHT / max(section.pitch, 1)) == _LINES else None
            yield Remark(section.place, found, f"应为{profile.pitch / 20:g}磅，每面22行", severity)


def _pitch(document: Docx) -> Iterator[Remark]:
    wrong, near = [], []
    for item in main_text(document):
        section = document.section_of(item)
        if section is None or section.width > section.height:
            continue
        lines = int(_lines(section, item) + 0.02)
        pitch = profile_of(section).pitch
        if lines != _LINES:
            wrong.append((item.place, f"按所设行距每面排{lines}行"))
        elif item.format.line_rule == "exact" and abs(item.format.line - pitch) > 3:
            near.append((item.place, f"行距为固定值{item.format.line / 20:g}磅"))
    yield from gathered(wrong, "每面应排22行")
    yield from gathered(near, "每面22行撑满版心的行距为28.95磅", Severity.NOTE)


def _cells(document: Docx) -> Iterator[Remark]:
    seen = []
    for item in main_text(document):
        section = document.section_of(item)
        if section is None or item.size != house.SAN_HAO or section.width > section.height:
            continue
        spacing = max((run.format.spacing for run in item.runs if run.text.strip()), default=0)
        advance = 16 + spacing / 20
        if section.grid in ("linesAndChars", "snapToChars"):
            advance = advance + section.char_space / 4096
        cells = int(house.TYPE_WIDTH / 20 / advance + 0.01)
        if advance > _CELL_POINTS + 0.01 and cells < _CELLS:
            seen.append((item.place, f"3号字按所设字距每行只能排{cells}字"))
    yield from gathered(seen)


def _character_grid(document: Docx) -> Iterator[Remark]:
    for section in document.sections:
        if section.grid in ("linesAndChars", "snapToChars"):
            yield Remark(section.place, "文档网格设为“指定行和字符网格”")


def _inside(document: Docx) -> Iterator[Remark]:
    seen = []
    for item in main_flow(document):
        indents = item.format
        beyond = min(indents.left, indents.left + indents.first_line, indents.right)
        if (
            item.plain
            and beyond < -5
            and not (document.form is Form.LETTER and item.role in (Role.MARK, Role.RED_LINE))
        ):
            seen.append((item.place, f"缩进为负，文字伸出版心{millimetres(-beyond)}"))
    yield from gathered(seen)


def _widows(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, "开着“孤行控制”") for item in main_flow(document) if item.plain and item.format.widow_control
    )


def _mirrored(document: Docx) -> Iterator[Remark]:
    if document.settings.mirror_margins:
        yield Remark("页面设置", "设了“对称页边距”")


def _compressed(document: Docx) -> Iterator[Remark]:
    if document.settings.character_spacing not in ("", "doNotCompress"):
        yield Remark("文档设置", "开着标点压缩")


def _hanging(document: Docx) -> Iterator[Remark]:
    return gathered(
        (item.place, "两端对齐而没有写明“允许标点溢出边界”")
        for item in document.everything
        if item.plain and item.format.align == "both" and item.format.overflow_punct is not True
    )


_TEXT_WITH_PITCH = having(Role.BODY, *MAIN_TEXT)

RULES = (
    rule("PAGE-01", "5.1", Severity.ERROR, "A4纸", _sheet),
    rule("PAGE-02", "5.2.1", Severity.ERROR, "页边距", _margins, official),
    rule("PAGE-03a", "5.2.3", Severity.WARNING, "行网格", _grid, official),
    rule("PAGE-03b", "5.2.3", Severity.WARNING, "每面22行", _pitch, _TEXT_WITH_PITCH),
    rule("PAGE-04", "5.2.3", Severity.WARNING, "每行28字", _cells, _TEXT_WITH_PITCH, asked="每行应排28字，字符间距宜紧缩0.25磅"),
    rule("PAGE-05", "5.2.3", Severity.ERROR, "不用字符网格", leniently(_character_grid, Severity.NOTE), asked="应只指定行网格：在LibreOffice 7.4中字符网格使每字占两格"),
    rule("PAGE-06", "5.2.1", Severity.ERROR, "文字在版心内", _inside, filled, asked="文字不得超出版心"),
    rule("PAGE-07a", "5.2.3", Severity.WARNING, "孤行控制", leniently(_widows, Severity.NOTE), asked="应关闭，否则一面排不满22行"),
    rule("PAGE-07b", "5.2.1", Severity.WARNING, "对称页边距", _mirrored, asked="应取消，否则横排页的边距左右对调"),
    rule("PAGE-07c", "5.2.3", Severity.WARNING, "标点压缩", leniently(_compressed, Severity.NOTE), asked="应设为不压缩，使各种软件中每行字数一致"),
    rule("PAGE-08", "5.2.3", Severity.ERROR, "标点溢出边界", leniently(_hanging, Severity.NOTE), asked="应写明，否则用LibreOffice转换时行末标点会丢失"),
)  # fmt: skip
