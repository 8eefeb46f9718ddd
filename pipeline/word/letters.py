"""The letter form (函): mark and double rules live in the first page's header, so that text flows as ever (10.1)."""

from collections.abc import Sequence

from pipeline.word import house_style as house
from pipeline.word.heads import Notice, notice_lines
from pipeline.word.namespaces import WPS, A
from pipeline.word.ooxml import paragraph

_EMU_PER_MM = 36000
_LEFT, _WIDTH = 20.0, 170.0  # mm
_THICK, _THIN = 2.25, 0.75  # pt
_UPPER = (46.3, 47.55)  # mm from the sheet's top: thick over thin, 4 mm under the mark
_LOWER = (275.35, 276.6)  # thin over thick, 20 mm over the sheet's bottom
_POINTS_PER_MM = 72 / 25.4


def _line(identifier: int, y: float, weight: float) -> str:
    """A straight red line at a height of the page."""
    extent = round(_WIDTH * _EMU_PER_MM)
    choice = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="3" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{round(_LEFT * _EMU_PER_MM)}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{round(y * _EMU_PER_MM)}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{extent}" cy="0"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{identifier}" name="红色双线"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{A}">'
        f'<a:graphicData uri="{WPS}"><wps:wsp><wps:cNvCnPr/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{extent}" cy="0"/></a:xfrm><a:prstGeom prst="line"><a:avLst/></a:prstGeom>'
        f'<a:ln w="{round(weight * 12700)}"><a:solidFill><a:srgbClr val="{house.RED}"/></a:solidFill></a:ln></wps:spPr>'
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    start, end = _LEFT * _POINTS_PER_MM, (_LEFT + _WIDTH) * _POINTS_PER_MM
    fallback = (
        '<w:pict><v:line style="position:absolute;z-index:3;mso-position-horizontal-relative:page;'
        f'mso-position-vertical-relative:page" from="{start:.2f}pt,{y * _POINTS_PER_MM:.2f}pt" '
        f'to="{end:.2f}pt,{y * _POINTS_PER_MM:.2f}pt" strokecolor="#{house.RED}" strokeweight="{weight}pt"/></w:pict>'
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent></w:r>"
    )


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
