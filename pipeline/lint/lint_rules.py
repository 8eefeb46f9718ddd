"""Every rule on the file: what a paper loads or runs comes before its looks, which follow in the standard's order."""

from pipeline.lint import (
    rules_annex,
    rules_body,
    rules_font,
    rules_head,
    rules_imprint,
    rules_page,
    rules_page_number,
    rules_signature,
    rules_special,
    rules_table,
    rules_text,
    rules_title,
    rules_xml,
)
from pipeline.lint.docx_model import Docx
from pipeline.lint.lint_rule import LintRule

DOCX_RULES: tuple[LintRule[Docx], ...] = (
    *rules_xml.LOADED_OR_RUN,
    *rules_page.RULES,
    *rules_font.RULES,
    *rules_head.RULES,
    *rules_title.RULES,
    *rules_body.RULES,
    *rules_text.RULES,
    *rules_annex.RULES,
    *rules_signature.RULES,
    *rules_imprint.RULES,
    *rules_page_number.RULES,
    *rules_table.RULES,
    *rules_special.RULES,
    *rules_xml.RULES,
)
