"""The last look at a paper before it is packed: nothing in it but what the list allows.

The template was judged whole when it was compiled, and values come in as escaped text; so of a part that is filled in
only what no value may bring is looked for. What the template does not have is judged whole.
"""

from collections.abc import Sequence

from pipeline.errors import TemplateError
from pipeline.word.allowed_content import PAPER
from pipeline.word.content_judgement import Objection, of_package, of_part
from pipeline.word.package import Member
from pipeline.word.package_content import contents
from pipeline.word.strict_xml import parse_xml


def require_allowed(template: Sequence[Member], paper: Sequence[Member]) -> None:
    """Compare a paper with the template that it was made from, which has been judged.

    Raises TemplateError with the first objection: then no document is made.
    """
    judged = {member.name: member for member in template}
    added = [member for member in paper if member.name not in judged]
    for member in paper:
        known = judged.get(member.name)
        if known is not None and known is not member and _has_hidden(member.data):
            raise TemplateError(f"文书的{member.name}里有不显示的内容，没有生成文书。")
    if added and (objection := next(iter(_objections(paper, added)), None)):
        raise TemplateError(f"文书{objection.sentence}，没有生成文书。")


def _has_hidden(data: bytes) -> bool:
    """Comments, CDATA, instructions to programs: markup that no value and no pass of ours writes.

    One letter is looked for first, many times faster than two: most papers have neither.
    """
    return (b"!" in data and b"<!" in data) or (data.count(b"?") > 2 and data.count(b"<?") > 1)


def _objections(paper: Sequence[Member], added: Sequence[Member]) -> list[Objection]:
    by_name = {member.name: member for member in paper}
    found = contents(list(by_name), lambda name: parse_xml(by_name[name].data))
    objections = list(of_package(found, PAPER))
    for member in added:
        if member.name in found.parts and member.name.endswith(".xml"):
            objections += of_part(parse_xml(member.data), found.parts[member.name], PAPER)
    return objections
