"""GB/T 9704-2012 as named values: the page, the type area, each element's font, size and place.

Lengths are twips (1/20 pt) unless a name says otherwise; sizes are half-points. To restyle every document,
change it here and build the templates again.
"""

from dataclasses import dataclass
from functools import partial
from typing import Literal

# Fonts (7.2–7.5); a reader without them falls back to the second name
FANGSONG = "仿宋_GB2312"
KAITI = "楷体_GB2312"
HEITI = "黑体"
SONGTI = "宋体"
XIAOBIAOSONG = "方正小标宋简体"
FONT_FALLBACKS = {
    FANGSONG: "仿宋",
    KAITI: "楷体",
    HEITI: "SimHei",
    SONGTI: "SimSun",
    XIAOBIAOSONG: "华文中宋",
}

# Sizes in half-points
ER_HAO = 44  # 2号, 22 pt: 标题 (7.3.1)
SAN_HAO = 32  # 3号, 16 pt: everything not stated otherwise (5.2.2)
SI_HAO = 28  # 4号, 14 pt: 版记, 页码 (7.4, 7.5)
XIAO_SI = 24  # 小四, 12 pt
WU_HAO = 21  # 五号, 10.5 pt: tables
XIAO_WU = 18  # 小五, 9 pt: wide tables

# The page (5.1, 5.2)
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_RIGHT, MARGIN_BOTTOM, MARGIN_LEFT = 2098, 1474, 1984, 1587
TYPE_WIDTH = 8844  # 156 mm
TYPE_HEIGHT = 12756  # 225 mm; the width of a landscape table
LINE_PITCH = 579  # 22 lines a face (5.2.3)
LETTER_SPACING = -5  # 16 pt − 0.25 pt: 28 characters a line in every engine, without a character grid
CELL = 316  # one of the 28 cells
STRICT_TOP, STRICT_BOTTOM, STRICT_PITCH = 1960, 1847, 592  # GB/T 33476.2: 34.58 mm, 32.58 mm, 29.6 pt
FOOTER_DISTANCE = 1434  # the dash of the page number lies 7 mm under the type area (7.5)
LANDSCAPE_DISTANCE = 567

RED = "FF0000"
BLACK = "auto"
RULE_THIN, RULE_THICK = 6, 8  # eighths of a point: 0.25 mm and 0.35 mm (7.4.1)
RED_RULE = 12  # eighths of a point

# The red head (7.2.4, recipe: the mark's top edge lies 35 mm under the type area's)
MARK_SIZE = 72
MARK_LINE = 920
MARK_ROOM = 1853
# A letter's mark (10.1): its top 30 mm from the sheet's, the text's first line 4.9 mm under the rules
LETTER_DISTANCE = 1579
LETTER_ROOM = 100

Align = Literal["left", "center", "right", "both", "distribute"]


@dataclass(frozen=True)
class Style:
    """A named paragraph style. ``name`` is what a clerk sees in WPS; ``clause`` says where the rule stands."""

    identifier: str
    name: str
    font: str = FANGSONG
    size: int = SAN_HAO
    line: int = LINE_PITCH  # exact
    align: Align = "both"
    clause: str = ""
    colour: str = BLACK
    spacing: int = 0
    first_line_cells: int = 0
    left: int = 0
    right: int = 0
    hanging: int = 0
    before: int = 0
    keep_next: bool = False
    outline: int | None = None
    on_grid: bool = False


