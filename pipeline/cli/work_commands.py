"""Commands of the daily work: ``init``, ``check``, ``make``, ``run``."""

import time
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path

import click

from pipeline.cli import finding_reports, paper_commands, register_reports, reports
from pipeline.cli.chinese import EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.making import Making, making_options
from pipeline.cli.next_steps import NO_ROWS, NOT_RECEIVED, OWN_ERRORS, next_is
from pipeline.cli.progress_bar import Bar
from pipeline.cli.terminal import say
from pipeline.cli.typed_kind import KindTyped
from pipeline.cli.typed_period import is_period, period_typed
from pipeline.cli.workspace_option import PATH, in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.files.given_file import is_missing, why_no_file
from pipeline.papers.paper_kind import DraftedKind
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.finding import Finding
from pipeline.records.period import Period
from pipeline.records.severity import Severity
from pipeline.records.task_progress import SILENT
from pipeline.registers.unseen import lost_years
from pipeline.tasks import checking
from pipeline.tasks.make_year import make_year
from pipeline.tasks.run import Issued
from pipeline.tasks.start import start_workspace
from pipeline.tasks.year import YearRead, periods_of
from pipeline.workspace import Workspace
from pipeline.workspace.settings_remarks import settings_remarks

as_pdf = click.option("--pdf", "with_pdf", is_flag=True, help="另用LibreOffice把编成的文书转为PDF，放在旁边")


@click.command(cls=ChineseCommand)
@click.argument("directory", metavar="文件夹", type=PATH)
@click.option(
    "--year",
    metavar="年份",
    type=click.IntRange(2017, 2099),
    required=False,
    help="空白台账的年度，2017至2099，默认为2027",
)
def init(directory: Path, year: int | None) -> None:
    """建立新的工作区：模板、office.toml和空白台账。"""
    written, kept = start_workspace(directory, year or 2027)
    say(f"工作区已建立：{directory}。新建文件{len(written)}个。")
    if kept:
        click.echo(f"已有的{len(kept)}个文件没有改动。")


def _existing(path: Path, workspace: Workspace) -> Path:
    """The file, as it is called here or in the workspace. Raises ``GongwenError`` where there is none."""
    candidates = (path, workspace.root / path)
    found = next((each for each in candidates if not why_no_file(each)), None)
    if found is not None:
        return found
    hint = f"；检查一个年度或月份，请用“gongwen check --period {path}”" if is_period(str(path)) else ""
    there = next((each for each in candidates if not is_missing(each)), path)
    raise GongwenError(f"{why_no_file(there)}{hint}")


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="[文件]…", nargs=-1, type=PATH)
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
@click.option("--period", metavar="期间", help="2027或2027-03，默认为全部年度")
@in_workspace
def check(files: tuple[Path, ...], as_json: bool, period: str | None, directory: Path) -> int:
    """检查台账，只列问题。有错误时退出码为1，无法检查时为2。"""
    workspace = Workspace.open(directory)
    if not as_json:
        _heed(workspace)
    files = tuple(_existing(path, workspace) for path in files)
    asked = period_typed(period, workspace) if period else None
    with nullcontext(SILENT) if as_json else Bar() as progress:
        checked = checking.check(workspace, asked, files, progress)
    findings = checked.findings
    click.echo(finding_reports.findings_json(findings) if as_json else finding_reports.findings_text(findings))
    if not as_json:
        for preview in checked.previews:
            say(register_reports.preview_text(preview))
    if not as_json and checked.is_empty:
        click.echo("没有读到一行台账，以上不表示没有问题。")
        next_is(NO_ROWS)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if checked.previews:
        next_is(NOT_RECEIVED)
    elif errors and not any(finding.unit for finding in errors):
        next_is(OWN_ERRORS)
    return EXIT_FOUND_ERRORS if errors else 0


