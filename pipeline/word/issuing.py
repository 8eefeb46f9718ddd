"""A template and its values to the finished document: filled, put on its page, its imprint settled."""

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.word.conservation import require_kept
from pipeline.word.imprint_pass import settle_imprint
from pipeline.word.letterhead import leave_red_out
from pipeline.word.package import pack
from pipeline.word.paper_safety import require_allowed
from pipeline.word.strict_page import move_to_strict_page
from pipeline.word.template import Template


@dataclass(frozen=True)
class Paper:
    """What a document is printed on."""

    strict: bool = False  # the stricter page of GB/T 33476.2
    preprinted: bool = False  # the red head is on the paper already


def issue_document(template: Template, context: Mapping[str, object], paper: Paper) -> bytes:
    """The document's bytes; the same values give the same bytes.

    Raises TemplateError as ``Template.fill``, and where text was lost between filling and the finished page
    or something came in that no paper may carry.
    """
    members = filled = template.fill(context)
    if paper.strict:
        members = move_to_strict_page(members)
    members = settle_imprint(members)
    require_kept(filled, members, mark_removed=False)
    if paper.preprinted:
        members = leave_red_out(members)
        require_kept(filled, members, mark_removed=True)
    require_allowed(template.members, members)
    return pack(members)
