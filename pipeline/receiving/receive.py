"""Taking in files: identify, archive, read once with the year, put in place, register. All under one lock."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.checks.case import Case
from pipeline.errors import GongwenError, OutputError
from pipeline.ledgers.reader import read_ledgers
from pipeline.outputs.store import reason
from pipeline.receiving.desk import Ask, Desk, Identity, Incoming, Told
from pipeline.receiving.placing import put_in_place
from pipeline.receiving.year_state import subjects, with_files, without_files
from pipeline.records.finding import Finding, Severity
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month
from pipeline.records.receipt_line import (
    Mended,
    RecordedFinding,
    RegisterLine,
    compare_findings,
    replaced_by,
)
from pipeline.workspace import Workspace
from pipeline.workspace.register import Book, Register
from pipeline.year import Period, judged, nothing


@dataclass(frozen=True)
class Received:
    """What became of one file; ``mended`` compares it with the report that it takes the place of."""

    path: Path
    line: RegisterLine
    mended: Mended | None = None


@dataclass(frozen=True)
class _Plan:
    """What is to be done with one file."""

    incoming: Incoming
    place: str = ""  # of the working copy
    replaced: tuple[RegisterLine, ...] = ()
    retired: tuple[str, ...] = ()  # working copies that leave the reading
    repeats: RegisterLine | None = None


def receive(
    workspace: Workspace,
    files: Sequence[Path],
    received_at: datetime,
    recorded_at: datetime,
    told: Told | None = None,
    ask: Ask | None = None,
    advance: Callable[[], None] = nothing,
) -> tuple[Received, ...]:
    """Take in the files, in their order; times are local. ``advance`` is called after each file is looked at.

    Every file ends in the archive and in the register, also one that is refused. The year is read once, however
    many files there are. A working copy is whole before its line is: a kill leaves no line, or a line with its
    file. Raises ``GongwenError`` before anything is done for a file that isn't there, ``OutputError`` or
    ``WorkspaceError`` for an archive or a register that can't be written.
    """
    for path in files:
        if not path.is_file():
            raise GongwenError(f"没有文件“{path}”")
    desk = Desk(workspace, workspace.settings(), told or Told(), ask)
    incoming = []
    for path in files:
        incoming.append(desk.take_in(path, received_at.year))
        advance()
    with (
        Register.open(workspace).writing() as book,
        tempfile.TemporaryDirectory(prefix="gongwen-") as staging,
    ):
        counter = _Counter(desk, book, Path(staging), received_at, recorded_at)
        return tuple(received for batch in _batches(incoming) for received in counter.take(batch))


def _batches(incoming: Sequence[Incoming]) -> Iterator[list[Incoming]]:
    """A later version of a report is taken in only after the earlier one is."""
    batch: list[Incoming] = []
    for each in incoming:
        if any(_same_report(each.identity, other.identity) for other in batch):
            yield batch
            batch = []
        batch.append(each)
    yield batch


def _same_report(one: Identity, other: Identity) -> bool:
    same = (one.unit, one.period) == (other.unit, other.period)
    return same and bool(set(one.ledgers) & set(other.ledgers))


@dataclass
class _Counter:
    """Takes in one batch after the other; nobody else writes to the register meanwhile."""

    desk: Desk
    book: Book
    staging: Path  # files are read from here, under the name that they will have in the workspace
    received_at: datetime
    recorded_at: datetime
    _years: dict[int, Ledgers] = field(default_factory=dict)

    def take(self, batch: Sequence[Incoming]) -> Iterator[Received]:
        plans = [self._plan(each) for each in batch]
        judgements: dict[str, tuple[Finding, ...]] = {}
        for plan in plans:
            period = plan.incoming.identity.period
            if plan.place and not plan.repeats and period not in judgements:
                judgements[period] = self._judged(period)
        for plan in plans:
            yield self._carry_out(plan, judgements.get(plan.incoming.identity.period, ()))

    def _judged(self, period: str) -> tuple[Finding, ...]:
        when = Period.parse(period)
        return judged(self._year(when.year), self.desk.settings, when)

    def _year(self, year: int) -> Ledgers:
        if year not in self._years:
            workspace = self.desk.workspace
            paths = workspace.ledger_files(year) if year in workspace.years() else []
            self._years[year] = read_ledgers(workspace.root, year, paths, self.desk.settings)
        return self._years[year]

    def _plan(self, incoming: Incoming) -> _Plan:
        if incoming.refusal:
            return _Plan(incoming)
        identity, told = incoming.identity, self.desk.told.instead
        current = _current(self.book.lines(), identity)
        same = next((line for line in current if line.sha256 == incoming.archived.sha256), None)
        if same is not None:
            return _Plan(incoming, same.working, repeats=same)
        covered = [line for line in current if set(line.ledgers) <= set(identity.ledgers)]
        if identity.half:
            return _Plan(incoming, replaced=() if told is False else tuple(covered))
        return self._placed(incoming, current, covered if told is not False else [])

    def _placed(
        self, incoming: Incoming, current: Sequence[RegisterLine], replaced: Sequence[RegisterLine]
    ) -> _Plan:
        """Read the file under its future name, and settle which copies leave for it."""
        identity = incoming.identity
        before = Case(self._year(identity.year), self.desk.settings, self.received_at.date())
        number, place = 1, identity.place(incoming.suffix)
        part = self._read(incoming, place)
        if not sum(file.rows for file in part.files):
            return _Plan(incoming.refused(_nothing_read(part)))
        if self.desk.told.instead is None:
            now = subjects(Case(part, before.settings, before.as_of), place)
            for line in replaced:
                then = subjects(before, line.working)
                if now and then and not now & then:
                    return _Plan(incoming.refused(_correction_or_part(line)))
        retired = [line.working for line in replaced if line.working]
        if self.desk.told.instead is not False:
            retired += self._by_hand(before, part, identity, place)
        while (self.desk.workspace.root / place).exists() and place not in retired:
            number += 1
            place = identity.place(incoming.suffix, number)
        if number > 1:
            part = self._read(incoming, place)
        self._years[identity.year] = with_files(without_files(before.ledgers, retired), part)
        kept = [line for line in current if line not in replaced]
        remarks = tuple(
            f"第{line.number}行的报表仍然有效，与本次同属{identity.period}，检查时两份都读，请核对有无重复"
            for line in kept
        )
        incoming = replace(incoming, remarks=(*incoming.remarks, *remarks))
        return _Plan(incoming, place, tuple(replaced), tuple(dict.fromkeys(retired)))

    def _read(self, incoming: Incoming, place: str) -> Ledgers:
        path = self.staging / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(incoming.archived.path.read_bytes())
        year = incoming.identity.year
        return read_ledgers(self.staging, year, [path], self.desk.settings, units=self.desk.units)

    def _by_hand(self, before: Case, part: Ledgers, identity: Identity, place: str) -> list[str]:
        """Files that hold the same report and were put into the folder without a receipt."""
        received = {line.working for line in self.book.lines()}
        new = Case(part, before.settings, before.as_of)
        now, units = subjects(new, place), _units(before, new, place)
        return [
            file.file
            for file in before.ledgers.files
            if file.file not in received
            and file.ledgers
            and set(file.ledgers) <= set(identity.ledgers)
            and _months(before, file) <= {identity.period}
            and _units(before, before, file.file) <= units
            and subjects(before, file.file) & now
        ]

    def _carry_out(self, plan: _Plan, findings: Sequence[Finding]) -> Received:
        incoming = plan.incoming
        if plan.repeats:
            return self._repeated(plan, plan.repeats)
        line = self._line(incoming)
        if incoming.refusal:
            return Received(incoming.path, self.book.append(line))
        own = tuple(RecordedFinding.of(finding) for finding in findings if finding.file == plan.place)
        if plan.place:
            try:
                moved = put_in_place(
                    self.desk.workspace.root,
                    incoming.archived,
                    plan.place,
                    plan.retired,
                    self.received_at.year,
                )
            except (OSError, OutputError) as problem:
                why = reason(problem) if isinstance(problem, OSError) else str(problem)
                refusal = f"工作副本{plan.place}不能写入：{why}。请处理后重新收件"
                return Received(incoming.path, self.book.append(replace(line, refusal=refusal)))
            line = replace(line, working=plan.place, remarks=(*line.remarks, *moved))
        line = replace(line, findings=own, replaces=tuple(each.number for each in plan.replaced))
        earlier = [finding for each in plan.replaced for finding in each.findings]
        mended = compare_findings(earlier, own) if plan.replaced else None
        return Received(incoming.path, self.book.append(line), mended)

    def _repeated(self, plan: _Plan, current: RegisterLine) -> Received:
        """The very bytes that count already: the arrival is noted, a lost working copy is put back."""
        incoming, root = plan.incoming, self.desk.workspace.root
        remarks = incoming.remarks
        if current.working and not (root / current.working).exists():
            put_in_place(root, incoming.archived, current.working, (), self.received_at.year)
            remarks += (f"工作副本{current.working}不见了，已按存档补放",)
        line = replace(
            self._line(incoming),
            ledgers=current.ledgers,
            working=current.working,
            findings=current.findings,
            repeats=current.number,
            remarks=remarks,
        )
        return Received(incoming.path, self.book.append(line))

    def _line(self, incoming: Incoming) -> RegisterLine:
        """The line as far as the file alone says; its bytes may have come before and not been taken in."""
        identity, archived = incoming.identity, incoming.archived
        refused = [line for line in self.book.lines() if line.refusal and line.sha256 == archived.sha256]
        first = min(refused, key=lambda line: line.received_at, default=None)
        received_at, remarks = self.received_at, incoming.remarks
        if first is not None and not incoming.refusal and first.received_at < received_at:
            received_at = first.received_at
            remarks += (f"同一文件第{first.number}行已经收到，当时没有收下，收到时间按该行计",)
        if "-" in identity.period and received_at.date() < Month.parse(identity.period).first_day:
            remarks += ("收到时间早于报表所属的月份，请核对时间",)
        return RegisterLine(
            received_at=received_at,
            recorded_at=self.recorded_at,
            sha256=archived.sha256,
            size=archived.size,
            original_name="".join(char if char.isprintable() else "�" for char in incoming.path.name),
            archived=archived.relative,
            unit=identity.unit,
            ledgers=identity.ledgers,
            period=identity.period,
            report_kind=identity.report_kind if identity.period else "",
            deadline=identity.deadline if identity.period and not incoming.refusal else None,
            refusal=incoming.refusal,
            remarks=remarks,
        )


def _current(lines: Sequence[RegisterLine], identity: Identity) -> list[RegisterLine]:
    """Lines of the same unit, period and at least one of the ledgers whose report still counts."""
    gone = replaced_by(lines)
    return [
        line
        for line in lines
        if line.accepted and not line.repeats and line.number not in gone and identity.overlaps(line)
    ]


def _units(leading: Case, case: Case, file: str) -> set[str]:
    """Keys of the units of a file's rows, their own or their project's by the declarations."""
    rows = [row for records in case.records.values() for row in records if row.source.file == file]
    return {name_key(leading.unit_of(row)) for row in rows}


def _months(case: Case, file: LedgerFile) -> set[str]:
    """The period of a file that is there already, as a line would state it."""
    months = {str(row.month) for row in case.ledgers.progress if row.source.file == file.file}
    return months or {str(case.year)}


def _nothing_read(part: Ledgers) -> str:
    errors = (finding for finding in part.findings if finding.severity is Severity.ERROR)
    first = next(errors, None)
    return f"没有读出一行数据：{first.message}，{first.action}" if first else "表中没有一行数据"


def _correction_or_part(line: RegisterLine) -> str:
    return (
        f"第{line.number}行已有同一单位、台账、期间的报表，所列项目全不相同，看不出是更正还是另一部分，"
        "请加--replace（取代前一份）或--keep（两份并存）"
    )
