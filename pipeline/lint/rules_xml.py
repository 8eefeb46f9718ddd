"""What a finished file must not carry, and what makes programs read it differently."""

from collections.abc import Iterator

from lxml import etree

from pipeline.lint.docx_model import Docx
from pipeline.lint.lint_rule import Remark, Severity, rule
from pipeline.lint.properties import attribute, local
from pipeline.lint.remarks import leniently
from pipeline.word.allowed_content import CLERK, HYPERLINK, PERSONAL, TRACKED
from pipeline.word.content_judgement import FORMAL, UNKNOWN, by_label, is_web_address, of_package, of_part
from pipeline.word.namespaces import MC, WP, V, W

_ORDERS = {
    "pPr": (
        "pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd",
        "tabs", "suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN", "bidi",
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc", "textDirection",
        "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr", "pPrChange",
    ),
    "rPr": (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow", "emboss", "imprint",
        "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern", "position", "sz", "szCs", "highlight", "u", "effect",
        "bdr", "shd", "fitText", "vertAlign", "rtl", "cs", "em", "lang", "eastAsianLayout", "specVanish", "oMath",
    ),
    "sectPr": (
        "footnotePr", "endnotePr", "type", "pgSz", "pgMar", "paperSrc", "pgBorders", "lnNumType",
        "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi", "rtlGutter", "docGrid", "printerSettings",
    ),
    "tblPr": (
        "tblStyle", "tblpPr", "tblOverlap", "bidiVisual", "tblStyleRowBandSize", "tblStyleColBandSize", "tblW", "jc", "tblCellSpacing",
        "tblInd", "tblBorders", "shd", "tblLayout", "tblCellMar", "tblLook", "tblCaption", "tblDescription",
    ),
    "tcPr": (
        "cnfStyle", "tcW", "gridSpan", "hMerge", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "tcFitText", "vAlign",
        "hideMark",
    ),
}  # fmt: skip
_RANKS = {name: {child: rank for rank, child in enumerate(order)} for name, order in _ORDERS.items()}
_TRACKED = tuple(f"{{{W}}}{name}" for name in sorted(TRACKED))
_PERSONAL = {
    "{http://purl.org/dc/elements/1.1/}creator": "作者",
    "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}lastModifiedBy": "最后修改者",
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Company": "单位",
    "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Manager": "主管",
}


def _text_parts(document: Docx) -> Iterator[tuple[str, etree._Element]]:
    yield "正文", document.package.document
    for name in sorted(document.stories):
        root = document.stories[name].root
        yield ("页眉" if local(root) == "hdr" else "页脚") + f"（{name.rsplit('/', 1)[-1]}）", root


def _order(document: Docx) -> Iterator[Remark]:
    parts = list(_text_parts(document))
    styles = document.package.related("styles")
    if styles is not None:
        parts.append(("样式", styles))
    seen = []
    for place, root in parts:
        wrong = [
            name
            for name, ranks in _RANKS.items()
            if any(_disordered(item, ranks) for item in root.iter(f"{{{W}}}{name}"))
        ]
        if wrong:
            seen.append((place, "、".join(wrong)))
    if seen:
        names = "、".join(dict.fromkeys(name for _, found in seen for name in found.split("、")))
        place = seen[0][0] if len(seen) == 1 else f"{seen[0][0]}等{len(seen)}处"
        yield Remark(place, f"{names}中各项的次序不合规范")


def _disordered(element: etree._Element, ranks: dict[str, int]) -> bool:
    last = -1
    for item in element:
        rank = ranks.get(local(item))
        if rank is None:
            continue
        if rank < last:
            return True
        last = rank
    return False


def _identifiers(document: Docx) -> Iterator[Remark]:
    for place, root in _text_parts(document):
        seen: set[str] = set()
        for item in root.iter(f"{{{WP}}}docPr"):
            number = item.get("id", "")
            if number in seen:
                yield Remark(place, f"图形编号{number}重复")
                break
            seen.add(number)


def _copies(document: Docx) -> Iterator[Remark]:
    for place, root in _text_parts(document):
        for alternate in root.iter(f"{{{MC}}}AlternateContent"):
            choice, fallback = alternate.find(f"{{{MC}}}Choice"), alternate.find(f"{{{MC}}}Fallback")
            if choice is None or fallback is None or next(fallback.iter(f"{{{V}}}textbox"), None) is None:
                continue
            if _text(choice) != _text(fallback):
                shown = _text(choice)[:12]
                yield Remark(place, f"文本框“{shown}”给旧版软件的一份文字不同")


