"""The red head: copy number, secrecy, urgency, mark, number, signer, red rule (7.2)."""

from collections.abc import Iterator

from pipeline.lint.docx_model import Docx, Form, Paragraph, Table
from pipeline.lint.form import signers
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.profile import profile_of
from pipeline.lint.remarks import both, filled, having, lenient, leniently, millimetres, of_form, red_headed
from pipeline.lint.roles_named import HEAD, Role
from pipeline.lint.text_patterns import NUMBER_RIGHT, SECRECY_RIGHT, SIGNER, URGENCY, squeezed
from pipeline.word import house_style as house

_MARK_TOP = 35 * 1440 / 25.4  # twips under the type area
_INK_RAISE = 0.84  # share of the size that lies above the baseline; measured on the stand-in
_BASELINE = 0.8  # of an exact line
_TOLERANCE = 57
_RULE_ASKED = "版头之下应有与版心等宽的红色分隔线"
_MINIMUM_RED_RULE = 150.0  # mm; what is shorter is no rule of the head


def _copy_number(document: Docx) -> Iterator[Remark]:
    numbers = document.of(Role.COPY_NUMBER)
    for item in numbers:
        if not (len(item.plain) == 6 and item.plain.isdigit() and item.plain.isascii()):
            yield Remark(item.place, f"份号写作“{item.plain}”", "应为6位阿拉伯数字")
        elif item.format.align not in ("left", "both") or item.format.left or item.format.first_line > 0:
            yield Remark(item.place, "份号没有顶格", "应顶格编排在版心左上角第一行")
    if document.of(Role.SECRECY) and not numbers:
        yield Remark(document.of(Role.SECRECY)[0].place, "涉密公文没有份号", "应标注6位份号")


def _grades(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.SECRECY):
        if not SECRECY_RIGHT.match(squeezed(item.text)):
            yield Remark(item.place, f"密级写作“{item.plain}”", "应如“机密★1年”：绝密、机密、秘密，期限用阿拉伯数字")
    for item in document.of(Role.URGENCY):
        if squeezed(item.text).startswith("内部"):
            continue
        if not URGENCY.match(squeezed(item.text)) or squeezed(item.text) in ("急件", "紧急"):
            yield Remark(item.place, f"紧急程度写作“{item.plain}”", "应为“特急”或“加急”")


def _grade_order(document: Docx) -> Iterator[Remark]:
    order = (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)
    found = list(document.of(*order))
    ranks = [order.index(item.role) for item in found]
    if ranks != sorted(ranks):
        yield Remark(found[0].place, "份号、密级、紧急程度的次序不对")


def _mark_table(document: Docx) -> Table | None:
    marks = [item for item in document.of(Role.MARK) if item.table is not None and item.part == "正文"]
    return document.tables[marks[0].table] if marks and marks[0].table is not None else None


def _mark_top(document: Docx) -> Iterator[Remark]:
    table = _mark_table(document)
    mark = next((item for item in document.of(Role.MARK) if item.table is not None), None)
    if table is None or mark is None or mark.row == 0:
        return
    room = sum(row.height for row in table.rows[: mark.row])
    raised = _BASELINE * mark.format.line - _INK_RAISE * mark.size * 10
    lead = profile_of(document.sections[0]).lead_top if document.sections else 0
    top = room + mark.format.before + raised - lead
    asked = _MARK_TOP if document.form is not Form.ORDER else 20 * 1440 / 25.4
    if mark.format.line_rule == "exact" and abs(top - asked) > _TOLERANCE:
        yield Remark(mark.place, f"标志上边缘距版心上边缘{millimetres(top)}", f"应为{millimetres(asked)}")


def _in_our_table(document: Docx) -> str:
    return "" if _mark_table(document) is not None else "标志不是用表格定位的，位置要看成页"


def _mark(document: Docx) -> Iterator[Remark]:
    marks = document.of(Role.MARK)
    text = "".join(squeezed(item.text) for item in marks)
    if document.form in (Form.DOWNWARD, Form.UPWARD) and document.of(Role.NUMBER) and not marks:
        # A preprinted letterhead leaves the mark's room blank on purpose.
        if not _blank_head(document):
            place = document.of(Role.NUMBER)[0].place
            yield Remark(place, "发文字号之上没有发文机关标志", "版头应有红色的发文机关标志")
        return
    if document.form is Form.LETTER and text.endswith("文件"):
        yield Remark(marks[0].place, f"信函标志写作“{text}”", "信函的标志用发文机关名称，不加“文件”")
    for item in marks:
        width = _width(item)
        if width > house.TYPE_WIDTH + 5 and item.box is None:
            yield Remark(item.place, f"标志排开宽{millimetres(width)}", "应不宽于版心156毫米")
        if item.format.align not in ("center", "distribute", "both") and item.table is None:
            yield Remark(item.place, "标志没有居中", "应居中排布")


