"""Which kind of paper a document is: the rules of the red head, the letter and the briefing hang on it."""

import re

from pipeline.lint.docx_model import Docx, Form, Paragraph
from pipeline.lint.roles_named import MAIN_TEXT, Role
from pipeline.lint.text_patterns import HAN, SIGNER, UPWARD_KINDS, kind_of_title, squeezed

_LETTER_NUMBER = re.compile(r"函〔")
_LOWER_RULE = 265.0  # mm from the sheet's top; below the type area's edge
_HAN = re.compile(f"[{HAN}]")


def title_text(document: Docx) -> str:
    """The title with its lines joined."""
    return "".join(squeezed(item.text) for item in document.of(Role.TITLE) if item.part == "正文")


def mark_text(document: Docx) -> str:
    return "".join(squeezed(item.text) for item in document.of(Role.MARK))


def signers(document: Docx) -> tuple[Paragraph, ...]:
    """Paragraphs that name who signed: of their own, or on the line of the 发文字号."""
    return document.of(Role.SIGNER) + tuple(item for item in document.of(Role.NUMBER) if SIGNER.search(item.text))


def form_of(document: Docx) -> Form:
    """The form; 平件 for an official text without a red head, 非公文 for what is none at all."""
    mark, kind = mark_text(document), kind_of_title(title_text(document))
    if document.of(Role.BRIEF_NAME, Role.BRIEF_ISSUE) or title_text(document).endswith("简报"):
        return Form.BRIEFING
    number = "".join(item.text for item in document.of(Role.NUMBER))
    if mark.endswith("纪要"):
        return Form.MINUTES
    if mark.endswith("令"):
        return Form.ORDER
    named = bool(mark) and not mark.endswith("文件") and (kind == "函" or bool(_LETTER_NUMBER.search(number)))
    if named or any(item.part == "页眉" for item in document.of(Role.MARK)) or _ruled_at_the_foot(document):
        return Form.LETTER
    if (signers(document) and kind in ("", *UPWARD_KINDS)) or (kind in ("请示", "报告") and (mark or number)):
        return Form.UPWARD
    if mark or number:
        return Form.DOWNWARD
    return Form.PLAIN if document.ours or _looks_official(document) else Form.FOREIGN


def _ruled_at_the_foot(document: Docx) -> bool:
    """The lower double rule, 20 mm over the sheet's lower edge: only letters have it (10.1)."""
    return any(
        box.is_line and box.is_red and box.vertical == "page" and (box.y or 0) > _LOWER_RULE
        for box in document.all_boxes
    )


def _looks_official(document: Docx) -> bool:
    parts = document.of(Role.ADDRESSEE, Role.DATE, Role.HEADING_1, Role.ANNEX_NOTE, Role.IMPRINT)
    text = sum(len(_HAN.findall(item.text)) for item in document.paragraphs if item.role in MAIN_TEXT)
    return bool(document.of(Role.TITLE)) and (bool(parts) or text >= 60)
