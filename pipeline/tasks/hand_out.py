"""Hands out blank ledgers: one workbook for each unit, for a year or a month."""

from collections.abc import Sequence

from pipeline.errors import GongwenError
from pipeline.outputs.file_names import safe_name
from pipeline.outputs.store import Saved, Store
from pipeline.records.ledgers import Ledgers
from pipeline.records.names import name_key
from pipeline.records.period import Period
from pipeline.records.settings import OfficeSettings
from pipeline.records.task_progress import SILENT, TaskProgress
from pipeline.registers.handed_out import FOLDER, RECORD, record_with
from pipeline.registers.unseen import require_seen
from pipeline.tasks.year import require_known
from pipeline.tasks.year_ledgers import ledgers_of
from pipeline.workbooks.blank_form import FormBook
from pipeline.workbooks.compose import unit_form, units_of
from pipeline.workbooks.form_workbook import form_workbook
from pipeline.workbooks.known import UnitKnown
from pipeline.workspace import Workspace


def compose_forms(
    workspace: Workspace, period: Period, unit: str = "", progress: TaskProgress = SILENT
) -> list[FormBook]:
    """The forms of a period, for every unit or one. ``progress`` is told of the ledgers that are read.

    Raises ``GongwenError`` for a unit that nobody knows, where no article asks anything for the period, and for a month
    of a year without ledgers.
    """
    office = workspace.settings()
    yearly = period.month is None
    earlier = _ledgers(workspace, period.year - 1, office, progress) if yearly else Ledgers(period.year - 1)
    ledgers = _ledgers(workspace, period.year, office, progress, may_lack=yearly)
    units = units_of(ledgers, earlier)
    if not units:
        raise GongwenError(f"{period.year}年的台账中还没有责任单位，请先填写责任单位名册")
    require_known("责任单位", unit, units)
    wanted = [name for name in units if not unit or name_key(name) == name_key(unit)]
    books = [unit_form(UnitKnown(name, ledgers, earlier), period.month, office) for name in wanted]
    found = [book for book in books if book]
    if not found:
        raise GongwenError(f"{unit or '各单位'}在这一期间没有需要填报的台账：没有申报项目，也没有包联项目")
    return found


def write_forms(workspace: Workspace, period: Period, books: Sequence[FormBook]) -> list[Saved]:
    """Write each workbook whole or not at all, and the record; one that a person edited is kept. Raises ``OutputError``."""
    name = str(period.month or period.year)
    said = period.month.chinese if period.month else f"{period.year}年"
    with Store.open(workspace.outputs) as store:
        saved = [
            store.save(f"{FOLDER}/{name}/{safe_name(f'{book.unit}{said}台账')}.xlsx", form_workbook(book))
            for book in books
        ]
        store.save(RECORD, record_with(workspace.outputs, books, name))
    return [store.final(each) for each in saved]


def _ledgers(
    workspace: Workspace, year: int, office: OfficeSettings, progress: TaskProgress, *, may_lack: bool = True
) -> Ledgers:
    """A year's ledgers; nothing for a year that has no folder yet, where it may lack."""
    if may_lack and year not in workspace.years():
        return Ledgers(year)
    found = ledgers_of(workspace, year, office, progress=progress)
    require_seen(found)
    return found
