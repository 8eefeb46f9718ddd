"""Which received report stands for a ledger now: the last word of its unit (K-10, B-10).

A monthly workbook of ours also holds ledgers that have no month, such as 问题台账: each states the whole anew. The
workbook stays for its monthly figures, while such a sheet counts only until a later one of the unit arrives.
Which sheets say anything at all is decided on receipt, in ``pipeline.tasks.answers``.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.facts.restated import Restated, restated, with_office_words
from pipeline.facts.said_once import said_once, without_rows
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.ledgers.monthly import PROGRESS
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import HALF_MONTHLY
from pipeline.records.finding import BLANK, NOT_FILLED_IN, UNANSWERED, Finding
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.progress import Progress
from pipeline.records.receipt_line import RegisterLine, replaced_by
from pipeline.records.severity import Severity

_OF_SPONSORED = ("team", "node")
_MONTHLY = frozenset(kind.slug for kind in LEDGER_KINDS if kind.monthly)


def counting(lines: Sequence[RegisterLine]) -> tuple[RegisterLine, ...]:
    """The lines whose report still counts: taken in, not a repetition, not replaced."""
    gone = replaced_by(lines)
    return tuple(line for line in lines if line.accepted and not line.repeats and line.number not in gone)


def covered(line: RegisterLine, later: RegisterLine) -> bool:
    """Whether nothing of a report is left to count once the later one is there."""
    if not _same_sender(line, later) or not set(line.ledgers) <= set(later.ledgers):
        return False
    if line.period == later.period:
        return True
    return not half_of(later) and not set(line.ledgers) & _MONTHLY and _is_older(line, later)


def overlapping(line: RegisterLine, later: RegisterLine) -> bool:
    """Whether two reports tell of the same ledger and period, so that one may be the other's correction."""
    same = line.period == later.period and set(line.ledgers) & set(later.ledgers)
    return bool(same) and _same_sender(line, later)


def stands_elsewhere(line: RegisterLine, ledger: str, current: Iterable[RegisterLine]) -> bool:
    """Whether another report of the sender counts for a ledger: for the same month where it is a monthly one."""
    return any(
        other.number != line.number
        and ledger in other.ledgers
        and _same_sender(line, other)
        and (ledger not in _MONTHLY or line.period == other.period)
        for other in current
    )


def superseded(lines: Sequence[RegisterLine]) -> frozenset[tuple[str, str]]:
    """Working copy and ledger of every sheet that a later report of the unit has taken the place of."""
    current = [line for line in counting(lines) if line.working]
    return frozenset(
        (line.working, ledger)
        for line in current
        for ledger in line.ledgers
        if any(_takes_place(other, line, ledger) for other in current)
    )


def _takes_place(other: RegisterLine, line: RegisterLine, ledger: str) -> bool:
    """Months stand beside one another in a monthly ledger; any other is stated anew each time."""
    if ledger not in other.ledgers or not _same_sender(line, other) or not _is_older(line, other):
        return False
    if line.period == other.period:
        return line.number not in other.beside
    return ledger not in _MONTHLY and "-" in line.period + other.period


def settled(ledgers: Ledgers, lines: Sequence[RegisterLine]) -> tuple[Ledgers, int, tuple[Restated, ...]]:
    """The year with every unit's last word alone and each row once; how many sheets and which rows were left aside."""
    own = [line for line in lines if line.period.startswith(str(ledgers.year))]
    gone = superseded(own)
    monthly = [line for line in counting(own) if line.working and "-" in line.period]
    left = without_other_months(without_superseded(ledgers, gone), {line.working: line.period for line in monthly})
    left = left.with_findings(_months_added(ledgers, monthly))
    left = _without_unreported(_without_unanswered(left), own)
    left = _without_idle(_without_unsponsored(left))
    told = restated(left, counting(own))
    kept = [row for each in told for row in each.kept]
    return said_once(with_office_words(without_rows(left, kept), told)), len(gone), told


def _without_unanswered(ledgers: Ledgers) -> Ledgers:
    """Rows that we had filled in ourselves are no report; the finding that says so stays."""
    sheets = {(each.file, each.ledger) for each in ledgers.findings if each.code == UNANSWERED}
    return _without_sheets(ledgers, sheets)


def _without_unreported(ledgers: Ledgers, lines: Sequence[RegisterLine]) -> Ledgers:
    """The year without the sheets that a form brought back as we had filled them in, and that no line registers.

    Where a person has edited the copy since, it is said that they are not read. That a sheet was not filled in is
    nothing to mend while an earlier report of it counts.
    """
    files, current = {each.file: each for each in ledgers.files}, counting(lines)
    unread: set[tuple[str, str]] = set()
    reported_before: set[tuple[str, str]] = set()
    edited = []
    for line in current:
        file = files.get(line.working)
        unregistered = sorted(set(file.ledgers) - set(line.ledgers)) if file else []
        with_rows = [slug for slug in unregistered if any(r.source.file == line.working for r in ledgers.rows(slug))]
        unread |= {(line.working, slug) for slug in with_rows}
        reported_before |= {(line.working, slug) for slug in unregistered if stands_elsewhere(line, slug, current)}
        if file and with_rows and file.sha256 != line.sha256:
            edited.append(_edited(line, with_rows))

    def is_void(finding: Finding) -> bool:
        sheet = (finding.file, finding.ledger)
        of_a_row = bool(finding.cell) and sheet in unread
        return of_a_row or (finding.code in NOT_FILLED_IN and sheet in reported_before)

    findings = (*(each for each in ledgers.findings if not is_void(each)), *edited)
    return replace(_without_sheets(ledgers, unread), findings=findings)


