"""Taking in one batch of reports after the other: judge them with the year, put them in place, register them."""

import shutil
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from pipeline.errors import OutputError
from pipeline.facts.case import Case
from pipeline.facts.succession import (
    corrections,
    counting,
    covered,
    half_of,
    overlapping,
    settled,
    stands_elsewhere,
)
from pipeline.files.disk_trouble import reason
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.finding import Finding
from pipeline.records.ledgers import LedgerFile, Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month, Period
from pipeline.records.receipt_line import (
    Mended,
    RecordedFinding,
    RegisterLine,
    compare_findings,
    replaced_by,
)
from pipeline.records.renames import renamed
from pipeline.records.unit_names import lines_under_directory_names
from pipeline.registers.handed_out import handed_out
from pipeline.registers.received_archive import printable
from pipeline.registers.register import Book
from pipeline.tables.reader import read_ledgers
from pipeline.tasks.answers import (
    Answers,
    Issued,
    answered,
    nothing_said,
    remarks_on,
    with_entry,
    would_be_issued,
)
from pipeline.tasks.desk import Desk, Identity, Incoming
from pipeline.tasks.placing import put_in_place
from pipeline.tasks.year import judged
from pipeline.tasks.year_state import of_one_month, subjects, with_files, without_files

_NOT_YET = 10**9  # stands for the number of a line that is still to be appended


@dataclass(frozen=True)
class Received:
    """What became of one file; ``mended`` compares it with the report that it takes the place of.

    ``corrects``: the same report had come before, so that this arrival is not what counts.
    """

    path: Path
    line: RegisterLine
    mended: Mended | None = None
    corrects: bool = False


@dataclass(frozen=True)
class _Plan:
    """What is to be done with one file."""

    incoming: Incoming
    place: str = ""  # of the working copy
    replaced: tuple[RegisterLine, ...] = ()
    retired: tuple[str, ...] = ()  # working copies that leave the reading
    beside: tuple[int, ...] = ()  # lines that stay beside it
    repeats: RegisterLine | None = None


