"""A native bar chart: rates as horizontal bars, and a vertical line at the reference that they are measured by.

The line is the secondary category axis, which crosses its value axis at the reference: the one way that Word,
WPS and LibreOffice all draw a straight line through horizontal bars. Cached values and an embedded workbook make
the chart show everywhere and stay editable.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_CEILING, Decimal
from xml.sax.saxutils import escape

import xlsxwriter
from lxml import etree
from markupsafe import Markup

from pipeline.word.cleaning import clean
from pipeline.word.filters import plain
from pipeline.word.house_style import FANGSONG
from pipeline.word.namespaces import CONTENT_TYPES, HEAD, RELATIONSHIPS, A, C, R
from pipeline.word.package import Member
from pipeline.word.strict_xml import parse_xml, part_bytes

_EMU_PER_MM = 36000
_WIDTH = 154  # mm
_ROW, _FRAME, _TALLEST = 8, 18, 200  # mm: a bar with its gap, head and axis, the most a page holds
_AHEAD, _BEHIND, _LINE = "1F4E79", "C00000", "000000"
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - a fixed mark in a file, not a moment
_CHART_TYPE = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_BOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Chart:
    """Rates (百分比) of several things against one reference rate.

    ``categories`` and ``values`` go together, in the order shown from the top; ``reference`` is the rate that
    each is measured by (时间进度). Without categories a template prints a sentence instead.
    """

    categories: tuple[str, ...]
    values: tuple[Decimal, ...]
    reference: Decimal
    value_name: str = "年度计划投资完成率"
    reference_name: str = "时间进度"

    def __post_init__(self) -> None:
        if len(self.categories) != len(self.values):
            raise ValueError("a chart needs as many values as categories")


def drawing(number: int, chart: Chart) -> Markup:
    """What a template prints for the chart: an inline drawing inside the placeholder's own run."""
    if not chart.categories:
        return Markup("（没有可供比较的数据）")
    height = min(_FRAME + _ROW * len(chart.categories), _TALLEST) * _EMU_PER_MM
    label = escape(f"{chart.value_name}与{chart.reference_name}", {'"': "&quot;"})
    return Markup(
        '</w:t><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
        f'wordprocessingDrawing" distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{_WIDTH * _EMU_PER_MM}" '
        f'cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:docPr id="{100 + number}" '
        f'name="图{number}" descr="{label}"/><wp:cNvGraphicFramePr/><a:graphic xmlns:a="{A}"><a:graphicData '
        f'uri="{C}"><c:chart xmlns:c="{C}" xmlns:r="{R}" r:id="rIdChart{number}"/></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing><w:t>"
    )


def register(member: Member, charts: Mapping[int, Chart]) -> Member:
    """The member, with the charts named in it if it is the list of types or the document's relations."""
    if member.name == "[Content_Types].xml":
        root = parse_xml(member.data)
        if not any(element.get("Extension") == "xlsx" for element in root):
            default = etree.Element(f"{{{CONTENT_TYPES}}}Default", Extension="xlsx", ContentType=_BOOK_TYPE)
            root.insert(0, default)
        for number in charts:
            part = f"/word/charts/chart{number}.xml"
            etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override", PartName=part, ContentType=_CHART_TYPE)
    elif member.name == "word/_rels/document.xml.rels":
        root = parse_xml(member.data)
        for number in charts:
            values = {"Id": f"rIdChart{number}", "Type": f"{R}/chart", "Target": f"charts/chart{number}.xml"}
            etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship", values)
    else:
        return member
    return Member(member.name, part_bytes(root))


def chart_members(number: int, chart: Chart) -> tuple[Member, Member, Member]:
    """The chart's part, its relations and the workbook behind it."""
    relations = (
        f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="rId1" Type="{R}/package" '
        f'Target="../embeddings/chart{number}.xlsx"/></Relationships>'
    )
    return (
        Member(f"word/charts/chart{number}.xml", chart_xml(chart).encode("utf-8")),
        Member(f"word/charts/_rels/chart{number}.xml.rels", relations.encode("utf-8")),
        Member(f"word/embeddings/chart{number}.xlsx", _workbook(chart)),
    )


def _workbook(chart: Chart) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    book.set_properties({"created": _CREATED})
    sheet = book.add_worksheet("数据")
    for column, title in enumerate(("名称", chart.value_name, chart.reference_name)):
        sheet.write_string(0, column, title)
    for row, (category, value) in enumerate(zip(chart.categories, chart.values, strict=True), 1):
        sheet.write_string(row, 0, clean(category))
        sheet.write_number(row, 1, value)
        sheet.write_number(row, 2, chart.reference)
    book.close()
    return target.getvalue()


def _text(size: int, font: str = FANGSONG, colour: str = "000000") -> str:
    """Text properties of a label; ``size`` in hundredths of a point."""
    return (
        f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="{size}" b="0"><a:solidFill><a:srgbClr '
        f'val="{colour}"/></a:solidFill><a:latin typeface="{font}"/><a:ea typeface="{font}"/></a:defRPr></a:pPr>'
        '<a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'
    )


def _fill(colour: str) -> str:
    return f'<a:solidFill><a:srgbClr val="{colour}"/></a:solidFill>'


def _categories(chart: Chart) -> str:
    points = "".join(
        f'<c:pt idx="{index}"><c:v>{escape(clean(category))}</c:v></c:pt>'
        for index, category in enumerate(chart.categories)
    )
    count = len(chart.categories)
    return (
        f"<c:cat><c:strRef><c:f>数据!$A$2:$A${count + 1}</c:f><c:strCache><c:ptCount "
        f'val="{count}"/>{points}</c:strCache></c:strRef></c:cat>'
    )


