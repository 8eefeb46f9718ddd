"""The command ``calendar``: what is due when, from whom, and what has come."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from pipeline.calendar.calendar_wording import notes_of
from pipeline.calendar.duties import calendar_of
from pipeline.cli.calendar_report import calendar_text
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.typed_period import period_typed
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month, Period
from pipeline.records.receipt_line import RegisterLine
from pipeline.records.settings import OfficeSettings
from pipeline.workspace import Workspace

_YEARS = range(2017, 2100)


def _day(written: str | None) -> date:
    """The day to judge by; the clock is read only here. Raises ``GongwenError``."""
    if written is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise GongwenError(f"看不懂日期“{written}”，请写成2027-03-16") from None


def _year(workspace: Workspace, period: Period | None, today: date) -> int:
    """The year asked for; else today's, or the latest with ledgers where today's has none.

    Raises ``GongwenError`` for a year before both measures bind the whole of it.
    """
    years = workspace.years()
    year = today.year if today.year in years or not years else years[-1]
    year = period.year if period else year
    if year not in _YEARS:
        raise GongwenError(f"没有{year}年的日程：两个办法2016年10月印发，年度应为{_YEARS[0]}至{_YEARS[-1]}")
    return year


def _months(year: int, period: Period | None, today: date) -> Sequence[Month]:
    """What to show: the period asked for, else today's month and the next; of another year its nearest two."""
    if period:
        return [period.month] if period.month else [Month(year, number) for number in range(1, 13)]
    first = min(max(Month(today.year, today.month), Month(year, 1)), Month(year, 12))
    return [month for month in (first, first.shifted(1)) if month.year == year]


def _ledgers(workspace: Workspace, year: int, settings: OfficeSettings) -> Ledgers | None:
    """None where the year has no folder: its deadlines are known all the same."""
    if year not in workspace.years():
        return None
    from pipeline.tasks.year_ledgers import ledgers_of  # not for a year without ledgers

    total = len(workspace.ledger_files(year))
    with click.progressbar(length=total, label=f"读取{year}年台账", show_pos=True) as bar:
        return ledgers_of(workspace, year, settings, advance=lambda: bar.update(1))


def _lines(workspace: Workspace, settings: OfficeSettings) -> Sequence[RegisterLine]:
    """The register's lines; none where there is no year yet."""
    if not workspace.years():
        return ()
    from pipeline.tasks.year_ledgers import lines_of  # not for a year without ledgers

    return lines_of(workspace, settings)


def _of_unseen(ledgers: Ledgers) -> list[str]:
    """What is told where a part of the year's folders can't be seen."""
    if not ledgers.unseen:
        return []
    from pipeline.registers.unseen import said  # not for a year without ledgers

    return [said(ledgers.unseen, "以上不是全部情况，没有判断缺报")]


@click.command(cls=ChineseCommand)
@click.option("--today", metavar="日期", help="按哪一天的情况，如2027-03-16，默认为今天")
@click.option("--period", metavar="期间", help="列出2027（全年）或2027-03（当月），默认为本月和下月")
@click.option("--ics", "as_ics", is_flag=True, help="另存全年日程为ics文件，可导入手机、WPS日历、Outlook")
@click.option("--xlsx", "as_xlsx", is_flag=True, help="另存全年日程和各单位报送情况为xlsx表格")
@in_workspace
def calendar(today: str | None, period: str | None, as_ics: bool, as_xlsx: bool, directory: Path) -> None:
    """列出日程：什么时候、由谁、报什么办什么、依据哪一条，收到没有，迟了没有。"""
    day = _day(today)
    workspace = to_write(directory) if as_ics or as_xlsx else Workspace.open(directory)
    asked = period_typed(period, workspace) if period else None
    settings = workspace.settings()
    year = _year(workspace, asked, day)
    ledgers = _ledgers(workspace, year, settings) or Ledgers(year)
    following = _ledgers(workspace, year + 1, settings)
    duties = calendar_of(ledgers, day, settings.deadlines, following, settings.level, _lines(workspace, settings))
    notes = [*_of_unseen(ledgers), *notes_of(ledgers, settings.deadlines)]
    days = settings.deadlines.working_days
    click.echo(calendar_text(duties, _months(year, asked, day), day, days, notes))
    if ledgers.unseen and (as_ics or as_xlsx):
        from pipeline.registers.unseen import require_seen

        require_seen(ledgers)
    files: dict[str, bytes] = {}
    if as_ics:
        from pipeline.workbooks.ics import calendar_file

        files[f"{year}年日程.ics"] = calendar_file(f"{settings.office}{year}年日程", year, duties)
    if as_xlsx:
        from pipeline.workbooks.calendar_workbook import Calendar, calendar_workbook  # loads xlsxwriter

        files[f"{year}年日程.xlsx"] = calendar_workbook(Calendar(settings.office, year, day, duties, days, notes))
    if files:
        _save(workspace, year, files)


def _save(workspace: Workspace, year: int, files: dict[str, bytes]) -> None:
    from pipeline.outputs.store import Store

    with Store.open(workspace.outputs) as store:
        saved = [store.save(f"{year}/日程/{name}", data) for name, data in files.items()]
    for each in map(store.final, saved):
        shown = each.path.relative_to(workspace.root).as_posix()
        kept = "，原文件被人改过或正在使用，没有动" if each.kept else ""
        click.echo(f"{each.outcome.value}：{shown}{kept}")
