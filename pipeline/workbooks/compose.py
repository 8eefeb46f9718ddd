"""Which sheets a unit gets for a year or a month, each with what is known already."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.calendar.deadlines import report_deadline
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import KIND_OF
from pipeline.records import field_catalogue as f
from pipeline.records.field_catalogue import Field
from pipeline.records.grouping import first
from pipeline.records.ledgers import Ledgers
from pipeline.records.level import Level
from pipeline.records.names import name_key
from pipeline.records.period import Month, chinese_day
from pipeline.records.record import Record
from pipeline.records.settings import OfficeSettings
from pipeline.regulation.ledger_duties import LEDGER_DUTIES, LedgerDuty, Who
from pipeline.tables.form_mark import CONFIRMED, NOTES_NAME, NOTHING, STARS, mark_text
from pipeline.workbooks.blank_form import FormBook, FormColumn, FormRow, FormSheet, Notes
from pipeline.workbooks.draft import digest_of_rows
from pipeline.workbooks.form_columns import columns_of, known_column, of_level, reference_column
from pipeline.workbooks.known import UnitKnown, known_row, shown

_Sheet = tuple[tuple[FormColumn, ...], tuple[FormRow, ...], int]  # columns, known rows, blank rows
_Rows = tuple[tuple[FormRow, ...], int]  # known rows, blank rows
_BLANK_ROWS = 40  # of a ledger that was not made for one unit
_LISTED = (
    f.PROJECT_NAME, f.SECTOR, f.SPONSOR_STAGE, f.SPONSOR_STATE, f.BUILD_TASK, f.TOTAL_INVESTMENT, f.YEAR_PLAN,
    f.OWNER, f.AREA, f.LEADERS, f.BUILD_SPAN,
)  # fmt: skip
_LASTING = (
    f.PROJECT_NAME, f.SECTOR, f.OWNER, f.SITE, f.CONTENT, f.BUILD_SPAN, f.TOTAL_INVESTMENT, f.FUND_SOURCE,
)  # fmt: skip
_NEW_EACH_TIME = (f.SITUATION, f.LEADER_MATTER)  # of a sponsored project, B-11
_HOW = (
    "白色单元格由单位填写，灰色单元格由{层级}重大办填好，不能修改；如有错误，请来电更正。",
    "列名带*的必填，带**的部分项目必填；选中单元格可看到填法和依据条款，有下拉列表的从列表中选。",
    f"没有需要填报内容的表，请在第一个空行的名称处填“{NOTHING}”；“示例”一行只供参考，不作数据，不必删除。",
    f"已填好的行没有变化的不用改。整张表都没有变化的，在列名上方的黄色格选“{CONFIRMED}”，即算本期已报；没有改动也没有选“{CONFIRMED}”的，不算本期报送，以前报来的仍然有效。",
    "行数不够时，选中最后一行以上的任一空行插入即可；不要改动表头、列序和“表式版本”一行。",
    "填好后直接保存，原样报回本工作簿，不必另存为其他格式。",
)


def units_of(ledgers: Ledgers, earlier: Ledgers) -> tuple[str, ...]:
    """Every responsible unit, spelt as the directory has it, in the ledgers' order."""
    names = [unit.name for each in (ledgers, earlier) for unit in each.units]
    for each in (ledgers, earlier):
        names += [row.lead_unit for row in each.declarations]
        names += [unit for row in each.sponsorships for unit in row.lead_units]
    return tuple(first(filter(name_key, names), name_key).values())


def unit_form(unit: UnitKnown, month: Month | None, office: OfficeSettings) -> FormBook | None:
    """A unit's workbook for the year or one month; None where no article asks anything of it."""
    duties = [duty for duty in LEDGER_DUTIES if duty.monthly == (month is not None) and _binds(duty, unit)]
    if not duties:
        return None
    year = unit.ledgers.year
    period, said = (str(month), month.chinese) if month else (str(year), f"{year}年")
    ending = "（样例，内容为虚构）" if office.sample else ""
    sheets = []
    for duty in duties:
        kind = KIND_OF[duty.ledger]
        made, rows, blank = _content(kind, unit, month)
        columns = of_level(made, office.level)
        draft = digest_of_rows(kind, columns, rows)
        sheets.append(
            FormSheet(
                kind, f"{said}{kind.name}{ending}", _instruction(duty, kind, _due(duty, month, office), (columns, rows, blank)),
                mark_text(kind.name, period, unit.name, draft), columns, unit.name, rows, blank,
                _confirmable(kind, columns, rows), draft,
            )
        )  # fmt: skip
    notes = Notes(
        f"{said}台账{NOTES_NAME}{ending}",
        mark_text(NOTES_NAME, period, unit.name),
        tuple(map(office.level.said, _HOW)),
        tuple((KIND_OF[duty.ledger].name, _articles(duty), _due(duty, month, office)) for duty in duties),
        unit.projects(),
    )
    return FormBook(unit.name, tuple(sheets), notes)