def _text(element: etree._Element) -> str:
    """The box's own text; a box within it has copies of its own."""
    found = []
    for item in element.iter(f"{{{W}}}t"):
        nested = next(item.iterancestors(f"{{{MC}}}AlternateContent"))
        if nested is element.getparent():
            found.append(item.text or "")
    return "".join(found)


def _tracked(document: Docx) -> Iterator[Remark]:
    for place, root in _text_parts(document):
        found = next(root.iter(*_TRACKED), None)
        if found is not None:
            who = attribute(found, "author")
            yield Remark(place, "留有修订痕迹" + (f"（{who}）" if who else ""))


def _comments(document: Docx) -> Iterator[Remark]:
    root = document.package.related("comments")
    count = 0 if root is None else sum(1 for _ in root.iter(f"{{{W}}}comment"))
    anchored = next(document.package.document.iter(f"{{{W}}}commentReference"), None) is not None
    if anchored or (count and next(document.package.document.iter(f"{{{W}}}commentRangeStart"), None) is not None):
        yield Remark("正文", f"有{max(count, 1)}条批注")


def _hidden(document: Docx) -> Iterator[Remark]:
    for item in document.everything:
        text = "".join(run.text for run in item.runs if run.format.hidden).strip()
        if text:
            yield Remark(item.place, f"有隐藏文字“{text[:12]}”")


def _personal(document: Docx) -> Iterator[Remark]:
    package = document.package
    found = [
        f"{_PERSONAL[str(item.tag)]}“{(item.text or '').strip()[:20]}”"
        for name, root in sorted(package.parts.items())
        if package.contents.parts[name].via & PERSONAL
        for item in root
        if str(item.tag) in _PERSONAL and (item.text or "").strip()
    ]
    if found:
        yield Remark("文档属性", f"留有{'、'.join(found)}")


def _active(document: Docx) -> Iterator[Remark]:
    """What runs, loads or opens something: one remark a kind, with the first place and how many there are."""
    package = document.package
    objections = list(of_package(package.contents, CLERK))
    for name, root in package.parts.items():
        part = package.contents.parts[name]
        if not part.via & PERSONAL:
            objections += of_part(root, part, CLERK)
    for objection in by_label(objections):
        if objection.label not in FORMAL:
            severity = Severity.NOTE if objection.label in UNKNOWN else None
            yield Remark(objection.where or "文件", objection.found, objection.remedy, severity)
    yield from _links(document)


def _links(document: Docx) -> Iterator[Remark]:
    relations = [each for part in document.package.contents.parts.values() for each in part.relations]
    links = [each.target for each in relations if each.type == HYPERLINK and is_web_address(each.target)]
    if links:
        several = f"等{len(links)}个" if len(links) > 1 else ""
        yield Remark("文件", f"有网页或邮件链接“{links[0][:40]}”{several}", "公文宜取消超链接", Severity.NOTE)


LOADED_OR_RUN = (rule("XML-01d", "ISO/IEC 29500", Severity.ERROR, "没有外部内容和宏", _active),)
RULES = (
    rule("XML-01a", "ISO/IEC 29500", Severity.ERROR, "内部次序合规范", leniently(_order, Severity.WARNING), asked="次序不对的文件有的软件打不开，请用WPS或Word另存"),
    rule("XML-01b", "ISO/IEC 29500", Severity.ERROR, "图形编号不重复", _identifiers, asked="每个图形的编号应不同，否则Word提示文件损坏"),
    rule("XML-01c", "ISO/IEC 29500", Severity.ERROR, "文本框两份文字相同", _copies, asked="两份应相同，否则旧版软件显示旧文字"),
    rule("XML-02a", "公文定稿要求", Severity.ERROR, "没有修订痕迹", _tracked, asked="应接受或拒绝全部修订"),
    rule("XML-02b", "公文定稿要求", Severity.ERROR, "没有批注", _comments, asked="应删除批注"),
    rule("XML-02c", "公文定稿要求", Severity.ERROR, "没有隐藏文字", _hidden, asked="应删除隐藏文字"),
    rule("XML-02d", "公文定稿要求", Severity.WARNING, "没有个人信息", _personal, asked="对外发出前宜删除个人信息"),
)  # fmt: skip
