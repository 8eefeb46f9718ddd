"""Every rule measured on the printed page, in the order of the standard."""

from collections.abc import Callable

from pipeline.lint import page_rules_body as body
from pipeline.lint import page_rules_fonts as fonts
from pipeline.lint import page_rules_foot as foot
from pipeline.lint import page_rules_head as head
from pipeline.lint import page_rules_sheet as sheet
from pipeline.lint.lint_rule import LintRule, Severity, rule
from pipeline.lint.page_measures import Check, lacking, mark_substitutes, metric
from pipeline.lint.printed import Printed
from pipeline.lint.remarks import official
from pipeline.lint.roles_named import MAIN_TEXT, Role

PageRule = LintRule[Printed]
_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.NOTE

# Sound sheets, whole text and glyphs are asked of any document, official or not.
_FOR_ALL = frozenset({"PAGE-01", "REND-01", "REND-02", "REND-03", "REND-05", "FONT-01", "FONT-05", "TABL-02"})


def _rule(
    identifier: str, clause: str, severity: Severity, title: str, check: Check,
    unfit: Callable[[Printed], str] | None = None, *, asked: str = "",
) -> PageRule:  # fmt: skip
    def reason(printed: Printed) -> str:
        why = "" if identifier in _FOR_ALL else official(printed.docx)
        return why or (unfit(printed) if unfit else "")

    return rule(identifier, clause, severity, title, check, reason, asked)


def _lacking(reason: str, *roles: Role) -> Callable[[Printed], str]:
    """Unfit where nothing of these roles was printed."""
    return lacking(reason, lambda printed: printed.of_role(*roles))


_NO_TITLE = _lacking("没有认出标题", Role.TITLE)
_NO_BODY = _lacking("没有认出正文", Role.BODY)


def _on_mark(check: Check) -> Check:
    return metric(check, substitutes=mark_substitutes)


