"""退回修改: each unit gets its own workbooks back with their mistakes marked, and a 退件通知."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePosixPath

from pipeline.checks.owners import owners
from pipeline.errors import GongwenError, OutputError
from pipeline.facts.case import Case
from pipeline.files.bounded_bytes import TooLargeError, bytes_within
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.outputs.file_names import safe_name
from pipeline.outputs.store import Saved, Store
from pipeline.papers import return_notice
from pipeline.papers.paper_kind import Reason
from pipeline.papers.return_notice import BLUEPRINT, Occasion, shortened
from pipeline.records.finding import Finding, mending_order
from pipeline.records.names import name_key
from pipeline.records.period import Period
from pipeline.records.settings import STRICT_PAGE
from pipeline.records.severity import Severity
from pipeline.registers.unseen import require_seen
from pipeline.spreadsheets.returned import LIST_SHEET
from pipeline.tables.period_words import month_in
from pipeline.tasks.run import checked_templates, requested
from pipeline.tasks.year import YearRead
from pipeline.tasks.year_ledgers import Advance, nothing
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.template import Template
from pipeline.workbooks.marked_workbook import Entry, UnmarkableError, findings_workbook, mark_workbook
from pipeline.workspace import Workspace

FOLDER = "退回修改"  # below outputs/<year>/, in it one for each unit
ELSEWHERE = "其他事项问题清单"
_SEEN = 300  # characters of a cell that the list repeats
_KIND_NAMES = {kind.slug: kind.name for kind in LEDGER_KINDS}
_HOW_TO_MEND = "请按“怎样修改”一栏在本文件中直接改正后报回；点“单元格”一栏可转到该处，可按“轻重”等各栏筛选。"
_TOO_LARGE = "文件过大，没有随附原文件"
_ZIP, _OLE = b"PK\3\4", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True)
class ReturnedFile:
    """One workbook that a unit gets back; ``reason`` says why it could not be marked, "" where it was."""

    file: str  # as it stands in the workspace
    findings: tuple[Finding, ...]
    saved: tuple[Saved, ...]
    cells: int = 0  # coloured
    reason: str = ""


@dataclass(frozen=True)
class UnitReturn:
    """Everything that one unit gets."""

    unit: str
    files: tuple[ReturnedFile, ...]
    elsewhere: tuple[Finding, ...]  # in ledgers that the unit doesn't hold
    saved: tuple[Saved, ...]  # notice first, then the list of what stands elsewhere
    notes: tuple[Reason, ...] = ()  # what must be known of the notice

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def all_saved(self) -> tuple[Saved, ...]:
        return (*self.saved, *(saved for file in self.files for saved in file.saved))


@dataclass(frozen=True)
class Returns:
    """A return to one unit or to all.

    ``not_returned`` counts by unit the findings of units whose own workbooks need no mending; ``left_over`` are
    files of earlier returns that this one has not written.
    """

    units: tuple[UnitReturn, ...]
    not_returned: tuple[tuple[str, int], ...]
    left_over: tuple[Path, ...]


@dataclass(frozen=True)
class _Plan:
    """What goes back to one unit, before anything is written."""

    unit: str
    files: dict[str, list[Finding]]
    elsewhere: list[Finding]


def give_back(
    workspace: Workspace, year: YearRead, period: Period, day: date, due: date | None = None, unit: str = "",
    advance: Advance = nothing,
) -> Returns:  # fmt: skip
    """Write the marked workbooks and notices of one year or month. ``day`` is printed on the notices.

    Of a month only its monthly reports go back. A workbook goes back for an error or a warning; advice alone is
    no reason. Raises ``GongwenError`` for an unknown unit, ``TemplateError`` before the first file is written,
    ``OutputError`` at a full disk.
    """
    require_seen(year.ledgers)
    wanted = name_key(requested(year, period, unit).unit)
    plans, others = _plans(year, period)
    if wanted:
        plans = [plan for plan in plans if name_key(plan.unit) == wanted]
        others = [other for other in others if name_key(other[0]) == wanted]
    template = checked_templates(workspace, [return_notice.KIND])[BLUEPRINT.file]
    occasion = Occasion(period.month.chinese if period.month else f"{period.year}年", period.year, day, due)
    folder = f"{period.year}/{FOLDER}"
    done = []
    with Store.open(workspace.outputs) as store:
        for plan in plans:
            writing = _Writing(workspace, year, store, f"{folder}/{safe_name(plan.unit)}", occasion)
            done.append(writing.unit(plan, template))
            advance()
    units = tuple(_final(each, store) for each in done)
    below = f"{folder}/{safe_name(unit)}" if wanted else folder
    left_over = () if period.month else _left_over(store, below, units)
    return Returns(units, tuple(others), left_over)


def _final(unit: UnitReturn, store: Store) -> UnitReturn:
    """With the places where everything stands in the end: a file that is open in an editor is left alone."""
    files = tuple(replace(file, saved=tuple(map(store.final, file.saved))) for file in unit.files)
    return replace(unit, files=files, saved=tuple(map(store.final, unit.saved)))


def _left_over(store: Store, folder: str, units: Sequence[UnitReturn]) -> tuple[Path, ...]:
    written = {saved.path for unit in units for saved in unit.all_saved}
    earlier = (store.root / key for key in sorted(store.manifest.entries) if key.startswith(f"{folder}/"))
    return tuple(path for path in earlier if path not in written and path.exists())


def count_units(year: YearRead, period: Period) -> int:
    """How many units get something back, for a progress bar."""
    return len(_plans(year, period)[0])


def _plans(year: YearRead, period: Period) -> tuple[list[_Plan], list[tuple[str, int]]]:
    """What goes back to whom, and the units that get nothing though something concerns them."""
    owner = owners(Case(year.ledgers, year.basis.settings, date(period.year, 12, 31)))
    plans: dict[str, _Plan] = {}
    for finding in sorted(_of_period(year, period), key=mending_order):
        unit = owner.get(finding.file, finding.unit)
        if not unit:
            continue
        plan = plans.setdefault(name_key(unit), _Plan(unit, {}, []))
        if finding.file in owner:
            plan.files.setdefault(finding.file, []).append(finding)
        else:
            plan.elsewhere.append(finding)
    for plan in plans.values():
        for file in [name for name, found in plan.files.items() if not _must_go_back(found)]:
            del plan.files[file]
    in_order = sorted(plans.values(), key=lambda plan: plan.unit)
    others = [(plan.unit, len(plan.elsewhere)) for plan in in_order if plan.elsewhere and not plan.files]
    return [plan for plan in in_order if plan.files], others


def _must_go_back(findings: Sequence[Finding]) -> bool:
    return any(finding.severity is not Severity.ADVICE for finding in findings)


def _of_period(year: YearRead, period: Period) -> list[Finding]:
    if period.month is None:
        return list(year.findings)
    months = {row.source.file: row.month for row in year.ledgers.progress}
    return [
        finding
        for finding in year.findings
        if (finding.month or months.get(finding.file) or month_in(finding.file)) == period.month
    ]


@dataclass(frozen=True)
class _Writing:
    """One unit's folder being filled."""

    workspace: Workspace
    year: YearRead
    store: Store
    folder: str  # below the outputs
    occasion: Occasion

    def unit(self, plan: _Plan, template: Template) -> UnitReturn:
        taken: set[str] = set()
        files = tuple(self._file(file, findings, self._stem(file, taken)) for file, findings in plan.files.items())
        notice = self._notice(plan, files, template)
        saved = [self.store.save(f"{self.folder}/{self.occasion.period}退件通知.docx", notice)]
        if plan.elsewhere:
            title = f"{plan.unit}{self.occasion.period}{ELSEWHERE}"
            entries = [_entry(finding, elsewhere=True) for finding in plan.elsewhere]
            level = self.year.basis.settings.level
            told = level.said("以下各条涉及{层级}里汇总的台账或报送情况，请核对后书面报回。")
            listed = findings_workbook(title, told, entries)
            saved.append(self.store.save(f"{self.folder}/{self.occasion.period}{ELSEWHERE}.xlsx", listed))
        return UnitReturn(plan.unit, files, tuple(plan.elsewhere), tuple(saved), BLUEPRINT.overlong(notice))

    @staticmethod
    def _stem(file: str, taken: set[str]) -> str:
        """Two workbooks of one name from different folders don't meet."""
        path = PurePosixPath(file)
        stem, number = safe_name(path.stem), 1
        while f"{stem}{path.suffix}".casefold() in taken:
            number += 1
            stem = f"{safe_name(path.stem)}（{number}）"
        taken.add(f"{stem}{path.suffix}".casefold())
        return stem

    def _file(self, file: str, findings: Sequence[Finding], stem: str) -> ReturnedFile:
        suffix = PurePosixPath(file).suffix.lower()
        title = f"{PurePosixPath(file).stem}{LIST_SHEET}"
        entries = [_entry(finding) for finding in findings]
        try:
            data = self._read(file)
        except TooLargeError:
            listed = findings_workbook(title, f"{_TOO_LARGE}。请按“怎样修改”一栏处理后报回。", entries)
            saved_list = self.store.save(f"{self.folder}/{stem}{LIST_SHEET}.xlsx", listed)
            return ReturnedFile(file, tuple(findings), (saved_list,), reason=_TOO_LARGE)
        reason = _cannot_mark(data, suffix, findings)
        if not reason:
            try:
                marked = mark_workbook(data, title, _HOW_TO_MEND, entries)
            except UnmarkableError as problem:
                reason = str(problem)
            else:
                saved = self.store.save(f"{self.folder}/{stem}{suffix}", marked.data)
                return ReturnedFile(file, tuple(findings), (saved,), marked.cells)
        explanation = f"{reason}，没有标色；随附的“{stem}{suffix}”与报来的一样。请按“怎样修改”一栏改正后报回。"
        copy = self.store.save(f"{self.folder}/{stem}{suffix}", data)
        listed = findings_workbook(title, explanation, entries)
        saved_list = self.store.save(f"{self.folder}/{stem}{LIST_SHEET}.xlsx", listed)
        return ReturnedFile(file, tuple(findings), (copy, saved_list), reason=reason)

    def _read(self, file: str) -> bytes:
        """The workbook as it was checked.

        Raises ``GongwenError`` where it has changed since, ``TooLargeError`` for one that was not read for its size.
        """
        try:
            data = bytes_within(self.workspace.root / file, self.year.basis.settings.limits.file_bytes)
        except TooLargeError:
            raise
        except OSError:
            raise OutputError(f"台账“{file}”在检查以后读不出来了，请关闭后重试") from None
        known = next((each.sha256 for each in self.year.ledgers.files if each.file == file), "")
        if hashlib.sha256(data).hexdigest() != known:
            raise GongwenError(f"台账“{file}”在检查过程中被改动，请重新运行")
        return data

    def _notice(self, plan: _Plan, files: Sequence[ReturnedFile], template: Template) -> bytes:
        findings = [finding for file in files for finding in file.findings]
        kinds = [_KIND_NAMES.get(finding.ledger, "其他台账") for finding in findings]
        unmarked = sum(1 for file in files if file.reason)
        settings = self.year.basis.settings
        facts = return_notice.facts_of(
            settings, self.occasion, plan.unit, findings, kinds, unmarked, len(plan.elsewhere)
        )
        return issue_document(template, facts, Paper(settings.page == STRICT_PAGE))


def _cannot_mark(data: bytes, suffix: str, findings: Sequence[Finding]) -> str:
    """Why a file of this kind can't be coloured; "" where it may be tried."""
    if data.startswith(_OLE):
        return "旧版xls文件标色会损失格式" if suffix == ".xls" else "文件加了密，或是旧版格式"
    if not data.startswith(_ZIP):
        return "csv文件没有格式，不能标色和批注" if suffix == ".csv" else "文件不是xlsx工作簿"
    if all(not finding.sheet for finding in findings):
        return "问题涉及整个文件，没有可标的单元格"
    return ""


def _entry(finding: Finding, *, elsewhere: bool = False) -> Entry:
    basis = str(finding.citation) if finding.citation else ""
    if basis and finding.asks:
        basis = f"{basis}：{finding.asks}"
    sheet = finding.sheet
    if elsewhere:
        sheet = " ".join(part for part in (PurePosixPath(finding.file).stem, finding.sheet) if part) or "报送情况"
    return Entry(
        sheet,
        finding.cell,
        shortened(finding.seen, _SEEN),
        finding.message,
        basis,
        finding.action,
        finding.severity,
    )