def _width(item: Paragraph) -> float:
    """Width of a line of Han in twips."""
    total = 0.0
    for run in item.runs:
        count = len(run.text.strip())
        total += count * (run.format.size * 10 * run.format.scale / 100 + run.format.spacing)
    return total


def _blank_head(document: Docx) -> bool:
    """A head left empty for preprinted paper: a tall empty row or line before the number."""
    number = document.of(Role.NUMBER)[0]
    for table in document.tables[:1]:
        if any(row.height >= 1000 for row in table.rows) and number.table != 0:
            return True
    return any(item.is_blank and item.format.line >= 1000 for item in document.paragraphs[: number.index])


def _joint(document: Docx) -> Iterator[Remark]:
    names = [item for item in document.of(Role.MARK) if squeezed(item.text) != "文件"]
    if len(names) < 2:
        return
    widths = [_width(item) for item in names]
    spread = all(item.format.align == "distribute" for item in names)
    if not spread and max(widths) - min(widths) > _TOLERANCE:
        yield Remark(names[0].place, "联合行文各机关名称宽度不齐", "应两端对齐、上下等宽")
    table = _mark_table(document)
    suffix = next((item for item in document.of(Role.MARK) if squeezed(item.text) == "文件"), None)
    if table is None or suffix is None or suffix.table != table.index:
        return
    cell = table.rows[suffix.row].cells[suffix.column]
    if cell.merge != "restart":
        yield Remark(suffix.place, "“文件”没有对着各机关名称上下居中", "“文件”应置于各名称右侧、上下居中")


def _number_text(item: Paragraph) -> str:
    """The number alone: a letter has 份号 before it on the line, an 上行文 the signer after it."""
    own = SIGNER.split(item.text)[0].strip("\t ")
    return squeezed(own.rsplit("\t", 1)[-1])


def _number(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.NUMBER):
        text = _number_text(item)
        if NUMBER_RIGHT.match(text) or document.unfilled(text):
            continue
        if "第" in text:
            asked = "不加“第”字"
        elif "〔" not in text or "〕" not in text:
            asked = "年份用六角括号〔〕括入"
        elif "〕0" in text:
            asked = "序号不编虚位"
        else:
            asked = "应为机关代字、〔四位年份〕、序号和“号”"
        yield Remark(item.place, f"发文字号写作“{text}”", asked)


def _number_place(document: Docx) -> Iterator[Remark]:
    for item in document.of(Role.NUMBER):
        if item.table is not None or signers(document):
            continue
        wanted = "right" if document.form is Form.LETTER else "center"
        if (
            document.form in (Form.DOWNWARD, Form.LETTER)
            and item.format.align != wanted
            and "\t" not in item.text.strip()
        ):
            where = "居右" if wanted == "right" else "居中"
            yield Remark(item.place, f"发文字号没有{where}", f"{document.form.value}的发文字号应{where}编排")


def _signer(document: Docx) -> Iterator[Remark]:
    found = signers(document)
    if document.form is Form.UPWARD and not found:
        place = (document.of(Role.NUMBER) or document.of(Role.MARK) or document.paragraphs)[0].place
        yield Remark(place, "上行文没有签发人", "应在发文字号同行标注签发人姓名")
    if document.form is not Form.UPWARD and found:
        yield Remark(found[0].place, f"{document.form.value}标注了签发人", "签发人只用于上行文")


def _signer_font(document: Docx) -> Iterator[Remark]:
    for item in signers(document):
        runs = [run for run in item.runs if run.text.strip() and not SIGNER.search(run.text)]
        if document.unfilled(item.text):
            continue
        names = [run for run in runs if len(squeezed(run.text)) >= 2 and "〔" not in run.text]
        if any("楷" not in run.format.han and "Kai" not in run.format.han for run in names):
            yield Remark(item.place, "签发人姓名不是楷体")


