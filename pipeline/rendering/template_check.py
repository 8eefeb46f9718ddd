"""Whether an edited template names only what its document offers, told paragraph by paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from pipeline.documents.names import Names
from pipeline.errors import TemplateError
from pipeline.rendering.namespaces import W
from pipeline.rendering.package import unpack
from pipeline.rendering.tag_language import TagFault, TagReader
from pipeline.rendering.template import Template
from pipeline.rendering.template_parts import LOOSE_BRACES, TAGGED, part_tree
from pipeline.rendering.template_safety import unsafe_content

_P, _T, _TR, _TAB, _BR = (f"{{{W}}}{name}" for name in ("p", "t", "tr", "tab", "br"))
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)


@dataclass(frozen=True)
class TemplateProblem:
    """One thing in a template that would stop it, where it stands, and what was probably meant."""

    template: str
    paragraph: str  # the text of the paragraph, shortened
    placeholder: str
    reason: str
    nearest: str = ""

    @property
    def sentence(self) -> str:
        """For the clerk: template, paragraph, what is wrong, the nearest right name."""
        where = f"段落“{self.paragraph}”：" if self.paragraph else ""
        hint = f"是否应为“{self.nearest}”？" if self.nearest else ""
        return f"模板“{self.template}”{where}{self.reason}。{hint}"


def check_template(data: bytes, name: str, names: Names) -> list[TemplateProblem]:
    """Every problem of a template in the order of its text; an empty list means that it can be used.

    ``names`` is the vocabulary of the document's kind. Never raises for a bad template: a package that cannot
    even be opened is one problem.
    """
    problems: list[TemplateProblem] = []
    try:
        members = unpack(data, name)
        for reason in unsafe_content(members, name):
            problems.append(TemplateProblem(name, "", "", reason))
        for member in members:
            if TAGGED.fullmatch(member.name):
                problems += _check_part(part_tree(member, name), name, names)
        if not problems:
            Template.compile(data, name)
    except TemplateError as error:
        problems.append(TemplateProblem(name, "", "", _reason(str(error), name)))
    return list(dict.fromkeys(problems))  # a text box is written twice; its problem is one


def _reason(message: str, name: str) -> str:
    return message.removeprefix(f"模板“{name}”").removesuffix("。")


def _paragraphs(root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """Paragraphs with their own text, those of nested text boxes apart."""
    for paragraph in root.iter(_P):
        pieces = []
        for element in paragraph.iter(_T, _TAB, _BR):
            if next(element.iterancestors(_P)) is paragraph:
                pieces.append((element.text or "") if element.tag == _T else " ")
        yield paragraph, "".join(pieces)


def _container(paragraph: etree._Element, prefix: str) -> object:
    """What a tag's pair must share with it: the same table, the same block, or the same paragraph."""
    if prefix == "tr":
        row = next(paragraph.iterancestors(_TR), None)
        return row.getparent() if row is not None else None
    return paragraph.getparent() if prefix == "p" else paragraph


def _check_part(root: etree._Element, template: str, names: Names) -> list[TemplateProblem]:
    reader = TagReader(names)
    problems: list[TemplateProblem] = []
    for paragraph, text in _paragraphs(root):
        short = _short(text)
        shown, position = [], 0
        for match in _TAG.finditer(text):
            shown.append(text[position : match.start()])
            position = match.end()
            prefix = _prefix(match.group())
            for fault in reader.read(match.group(), _container(paragraph, prefix), short):
                problems.append(_problem(template, short, match.group(), fault))
        shown.append(text[position:])
        for piece in shown:
            if loose := LOOSE_BRACES.search(piece):
                problems.append(
                    TemplateProblem(
                        template,
                        short,
                        loose.group(),
                        "大括号不成对、用了全角或中间有空格，占位符应写成{{ 名称 }}",
                    )
                )
    problems += [
        TemplateProblem(template, frame.paragraph, frame.tag, f"标签“{frame.tag}”没有对应的结束标签")
        for frame in reader.open_frames
    ]
    return problems


def _prefix(tag: str) -> str:
    found = re.match(r"\{%(tr|p) ", tag)
    return found.group(1) if found else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _problem(template: str, paragraph: str, tag: str, fault: TagFault) -> TemplateProblem:
    return TemplateProblem(template, paragraph, fault.placeholder or tag, fault.reason, fault.nearest)


def sentences(problems: Sequence[TemplateProblem]) -> str:
    """All problems, one a line, for one message."""
    return "\n".join(problem.sentence for problem in problems)
