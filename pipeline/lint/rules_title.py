"""The title and the addressee (7.3.1, 7.3.2)."""

import re
from collections.abc import Iterator
from itertools import pairwise

from pipeline.lint.docx_model import Docx, Form
from pipeline.lint.form import title_text
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.remarks import both, filled, having, leniently, of_form
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import UPWARD_KINDS, kind_of_title, squeezed
from pipeline.word import house_style as house
from pipeline.word.title_words import GENRES

_END_MARKS = "。，；：、！？.,;:!?"
_SHORT_NAME = 12  # cells; a longer name in 《》 may have to be broken
_SHORTEST = 1 / 3  # of the longest line
_FROM_BELOW = {
    Form.UPWARD: UPWARD_KINDS,
    Form.DOWNWARD: tuple(kind for kind in GENRES if kind not in ("请示", "函")),
}
# Words that a title's line break most often tears; a longer list would find more and err more.
_WHOLE = (
    "重点项目", "项目", "计划", "通知", "通报", "报告", "请示", "方案", "工作", "情况", "关于", "经济", "社会", "发展", "管理",
    "办法", "意见", "会议", "政府", "委员会", "建设", "投资", "考核", "责任", "单位", "年度", "完成", "任务", "说明",
)  # fmt: skip
_MERELY = ("工作", "情况")  # may stand between two words


def title_lines(document: Docx) -> list[str]:
    """The title's lines as they are broken in the file."""
    return [
        squeezed(line)
        for item in document.of(Role.TITLE)
        if item.part == "正文"
        for line in item.text.split("\n")
        if line.strip()
    ]


def _kind(document: Docx) -> Iterator[Remark]:
    title, place = title_text(document), document.of(Role.TITLE)[0].place
    kind = kind_of_title(title)
    if document.unfilled(title):
        return
    if not kind:
        yield Remark(place, "标题末尾没有文种", "公文标题应由发文机关名称、事由和文种组成")
    elif document.form in _FROM_BELOW and kind not in _FROM_BELOW[document.form]:
        yield Remark(place, f"{document.form.value}的文种为“{kind}”", "文种应与行文方向相符")
    if kind and "关于" not in title and document.form is not Form.ORDER:
        yield Remark(place, "标题没有“关于……”", "事由一般以“关于”引出", Severity.NOTE)


def _has_title(document: Docx) -> Iterator[Remark]:
    if not document.of(Role.TITLE):
        yield Remark("正文", "找不到标题")


def _end_mark(document: Docx) -> Iterator[Remark]:
    title = title_text(document)
    if title and title[-1] in _END_MARKS:
        yield Remark(document.of(Role.TITLE)[0].place, f"标题末尾有“{title[-1]}”")


def _centred(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.TITLE):
        if item.format.align not in ("center", "distribute") or item.format.first_line:
            yield Remark(item.place, "标题没有居中或带缩进")


def _breaks(document: Docx) -> Iterator[Remark]:
    lines, place = title_lines(document), document.of(Role.TITLE)[0].place
    for above, below in pairwise(lines):
        joint = f"“{above[-6:]}／{below[:6]}”"
        name = re.match(r"《[^》]*》", above[above.rfind("《") :] + below) if "《" in above else None
        if above.count("《") > above.count("》") and name is not None and _cells(name[0]) <= _SHORT_NAME:
            yield Remark(place, f"标题在书名号内回行{joint}", "书名号内的文字不断开")
        elif re.search(r"[\d〔]$", above) and re.match(r"[\d年月日期号个项%％]", below):
            yield Remark(place, f"标题把数字断开{joint}", "数字和它的单位应在一行")
        elif re.match(r"[，、；：。）》”]", below) or above[-1] in "（《“":
            yield Remark(place, f"标题回行处的标点位置不当{joint}", "标点不居行首、前括号不居行末")
        elif word := _torn(above, below):
            yield Remark(place, f"标题把“{word}”断开{joint}", "回行应词意完整")


def _torn(above: str, below: str) -> str:
    for word in _WHOLE:
        for cut in range(1, len(word)):
            if above.endswith(word[:cut]) and below.startswith(word[cut:]) and _is_torn(above, below, word, cut):
                return word
    return ""


def _is_torn(above: str, below: str, word: str, cut: int) -> bool:
    """A break inside 重点项目 between 重点 and 项目 is between words."""
    inner = word[:cut] in _WHOLE or word[cut:] in _WHOLE
    return not inner and word not in _MERELY