def _rule(document: Docx) -> Iterator[Remark]:
    rules = document.of(Role.RED_LINE)
    if not rules:
        bordered = any(item.role in HEAD and item.format.is_ruled_red for item in document.everything)
        lines = (box for box in document.all_boxes if box.is_line and box.is_red)
        if not bordered and not any((line.width or 0) >= _MINIMUM_RED_RULE for line in lines):
            place = (document.of(Role.NUMBER) or document.of(Role.MARK) or document.paragraphs)[0].place
            yield Remark(place, "看不到红色分隔线", _RULE_ASKED, lenient(document, Severity.WARNING))
        return
    for item in rules:
        if (item.format.left or item.format.right) and document.form is not Form.LETTER:
            yield Remark(item.place, "红色分隔线有缩进，短于版心", "应与版心等宽（156毫米）")
        if not any(edge.is_drawn for edge in item.format.borders.values()):
            if not document.of(Role.MARK, Role.BRIEF_NAME):
                continue  # preprinted paper has it
            yield Remark(item.place, "红色分隔线没有画出", "应有与版心等宽的红色分隔线")
        elif any(edge.is_drawn and not edge.is_red for edge in item.format.borders.values()):
            yield Remark(item.place, "版头分隔线不是红色", "应为红色")


def _blanks_between(document: Docx, above: int, below: int) -> int:
    """Empty lines between two paragraphs; room set as spacing counts as lines."""
    items = [item for item in document.paragraphs[above : below + 1] if item.box is None]
    room = items[0].format.after + items[-1].format.before
    return sum(1 for item in items[1:-1] if item.role is Role.BLANK) + round(room / house.LINE_PITCH)


def _distance_to_number(document: Docx) -> Iterator[Remark]:
    marks, numbers = document.of(Role.MARK), document.of(Role.NUMBER)
    last = max((item.index for item in marks if item.part == "正文"), default=-1)
    number = numbers[0]
    while number.index > last + 1 and document.paragraphs[last + 1].table is not None:
        last += 1  # empty cells beside the mark
    if number.table is not None or number.part != "正文" or last < 0 or number.index < last:
        return
    blank = _blanks_between(document, last, number.index)
    if blank != 2:
        yield Remark(number.place, f"标志与发文字号之间空{blank}行")


def _distance_to_title(document: Docx) -> Iterator[Remark]:
    rules, titles = document.of(Role.RED_LINE), document.of(Role.TITLE)
    above = max((item.index for item in rules if item.part == "正文" and item.index < titles[0].index), default=None)
    if above is None:
        return
    blank = _blanks_between(document, above, titles[0].index)
    if blank != 2:
        yield Remark(titles[0].place, f"红色分隔线与标题之间空{blank}行")


_NUMBERED = of_form(Form.DOWNWARD, Form.UPWARD)

RULES = (
    rule("HEAD-01", "7.2.1", Severity.ERROR, "份号", _copy_number, having(Role.COPY_NUMBER, Role.SECRECY)),
    rule("HEAD-02a", "7.2.2–7.2.3", Severity.ERROR, "密级和紧急程度的写法", _grades, having(Role.SECRECY, Role.URGENCY)),
    rule("HEAD-02b", "7.2.3", Severity.ERROR, "份号、密级、紧急程度的次序", _grade_order, having(Role.SECRECY, Role.URGENCY), asked="应自上而下依次为份号、密级和保密期限、紧急程度"),
    rule("HEAD-03", "7.2.4", Severity.ERROR, "标志的高低", _mark_top, both(having(Role.MARK), _in_our_table)),
    rule("HEAD-04", "7.2.4", Severity.ERROR, "发文机关标志", _mark, both(filled, red_headed)),
    rule("HEAD-05", "7.2.4", Severity.ERROR, "联合行文的标志", _joint, both(filled, having(Role.MARK))),
    rule("HEAD-06a", "7.2.5", Severity.ERROR, "发文字号的写法", _number, both(filled, having(Role.NUMBER))),
    rule("HEAD-06b", "7.2.5", Severity.ERROR, "发文字号的位置", _number_place, having(Role.NUMBER)),
    rule("HEAD-07a", "7.2.6", Severity.ERROR, "签发人", _signer, red_headed),
    rule("HEAD-07b", "7.2.6", Severity.ERROR, "签发人姓名的字体", _signer_font, having(Role.SIGNER, Role.NUMBER), asked="“签发人：”用3号仿宋体，姓名用3号楷体"),
    rule("HEAD-08", "7.2.7", Severity.ERROR, "版头分隔线", _rule, of_form(Form.DOWNWARD, Form.UPWARD, Form.BRIEFING)),
    rule("HEAD-09a", "7.2.5", Severity.WARNING, "标志与发文字号的距离", leniently(_distance_to_number, Severity.NOTE), both(_NUMBERED, having(Role.NUMBER)), asked="应空二行"),
    rule("HEAD-09b", "7.3.1", Severity.WARNING, "分隔线与标题的距离", leniently(_distance_to_title, Severity.NOTE), both(of_form(Form.DOWNWARD, Form.UPWARD, Form.MINUTES, Form.ORDER), having(Role.RED_LINE), having(Role.TITLE)), asked="应空二行"),
)  # fmt: skip
