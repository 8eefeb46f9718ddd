"""The letter's double rules (10.1) and the briefing's own parts (custom)."""

import re
from collections.abc import Iterator

from pipeline.lint.docx_model import Box, Docx, Form
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, lenient, leniently, of_form
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import ANY_DATE, squeezed

_WIDTH = 170.0  # mm
_TOLERANCE = 1.0
_FOOT = 277.0  # mm from the sheet's top, 20 mm over its foot
_ASKED = "标志之下4毫米处应有上粗下细、距下页边20毫米处应有上细下粗的红色双线"
_PAIR = 4.0  # mm; two lines nearer than this are one double rule
_ISSUE = re.compile(r"^[（(]?(\d{4}年)?第\d+期([（(]总第?\d+期[）)])?[）)]?$")


def _pairs(document: Docx) -> list[list[Box]]:
    """Drawn red lines in groups that lie close together, from the top."""
    lines = sorted(
        (box for box in document.all_boxes if box.is_line and box.is_red and box.y is not None),
        key=lambda box: box.y or 0.0,
    )
    groups: list[list[Box]] = []
    for line in lines:
        if groups and (line.y or 0.0) - (groups[-1][-1].y or 0.0) < _PAIR:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _double_rules(document: Docx) -> Iterator[Remark]:
    pairs = _pairs(document)
    if len(pairs) < 2 or any(len(pair) != 2 for pair in pairs[:2]):
        drawn = [
            (item, edge)
            for item in document.everything
            for edge in item.format.borders.values()
            if edge.is_drawn and edge.is_red and ("thi" in edge.value or edge.value == "double")
        ]
        even = next((item for item, edge in drawn if edge.value == "double"), None)
        if even is not None:
            yield Remark(even.place, "红色双线两条一样粗", _ASKED, lenient(document, Severity.WARNING))
            return
        if len(drawn) >= 2:
            found = "红色双线用段落边框画，看不出位置"
            yield Remark(drawn[0][0].place, found, "要看成页", Severity.UNVERIFIED)
            return
        place = (document.of(Role.MARK) or document.paragraphs)[0].place
        yield Remark(place, f"看到{len(pairs)}处红色双线", _ASKED, lenient(document, Severity.WARNING))
        return
    for pair in pairs[:2]:
        for line in pair:
            if line.width is not None and abs(line.width - _WIDTH) > _TOLERANCE:
                yield Remark("信函双线", f"长{line.width:.1f}毫米", "应长170毫米")
                break
    (above, under), (over, below) = pairs[0], pairs[1]
    if above.weight <= under.weight:
        yield Remark("信函首条双线", "不是上粗下细", "标志之下应为上粗下细的双线")
    if over.weight >= below.weight:
        yield Remark("信函末条双线", "不是上细下粗", "页下应为上细下粗的双线")
    foot = max(line.y or 0.0 for line in pairs[1])
    if abs(foot - _FOOT) > 1.5:
        yield Remark("信函末条双线", f"距页上边{foot:.1f}毫米", "应距下页边20毫米（277毫米处）")


def _issue(document: Docx) -> Iterator[Remark]:
    issues = document.of(Role.BRIEF_ISSUE)
    if not issues:
        yield Remark("报头", "没有期号", "简报应编期号，如“第1期”")
    for item in issues:
        if not _ISSUE.match(squeezed(item.text)):
            yield Remark(item.place, f"期号写作“{item.plain}”", "应如“第1期（总第1期）”，用阿拉伯数字")
    if not document.of(Role.BRIEF_NAME):
        yield Remark("报头", "没有红色的简报名称", "报头应有简报名称", lenient(document, Severity.WARNING))


def _no_number(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.NUMBER):
        yield Remark(item.place, f"简报编了发文字号“{item.plain}”", "简报编期号，不编发文字号")
    for item in document.of(Role.ADDRESSEE):
        yield Remark(item.place, "简报写了主送机关", "简报的分送对象写在报尾", Severity.NOTE)


def _editor(document: Docx) -> Iterator[Remark]:
    title = min((item.index for item in document.of(Role.TITLE)), default=40)
    head = "".join(item.text for item in document.paragraphs[:title])
    if not ANY_DATE.search(head):
        yield Remark("报头", "没有日期")


def _foot(document: Docx) -> Iterator[Remark]:
    feet = [squeezed(item.text) for item in document.of(Role.IMPRINT)]
    if not any(text.startswith(("报：", "送：", "发：", "抄报：", "抄送：", "报送：")) for text in feet):
        yield Remark("文末", "报尾没有报、送、发")


_BRIEFING = both(filled, of_form(Form.BRIEFING))

RULES = (
    rule("LETT-01", "10.1", Severity.ERROR, "信函双线", _double_rules, of_form(Form.LETTER)),
    rule("BRIEF-01a", "简报惯例", Severity.WARNING, "简报名称和期号", _issue, _BRIEFING),
    rule("BRIEF-01b", "简报惯例", Severity.WARNING, "简报不编发文字号", _no_number, _BRIEFING),
    rule("BRIEF-01c", "简报惯例", Severity.WARNING, "简报的编印日期", leniently(_editor, Severity.WARNING), _BRIEFING, asked="报头应有编印单位和日期"),
    rule("BRIEF-01d", "简报惯例", Severity.WARNING, "简报的报尾", leniently(_foot, Severity.NOTE), _BRIEFING, asked="报尾应写明报送范围"),
)  # fmt: skip