@dataclass
class Counter:
    """Takes in one batch after the other; nobody else writes to the register meanwhile."""

    desk: Desk
    book: Book
    staging: Path  # files are read from here, under the name that they will have in the workspace
    received_at: datetime
    recorded_at: datetime
    _years: dict[int, Ledgers] = field(default_factory=dict)
    _coming: list[RegisterLine] = field(default_factory=list)  # lines of this batch, before they are appended

    def take(self, batch: Sequence[Incoming]) -> Iterator[Received]:
        plans = [self._plan(each) for each in batch]
        judgements: dict[str, tuple[Finding, ...]] = {}
        for plan in plans:
            period = plan.incoming.identity.period
            if plan.place and not plan.repeats and period not in judgements:
                judgements[period] = self._judged(period)
        self._coming.clear()
        for plan in plans:
            yield self._carry_out(plan, judgements.get(plan.incoming.identity.period, ()))

    def _lines(self) -> tuple[RegisterLine, ...]:
        """The register's lines, with the present name of a unit that was renamed since."""
        return lines_under_directory_names(self.book.lines(), self.desk.settings.unit_aliases)

    def _judged(self, period: str) -> tuple[Finding, ...]:
        when = Period.parse(period)
        return judged(self._settled(when.year), self.desk.settings, when)

    def _settled(self, year: int) -> Ledgers:
        """A year with every unit's last word, as other commands read it; years are not compared at the desk."""
        known = renamed(self._year(year), self.desk.settings.renames)
        return settled(known, (*self._lines(), *self._coming))[0]

    def _year(self, year: int) -> Ledgers:
        if year not in self._years:
            workspace = self.desk.workspace
            paths = workspace.ledger_files(year) if year in workspace.years() else []
            self._years[year] = read_ledgers(
                workspace.root,
                year,
                paths,
                self.desk.settings,
                readers=self.desk.readers,
                memory=self.desk.memory,
            )
        return self._years[year]

    def _plan(self, incoming: Incoming) -> _Plan:
        if incoming.refusal:
            return _Plan(incoming)
        current, line = counting(self._lines()), self._line(incoming)
        same = next((each for each in current if each.sha256 == line.sha256 and _repeats(line, each)), None)
        if same is not None:
            return _Plan(incoming, same.working, repeats=same)
        if incoming.identity.half:
            return self._half_monthly(incoming, line)
        return self._placed(incoming)

    def _half_monthly(self, incoming: Incoming, line: RegisterLine) -> _Plan:
        """Only its time counts; a form that comes back as it was handed out is no report all the same."""
        if incoming.drafts:
            part = self._read(incoming, incoming.identity.place(incoming.suffix))
            if not answered(part, incoming.drafts, self._issued(incoming)).told:
                return _Plan(incoming.refused(nothing_said(part, incoming.drafts)))
        return _Plan(incoming, replaced=self._replaced(line))

    def _replaced(self, line: RegisterLine) -> tuple[RegisterLine, ...]:
        """The lines that this one takes the place of, unless the clerk keeps both."""
        both = self.desk.told.instead is False
        return () if both else tuple(each for each in counting(self._lines()) if covered(each, line))

    def _placed(self, incoming: Incoming) -> _Plan:
        """Read the file under its future name, and settle which copies leave for it."""
        every_sheet = incoming.identity.place(incoming.suffix)
        part = self._read(incoming, every_sheet)
        answers = answered(part, incoming.drafts, self._issued(incoming))
        if not answers.told:
            return _Plan(incoming.refused(nothing_said(part, incoming.drafts)))
        incoming = self._narrowed(incoming, answers, part)
        identity = incoming.identity
        place = identity.place(incoming.suffix)  # of the sheets that say something
        if place != every_sheet:
            part = self._read(incoming, place)
        line = replace(self._line(incoming), working=place, number=_NOT_YET + len(self._coming))
        known = self._year(identity.year)
        overlap = [each for each in counting(self._lines()) if overlapping(each, line)]
        if (unclear := self._unclear(known, subjects(part, place), overlap)) is not None:
            return _Plan(incoming.refused(_correction_or_part(unclear)))
        replaced = self._replaced(line)
        retired = [each.working for each in replaced if each.working]
        if self.desk.told.instead is not False:
            retired += self._by_hand(known, part, identity, place)
        free = self._free_place(incoming, retired)
        if free != place:
            part = self._read(incoming, free)
        self._years[identity.year] = with_files(without_files(known, retired), part)
        beside = tuple(each.number for each in overlap) if self.desk.told.instead is False else ()
        numbers = tuple(each.number for each in replaced)
        self._coming.append(replace(line, working=free, replaces=numbers, beside=beside))
        remarks = tuple(_in_part(each, identity) for each in overlap if each not in replaced and not beside)
        return _Plan(incoming.remarked(remarks), free, replaced, tuple(dict.fromkeys(retired)), beside)

    def _unclear(self, known: Ledgers, now: Collection[str], overlap: Sequence[RegisterLine]) -> RegisterLine | None:
        """An earlier report without one project of this one: whether it is corrected or added to, the clerk must say."""
        if self.desk.told.instead is not None or not now:
            return None
        for line in overlap:
            then = subjects(known, line.working)
            if then and then.isdisjoint(now):
                return line
        return None

    def _free_place(self, incoming: Incoming, retired: Collection[str]) -> str:
        """The first of the file's possible names that no file has, those that leave apart."""
        number, place = 1, incoming.identity.place(incoming.suffix)
        while (self.desk.workspace.root / place).exists() and place not in retired:
            number += 1
            place = incoming.identity.place(incoming.suffix, number)
        return place

    def _narrowed(self, incoming: Incoming, answers: Answers, part: Ledgers) -> Incoming:
        """With the sheets that say something, and a word on the others."""
        told = with_entry(answers.told, part, self._year(incoming.identity.year))
        left = [slug for slug in incoming.identity.ledgers if slug not in told]
        current = counting((*self._lines(), *self._coming))
        standing = [slug for slug in left if stands_elsewhere(self._line(incoming), slug, current)]
        return incoming.narrowed(told).remarked(remarks_on(answers, left, part, incoming.drafts, standing))

    def _issued(self, incoming: Incoming) -> Issued:
        """What the unit was handed out, asked where a sheet no longer says it: by the record, or as it would be now."""
        unit, workspace = incoming.identity.unit, self.desk.workspace
        unknown = {draft.period: draft for draft in incoming.drafts if draft.unknown}
        issued: Issued = frozenset()
        for period, draft in unknown.items():
            year = int(period[:4])
            issued |= handed_out(workspace.outputs, unit, period)
            issued |= would_be_issued(draft, unit, self._settled(year), self._settled(year - 1), self.desk.settings)
        return issued

    def _read(self, incoming: Incoming, place: str) -> Ledgers:
        path = self.staging / place
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(incoming.archived.path, path)
        identity = incoming.identity
        part = read_ledgers(
            self.staging,
            identity.year,
            [path],
            self.desk.settings,
            units=self.desk.units,
            readers=incoming.at_hand or self.desk.readers,
            memory=self.desk.memory,
        )
        return of_one_month(part, identity.ledgers, identity.period) if incoming.one_of_several else part

    def _by_hand(self, known: Ledgers, part: Ledgers, identity: Identity, place: str) -> list[str]:
        """Files that hold the same report and were put into the folder without a receipt.

        The same projects are not enough: a project that two units declare stands in both their files.
        """
        before = Case(known, self.desk.settings, self.received_at.date())
        received = {line.working for line in (*self._lines(), *self._coming)}
        now, own = subjects(part, place), {name_key(identity.unit)}
        units = _units(before, part, place)
        return [
            file.file
            for file in known.files
            if file.file not in received
            and file.ledgers
            and set(file.ledgers) <= set(identity.ledgers)
            and _months(before, file) <= {identity.period, str(identity.year)}
            and _units(before, known, file.file) in (own, units)
            and subjects(known, file.file) & now
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
        numbers = tuple(each.number for each in plan.replaced)
        line = replace(line, findings=own, replaces=numbers, beside=plan.beside)
        line = replace(line, remarks=(*line.remarks, *_come_back(line, self._lines())))
        earlier = [finding for each in plan.replaced for finding in each.findings]
        mended = compare_findings(earlier, own) if plan.replaced else None
        whole = self.book.append(line)
        return Received(incoming.path, whole, mended, whole.number in corrections(self._lines()))

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
        refused = [line for line in self._lines() if line.refusal and line.sha256 == archived.sha256]
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
            original_name=printable(incoming.path.name),
            archived=archived.relative,
            unit=identity.unit,
            ledgers=identity.ledgers,
            period=identity.period,
            report_kind=identity.report_kind,
            deadline=None if incoming.refusal else identity.deadline(self.desk.settings.deadlines),
            refusal=incoming.refusal,
            remarks=remarks,
        )