def _values(column: str, values: tuple[Decimal, ...]) -> str:
    points = "".join(f'<c:pt idx="{index}"><c:v>{plain(value)}</c:v></c:pt>' for index, value in enumerate(values))
    return (
        f"<c:val><c:numRef><c:f>数据!${column}$2:${column}${len(values) + 1}</c:f><c:numCache><c:formatCode>0.0"
        f'</c:formatCode><c:ptCount val="{len(values)}"/>{points}</c:numCache></c:numRef></c:val>'
    )


def _name(column: str, text: str) -> str:
    return (
        f'<c:tx><c:strRef><c:f>数据!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>'
        f"{escape(text)}</c:v></c:pt></c:strCache></c:strRef></c:tx>"
    )


def _series(index: int, name: str, fill: str, details: str, data: str) -> str:
    return (
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/>{name}<c:spPr>{fill}</c:spPr>'
        f'<c:invertIfNegative val="0"/>{details}{data}</c:ser>'
    )


def _bars(series: str, axes: tuple[int, int]) -> str:
    """Overlap 100 keeps LibreOffice from setting the two groups side by side."""
    identifiers = "".join(f'<c:axId val="{axis}"/>' for axis in axes)
    return (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'{series}<c:gapWidth val="60"/><c:overlap val="100"/>{identifiers}</c:barChart>'
    )


def _axes(category: int, value: int, scale: tuple[int, int], line_at: Decimal | None) -> str:
    """A category axis read from the top and a value axis from 0 to the first of ``scale`` by the second, in %.

    With ``line_at`` both lose their labels and the category axis becomes the line at that value.
    """
    top, step = scale
    if line_at is None:
        grid = f'<c:majorGridlines><c:spPr><a:ln w="6350">{_fill("D0D0D0")}</a:ln></c:spPr></c:majorGridlines>'
        look, labels, crosses = "", "low", '<c:crosses val="autoZero"/>'
    else:
        grid = ""
        look = f'<c:spPr><a:ln w="28575">{_fill(_LINE)}<a:prstDash val="sysDash"/></a:ln></c:spPr>'
        labels, crosses = "none", f'<c:crossesAt val="{plain(line_at)}"/>'
    return (
        f'<c:catAx><c:axId val="{category}"/><c:scaling><c:orientation val="maxMin"/></c:scaling><c:delete val="0"/>'
        '<c:axPos val="l"/><c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/>'
        f'<c:minorTickMark val="none"/><c:tickLblPos val="{labels}"/>{look}{_text(1050)}<c:crossAx val="{value}"/>'
        f'{crosses}<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="50"/>'
        f'<c:noMultiLvlLbl val="1"/></c:catAx><c:valAx><c:axId val="{value}"/><c:scaling><c:orientation '
        f'val="minMax"/><c:max val="{top}"/><c:min val="0"/></c:scaling><c:delete val="{int(line_at is not None)}"/>'
        f'<c:axPos val="b"/>{grid}<c:numFmt formatCode="0&quot;%&quot;" sourceLinked="0"/><c:majorTickMark '
        f'val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/>{_text(1000)}<c:crossAx '
        f'val="{category}"/><c:crosses val="max"/><c:crossBetween val="between"/><c:majorUnit val="{step}"/></c:valAx>'
    )


def _scale(chart: Chart) -> tuple[int, int]:
    """The end of the value axis, with room for the longest bar's label, and its step; both in %."""
    highest = max((*chart.values, chart.reference, Decimal(10)))
    step = 10 if highest <= 80 else 20
    return int((highest * Decimal("1.08") / step).to_integral_value(ROUND_CEILING)) * step, step


def chart_xml(chart: Chart) -> str:
    """The chart's part."""
    reference = tuple(chart.reference for _ in chart.categories)
    scale = _scale(chart)
    points = "".join(
        f'<c:dPt><c:idx val="{index}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
        f"<c:spPr>{_fill(_BEHIND)}</c:spPr></c:dPt>"
        for index, value in enumerate(chart.values)
        if value < chart.reference
    )
    labels = (
        f'<c:dLbls><c:numFmt formatCode="0.0&quot;%&quot;" sourceLinked="0"/><c:spPr>{_fill("FFFFFF")}</c:spPr>{_text(1000)}'
        '<c:dLblPos val="outEnd"/><c:showLegendKey val="0"/><c:showVal val="1"/><c:showCatName val="0"/>'
        '<c:showSerName val="0"/><c:showPercent val="0"/><c:showBubbleSize val="0"/></c:dLbls>'
    )
    bars = _series(
        0,
        _name("B", chart.value_name),
        _fill(_AHEAD),
        points + labels,
        _categories(chart) + _values("B", chart.values),
    )
    unseen = _series(
        1, _name("C", chart.reference_name), "<a:noFill/>", "", _categories(chart) + _values("C", reference)
    )
    return (
        f'{HEAD}<c:chartSpace xmlns:c="{C}" xmlns:a="{A}" xmlns:r="{R}"><c:date1904 val="0"/><c:lang val="zh-CN"/>'
        '<c:roundedCorners val="0"/><c:chart><c:autoTitleDeleted val="1"/><c:plotArea><c:layout/>'
        + _bars(bars, (501, 502))
        + _bars(unseen, (503, 504))
        + _axes(501, 502, scale, None)
        + _axes(503, 504, scale, chart.reference)
        + '</c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        '<c:spPr><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></c:spPr>'
        '<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    )