# Running text: on the grid of 22 lines, 28 characters a line
_running = partial(Style, spacing=LETTER_SPACING, on_grid=True)
NORMAL = _running("Normal", "Normal", clause="5.2.2")
BODY = _running("GWBody", "公文正文", first_line_cells=2, clause="7.3.3")
HEADING_1 = _running("GWHeading1", "一级标题", HEITI, first_line_cells=2, keep_next=True, outline=0, clause="7.3.3")
HEADING_2 = _running("GWHeading2", "二级标题", KAITI, first_line_cells=2, keep_next=True, outline=1, clause="7.3.3")
TITLE = Style("GWTitle", "公文标题", XIAOBIAOSONG, ER_HAO, 640, "center", "7.3.1", keep_next=True)
ADDRESSEE = _running("GWAddressee", "主送机关", clause="7.3.2")
ANNEX_NOTE = _running("GWAnnexNote", "附件说明", left=1896, hanging=1264, clause="7.3.4")
ANNEX_NOTE_SINGLE = _running("GWAnnexNoteSingle", "附件说明单项", left=1580, hanging=948, clause="7.3.4")
ANNEX_NOTE_NEXT = _running("GWAnnexNoteNext", "附件说明续行", left=1896, hanging=316, clause="7.3.4")
SIGNATURE = _running("GWSignature", "署名和成文日期", align="center", keep_next=True, clause="7.3.5.1")
SEALED_NAME = _running(
    "GWSealedName", "署名（加盖印章）", align="left", left=4 * CELL, keep_next=True, clause="7.3.5.1"
)
SEALED_DATE = _running("GWSealedDate", "成文日期（加盖印章）", align="right", right=4 * CELL, clause="7.3.5.1")
UNSEALED_NAME = _running(
    "GWUnsealedName", "署名（不加盖印章）", align="right", right=2 * CELL, keep_next=True, clause="7.3.5.2"
)
UNSEALED_DATE = _running("GWUnsealedDate", "成文日期（不加盖印章）", align="right", right=2 * CELL, clause="7.3.5.2")
REMARK = _running("GWRemark", "附注", first_line_cells=2, clause="7.3.6")
COPY_NUMBER = Style("GWCopyNumber", "份号", align="left", on_grid=True, clause="7.2.1")
GRADE = Style("GWGrade", "密级和紧急程度", HEITI, align="left", on_grid=True, clause="7.2.2")
MARK = Style("GWMark", "发文机关标志", XIAOBIAOSONG, MARK_SIZE, MARK_LINE, "distribute", "7.2.4", RED)
LETTER_MARK = Style("GWLetterMark", "信函发文机关标志", XIAOBIAOSONG, MARK_SIZE, MARK_LINE, "center", "10.1", RED)
NUMBER = Style("GWNumber", "发文字号", align="center", clause="7.2.5")
NUMBER_LEFT = Style("GWNumberLeft", "上行文发文字号", align="left", left=CELL, clause="7.2.5")
SIGNER_LABEL = Style("GWSignerLabel", "签发人", align="left", clause="7.2.6")
SIGNER = Style("GWSigner", "签发人姓名", KAITI, align="left", clause="7.2.6")
LETTER_NUMBER = Style("GWLetterNumber", "信函发文字号", align="left", clause="10.1", before=125)
RED_LINE = Style("GWRedLine", "红色分隔线", size=2, line=150, align="left", clause="7.2.7")
ANNEX_LABEL = Style("GWAnnexLabel", "附件序号", HEITI, align="left", keep_next=True, clause="7.3.7")
IMPRINT = Style("GWImprint", "版记", size=SI_HAO, line=480, left=280 + 840, right=280, hanging=840, clause="7.4.2")
IMPRINT_LINE = Style("GWImprintLine", "版记印发行", size=SI_HAO, line=480, left=280, right=280, clause="7.4.3")
PAGE_NUMBER = Style("GWPageNo", "页码", SONGTI, SI_HAO, 320, "right", "7.5", left=280, right=280)
PLACEHOLDER = Style("GWPlaceholder", "占位行", size=2, line=20, align="left")

BRIEF_NAME = Style("GWBriefName", "简报名称", XIAOBIAOSONG, 84, 1100, "center", "惯例", RED, before=760, keep_next=True)
BRIEF_ISSUE = Style("GWBriefIssue", "简报期号", KAITI, align="center", clause="惯例", before=200)
BRIEF_LINE = Style("GWBriefLine", "简报编印行", align="left", clause="惯例", left=CELL, right=CELL)

TABLE_TITLE = Style("GWTableTitle", "附件标题", XIAOBIAOSONG, ER_HAO, 640, "center", "7.3.7", keep_next=True)
TABLE_UNIT = Style("GWTableUnit", "表格单位行", size=XIAO_SI, line=400, align="right", keep_next=True)
TABLE_HEAD = Style("GWTableHead", "表头", HEITI, WU_HAO, 290, "center")
TABLE_CELL = Style("GWTableCell", "表格居中", size=WU_HAO, line=290, align="center")
TABLE_TEXT = Style("GWTableText", "表格文字", size=WU_HAO, line=290, align="left")
TABLE_NUMBER = Style("GWTableNumber", "表格数字", size=WU_HAO, line=290, align="right")
SMALL_HEAD = Style("GWSmallHead", "小表头", HEITI, XIAO_WU, 220, "center")
SMALL_CELL = Style("GWSmallCell", "小表居中", size=XIAO_WU, line=220, align="center")
SMALL_TEXT = Style("GWSmallText", "小表文字", size=XIAO_WU, line=220, align="left")
SMALL_NUMBER = Style("GWSmallNumber", "小表数字", size=XIAO_WU, line=220, align="right")
SMALL_SECTION = Style("GWSmallSection", "小表分节", HEITI, XIAO_WU, 220, "left")
TABLE_SECTION = Style("GWTableSection", "表格分节", HEITI, WU_HAO, 290, "left")
NOTE = Style("GWNote", "表注", size=XIAO_SI, line=400, align="both", first_line_cells=0)
CAPTION = Style("GWCaption", "图题", HEITI, XIAO_SI, 400, "center", before=160, keep_next=True)
CHART = Style("GWChart", "图", size=XIAO_SI, line=0, align="center")  # line 0: as high as its drawing

STYLES = tuple(value for value in list(globals().values()) if isinstance(value, Style))

LEAD_IN = "GWLeadIn"  # character style 楷体 for a lead-in that runs on in 仿宋
