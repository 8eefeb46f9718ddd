"""What a received file is: archived first, then read for its unit, ledgers and period; refused where that is unclear."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from functools import cached_property
from pathlib import Path

from pipeline.calendar.deadlines import report_deadline
from pipeline.errors import GongwenError
from pipeline.facts.succession import counting
from pipeline.ledgers.kinds import KIND_OF
from pipeline.outputs.file_names import safe_name
from pipeline.records.field_catalogue import HALF_MONTHLY
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Month, Period
from pipeline.records.settings import OfficeSettings
from pipeline.records.unit_names import UnitNames
from pipeline.records.working_days import DeadlineSettings
from pipeline.registers.received_archive import Archived, archive_file
from pipeline.registers.register import Register
from pipeline.spreadsheets.ledger_paths import ledger_paths
from pipeline.spreadsheets.other_names import refused_by_name
from pipeline.spreadsheets.readers import SUFFIXES, Read, Readers
from pipeline.tables.contents import Contents, contents_by_name, contents_of
from pipeline.tables.file_reading import Memory
from pipeline.tables.form_mark import Draft, drafts_in
from pipeline.tables.period_words import month_in
from pipeline.tables.reader import read_ledgers
from pipeline.tables.sender import Settled, resembling, settle_period, settle_unit
from pipeline.tasks.at_hand import CELLS_AT_HAND, AtHand, cells_of
from pipeline.tasks.parcels import Sent
from pipeline.workspace import Workspace

Ask = Callable[[str, tuple[str, ...]], str]  # a sentence and what to choose from → the answer, "" for none

WRITTEN = (".docx", ".doc", ".wps", ".pdf", ".ofd")  # a half-monthly report may be words alone (B-11)
_AS_HALF_MONTHLY = "是书面的半月报的，请写明是上半月报还是下半月报"
_MONTHLY_REPORT = "月报"
_YEARS = range(2017, 2100)  # the first whole year of the two measures, and as far as dates are written here


@dataclass(frozen=True)
class Told:
    """What the clerk said on the command line."""

    unit: str = ""
    period: str = ""  # 2027 or 2027-03
    kind: str = ""  # one of REPORT_KINDS
    instead: bool | None = None  # in place of the earlier report, beside it, or as the contents show


class Asked(Enum):
    """What only a person can say of a file; the value is the part of ``Told`` that answers."""

    UNIT = "unit"
    PERIOD = "period"
    KIND = "kind"
    INSTEAD = "instead"


@dataclass(frozen=True)
class Question:
    """What is unclear of a file, in one sentence without full stop, and what may be chosen; () where it is to be written."""

    asked: Asked
    sentence: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Identity:
    """What a file is."""

    unit: str
    ledgers: tuple[str, ...]  # slugs
    period: str
    report_kind: str = ""  # with a deadline

    @property
    def year(self) -> int:
        return int(self.period[:4])

    @property
    def half(self) -> bool:
        """Half-monthly reports (B-11) are registered, but half a month's figures never enter the month's."""
        return self.report_kind in HALF_MONTHLY

    def deadline(self, office: DeadlineSettings) -> date | None:
        """The last day that is on time; None for a ledger for which no article sets a day."""
        if not self.report_kind or not self.period:
            return None
        return report_deadline(self.report_kind, Month.parse(self.period), office)

    def narrowed(self, ledgers: tuple[str, ...]) -> "Identity":
        """What is left where only some of the sheets say anything, as in a form that was filled in by half."""
        monthly = any(KIND_OF[slug].monthly for slug in ledgers)
        return replace(self, ledgers=ledgers, report_kind=self.report_kind if monthly else "")

    def place(self, suffix: str, number: int = 1) -> str:
        """Where the working copy stands: the same unit, ledgers and period always at the same place."""
        kinds = [KIND_OF[slug] for slug in self.ledgers]
        month = Month.parse(self.period) if "-" in self.period else None
        folder = f"inputs/{self.year}/{kinds[0].folder}" + (f"/{month}" if month else "")
        stem = f"{self.unit}{month.chinese if month else f'{self.year}年'}{'、'.join(kind.name for kind in kinds)}"
        return f"{folder}/{safe_name(stem)}{'' if number == 1 else f'（{number}）'}{suffix}"


@dataclass(frozen=True)
class Incoming:
    """A file that was archived; ``refusal`` says why it is not taken in, else ``identity`` is whole."""

    path: Path
    archived: Archived
    identity: Identity
    refusal: str = ""
    remarks: tuple[str, ...] = ()
    drafts: tuple[Draft, ...] = ()  # the sheets of a form of ours
    at_hand: AtHand | None = None  # None where it has to be read again
    one_of_several: bool = False  # the file's other months are reports of their own
    told: Told = Told()
    questions: tuple[Question, ...] = ()  # whose answers would let a refused file in

    @property
    def suffix(self) -> str:
        return self.path.suffix.lower()

    def narrowed(self, ledgers: tuple[str, ...]) -> "Incoming":
        """Only the sheets that say something count."""
        return replace(self, identity=self.identity.narrowed(ledgers))

    def remarked(self, remarks: Iterable[str]) -> "Incoming":
        return replace(self, remarks=(*self.remarks, *remarks))

    def refused(self, reason: str) -> "Incoming":
        return replace(self, refusal=reason)


@dataclass(frozen=True, eq=False)
class Desk:
    """Where files are looked at: the workspace, and somebody to ask."""

    workspace: Workspace
    settings: OfficeSettings
    readers: Readers
    memory: Memory
    ask: Ask | None = None
    _kept: list[int] = field(default_factory=list)  # cells at hand, by file

    @cached_property
    def names(self) -> UnitNames:
        """Every unit of the directories, the latest year's first, all whose own entry came, and their other names."""
        names: dict[str, str] = {}
        for year in reversed(self.workspace.years()):
            for unit in self._read_folder(year, "名册").units:
                names.setdefault(unit.key, unit.name)
        for line in counting(Register.open(self.workspace).sound_lines()):
            if line.unit and "unit" in line.ledgers:
                names.setdefault(name_key(line.unit), line.unit)
        return UnitNames(tuple(names.values()), self.settings.unit_aliases, self.settings.level.office)

    @property
    def units(self) -> tuple[str, ...]:
        """The directories' names."""
        return tuple(self.names.directory)

    def _unit_told(self, unit: str) -> str:
        """A unit as the directory spells it; raises ``GongwenError`` for one that it lacks."""
        known = self.names.known(unit) if unit else ""
        if unit and not known:
            raise GongwenError(f"责任单位名册和[单位别名]中没有“{unit}”{resembling(unit, self.names)}，请核对单位")
        return known or ""

    def take_in(self, sent: Sent, year: int, told: Told) -> tuple[Incoming, ...]:
        """Archive below the year of arrival and identify: one report, or one for each of several months.

        Raises ``OutputError`` where it can't be archived.
        """
        return self.identify(sent, archive_file(self.workspace.root, sent.path, year), told)

    def identify(self, sent: Sent, archived: Archived, told: Told) -> tuple[Incoming, ...]:
        """What the bytes that are ``archived`` say. Raises ``GongwenError`` for a unit told that nobody knows."""
        path, kind = sent.path, told.kind
        told = replace(told, unit=self._unit_told(told.unit))
        remarks = (f"在压缩包“{sent.within}”中报来",) if sent.within else ()
        incoming = Incoming(path, archived, Identity(told.unit, (), told.period), remarks=remarks, told=told)
        if sent.refusal:
            return (incoming.refused(sent.refusal),)
        if incoming.suffix in WRITTEN and kind in HALF_MONTHLY:
            return self._identified(incoming, contents_by_name(path.name, self.names, kind))
        if incoming.suffix not in SUFFIXES:
            return (_of_no_ledger(incoming, str(refused_by_name(archived.path))),)
        read = next(self.readers.read_all([archived.path]))
        if read.refusal:
            return (incoming.refused(str(read.refusal)),)
        incoming = replace(incoming, drafts=drafts_in(read.grids), at_hand=self._at_hand(read))
        return self._identified(incoming, contents_of(read.grids, self.names, self.settings.headings, kind))

    def _at_hand(self, read: Read) -> AtHand | None:
        """As long as there is room."""
        cells = cells_of(read)
        if sum(self._kept) + cells > CELLS_AT_HAND:
            return None
        self._kept.append(cells)
        return AtHand(read)

    def _identified(self, incoming: Incoming, contents: Contents) -> tuple[Incoming, ...]:
        if not contents.ledgers and not contents.half:
            return (incoming.refused("认不出是哪种台账，请使用下发的台账格式，保留表头各列名称"),)
        if contents.longer:
            return (incoming.refused(_not_of_a_month(contents.longer)),)
        said = incoming.told
        period = self._settled(lambda told: settle_period(contents, told), said.period, _as_period)
        leading = self._leading(contents, period.value, said.unit)
        unit = self._settled(lambda told: settle_unit(contents, told, leading, self.names), said.unit, self._as_unit)
        kind, which = _report_kind(contents)
        identity = Identity(unit.value, contents.ledgers, period.value, kind)
        questions = [
            Question(Asked.UNIT, unit.unclear, unit.choices or self.units),
            Question(Asked.PERIOD, period.unclear, period.choices),
            Question(Asked.KIND, which, HALF_MONTHLY),
            Question(Asked.PERIOD, _out_of_reach(period.value)),
        ]
        asked = tuple(each for each in questions if each.sentence)
        unclear = "；".join(each.sentence for each in asked)
        hints = self._hints(incoming.path.name, identity, period.others)
        remarks = (*incoming.remarks, *unit.remarks, *period.remarks, *hints)
        whole = replace(incoming, identity=identity, refusal=unclear, remarks=remarks, questions=asked)
        if unclear or not period.others:
            return (whole,)
        return tuple(_of_month(whole, contents, each) for each in (*period.others, period.value))

    def _settled(self, settle: Callable[[str], Settled], told: str, read: Callable[[str], str]) -> Settled:
        """Settle, and where that fails ask once; ``read`` makes "" of an answer that is none."""
        found = settle(told)
        if not found.unclear or told or self.ask is None:
            return found
        answer = read(self.ask(found.unclear, found.choices))
        return settle(answer) if answer else found

    def _as_unit(self, answer: str) -> str:
        return self.names.known(answer) if answer else ""

    def _leading(self, contents: Contents, period: str, told: str) -> dict[str, list[str]]:
        """The units that lead the file's projects by their declarations, each with its projects.

        None where the file names its unit and nobody says otherwise.
        """
        if (contents.units and not told) or not period or not contents.projects:
            return {}
        declarations = self._read_folder(int(period[:4]), "申报", self.units).declarations
        leading: dict[str, list[str]] = {}
        for project in contents.projects:
            for unit in sorted({row.lead_unit for row in declarations if row.key == name_key(project)}):
                leading.setdefault(self.names.known(unit) or unit, []).append(project)
        return leading

    def _hints(self, file_name: str, identity: Identity, others: Sequence[str]) -> Iterable[str]:
        """A file's name may confirm; where it says something else, the clerk is told and the contents count."""
        month = month_in(file_name, identity.year if identity.period else None)
        if month and "-" in identity.period and str(month) not in (*others, identity.period):
            yield f"文件名写的是{month.chinese}，表中是{Month.parse(identity.period).chinese}，按表中登记"
        named = self.names.mentioned(file_name)
        if identity.unit and len(named) == 1 and name_key(named[0]) != name_key(identity.unit):
            yield f"文件名写的是“{named[0]}”，按“{identity.unit}”登记"

    def _read_folder(self, year: int, folder: str, units: tuple[str, ...] = ()) -> Ledgers:
        place = self.workspace.inputs / str(year) / folder
        paths = ledger_paths(place) if place.is_dir() else []
        return read_ledgers(
            self.workspace.root,
            year,
            paths,
            self.settings,
            units=units,
            readers=self.readers,
            memory=self.memory,
        )