def _has_error(findings: Iterable[Finding]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def _heed(workspace: Workspace) -> None:
    """Say what is amiss in office.toml and which years are gone before anything is made."""
    for sentence in (*settings_remarks(workspace), *lost_years(workspace)):
        say(f"注意  {sentence}。\n")


def _make(
    workspace: Workspace, period: Period, only: DraftedKind | None, how: Making, unit: str = "", project: str = ""
) -> tuple[YearRead, Issued]:
    with how.executor() as executor, Bar() as bar:
        return make_year(
            workspace, period, only, unit, project, bar, force=how.force, processes=how.processes, executor=executor
        )


def _papers(issued: Iterable[Issued]) -> list[Path]:
    """The Word documents of this run."""
    saved = [saved for each in issued for outcome in each.outcomes for saved in outcome.saved]
    return [each.path for each in saved if each.path.suffix == ".docx"]


@click.command(cls=ChineseCommand, epilog=f"文书：{reports.slugs_text(KINDS)}。")
@click.argument("kind", metavar="文书", type=KindTyped(KINDS))
@click.argument("period", metavar="期间")
@click.option(
    "--unit",
    metavar="责任单位",
    default="",
    help=f"只编这个单位的（{'、'.join(kind.name for kind in KINDS if kind.by_unit)}）",
)
@click.option(
    "--project",
    metavar="项目名称",
    default="",
    help=f"只编这个项目的（{'、'.join(kind.name for kind in KINDS if kind.by_project)}）",
)
@as_pdf
@making_options
@in_workspace
def make(
    kind: str,
    period: str,
    unit: str,
    project: str,
    with_pdf: bool,
    force: bool,
    processes: int,
    scheduler: str,
    directory: Path,
) -> int:
    """编制一种文书。文书见“gongwen kinds”，期间如2027或2027年3月。"""
    started = time.monotonic()
    chosen = next(each for each in KINDS if each.slug == kind)
    if unit and not chosen.by_unit:
        raise GongwenError(f"{chosen.name}不分责任单位，请去掉--unit")
    if project and not chosen.by_project:
        raise GongwenError(f"{chosen.name}不分项目，请去掉--project")
    how, workspace = Making(force, processes, scheduler), to_write(directory)
    _heed(workspace)
    year, issued = _make(workspace, period_typed(period, workspace), chosen, how, unit, project)
    if not issued.outcomes:
        raise GongwenError("没有需要编制的文书，请核对期间、责任单位和项目")
    click.echo(reports.run_text([year], [issued], time.monotonic() - started))
    if not any(outcome.saved for outcome in issued.outcomes):
        return EXIT_FOUND_ERRORS
    return paper_commands.print_pdfs(_papers([issued]), directory / "outputs") if with_pdf else 0


@click.command(cls=ChineseCommand)
@click.option("--period", metavar="期间", help="2027或2027-03；只给月份时编当月简报")
@as_pdf
@making_options
@in_workspace
def run(period: str | None, with_pdf: bool, force: bool, processes: int, scheduler: str, directory: Path) -> int:
    """读取全部台账，检查，编制全部文书；没有变化的不重编。有错误或有文书没编成时退出码为1。"""
    started = time.monotonic()
    workspace = to_write(directory)
    _heed(workspace)
    how = Making(force, processes, scheduler)
    years: list[YearRead] = []
    issued: list[Issued] = []
    for each in periods_of(workspace, period_typed(period, workspace) if period else None):
        year, documents = _make(workspace, each, None, how)
        years.append(year)
        issued.append(documents)
    click.echo(reports.run_text(years, issued, time.monotonic() - started, asked=False))
    papers = _papers(issued) if with_pdf else []
    printed = paper_commands.print_pdfs(papers, workspace.outputs) if papers else 0
    held = any(outcome.reasons and not outcome.not_yet for each in issued for outcome in each.outcomes)
    wrong = held or any(_has_error(year.findings) for year in years)
    return max(printed, EXIT_FOUND_ERRORS if wrong else 0)
