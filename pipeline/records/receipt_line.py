"""One line of the register of receipts (收件登记簿): what arrived, when, and what was found in it (K-20(1))."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from pipeline.records.finding import Finding
from pipeline.records.level import is_office
from pipeline.records.period import Month
from pipeline.records.severity import Severity

FIRST_PREVIOUS = "0" * 64  # what the first line is chained to


@dataclass(frozen=True)
class RecordedFinding:
    """A finding as it stood when the file came in; texts as users see them."""

    severity: str  # 错误, 提醒 or 建议
    rule: str
    message: str
    action: str
    sheet: str = ""
    cell: str = ""
    seen: str = ""
    project: str = ""
    field: str = ""  # label
    citation: str = ""

    @classmethod
    def of(cls, finding: Finding) -> "RecordedFinding":
        return cls(
            severity=finding.severity.value,
            rule=finding.rule,
            message=finding.message,
            action=finding.action,
            sheet=finding.sheet,
            cell=finding.cell,
            seen=finding.seen,
            project=finding.project,
            field=finding.field.label if finding.field else "",
            citation=str(finding.citation) if finding.citation else "",
        )

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same when rows move or a value is mended in part.

        The message takes the place of project and field where a finding has neither.
        """
        named = bool(self.project or self.field)
        return (self.rule, self.project, self.field, "" if named else self.message)


@dataclass(frozen=True)
class RegisterLine:
    """One arrival. ``number``, ``previous`` and ``hash`` are given by the register when the line is appended.

    Whether a later line replaced it, or how often it was sent again, is derived from the later lines.
    """

    received_at: datetime  # local time of arrival, as the article counts it
    recorded_at: datetime  # the clock when the line was written; later than the arrival: 补登
    sha256: str
    size: int  # bytes
    original_name: str
    archived: str  # the untouched copy, relative to the workspace
    unit: str = ""  # "" where a refused file did not say
    ledgers: tuple[str, ...] = ()  # slugs
    period: str = ""  # 2027 or 2027-03
    report_kind: str = ""  # one of REPORT_KINDS, "" for a ledger without a deadline
    deadline: date | None = None  # last day that is on time
    working: str = ""  # the copy that is read, relative to the workspace; "" where there is none
    refusal: str = ""  # why the file was not taken in; "" where it was
    findings: tuple[RecordedFinding, ...] = ()
    replaces: tuple[int, ...] = ()  # lines whose report this one takes the place of
    beside: tuple[int, ...] = ()  # lines of the same report that stay beside this one by the clerk's word
    repeats: int = 0  # line with the very same bytes that is still current
    remarks: tuple[str, ...] = ()  # contradictions and what became of edited copies
    number: int = 0
    previous: str = ""
    hash: str = ""

    @property
    def accepted(self) -> bool:
        return not self.refusal

    @property
    def backdated(self) -> bool:
        """补登: the time of arrival was stated, not taken from the clock."""
        return self.received_at != self.recorded_at

    @property
    def outcome(self) -> str:
        """按时 or 迟报 by the article; "" where no article sets a day and for what was refused or only repeated."""
        if self.deadline is None or self.refusal or self.repeats:
            return ""
        return "按时" if self.received_at.date() <= self.deadline else "迟报"

    @property
    def proposed_in(self) -> Month | None:
        """The month whose list of next year's sponsored projects a unit sent with it (B-5); None where it sent none."""
        next_year = str(self.received_at.year + 1)
        if self.refusal or self.period != next_year or "sponsorship" not in self.ledgers or is_office(self.unit):
            return None
        return Month(self.received_at.year, self.received_at.month)

    def count(self, severity: Severity) -> int:
        return sum(1 for finding in self.findings if finding.severity == severity.value)

    @property
    def body(self) -> str:
        """Canonical JSON of everything but the chain: sorted names, no white space."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        for chained in ("previous", "hash"):
            del values[chained]
        values["findings"] = [vars(finding) for finding in self.findings]
        return json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_iso_text)

    def chained(self, number: int, previous: str) -> "RegisterLine":
        """The line as it is appended behind ``previous``."""
        numbered = replace(self, number=number, previous=previous)
        return replace(numbered, hash=chain_hash(numbered.body, previous))

    @classmethod
    def from_body(cls, body: str, previous: str, own_hash: str) -> "RegisterLine":
        """Raises ValueError, KeyError or TypeError where the text is not a line's body."""
        values: dict[str, Any] = json.loads(body)
        for name in ("received_at", "recorded_at"):
            values[name] = datetime.fromisoformat(values[name])
        values["deadline"] = date.fromisoformat(values["deadline"]) if values["deadline"] else None
        values["findings"] = tuple(RecordedFinding(**each) for each in values["findings"])
        for name in ("ledgers", "replaces", "beside", "remarks"):
            values[name] = tuple(values[name])
        return cls(**values, previous=previous, hash=own_hash)


def _iso_text(moment: date) -> str:
    return moment.isoformat()


def chain_hash(body: str, previous: str) -> str:
    """SHA-256 over the line's canonical JSON and the hash of the line before."""
    return hashlib.sha256(f"{previous}\n{body}".encode()).hexdigest()


@dataclass(frozen=True)
class Mended:
    """A corrected report beside the earlier one: what was put right, what was not, what is new."""

    mended: tuple[RecordedFinding, ...]
    open: tuple[RecordedFinding, ...]  # as they stand in the corrected file
    new: tuple[RecordedFinding, ...]


def compare_findings(earlier: Sequence[RecordedFinding], later: Sequence[RecordedFinding]) -> Mended:
    """Match by rule, project and field, so that moved rows still meet; equal keys are matched by number.

    Of several equal keys those that still stand in the same cell with the same value are matched first.
    """
    rest = list(earlier)
    matched: set[int] = set()
    for exactly in (True, False):
        for index, finding in enumerate(later):
            found = None if index in matched else _counterpart(finding, rest, exactly)
            if found is not None:
                rest.remove(found)
                matched.add(index)
    return Mended(
        mended=tuple(rest),
        open=tuple(finding for index, finding in enumerate(later) if index in matched),
        new=tuple(finding for index, finding in enumerate(later) if index not in matched),
    )


def _counterpart(finding: RecordedFinding, among: Sequence[RecordedFinding], exactly: bool) -> RecordedFinding | None:
    fitting = (old for old in among if old.key == finding.key)
    if exactly:
        fitting = (old for old in fitting if (old.cell, old.seen) == (finding.cell, finding.seen))
    return next(fitting, None)


def replaced_by(lines: Sequence[RegisterLine]) -> Mapping[int, int]:
    """Number of a line → number of the line that took its place."""
    return {old: line.number for line in lines for old in line.replaces}


def repetitions(lines: Sequence[RegisterLine]) -> Counter[int]:
    """How often each line's very bytes were sent again."""
    return Counter(line.repeats for line in lines if line.repeats)
