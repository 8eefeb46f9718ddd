"""The command ``return``: workbooks back to the units that must mend them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from pipeline.cli import paper_commands
from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.next_steps import NOTHING_BACK, next_is
from pipeline.cli.progress_bar import Bar
from pipeline.cli.reports import reason_text
from pipeline.cli.saved_files import beside_text, files_text
from pipeline.cli.terminal import say
from pipeline.cli.text_table import text_list, text_table
from pipeline.cli.typed_period import period_typed
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.records.period import Period
from pipeline.records.severity import Severity
from pipeline.tasks.returns import Returns, UnitReturn, give_back
from pipeline.tasks.year import periods_of, read_year
from pipeline.workspace import Workspace


def _day(text: str, option: str) -> date:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day, not a moment
    except ValueError:
        raise GongwenError(f"看不懂{option}“{text}”，请写成2027-04-02") from None


@click.command(cls=ChineseCommand)
@click.argument("period", metavar="[期间]", required=False)
@click.option("--unit", metavar="责任单位", default="", help="只退这个单位的台账")
@click.option("--date", "day", metavar="日期", help="退件通知的成文日期，如2027-03-30，默认为今天")
@click.option("--due", metavar="日期", help="请单位在这一天前报回，如2027-04-02；不写则为“尽快”")
@click.option("--pdf", "with_pdf", is_flag=True, help="另用LibreOffice把退件通知转为PDF，放在旁边")
@in_workspace
def return_command(
    period: str | None, unit: str, day: str | None, due: str | None, with_pdf: bool, directory: Path
) -> int:
    """把有问题的台账退回各单位修改：标出单元格，附问题清单和退件通知。期间如2027或2027年3月（只退当月月报）。"""
    workspace = to_write(directory)
    issued_on = _day(day, "--date") if day else date.today()  # noqa: DTZ011 - the office's own calendar day
    back_by = _day(due, "--due") if due else None
    if back_by and back_by < issued_on:
        raise GongwenError(f"报回日期{due}早于成文日期{issued_on}，请核对")
    results = [
        _give_back(workspace, each, issued_on, back_by, unit)
        for each in periods_of(workspace, period_typed(period, workspace) if period else None)
    ]
    say(returns_text(results))
    if workspace.settings().sample:
        click.echo("本工作区是虚构的样例，退件通知不得作为正式公文使用。")
    notices = [each.saved[0].path for result in results for each in result.units]
    if not notices:
        next_is(NOTHING_BACK)
    return paper_commands.print_pdfs(notices, workspace.outputs) if with_pdf and notices else 0


def _give_back(workspace: Workspace, period: Period, day: date, due: date | None, unit: str) -> Returns:
    with Bar() as bar:
        year = read_year(workspace, period, progress=bar)
        return give_back(workspace, year, period, day, due, unit, bar)


def returns_text(results: Sequence[Returns]) -> str:
    """What went back to whom, what could not be marked, and where it all lies."""
    units = [unit for result in results for unit in result.units]
    parts = []
    if units:
        head = ("责任单位", "退回台账", *(each.value for each in Severity), "标色单元格", "文件")
        parts.append(text_table(head, [_unit_row(unit) for unit in units]))
    unmarked = [f"{file.file}：{file.reason}" for unit in units for file in unit.files if file.reason]
    parts += text_list("以下台账不能标色，已附原文件（注明没有的除外）和单独的问题清单", unmarked)
    others = [f"{name}{count}条" for result in results for name, count in result.not_returned]
    if others:
        parts.append(
            f"以下单位自己的台账没有需要退回的，另有问题在本办公室汇总的台账中（用“gongwen check”查看）：{'、'.join(others)}"
        )
    saved = [each for unit in units for each in unit.all_saved]
    parts += beside_text([f"{each.kept} → {each.path.name}" for each in saved if each.kept])
    notes = [f"{unit.unit}：{reason_text(each)}" for unit in units for each in unit.notes]
    parts += text_list("退件通知中需要知道的情况", notes)
    parts += text_list(
        "以下文件是以前退回的，现在已没有需要退回的问题，请核对后自行处理",
        [str(path) for result in results for path in result.left_over],
    )
    if not units:
        return "\n\n".join([*parts, "没有需要退回的台账。"])
    folder = units[0].saved[0].path.parent.parent
    count = sum(len(unit.files) for unit in units)
    return "\n\n".join([*parts, f"退回{len(units)}个单位、{count}份台账，放在{folder}。"])


def _unit_row(unit: UnitReturn) -> list[str]:
    counts = Counter(finding.severity for finding in unit.findings)
    return [
        unit.unit,
        str(len(unit.files)),
        *(str(counts[severity]) for severity in Severity),
        str(sum(file.cells for file in unit.files)),
        files_text(unit.all_saved),
    ]