def _shape(document: Docx) -> Iterator[Remark]:
    lines, title = title_lines(document), document.of(Role.TITLE)[0]
    most = house.TYPE_WIDTH / (title.size * 10)  # characters of its size
    for line in lines:
        if _cells(line) > most + 0.1:
            found = f"标题一行{_cells(line):g}字，超过版心"
            yield Remark(title.place, found, f"2号字一行最多{int(most)}字，应自行分行")
            return
    if len(lines) > 1 and _cells(lines[-1]) < _SHORTEST * max(_cells(line) for line in lines):
        yield Remark(title.place, f"标题末行“{lines[-1]}”太短", "多行标题应排成梯形或菱形")
    if len(lines) > 4:
        yield Remark(title.place, f"标题分{len(lines)}行", "应压缩文字或重新分行", Severity.NOTE)


def _cells(line: str) -> float:
    return sum(0.5 if mark.isascii() else 1 for mark in line)


def _addressee(document: Docx) -> Iterator[Remark]:
    items = document.of(Role.ADDRESSEE)
    last = items[-1]
    if not last.plain.endswith("："):
        yield Remark(last.place, f"主送机关以“{last.plain[-1:]}”结尾", "末尾应标全角冒号")
    for item in items:
        if item.format.first_line or item.format.left or item.text.startswith((" ", "　")):
            yield Remark(item.place, "主送机关没有顶格", "应居左顶格，回行仍顶格")


def _one_addressee(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.ADDRESSEE):
        if len(re.findall(r"[、，；,]", item.plain.rstrip("：:"))) and not _one_office(item.plain):
            yield Remark(item.place, f"上行文主送“{item.plain.rstrip('：:')}”")


def _one_office(text: str) -> bool:
    """区委、区政府 are addressed together by custom."""
    return bool(re.fullmatch(r"[^、，；,]{0,8}[区县旗市省州]委、[^、，；,]{0,8}政府[：:]?", squeezed(text)))


def _addressee_there(document: Docx) -> Iterator[Remark]:
    """Under the title, or in the imprint where they would crowd the text out of page one (7.4.2)."""
    in_imprint = any(squeezed(item.text).startswith("主送：") for item in document.paragraphs)
    if not document.of(Role.ADDRESSEE) and not in_imprint:
        place = document.of(Role.TITLE)[-1].place
        yield Remark(place, "标题之下没有主送机关")


def _gap(document: Docx) -> Iterator[Remark]:
    title = document.of(Role.TITLE)[-1].index
    below = next((item for item in document.flow if item.index > title and item.role is not Role.BLANK), None)
    if below is None or below.role not in (Role.ADDRESSEE, Role.BODY):
        return
    room = document.paragraphs[title].format.after + below.format.before
    blank = sum(1 for item in document.flow if title < item.index < below.index)
    blank += round(room / house.LINE_PITCH)
    if blank != 1:
        yield Remark(below.place, f"标题之下空{blank}行")


def _addressed(document: Docx) -> str:
    if kind_of_title(title_text(document)) not in ("请示", "报告", "通知", "函", "通报"):
        return "本文种可以没有主送机关"
    return ""


_TITLED = both(filled, having(Role.TITLE))
_STATUTORY = of_form(Form.DOWNWARD, Form.UPWARD, Form.LETTER, Form.ORDER)

RULES = (
    rule("BODY-01a", "7.3.1", Severity.ERROR, "有标题", _has_title, both(filled, of_form(Form.DOWNWARD, Form.UPWARD, Form.LETTER, Form.PLAIN, Form.BRIEFING)), asked="应有2号小标宋体的标题"),
    rule("BODY-01b", "7.3.1", Severity.ERROR, "标题的文种", _kind, both(_TITLED, _STATUTORY)),
    rule("BODY-01c", "7.3.1", Severity.ERROR, "标题末尾无标点", _end_mark, _TITLED, asked="标题末尾不加标点"),
    rule("BODY-01d", "7.3.1", Severity.ERROR, "标题居中", _centred, _TITLED, asked="应居中排布，不缩进"),
    rule("BODY-02a", "7.3.1", Severity.WARNING, "标题回行词意完整", _breaks, _TITLED),
    rule("BODY-02b", "7.3.1", Severity.WARNING, "标题分行的形状", _shape, _TITLED),
    rule("BODY-03a", "7.3.2", Severity.ERROR, "主送机关", _addressee, both(filled, having(Role.ADDRESSEE))),
    rule("BODY-03b", "《党政机关公文处理工作条例》第十五条", Severity.ERROR, "上行文主送一个机关", _one_addressee, both(filled, having(Role.ADDRESSEE), of_form(Form.UPWARD)), asked="原则上只主送一个上级机关，其他用抄送"),
    rule("BODY-03c", "7.3.2", Severity.ERROR, "写明主送机关", leniently(_addressee_there, Severity.WARNING), both(_TITLED, of_form(Form.DOWNWARD, Form.UPWARD, Form.LETTER), _addressed), asked="请示、报告、通知和函应写明主送机关"),
    rule("BODY-03d", "7.3.2", Severity.WARNING, "标题与主送机关的距离", leniently(_gap, Severity.NOTE), both(having(Role.TITLE), _STATUTORY), asked="应空一行"),
)  # fmt: skip
