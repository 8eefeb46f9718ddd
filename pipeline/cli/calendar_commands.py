"""The command ``calendar``: what is due when, from whom, and what has come."""

from datetime import date, datetime
from pathlib import Path

import click

from pipeline.cli.calendar_report import calendar_text
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.progress_bar import Bar
from pipeline.cli.typed_period import period_typed
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.tasks.day import day_of
from pipeline.workspace import Workspace


def _day(written: str | None) -> date:
    """The day to judge by; the clock is read only here. Raises ``GongwenError``."""
    if written is None:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise GongwenError(f"看不懂日期“{written}”，请写成2027-03-16") from None


@click.command(cls=ChineseCommand)
@click.option("--today", metavar="日期", help="按哪一天的情况，如2027-03-16，默认为今天")
@click.option("--period", metavar="期间", help="列出2027（全年）或2027-03（当月），默认为本月和下月")
@click.option("--ics", "as_ics", is_flag=True, help="另存全年日程为ics文件，可导入手机、WPS日历、Outlook")
@click.option("--xlsx", "as_xlsx", is_flag=True, help="另存全年日程和各单位报送情况为xlsx表格")
@in_workspace
def calendar(today: str | None, period: str | None, as_ics: bool, as_xlsx: bool, directory: Path) -> None:
    """列出日程：什么时候、由谁、报什么办什么、依据哪一条，收到没有，迟了没有。"""
    on = _day(today)
    workspace = to_write(directory) if as_ics or as_xlsx else Workspace.open(directory)
    asked = period_typed(period, workspace) if period else None
    with Bar() as bar:
        day = day_of(workspace, on, asked, bar)
    click.echo(calendar_text(day, day.months(asked)))
    if day.ledgers.unseen and (as_ics or as_xlsx):
        from pipeline.registers.unseen import require_seen

        require_seen(day.ledgers)
    files: dict[str, bytes] = {}
    office, year = day.settings.office, day.year
    if as_ics:
        from pipeline.workbooks.ics import calendar_file

        files[f"{year}年日程.ics"] = calendar_file(f"{office}{year}年日程", year, day.duties)
    if as_xlsx:
        from pipeline.workbooks.calendar_workbook import Calendar, calendar_workbook  # loads xlsxwriter

        days = day.settings.deadlines.working_days
        sheet = Calendar(office, year, day.today, day.duties, days, day.notes)
        files[f"{year}年日程.xlsx"] = calendar_workbook(sheet)
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