def _without_unsponsored(ledgers: Ledgers) -> Ledgers:
    """Every unit gets the sheets of teams and nodes; empty they are nothing to mend where it sponsors no project."""
    sponsoring = {name_key(unit) for row in ledgers.sponsored for unit in row.lead_units}
    kept = tuple(
        each
        for each in ledgers.findings
        if each.code != BLANK or each.ledger not in _OF_SPONSORED or name_key(each.unit) in sponsoring
    )
    return ledgers if len(kept) == len(ledgers.findings) else replace(ledgers, findings=kept)


def _without_idle(ledgers: Ledgers) -> Ledgers:
    """A finished project keeps its row in the form; where the unit states nothing more of it, that is no report."""
    finished: dict[str, Month] = {}
    for row in ledgers.progress:
        if row.finished_on is not None:
            day = row.finished_on.latest
            month = Month(day.year, day.month)
            finished[row.key] = min(month, finished.get(row.key, month))
    idle = [
        row
        for row in ledgers.progress
        if row.key in finished and finished[row.key] < row.month and not any(_stated(row))
    ]
    return without_rows(ledgers, idle)


def _stated(row: Progress) -> Iterator[bool]:
    """Of each column that a month's report fills in, whether anything stands there, readable or not."""
    for field in PROGRESS.fields:
        if field not in (f.PROJECT_NAME, f.LEAD_UNIT, f.STARTED_ON, f.FINISHED_ON):
            yield row.source.seen(field) != ""


def _edited(line: RegisterLine, ledgers: Collection[str]) -> Finding:
    names = "、".join(kind.name for kind in LEDGER_KINDS if kind.slug in ledgers)
    return Finding(
        Severity.WARNING,
        "unreported",
        f"{names}收件时没有填写，没有登记为收到；工作副本后来被人改过，这些表仍没有读取",
        "如已在其中补填，请把这个文件重新收件；没有补填的，可不处理",
        file=line.working,
        unit=line.unit,
        ledger=next(iter(ledgers)),
    )


def _without_sheets(ledgers: Ledgers, gone: Collection[tuple[str, str]]) -> Ledgers:
    """The year without the records of these files' ledgers; what was said of reading them stays."""
    return ledgers.where(lambda row: (row.source.file, row.ledger) not in gone) if gone else ledgers


def without_superseded(ledgers: Ledgers, gone: Collection[tuple[str, str]]) -> Ledgers:
    """The year without the records, and without what was said of reading them."""
    findings = tuple(each for each in ledgers.findings if (each.file, each.ledger) not in gone)
    return replace(_without_sheets(ledgers, gone), findings=findings)


def _months_added(ledgers: Ledgers, monthly: Sequence[RegisterLine]) -> Iterator[Finding]:
    """Months in an edited working copy of another month's report, where they did not come with it."""
    files = {file.file: file.sha256 for file in ledgers.files}
    for line in monthly:
        if files.get(line.working, line.sha256) == line.sha256:
            continue
        months = {
            str(row.of_month) for slug in _MONTHLY for row in ledgers.rows(slug) if row.source.file == line.working
        }
        registered = {other.period for other in monthly if other.sha256 == line.sha256}
        if others := sorted(months - registered):
            yield Finding(
                Severity.WARNING, "unreported",
                f"工作副本是{line.period}的报表，被人改过，其中{'、'.join(others)}的表没有读取",
                "如是后来加进的，请另存为文件后收件；如不需要，可不处理", file=line.working, unit=line.unit, ledger=line.ledgers[0],
            )  # fmt: skip


def without_other_months(ledgers: Ledgers, months: Mapping[str, str]) -> Ledgers:
    """The year without what a file says of other months than its own (``months``: file → 2027-03).

    A workbook of several months has a working copy, and a line, for each of them.
    """

    def counts(file: str, ledger: str, month: Month | None) -> bool:
        return ledger not in _MONTHLY or month is None or months.get(file, str(month)) == str(month)

    findings = tuple(each for each in ledgers.findings if counts(each.file, each.ledger, each.month))
    own = ledgers.where(lambda row: counts(row.source.file, row.ledger, row.of_month))
    return replace(own, findings=findings)


def corrections(lines: Iterable[RegisterLine]) -> frozenset[int]:
    """Lines whose report had been taken in before, so that their arrival decides nothing about lateness."""
    seen: set[tuple[str, str, str]] = set()
    found = set()
    for line in lines:
        report = (name_key(line.unit), line.report_kind, line.period)
        if line.accepted and report in seen:
            found.add(line.number)
        if line.accepted:
            seen.add(report)
    return frozenset(found)


def _same_sender(one: RegisterLine, other: RegisterLine) -> bool:
    year = one.period[:4] == other.period[:4]
    return year and name_key(one.unit) == name_key(other.unit) and half_of(one) == half_of(other)


def half_of(line: RegisterLine) -> str:
    """Which half of the month a report is of; "" for any other."""
    return line.report_kind if line.report_kind in HALF_MONTHLY else ""


def _is_older(line: RegisterLine, other: RegisterLine) -> bool:
    return _standing_at(line) < _standing_at(other)


def _standing_at(line: RegisterLine) -> tuple[str, int]:
    """The month that a report speaks of, or in which it came, and then its turn: a late form is no newer word."""
    month = line.period if "-" in line.period else f"{line.received_at:%Y-%m}"
    return month, line.number