def _of_no_ledger(incoming: Incoming, refusal: str) -> Incoming:
    """Refused by its name; a text may be a half-monthly report, if somebody says of which half."""
    if incoming.suffix not in WRITTEN:
        return incoming.refused(refusal)
    question = Question(Asked.KIND, f"{refusal}；{_AS_HALF_MONTHLY}", HALF_MONTHLY)
    return replace(incoming.refused(question.sentence), questions=(question,))


def _report_kind(contents: Contents) -> tuple[str, str]:
    """Which report with a deadline it is, "" for none; and what is unclear of it."""
    if len(contents.halves) > 1:
        return "", "看不出是上半月报还是下半月报，请写明；两份在一起的，请分开报送"
    if contents.half:
        return contents.halves[0], ""
    return (_MONTHLY_REPORT if contents.monthly else ""), ""


def _not_of_a_month(longer: str) -> str:
    return (
        f"标题写明是{longer}，不是月报，没有登记为月报（《重点办法》第十六条：按月份、季度和年度分别书面报送）；"
        "确是某月月报的，请把标题改为如“2027年3月重点项目月报”后重新报送"
    )


def _of_month(incoming: Incoming, contents: Contents, month: str) -> Incoming:
    """One report of a file of several months."""
    identity = replace(incoming.identity, period=month, ledgers=contents.ledgers_of(month))
    return replace(incoming, identity=identity, one_of_several=True)


def _as_period(answer: str) -> str:
    try:
        period = Period.parse(answer)
    except GongwenError:
        return ""
    return str(period.month or period.year)


def _out_of_reach(period: str) -> str:
    if not period or int(period[:4]) in _YEARS:
        return ""
    return f"表中的年度是{period[:4]}年，不在{_YEARS[0]}至{_YEARS[-1]}年之间，请核对"