def blank_form(kind: LedgerKind, year: int, level: Level = Level.DISTRICT) -> FormBook:
    """One empty ledger for whoever has to fill it in, as a new workspace gets it."""
    columns = of_level(columns_of(kind, of_one_unit=False), level)
    title = f"{year}年{'____月' if kind.monthly else ''}{kind.name}"
    instruction = f"{kind.who_when}。依据{'、'.join(map(str, kind.citations))}。{_stars(columns)}"
    sheet = FormSheet(kind, title, instruction, mark_text(kind.name, str(year)), columns, blank_rows=_BLANK_ROWS)
    return FormBook("", (sheet,))


def _binds(duty: LedgerDuty, unit: UnitKnown) -> bool:
    return {
        Who.EVERY_UNIT: True,
        Who.WITH_PROJECTS: bool(unit.declared or unit.sponsored),
        Who.WITH_KEY_PROJECTS: bool(unit.declared),
        Who.WITH_SPONSORED: bool(unit.sponsored),
    }[duty.who]


def _articles(duty: LedgerDuty) -> str:
    return "、".join(map(str, duty.citations))


def _due(duty: LedgerDuty, month: Month | None, office: OfficeSettings) -> str:
    """When the ledger is due, with the days of a month's reports as the office moves them."""
    if month is None or not duty.reports:
        return duty.due
    days = "、".join(chinese_day(report_deadline(report, month, office.deadlines)) for report in duty.reports)
    return f"{days}前{'各报一次' if len(duty.reports) > 1 else '报送'}，当日报到为按时"


def _instruction(duty: LedgerDuty, kind: LedgerKind, due: str, content: _Sheet) -> str:
    columns, rows, blank_rows = content
    known = "灰色单元格不用填。" if any(row.locked for row in rows) else ""
    nothing = f"没有的，在“{kind.subject.label}”第一个空行填“{NOTHING}”。" if blank_rows else ""
    return f"{due}。依据{_articles(duty)}。{_stars(columns)}{known}{nothing}"


def _stars(columns: Sequence[FormColumn]) -> str:
    some = "，带**的部分项目必填" if any(column.star == "**" for column in columns) else ""
    return f"{STARS}{some}。"


def _confirmable(kind: LedgerKind, columns: Sequence[FormColumn], rows: Sequence[FormRow]) -> bool:
    """Whether the known rows say more than names, and nothing that is new each time, so that a unit may confirm them.

    Of a month's figures only where every project is finished, so that nothing may be left to report.
    """
    if kind.monthly:
        at = next((index for index, column in enumerate(columns) if column.field is f.FINISHED_ON), None)
        return at is not None and bool(rows) and all(row.values[at] is not None for row in rows)
    cells = [(column, value) for row in rows for column, value in zip(columns, row.values, strict=True)]
    return any(value is not None and column.field is not kind.subject for column, value in cells) and all(
        value is not None for column, value in cells if column.field in _NEW_EACH_TIME
    )


def _content(kind: LedgerKind, unit: UnitKnown, month: Month | None) -> _Sheet:
    columns = columns_of(kind, of_one_unit=True)
    if month and kind.slug == "progress":
        return _progress(columns, unit, month)
    made = (_MONTHLY if month else _YEARLY).get(kind.slug)
    rows, blank = (
        made(columns, unit) if made else (_known(columns, unit.of_its_projects(unit.ledgers.rows(kind.slug))), 15)
    )
    return columns, rows, blank


def _known(columns: Sequence[FormColumn], records: Iterable[Record], *locked: Field) -> tuple[FormRow, ...]:
    """The unit's records, their project's name locked and what else it can't change."""
    return tuple(known_row(columns, record, (f.PROJECT_NAME, *locked)) for record in records)