def _repeats(line: RegisterLine, earlier: RegisterLine) -> bool:
    """Whether the same bytes were taken in as the same report; a form counts with the sheets that said something."""
    same = (line.unit, line.period, half_of(line)) == (earlier.unit, earlier.period, half_of(earlier))
    return same and set(earlier.ledgers) <= set(line.ledgers)


def _come_back(line: RegisterLine, earlier: Sequence[RegisterLine]) -> Iterator[str]:
    """What is said of bytes that came before and were replaced since: they are taken as what the unit says now."""
    gone = replaced_by(earlier)
    same = [each.number for each in earlier if each.sha256 == line.sha256 and _repeats(line, each)]
    replaced = [number for number in same if number in gone]
    if replaced and line.replaces:
        yield (
            f"与第{replaced[-1]}行是同一个文件，该行已被第{gone[replaced[-1]]}行取代；"
            "本次仍按重新报送收下，请核对单位是否误发了旧文件"
        )


def _in_part(line: RegisterLine, identity: Identity) -> str:
    names = "、".join(kind.name for kind in LEDGER_KINDS if kind.slug in line.ledgers and kind.slug in identity.ledgers)
    return f"第{line.number}行报表中的{names}由本次代替，其余各表仍按第{line.number}行"


def _units(leading: Case, ledgers: Ledgers, file: str) -> set[str]:
    """Keys of the units of a file's rows, their own or their project's by the declarations."""
    rows = (row for row in ledgers.records if row.source.file == file)
    return {name_key(leading.unit_to_mend(row)) for row in rows}


def _months(case: Case, file: LedgerFile) -> set[str]:
    """The period of a file that is there already, as a line would state it."""
    months = {str(row.month) for row in case.ledgers.progress if row.source.file == file.file}
    return months or {str(case.year)}


def _correction_or_part(line: RegisterLine) -> str:
    return (
        f"第{line.number}行已有同一单位、台账、期间的报表，所列项目全不相同，看不出是更正还是另一部分，"
        "请加--replace（取代前一份）或--keep（两份并存）"
    )