PAGE_RULES: tuple[PageRule, ...] = (
    _rule("PAGE-01", "5.1", _E, "印出的纸张为A4", sheet.sheet_size, asked="应为A4，210×297毫米"),
    _rule("PAGE-02", "5.2.1", _E, "印出的页边", sheet.margins, _NO_BODY),
    _rule("PAGE-03", "5.2.3", _W, "每面22行", sheet.rows, _NO_BODY),
    _rule("PAGE-04", "5.2.3", _W, "每行28字", metric(sheet.columns, *MAIN_TEXT), _NO_BODY, asked="每行应排28字"),
    _rule("PAGE-06", "5.2.1", _E, "文字不出版心", sheet.inside, asked="文字应全部在156×225毫米的版心以内"),
    _rule("REND-01", "本系统", _E, "文字全部印出", sheet.nothing_lost, asked="文件中的文字应全部印出"),
    _rule("REND-02", "本系统", _E, "没有印出占位符", sheet.no_placeholder, asked="占位符应填写或删除"),
    _rule("REND-03", "本系统", _E, "文字不重叠", sheet.no_overlap),
    _rule("REND-04", "本系统", _I, "页数临界", sheet.near_the_edge, asked="用Word或WPS打印前请核对页数，可能多出一页"),
    _rule("REND-05", "7.4.1", _W, "没有多余的空白页", sheet.no_blank_page, asked="除版记之前的一面外不应有空白页"),
    _rule("FONT-01", "5.2.2、7", _E, "印出的字体", fonts.families),
    _rule("FONT-02", "5.2.2、7", _E, "印出的字号", fonts.sizes),
    _rule("FONT-03", "7.3.3", _W, "印出的字不加粗", fonts.weights),
    _rule("FONT-04", "5.2.3", _W, "全角标点占一字", metric(fonts.full_marks, *MAIN_TEXT), _NO_BODY, asked="引号、间隔号、省略号应用汉字字体，占一字"),
    _rule("FONT-05", "5.2.2", _W, "没有缺字", fonts.fallbacks, asked="生僻字应使用含该字的同类字体"),
    _rule("FONT-06", "5.2.4", _E, "印出的颜色", fonts.colours),
    _rule("HEAD-01", "7.2.1", _E, "份号的位置", head.copy_number, _lacking("没有份号", Role.COPY_NUMBER)),
    _rule("HEAD-02", "7.2.2、7.2.3", _E, "份号、密级、紧急程度的次序", head.notice_order, _lacking("没有份号、密级或紧急程度", Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY), asked="自上而下应为份号、密级、紧急程度"),
    _rule("HEAD-03", "7.2.4、10", _E, "发文机关标志上边缘", _on_mark(head.mark_top), head.no_mark),
    _rule("HEAD-04", "7.2.4", _E, "发文机关标志居中", _on_mark(head.mark_middle), head.no_mark),
    _rule("HEAD-05", "7.2.4", _E, "联合行文机关名称等宽", _on_mark(head.joint_mark), head.no_mark),
    _rule("HEAD-06", "7.2.5、10.1", _E, "发文字号的位置", head.number_place, head.no_number),
    _rule("HEAD-07", "7.2.5、7.2.6", _E, "签发人的位置", head.signers, _lacking("没有签发人", Role.SIGNER)),
    _rule("HEAD-08", "7.2.7", _E, "红色分隔线", metric(head.red_rule, Role.NUMBER), head.no_rule),
    _rule("HEAD-09", "7.2.5、7.3.1", _W, "版头空行", head.head_gaps, head.no_number),
    _rule("LETT-01", "10.1", _E, "信函红色双线", head.letter_rules, head.no_letter),
    _rule("BRIEF-01", "惯例", _W, "简报红色分隔线", head.briefing_rules, head.no_briefing),
    _rule("BODY-01", "7.3.1", _E, "标题居中", body.title_middle, _NO_TITLE),
    _rule("BODY-02", "7.3.1", _W, "标题回行", body.title_shape, _NO_TITLE),
    _rule("BODY-03", "7.3.2", _E, "主送机关在首页", body.addressee_first_page, _lacking("没有主送机关", Role.ADDRESSEE), asked="主送机关应在首页"),
    _rule("BODY-04", "7.3.3", _E, "首页显示正文", body.body_first_page, _NO_BODY, asked="首页必须显示正文"),
    _rule("BODY-05", "7.3.3", _W, "段首空两字", metric(body.first_lines, *MAIN_TEXT), _NO_BODY, asked="段首应空两字，距纸左边39.1毫米"),
    _rule("REND-06", "惯例", _W, "标题不落在末行", body.heading_with_text, _NO_BODY, asked="应把标题移到下一面，可设“与下段同页”"),
    _rule("BODY-09", "GB/T 15835", _W, "数字不断行", body.split_numbers, _NO_BODY, asked="一个数字不应分排两行"),
    _rule("ANNX-01", "7.3.4", _E, "附件名称续行对齐", metric(body.annex_notes, Role.ANNEX_NOTE), _lacking("没有附件说明", Role.ANNEX_NOTE), asked="续行应与附件名称第一个字对齐"),
    _rule("ANNX-02", "7.3.7", _E, "附件另面编排", body.annex_faces, _lacking("没有附件", Role.ANNEX_LABEL)),
    _rule("SIGN-02", "7.3.5.4", _E, "成文日期在一行", body.date_one_line, body.no_date, asked="成文日期应排在一行"),
    _rule("SIGN-03", "7.3.5", _W, "成文日期的位置", metric(body.signature_place, Role.DATE), body.no_date, asked="加盖印章的应右空四字，不加盖的右空二字左右"),
    _rule("SIGN-04", "7.3.5.5", _E, "署名与正文同面", body.signature_with_text, body.no_date, asked="应调整行距、字距，使印章与正文同处一面，不得标“此页无正文”"),
    _rule("SIGN-05", "7.3.6", _W, "附注的位置", body.remark_place, _lacking("没有附注", Role.REMARK), asked="附注应居左空二字，距纸左边39.1毫米"),
    _rule("IMPR-02", "7.4.1", _W, "版记分隔线", foot.imprint_rules, foot.no_ruled_imprint),
    _rule("IMPR-03", "7.4.1", _E, "版记在版心下边缘", foot.imprint_foot, foot.no_ruled_imprint),
    _rule("IMPR-04", "7.4.1、7.5", _W, "版记在双数面", foot.last_face, foot.no_imprint),
    _rule("PNUM-01", "7.5", _E, "页码的左右位置", foot.number_edges, foot.no_numbers),
    _rule("PNUM-02", "7.5", _W, "页码的高度", foot.number_height, foot.no_upright_numbers, asked="应在版心下边缘之下7毫米，距纸上边269毫米"),
    _rule("PNUM-03", "7.5、10.1", _E, "页码连续", foot.number_sequence),
    _rule("TABL-01", "8", _W, "横排页的页码", body.turned_numbers, body.no_turned_page),
    _rule("TABL-02", "8", _E, "表头每页都有", body.table_heads, body.no_table, asked="表格每一页都应有表头"),
    _rule("TABL-02d", "5.2.1", _E, "表格不出版心", body.table_widths, asked="表格应在版心以内"),
)  # fmt: skip
