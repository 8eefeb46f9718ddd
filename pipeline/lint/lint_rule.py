"""What a lint rule is and what it says: shared by the rules on the file and the rules on the printed page.

A check yields remarks; the runner adds rule, clause and severity, so that no check can forget one. The rules on the
file stand in ``lint_rules.DOCX_RULES``, those on the page in ``page_rules.PAGE_RULES``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

S = TypeVar("S", contravariant=True)


class Severity(Enum):
    """How much a finding weighs; the value is what the office reads."""

    ERROR = "错误"  # blocks issue
    WARNING = "警告"  # must be looked at
    NOTE = "提示"
    UNVERIFIED = "未核实"  # could not be decided, for example because a font was substituted


@dataclass(frozen=True)
class Remark:
    """One departure seen by a check. Texts are Chinese; ``asked`` and ``severity`` only where the rule doesn't say them."""

    where: str
    found: str
    asked: str = ""
    severity: Severity | None = None


@dataclass(frozen=True)
class LintFinding:
    """One departure from the standard, complete."""

    rule: str
    clause: str
    severity: Severity
    where: str
    found: str
    asked: str

    @property
    def sentence(self) -> str:
        """The finding as one Chinese sentence."""
        return f"【{self.severity.value}】{self.where}：{self.found}；{self.asked}（{self.rule}，{self.clause}）。"


def _always(_: object) -> str:
    return ""


@dataclass(frozen=True)
class LintRule(Generic[S]):
    """A rule; ``check`` reads a document's model (``Docx``) or its printed pages (``Printed``).

    ``unfit`` gives the Chinese reason why the rule can't be applied to this document, or ``""``. ``asked`` is what the
    standard asks, in Chinese; ``""`` where that hangs on what was found, and each remark says it.
    """

    id: str
    source: str  # a clause of GB/T 9704-2012 where it begins with a number
    severity: Severity
    title: str
    check: Callable[[S], Iterable[Remark]]
    unfit: Callable[[S], str] = _always
    asked: str = ""

    @property
    def clause(self) -> str:
        return f"GB/T 9704-2012 {self.source}" if self.source[0].isdigit() else self.source

    def findings(self, subject: S) -> Iterator[LintFinding]:
        """The check's remarks as findings."""
        for remark in self.check(subject):
            severity, asked = remark.severity or self.severity, remark.asked or self.asked
            yield LintFinding(self.id, self.clause, severity, remark.where, remark.found, asked)


rule = LintRule


@dataclass(frozen=True)
class NotRun:
    """A rule that could not be applied, with the Chinese reason."""

    rule: str
    title: str
    reason: str


@dataclass(frozen=True)
class LintReport:
    """Everything found in one file, which rules ran, and which did not and why."""

    name: str
    form: str  # 下行文, 上行文, 信函, 简报, 平件 …
    profile: str
    findings: tuple[LintFinding, ...]
    rules_run: tuple[str, ...]
    not_run: tuple[NotRun, ...]

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity is severity)


def apply(rules: Sequence[LintRule[S]], subject: S) -> tuple[list[LintFinding], list[str], list[NotRun]]:
    """Findings, the ids of the rules that ran, and those that did not; in the registry's order."""
    findings: list[LintFinding] = []
    ran: list[str] = []
    skipped: list[NotRun] = []
    for rule in rules:
        if reason := rule.unfit(subject):
            skipped.append(NotRun(rule.id, rule.title, reason))
            continue
        ran.append(rule.id)
        findings.extend(rule.findings(subject))
    return findings, ran, skipped
