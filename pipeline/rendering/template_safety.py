"""What a template must not carry into every document made from it."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.rendering.namespaces import RELATIONSHIPS, W
from pipeline.rendering.package import Member
from pipeline.rendering.placeholder_marks import never_printed
from pipeline.rendering.strict_xml import BrokenXmlError, parse_xml

_FORBIDDEN_PARTS = re.compile(
    r"vbaProject|vbaData|activeX|\.bin$|oleObject|embeddings/|word/comments|afchunk|word/glossary/"
    r"|\.(?:mht|mhtml|html?|rtf|exe|dll|js|docm|dotm)$",
    re.IGNORECASE,
)
_FIELDS = (
    "PAGE",
    "NUMPAGES",
    "SECTIONPAGES",
    "TOC",
    "REF",
    "PAGEREF",
    "SEQ",
)  # they read the document itself only
_ACTIVE_RELATION = re.compile(
    r"/(attachedTemplate|aFChunk|oleObject|package|vbaProject|control|frame|subDocument|mailMerge\w*|hyperlink)$"
)
_ELEMENTS = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "delText", "delInstrText", "rPrChange", "pPrChange",
                     "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange", "tblGridChange", "numberingChange",
                     "cellIns", "cellDel", "cellMerge", "trackRevisions"), "修订痕迹"),
    **dict.fromkeys(("commentRangeStart", "commentReference"), "批注"),
    **dict.fromkeys(("vanish", "specVanish", "webHidden"), "隐藏文字"),
    "altChunk": "外部文档块",
    "subDoc": "外部文档块",
    **dict.fromkeys(("object", "control"), "嵌入对象或控件"),
    **dict.fromkeys(("attachedTemplate", "mailMerge"), "所附模板或邮件合并"),
    "docVars": "文档变量",
    **dict.fromkeys(("customXml", "smartTag", "dataBinding"), "自定义数据"),
}  # fmt: skip
_LABELS = {f"{{{W}}}{tag}": label for tag, label in _ELEMENTS.items()}
_REMEDIES = {
    "修订痕迹": "请接受或拒绝全部修订，并关闭修订",
    "批注": "请删除批注",
    "隐藏文字": "请取消隐藏或删除这些文字",
}
_REMEDY = "请去掉这些内容"
_DRAWN = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}t",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}v",
    "{urn:schemas-microsoft-com:vml}textpath",
)
_OFF = ("0", "false", "off")
_FIELD_PARTS = (f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}fldSimple")


def unsafe_content(members: Sequence[Member], name: str) -> Iterator[str]:
    """Reasons, in Chinese, why the package may not serve as a template; nothing if there is none."""
    for member in members:
        if _FORBIDDEN_PARTS.search(member.name):
            yield f"含有宏、控件、对象或批注（{member.name}），请删除后再用"
        if not member.name.endswith((".rels", ".xml")) or member.name.startswith(("docProps/", "customXml/")):
            continue  # these two folders are left out of the compiled template
        try:
            root = parse_xml(member.data)
        except BrokenXmlError as error:
            raise TemplateError(
                f"模板“{name}”的{member.name}不是完好的XML，请用WPS或Word另存后再用。"
            ) from error
        yield from _of_relations(root) if member.name.endswith(".rels") else _of_text(root)
        yield from _in_drawings(root)


def refuse_unsafe(members: Sequence[Member], name: str) -> None:
    """Raises TemplateError with the first reason, if there is one."""
    for reason in unsafe_content(members, name):
        raise TemplateError(f"模板“{name}”{reason}。")


def _of_relations(root: etree._Element) -> Iterator[str]:
    for relation in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        target = relation.get("Target", "")
        if relation.get("TargetMode", "").lower() == "external" or re.match(
            r"(?i)[a-z][\w+.-]*:|\\\\|//", target
        ):
            yield f"引用了文件以外的内容（{target}），请删除超链接、外部图片或所附模板"
        elif _ACTIVE_RELATION.search(relation.get("Type", "")):
            yield f"引用了对象、控件或所附模板（{target}），请删除后再用"


def _of_text(root: etree._Element) -> Iterator[str]:
    found: set[str] = set()
    for element in root.iter(*_LABELS):
        label = _LABELS[str(element.tag)]
        is_on = element.get(f"{{{W}}}val", "1") not in _OFF
        if is_on:
            found.add(label)
    for label in sorted(found):
        yield f"含有{label}，{_REMEDIES.get(label, _REMEDY)}后再用"
    for instruction in _instructions(root):
        if instruction.split(None, 1)[:1] and instruction.split(None, 1)[0].upper() not in _FIELDS:
            yield f"含有不能用的域（{instruction}），请删除；要填写的地方写成{{{{ 名称 }}}}"


def _in_drawings(root: etree._Element) -> Iterator[str]:
    """Placeholders in charts, diagrams and drawn letters, which are not filled in."""
    for element in root.iter(*_DRAWN):
        for mark in never_printed(element.get("string") or element.text or ""):
            yield f"的图形或图表里写有“{mark}”，图形里的文字不会填写，请移到正文、表格或文本框中"


def _instructions(root: etree._Element) -> Iterator[str]:
    """The instruction of each field; Word may have cut one into several runs."""
    pieces: list[str] = []
    for element in root.iter(*_FIELD_PARTS):
        if element.tag == _FIELD_PARTS[1]:
            pieces.append(element.text or "")
            continue
        if pieces:
            yield "".join(pieces).strip()
            pieces = []
        if element.tag == _FIELD_PARTS[2]:
            yield element.get(f"{{{W}}}instr", "").strip()
    if pieces:
        yield "".join(pieces).strip()
