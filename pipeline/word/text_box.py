"""A text box anchored to the page: the one way to pin something that every engine honours.

Content is written twice, for Word and WPS of today and as VML for older ones.
"""

from dataclasses import dataclass

from pipeline.word.namespaces import WPS, A

_EMU_PER_MM = 36000
POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Box:
    """Place and size in mm; x from the left ``horizontal`` edge, y from the top of the page."""

    identifier: int  # unique in its part
    name: str
    x: float
    y: float
    width: float
    height: float
    horizontal: str = "page"  # or "margin"
    at_bottom: bool = False  # content stands on the bottom edge
    turned: bool = False  # text runs downwards, as on a sheet turned clockwise


def emu(mm: float) -> int:
    return round(mm * _EMU_PER_MM)


def anchored(box: Box, shape: str, older: str, layer: int = 2) -> str:
    """The run that anchors a shape to its page: the inner wps:wsp for Word and WPS of today, VML for older ones."""
    choice = (
        '<w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{layer}" behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1">'
        f'<wp:simplePos x="0" y="0"/><wp:positionH relativeFrom="{box.horizontal}"><wp:posOffset>{emu(box.x)}'
        f'</wp:posOffset></wp:positionH><wp:positionV relativeFrom="page"><wp:posOffset>{emu(box.y)}'
        f'</wp:posOffset></wp:positionV><wp:extent cx="{emu(box.width)}" cy="{emu(box.height)}"/>'
        '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{box.identifier}" name="{box.name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic xmlns:a="{A}"><a:graphicData uri="{WPS}"><wps:wsp>{shape}</wps:wsp>'
        "</a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps">{choice}</mc:Choice>'
        f"<mc:Fallback><w:pict>{older}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def text_box(box: Box, content: str) -> str:
    """The run that anchors the box; ``content`` is block-level WordprocessingML."""
    direction, anchor = ("vert" if box.turned else "horz"), ("b" if box.at_bottom else "t")
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    shape = (
        '<wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{emu(box.width)}" cy="{emu(box.height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f'<wps:txbx>{inner}</wps:txbx><wps:bodyPr rot="0" vert="{direction}" wrap="square" '
        f'lIns="0" tIns="0" rIns="0" bIns="0" anchor="{anchor}"><a:noAutofit/></wps:bodyPr>'
    )
    style = (
        f"position:absolute;margin-left:{box.x * POINTS_PER_MM:.2f}pt;margin-top:{box.y * POINTS_PER_MM:.2f}pt;"
        f"width:{box.width * POINTS_PER_MM:.2f}pt;height:{box.height * POINTS_PER_MM:.2f}pt;z-index:2;"
        f"mso-position-horizontal-relative:{box.horizontal};mso-position-vertical-relative:page;"
        f"v-text-anchor:{'bottom' if box.at_bottom else 'top'}"
    )
    flow = ' style="layout-flow:vertical"' if box.turned else ""
    older = (
        f'<v:rect style="{style}" filled="f" stroked="f"><v:textbox inset="0,0,0,0"{flow}>{inner}</v:textbox></v:rect>'
    )
    return anchored(box, shape, older)
