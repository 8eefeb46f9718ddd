"""Every rule over one case, together with what the readers found, in the order of mending."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.checks.registry import every_rule
from pipeline.checks.rule import Remark, Rule
from pipeline.checks.thresholds import unmatched_exceptions
from pipeline.facts.case import Case
from pipeline.records.finding import Finding, mending_order


def run_rules(case: Case, rules: Sequence[Rule] | None = None) -> tuple[Finding, ...]:
    """All findings of a year, reading findings included, each once, as a unit would mend them.

    Every rule is asked where ``rules`` names none. Where a part of the year can't be seen only what was read is told:
    a rule would take it for missing.
    """
    if case.ledgers.unseen:
        return tuple(sorted(dict.fromkeys(case.ledgers.findings), key=mending_order))
    chosen = every_rule() if rules is None else rules
    found = [finding for rule in chosen for finding in findings_of(rule, case)]
    once = dict.fromkeys((*case.ledgers.findings, *found, *unmatched_exceptions(case)))
    return tuple(sorted(once, key=mending_order))


def findings_of(rule: Rule, case: Case) -> Iterator[Finding]:
    """One rule's remarks as findings."""
    severity = rule.provision.modality_on(case.as_of).severity
    for remark in rule.check(case):
        yield _placed(
            remark,
            Finding(
                severity,
                rule.slug,
                remark.message,
                remark.action,
                citation=rule.provision.citation,
                asks=case.settings.level.said(rule.provision.duty),
                unit=remark.unit,
                project=remark.project,
                projects=remark.projects,
                ledger=rule.ledger,
                field=remark.field,
                month=remark.month,
            ),
        )


def _placed(remark: Remark, finding: Finding) -> Finding:
    source, field = remark.source, remark.field
    if source is None:
        return finding
    if remark.whole_sheet:
        return replace(finding, file=source.file, sheet=source.sheet)
    cell = f"第{source.row}行" if field is None else source.cell(field)
    seen = "" if field is None else source.seen(field)
    return replace(finding, file=source.file, sheet=source.sheet, cell=cell, seen=seen)
