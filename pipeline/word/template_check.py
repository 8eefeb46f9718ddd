"""Whether an edited template names only what its document offers, told paragraph by paragraph."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from pipeline.errors import TemplateError
from pipeline.word.namespaces import W
from pipeline.word.paragraph_text import own_text
from pipeline.word.placeholder_marks import named_marks, never_printed
from pipeline.word.tag_language import Pairing, TagFault, TagReader
from pipeline.word.tag_spelling import names_placeholder, right_tag
from pipeline.word.template import Template, TemplateFile
from pipeline.word.template_parts import part_tree
from pipeline.word.unseen_text import Looks, unseen_texts
from pipeline.word.vocabulary import Names

_P, _TR = f"{{{W}}}p", f"{{{W}}}tr"
_STYLES = "word/styles.xml"
_TAG = re.compile(r"\{#(?:(?!\{#).)*?#\}|\{\{[^{}]*\}\}|\{%[^{}]*%\}", re.DOTALL)


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


def check_template(data: bytes, name: str, names: Names) -> tuple[Template | None, list[TemplateProblem]]:
    """The compiled template, or every problem of it in the order of its text.

    ``names`` is the vocabulary of the document's kind. Never raises for a bad template: a package that cannot
    even be opened is one problem.
    """
    problems: list[TemplateProblem] = []
    try:
        file = TemplateFile.open(data, name)
        problems += [TemplateProblem(name, "", "", reason) for reason in file.reasons]
        looks = Looks.of(next((part_tree(each, name) for each in file.members if each.name == _STYLES), None))
        for root in file.trees.values():
            problems += _check_part(root, name, names)
            problems += _unseen(root, name, looks)
        if not problems:
            return file.compile(), []
    except TemplateError as error:
        reason = str(error).removeprefix(f"模板“{name}”").removesuffix("。")
        problems.append(TemplateProblem(name, "", "", reason))
    return None, list(dict.fromkeys(problems))  # a text box is written twice; its problem is one


def _unseen(root: etree._Element, template: str, looks: Looks) -> Iterator[TemplateProblem]:
    for paragraph, reason in unseen_texts(root, looks):
        yield TemplateProblem(template, _short(own_text(paragraph, line_break=" ", tab=" ")), "", reason)


def _container(paragraph: etree._Element, prefix: str) -> object:
    """What a tag's pair must share with it: the same table, the same block, or the same paragraph."""
    if prefix == "tr":
        row = next(paragraph.iterancestors(_TR), None)
        return row.getparent() if row is not None else None
    return paragraph.getparent() if prefix == "p" else paragraph


def _check_part(root: etree._Element, template: str, names: Names) -> list[TemplateProblem]:
    reader = TagReader(names)
    faults = [
        (short, tag, fault)
        for paragraph in root.iter(_P)
        for text in [own_text(paragraph, line_break=" ", tab=" ")]
        for short in [_short(text)]
        for tag, fault in _faults_of(paragraph, text, short, reader)
    ]
    for frame in (*reader.unclosed, *reader.open_frames):
        reason = f"标签“{frame.tag}”没有对应的结束标签"
        faults.append((frame.paragraph, frame.tag, TagFault(reason, frame.tag, pairing=Pairing.UNCLOSED)))
    return [
        TemplateProblem(template, short, fault.placeholder or tag, fault.reason, fault.nearest)
        for short, tag, fault in _causes_first(faults)
    ]


def _faults_of(paragraph: etree._Element, text: str, short: str, reader: TagReader) -> Iterator[tuple[str, TagFault]]:
    """Each fault of a paragraph's tags, and of the text between them, with the tag or mark that has it."""
    position = 0
    for match in _TAG.finditer(text):
        before, tag = text[position : match.start()], match.group()
        yield from _in_fixed_text(before, reader)
        if before.endswith(("$", "＄")):
            yield tag, TagFault(f"“{tag}”前面的“{before[-1]}”会原样印出，请删去", tag)
        position = match.end()
        for fault in reader.read(tag, _container(paragraph, _prefix(tag)), short):
            yield tag, fault
    yield from _in_fixed_text(text[position:], reader)


def _in_fixed_text(text: str, reader: TagReader) -> Iterator[tuple[str, TagFault]]:
    """Marks of placeholders that nothing fills in: they would be printed as they are."""
    for mark in never_printed(text):
        reason = f"“{mark}”不会填写，会原样印出：占位符应写成{{{{ 名称 }}}}，两边各两个半角大括号，不用别的符号"
        right = right_tag(mark, reader.names_in_reach())
        spoilt = Pairing.SPOILT if right.startswith("{%") else Pairing.UNTOUCHED
        yield mark, TagFault(reason, mark, right, spoilt)
    for named in named_marks(text):
        names = reader.names_in_reach()
        if names_placeholder(named, names):
            reason = f"“{named.text}”不会填写，会原样印出：占位符应写成{{{{ 名称 }}}}；如是文字，请换用（）"
            yield named.text, TagFault(reason, named.text, right_tag(named.inside, names))


def _causes_first(faults: Sequence[tuple[str, str, TagFault]]) -> list[tuple[str, str, TagFault]]:
    """Where a loop or condition is broken, what may only follow from it is counted, not told."""
    cause = min((fault.pairing for *_, fault in faults), default=Pairing.UNTOUCHED)
    if cause is Pairing.UNTOUCHED:
        return list(faults)
    causes = [each for each in faults if each[2].pairing is cause]
    words = {word for _, tag, _ in causes for word in re.findall(r"\w+", tag)}
    others = [each for each in faults if each[2].pairing is Pairing.UNTOUCHED]
    told = [each for each in others if _first_name(each[2]) not in words]
    if folded := len(faults) - len(causes) - len(told):
        short, tag, first = causes[0]
        reason = f"{first.reason}（另有{folded}处的问题可能由此而来，改好这一处再检查）"
        causes[0] = short, tag, replace(first, reason=reason)
    return [*causes, *told]


def _first_name(fault: TagFault) -> str:
    """The loop's variable in ``单位.责任单位``; ``""`` for a fault of anything else."""
    return fault.placeholder.partition(".")[0] if "." in fault.placeholder else ""


def _prefix(tag: str) -> str:
    found = re.match(r"\{%(tr|p) ", tag)
    return found.group(1) if found else ""


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def sentences(problems: Sequence[TemplateProblem]) -> str:
    """All problems, one a line, for one message."""
    return "\n".join(problem.sentence for problem in problems)
