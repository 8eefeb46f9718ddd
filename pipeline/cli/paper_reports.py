"""What ``gongwen lint`` and ``gongwen pdf`` print."""

import json
from collections.abc import Sequence
from pathlib import Path

from pipeline.cli.saved_files import files_text
from pipeline.cli.text_table import text_list
from pipeline.lint.lint_rule import LintFinding, LintReport, Severity
from pipeline.outputs.pdf_beside import PdfOutcome
from pipeline.outputs.store import Written


def counts(reports: Sequence[LintReport]) -> str:
    """``错误1条，警告2条，提示0条，未核实5条``."""
    return "，".join(f"{severity.value}{sum(report.count(severity) for report in reports)}条" for severity in Severity)


def _unverified(findings: Sequence[LintFinding]) -> list[str]:
    """One line for each reason, with the rules that it concerns."""
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        grouped.setdefault((finding.where, finding.found, finding.asked), []).append(finding.rule)
    return [
        f"  【{Severity.UNVERIFIED.value}】{where}：{found}；{asked}（{'、'.join(rules)}）。"
        for (where, found, asked), rules in grouped.items()
    ]


def _not_run(report: LintReport) -> list[str]:
    grouped: dict[str, list[str]] = {}
    for skipped in report.not_run:
        rules = grouped.setdefault(skipped.reason, [])
        rules += [] if skipped.rule in rules else [skipped.rule]
    return [f"    {reason}：{'、'.join(rules)}" for reason, rules in grouped.items()]


def lint_report(report: LintReport) -> str:
    """One file: what kind of paper it is, every finding, and what was not checked and why."""
    lines = [
        report.name,
        f"  文种格式：{report.form}；版面：{report.profile}",
        f"  {counts([report])}；检查了{len(report.rules_run)}条规则，另有{len(report.not_run)}条未检查",
    ]
    plain = [finding for finding in report.findings if finding.severity is not Severity.UNVERIFIED]
    order = list(Severity)
    lines += [f"  {each.sentence}" for each in sorted(plain, key=lambda each: order.index(each.severity))]
    lines += _unverified([each for each in report.findings if each.severity is Severity.UNVERIFIED])
    if not report.rules_run:
        lines.append("  各条规则均未检查。")
    elif report.not_run:
        lines += ["  没有检查的规则及原因：", *_not_run(report)]
    return "\n".join(lines)


def lint_text(reports: Sequence[LintReport]) -> str:
    parts = [lint_report(report) for report in reports]
    if len(reports) > 1:
        parts.append(f"合计{len(reports)}份：{counts(reports)}。")
    return "\n\n".join(parts)


def lint_json(reports: Sequence[LintReport]) -> str:
    """The same for other programs."""
    return json.dumps([_object(report) for report in reports], ensure_ascii=False, indent=1)


def _object(report: LintReport) -> dict[str, object]:
    return {
        "file": report.name,
        "form": report.form,
        "profile": report.profile,
        "counts": {severity.name.lower(): report.count(severity) for severity in Severity},
        "findings": [
            {
                "rule": finding.rule,
                "clause": finding.clause,
                "severity": finding.severity.value,
                "where": finding.where,
                "found": finding.found,
                "asked": finding.asked,
                "sentence": finding.sentence,
            }
            for finding in report.findings
        ],
        "rules_run": list(report.rules_run),
        "not_run": [{"rule": each.rule, "title": each.title, "reason": each.reason} for each in report.not_run],
    }


def pdf_text(outcomes: Sequence[PdfOutcome]) -> str:
    """How many PDFs there are now, every file that has none and why, and where an imprint had to move."""
    saved = [outcome.saved for outcome in outcomes if outcome.saved]
    parts = [f"PDF：{files_text(saved, '份') or '没有生成'}。"]
    failed = [f"{outcome.document}：{outcome.reason}" for outcome in outcomes if not outcome.saved]
    parts += text_list("以下文件没有PDF", failed)
    parts += text_list(
        "以下PDF不是本系统生成的或被改过（可能已签章），原文件未动，新版另存为",
        [each.path.name for each in saved if each.outcome is Written.BESIDE],
    )
    corrected = [outcome.document.name for outcome in outcomes if outcome.corrected]
    parts += text_list("按排版结果把版记移到了最后的双数面", corrected)
    if warnings := [outcome.warning for outcome in outcomes if outcome.warning]:
        parts.append("\n".join(warnings))
    return "\n\n".join(parts)


def common_name(path: Path, paths: Sequence[Path]) -> str:
    """A file's name; with its folder where another file given has the same name."""
    return path.name if sum(1 for other in paths if other.name == path.name) == 1 else str(path)
