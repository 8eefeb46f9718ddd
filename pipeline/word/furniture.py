"""The parts of an official paper that are placed, not written, under one name for the blueprints."""

from pipeline.word.annexes import annex_head, annex_notes
from pipeline.word.heads import (
    NOTICES,
    Notice,
    briefing_head,
    document_number,
    joint_head,
    red_head,
    red_rule,
    signed_number,
    title,
)
from pipeline.word.imprint import imprint
from pipeline.word.letters import letter_header, letter_number
from pipeline.word.signatures import joint_signature, remark, signature

__all__ = [
    "NOTICES",
    "Notice",
    "annex_head",
    "annex_notes",
    "briefing_head",
    "document_number",
    "imprint",
    "joint_head",
    "joint_signature",
    "letter_header",
    "letter_number",
    "red_head",
    "red_rule",
    "remark",
    "signature",
    "signed_number",
    "title",
]