def _keeping(row: FormRow, columns: Sequence[FormColumn], keeps: Callable[[Field | None], bool]) -> FormRow:
    """The row with the values of these columns alone."""
    kept = (value if keeps(each.field) else None for each, value in zip(columns, row.values, strict=True))
    return replace(row, values=tuple(kept))


def _named(columns: Sequence[FormColumn], name: str) -> FormRow:
    """A row of which only the name is known."""
    return FormRow((name, *(None for _ in columns[1:])), frozenset((0,)))


def _declaration(columns: Sequence[FormColumn], unit: UnitKnown) -> _Rows:
    """Declared projects, then last year's that go on: these keep only what a year doesn't change."""
    rows = list(_known(columns, unit.declared))
    rows += [_keeping(known_row(columns, row), columns, _LASTING.__contains__) for row in unit.continuing]
    return tuple(rows), max(10, 20 - len(rows))


def _team(columns: Sequence[FormColumn], unit: UnitKnown) -> _Rows:
    """Every sponsored project, with the team where one is named already."""
    teams = {row.key: row for row in unit.ledgers.teams}
    rows = tuple(
        known_row(columns, teams[row.key], (f.PROJECT_NAME,)) if row.key in teams else _named(columns, row.project_name)
        for row in unit.sponsored
    )
    return rows, 10  # a project that comes with this very form may name its team at once


def _unit(columns: Sequence[FormColumn], unit: UnitKnown) -> _Rows:
    entry = unit.entry
    return ((known_row(columns, entry, (f.UNIT_NAME,)) if entry else _named(columns, unit.name)),), 0


def _progress(to_fill: Sequence[FormColumn], unit: UnitKnown, month: Month) -> _Sheet:
    """One locked row for each project, with the year's plan and the last figure beside.

    A finished one keeps its row until the year ends: what is paid for it afterwards is money of the year.
    """
    plan = (f.CLASS, f.TOTAL_INVESTMENT, f.YEAR_PLAN)
    given = [known_column(field) for field in plan]
    last = month.shifted(-1) if month.month > 1 else None
    if last:
        given.append(reference_column(f"{last.month}月底本年累计完成投资", f.YEAR_DONE.unit, Decimal(3200)))
    columns = (to_fill[0], *given, *to_fill[1:])
    rows = []
    for project in unit.declared:
        reported, finished = unit.reported(project.key, month), unit.finished(project.key, month)
        known = [shown(field, getattr(project, field.slug)) for field in plan]
        known += [reported.year_done if reported else None] if last else []
        asked = [shown(f.FINISHED_ON, finished) if column.field is f.FINISHED_ON else None for column in to_fill[1:]]
        values = (project.project_name, *known, *asked)
        given_or_finished = (i for i, value in enumerate(values) if i <= len(given) or value is not None)
        rows.append(FormRow(values, frozenset(given_or_finished)))
    return columns, tuple(rows), 0


def _sponsored_month(columns: Sequence[FormColumn], unit: UnitKnown) -> _Rows:
    """The list as it stands; how it goes and what leaders must move is to be written anew."""
    rows = (known_row(columns, record, _LISTED) for record in unit.sponsored)
    return tuple(_keeping(row, columns, lambda field: field not in _NEW_EACH_TIME) for row in rows), 0


_YEARLY: Mapping[str, Callable[[Sequence[FormColumn], UnitKnown], _Rows]] = {
    "declaration": _declaration,
    "sponsorship": lambda columns, unit: (_known(columns, unit.sponsorships, f.SPONSOR_STATE), 10),
    "team": _team,
    "node": lambda columns, unit: (_known(columns, unit.nodes), 20),
    "unit": _unit,
    "reserve": lambda columns, unit: (_known(columns, unit.reserves), 10),
}
_MONTHLY: Mapping[str, Callable[[Sequence[FormColumn], UnitKnown], _Rows]] = {
    "sponsorship": _sponsored_month,
    "problem": lambda columns, unit: (
        _known(columns, unit.of_its_projects(unit.ledgers.problems), f.PROBLEM, f.RAISED_ON), 15,
    ),
    "procedure": lambda columns, unit: (
        _known(columns, unit.of_its_projects(unit.ledgers.procedures), f.PERMIT, f.PERMIT_OFFICE), 15,
    ),
}  # fmt: skip
