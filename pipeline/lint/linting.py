"""Runs every rule on one document: the file alone, or the file together with its printed pages."""

from dataclasses import replace

from pipeline.lint.docx_model import Docx
from pipeline.lint.docx_reader import read_docx
from pipeline.lint.lint_rule import LintFinding, LintReport, NotRun, Severity, apply
from pipeline.lint.lint_rules import DOCX_RULES
from pipeline.lint.package_parts import UnreadableDocxError
from pipeline.lint.page_model import Pages
from pipeline.lint.page_rules import PAGE_RULES
from pipeline.lint.printed import Printed
from pipeline.lint.profile import profile_of
from pipeline.word.placeholder_marks import NO_NAMES, PlaceholderNames

UNREADABLE = "XML-00"
NOT_RENDERED = "没有看成页；加 --pdf 再查"
_UNKNOWN = "未能识别"


def lint(
    data: bytes, name: str, pages: Pages | None = None, no_pages: str = NOT_RENDERED, *, is_template: bool = False,
    placeholders: PlaceholderNames = NO_NAMES,
) -> LintReport:  # fmt: skip
    """Every rule on the file and, where there are pages, on the page; ``no_pages`` says why there are none.

    Never raises for what is in ``data``: an unreadable file is one finding. On a template rules on the text itself
    are not applied, since it is still to be filled in. ``placeholders`` are the names of our templates, by which one that was forgotten is known.
    """
    try:
        document = read_docx(data, name, placeholders, is_template=is_template)
    except UnreadableDocxError as error:
        return unreadable(name, str(error))
    report = _on_file(document)
    if pages is None:
        skipped = tuple(NotRun(rule.id, rule.title, no_pages) for rule in PAGE_RULES)
        return replace(report, not_run=report.not_run + skipped)
    findings, ran, skipped_rules = apply(PAGE_RULES, Printed.of(document, pages))
    return replace(
        report,
        findings=report.findings + tuple(findings),
        rules_run=report.rules_run + tuple(ran),
        not_run=report.not_run + tuple(skipped_rules),
    )


def _on_file(document: Docx) -> LintReport:
    findings, ran, skipped = apply(DOCX_RULES, document)
    profile = profile_of(document.sections[0]).name if document.sections else _UNKNOWN
    return LintReport(document.name, document.form.value, profile, tuple(findings), tuple(ran), tuple(skipped))


def unreadable(name: str, reason: str) -> LintReport:
    """The report on a file that can't be checked: one finding with the Chinese reason."""
    finding = LintFinding(
        UNREADABLE, "ISO/IEC 29500", Severity.ERROR, "文件", f"不能检查：{reason}", "应为完好的.docx文件"
    )
    titles = [(rule.id, rule.title) for rule in DOCX_RULES] + [(rule.id, rule.title) for rule in PAGE_RULES]
    skipped = tuple(NotRun(rule, title, "文件不能检查") for rule, title in titles)
    return LintReport(name, _UNKNOWN, _UNKNOWN, (finding,), (), skipped)
