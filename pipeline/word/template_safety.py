"""A template's package, cleared of what must not come into every document made from it, or refused with the reasons."""

from collections.abc import Iterator, Sequence

from pipeline.errors import TemplateError
from pipeline.word.allowed_content import TEMPLATE
from pipeline.word.clearing import cleared
from pipeline.word.content_judgement import by_label
from pipeline.word.namespaces import A, C, V
from pipeline.word.package import Member
from pipeline.word.placeholder_marks import never_printed
from pipeline.word.strict_xml import BrokenXmlError, parse_xml

_DRAWN = (f"{{{A}}}t", f"{{{C}}}v", f"{{{V}}}textpath")


def safe_members(members: Sequence[Member], name: str) -> tuple[tuple[Member, ...], list[str]]:
    """The members that documents are made from, and the reasons, in Chinese, why they may not be; one is empty.

    Raises TemplateError where a part is no sound XML.
    """
    try:
        found = cleared(members, TEMPLATE)
    except BrokenXmlError as error:
        raise TemplateError(f"模板“{name}”的{error}不是完好的XML，请用WPS或Word另存后再用。") from error
    reasons = [objection.sentence for objection in by_label(found.objections)]
    reasons += list(dict.fromkeys(_in_drawings(found.members)))
    return (() if reasons else found.members), reasons


def _in_drawings(members: Sequence[Member]) -> Iterator[str]:
    """Placeholders in charts, diagrams and drawn letters, which are not filled in."""
    for member in members:
        if not member.name.endswith(".xml"):
            continue
        for element in parse_xml(member.data).iter(*_DRAWN):
            for mark in never_printed(element.get("string") or element.text or ""):
                yield f"的图形或图表里写有“{mark}”，图形里的文字不会填写，请移到正文、表格或文本框中"
