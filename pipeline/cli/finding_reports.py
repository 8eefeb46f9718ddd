"""What ``gongwen check`` prints: the findings by unit and file, then how many each unit has."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.cli.remedies import finding_worded
from pipeline.cli.terminal import paragraph
from pipeline.cli.text_table import text_table
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity


def severity_counts(findings: Iterable[Finding]) -> str:
    """``错误12条，提醒3条，建议0条``."""
    counts = Counter(finding.severity for finding in findings)
    return "，".join(f"{severity.value}{counts[severity]}条" for severity in Severity)


def findings_text(findings: Sequence[Finding]) -> str:
    """Every finding with its number, under its unit and its file, in the order of mending; then the table by unit."""
    lines: list[str] = []
    before: Finding | None = None
    for number, finding in enumerate(findings, 1):
        if before is None or finding.unit != before.unit:
            lines += ["", f"【{_unit_name(finding.unit)}】"]
            before = None
        if finding.file and (before is None or finding.file != before.file):
            lines.append(finding.file)
        lines.append(_numbered(number, finding))
        before = finding
    if len({finding.unit for finding in findings}) > 1:
        lines += ["", _unit_table(findings)]
    return "\n".join([*lines, "", f"合计：{severity_counts(findings)}。"]).lstrip("\n")


def _unit_name(unit: str) -> str:
    return unit or "本办公室"


def _numbered(number: int, finding: Finding) -> str:
    """``  12 错误  申报!I6：…``; its file stands above it."""
    sentence = finding_worded(replace(finding, file="").sentence, finding.code or finding.rule).replace("\n", " ")
    return paragraph(f"{number:>4} {finding.severity.value}  {sentence}", " " * 11)


def _unit_table(findings: Sequence[Finding]) -> str:
    rows = []
    for unit in dict.fromkeys(finding.unit for finding in findings):
        counts = Counter(finding.severity for finding in findings if finding.unit == unit)
        rows.append([_unit_name(unit), *(str(counts[severity]) for severity in Severity)])
    return text_table(("责任单位", *(severity.value for severity in Severity)), rows)


def _finding_object(finding: Finding) -> dict[str, str | None]:
    return {
        "severity": finding.severity.value,
        "rule": finding.rule,
        "code": finding.code or finding.rule,
        "unit": finding.unit,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "seen": finding.seen,
        "message": finding.message,
        "citation": str(finding.citation) if finding.citation else None,
        "citation_code": finding.citation.code if finding.citation else None,
        "asks": finding.asks,
        "action": finding.action,
        "project": finding.project,
        "field": finding.field.label if finding.field else None,
        "month": str(finding.month) if finding.month else None,
        "sentence": finding.sentence,
    }


def findings_json(findings: Iterable[Finding]) -> str:
    return json.dumps([_finding_object(finding) for finding in findings], ensure_ascii=False, indent=1)
