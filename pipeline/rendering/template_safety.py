"""What a template must not carry into every document made from it."""

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.rendering.namespaces import RELATIONSHIPS, W
from pipeline.rendering.package import Member
from pipeline.rendering.template_parts import TAGGED, BrokenXmlError, parse_xml

_FORBIDDEN_PARTS = re.compile(
    r"vbaProject|activeX|\.bin$|oleObject|word/comments|word/afchunk", re.IGNORECASE
)
_FIELDS = re.compile(r"\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
_ELEMENTS = {
    "ins": "修订痕迹（插入）",
    "del": "修订痕迹（删除）",
    "moveFrom": "修订痕迹（移动）",
    "commentRangeStart": "批注",
    "vanish": "隐藏文字",
    "altChunk": "外部文档块",
    "object": "嵌入对象",
}


def unsafe_content(members: Sequence[Member], name: str) -> Iterator[str]:
    """Reasons, in Chinese, why the package may not serve as a template; nothing if there is none."""
    for member in members:
        if _FORBIDDEN_PARTS.search(member.name):
            yield f"含有宏、控件、对象或批注（{member.name}），请删除后再用"
        if not (member.name.endswith(".rels") or TAGGED.fullmatch(member.name)):
            continue
        try:
            root = parse_xml(member.data)
        except BrokenXmlError as error:
            raise TemplateError(
                f"模板“{name}”的{member.name}不是完好的XML，请用WPS或Word另存后再用。"
            ) from error
        yield from _of_relations(root) if member.name.endswith(".rels") else _of_text(root)


def _of_relations(root: etree._Element) -> Iterator[str]:
    for relation in root.iter(f"{{{RELATIONSHIPS}}}Relationship"):
        if relation.get("TargetMode") == "External":
            yield f"引用了文件以外的内容（{relation.get('Target')}），请删除超链接、外部图片或所附模板"


def _of_text(root: etree._Element) -> Iterator[str]:
    for tag, label in _ELEMENTS.items():
        if next(root.iter(f"{{{W}}}{tag}"), None) is not None:
            yield f"含有{label}，请接受修订、删除批注或显示隐藏文字后再用"
    for instruction in root.iter(f"{{{W}}}instrText", f"{{{W}}}fldSimple"):
        text = instruction.text or instruction.get(f"{{{W}}}instr") or ""
        if _FIELDS.search(text):
            yield f"含有会取用外部内容的域（{text.strip()}），请删除"
