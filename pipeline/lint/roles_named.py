"""The parts of an official paper, and the named Word styles that mark them."""

from enum import Enum

from pipeline.word import house_style as house


class Role(Enum):
    """What a paragraph is; the value is the standard's own word."""

    COPY_NUMBER = "份号"
    SECRECY = "密级和保密期限"
    URGENCY = "紧急程度"
    MARK = "发文机关标志"
    NUMBER = "发文字号"
    SIGNER = "签发人"
    RED_LINE = "红色分隔线"
    TITLE = "标题"
    ADDRESSEE = "主送机关"
    BODY = "正文"
    HEADING_1 = "一级标题"
    HEADING_2 = "二级标题"
    HEADING_3 = "三级标题"
    HEADING_4 = "四级标题"
    ANNEX_NOTE = "附件说明"
    SIGNATURE = "署名"
    DATE = "成文日期"
    REMARK = "附注"
    ANNEX_LABEL = "附件序号"
    ANNEX_TITLE = "附件标题"
    IMPRINT = "抄送机关"
    IMPRINT_LINE = "印发机关和印发日期"
    PAGE_NUMBER = "页码"
    BRIEF_NAME = "简报名称"
    BRIEF_ISSUE = "简报期号"
    BRIEF_LINE = "编印单位和日期"
    TABLE = "表格"
    CAPTION = "图表题注"
    BLANK = "空行"
    PLACEHOLDER = "占位行"
    OTHER = "其他"


HEADINGS = (Role.HEADING_1, Role.HEADING_2, Role.HEADING_3, Role.HEADING_4)
HEAD = frozenset({Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.MARK, Role.NUMBER, Role.SIGNER, Role.RED_LINE})
MAIN_TEXT = frozenset({Role.BODY, *HEADINGS})

# Our own names that hold none of the words below, or another part's.
_NAMED = {
    house.BRIEF_LINE.name: Role.BRIEF_LINE, house.TABLE_UNIT.name: Role.CAPTION, house.CHART.name: Role.CAPTION,
}  # fmt: skip
# Names that stand for themselves, ours of other forms or an office's own; longest first.
_WORDS = (
    ("发文机关标志", Role.MARK), ("密级和保密期限", Role.SECRECY), ("红色分隔线", Role.RED_LINE), ("红头分隔线", Role.RED_LINE),
    ("发文字号", Role.NUMBER), ("紧急程度", Role.URGENCY), ("公文标题", Role.TITLE), ("主送机关", Role.ADDRESSEE),
    ("附件说明", Role.ANNEX_NOTE), ("附件标题", Role.ANNEX_TITLE), ("附件序号", Role.ANNEX_LABEL), ("一级标题", Role.HEADING_1),
    ("二级标题", Role.HEADING_2), ("三级标题", Role.HEADING_3), ("四级标题", Role.HEADING_4), ("简报名称", Role.BRIEF_NAME),
    ("简报期号", Role.BRIEF_ISSUE), ("公文正文", Role.BODY), ("成文日期", Role.DATE), ("签发人", Role.SIGNER),
    ("版记印发", Role.IMPRINT_LINE), ("印发机关", Role.IMPRINT_LINE), ("抄送", Role.IMPRINT), ("版记", Role.IMPRINT), ("署名", Role.SIGNATURE),
    ("附注", Role.REMARK), ("份号", Role.COPY_NUMBER), ("密级", Role.SECRECY), ("页码", Role.PAGE_NUMBER), ("占位", Role.PLACEHOLDER),
    ("表头", Role.TABLE), ("表格", Role.TABLE), ("小表", Role.TABLE), ("图题", Role.CAPTION), ("表注", Role.CAPTION),
)  # fmt: skip
HOUSE_NAMES = frozenset(style.name for style in house.STYLES if style is not house.NORMAL)


def named_role(style_name: str) -> Role | None:
    """The role that a style's name states, ours or an office's own; None if it states nothing."""
    if style_name in _NAMED:
        return _NAMED[style_name]
    return next((role for word, role in _WORDS if word in style_name), None)
