"""The letter form (函), which no kind of paper has yet: its mark and double rules stand in the first page's header (10.1)."""

from collections.abc import Sequence

from pipeline.word import house_style as house
from pipeline.word.heads import Notice, notice_lines
from pipeline.word.ooxml import paragraph
from pipeline.word.text_box import POINTS_PER_MM, Box, anchored, emu

_LEFT, _WIDTH = 20.0, 170.0  # mm
_THICK, _THIN = 2.25, 0.75  # pt
_UPPER = (46.3, 47.55)  # mm from the sheet's top: thick over thin, 4 mm under the mark
_LOWER = (275.35, 276.6)  # thin over thick, 20 mm over the sheet's bottom


def _line(identifier: int, y: float, weight: float) -> str:
    """A straight red line at a height of the page."""
    shape = (
        '<wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{emu(_WIDTH)}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="{house.RED}"/></a:solidFill></a:ln></wps:spPr>'
        "<wps:bodyPr/>"
    )
    start, end, height = (mm * POINTS_PER_MM for mm in (_LEFT, _LEFT + _WIDTH, y))
    older = (
        '<v:line style="position:absolute;z-index:3;mso-position-horizontal-relative:page;'
        f'mso-position-vertical-relative:page" from="{start:.2f}pt,{height:.2f}pt" '
        f'to="{end:.2f}pt,{height:.2f}pt" strokecolor="#{house.RED}" strokeweight="{weight}pt"/>'
    )
    return anchored(Box(identifier, "红色双线", _LEFT, y, _WIDTH, 0), shape, older, layer=3)


def letter_header(organ: str) -> str:
    """The first page's header of a letter; ``organ`` is the name alone, without 文件. For ``docx(first_header=…)``."""
    weights = zip((*_UPPER, *_LOWER), (_THICK, _THIN, _THIN, _THICK), strict=True)
    rules = [_line(70 + number, y, weight) for number, (y, weight) in enumerate(weights)]
    room = f'<w:spacing w:line="{house.LETTER_ROOM}" w:lineRule="exact"/>'
    return paragraph(house.LETTER_MARK, organ) + paragraph(house.PLACEHOLDER, *rules, properties=room)


def letter_number(text: str, notices: Sequence[Notice] = ()) -> str:
    """发文字号 flush right under the upper rules, 份号, 密级 and 紧急程度 flush left from the same line on."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{house.TYPE_WIDTH}"/></w:tabs>'
    first = notices[0].text if notices and not notices[0].condition else ""
    line = paragraph(house.LETTER_NUMBER, f"{first}\t{text}", properties=tab)
    return line + notice_lines(notices[1:] if first else notices)
