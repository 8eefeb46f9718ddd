"""Commands on finished papers: ``lint`` and ``pdf``."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path

import click

from pipeline.cli import paper_reports
from pipeline.cli.chinese import EXIT_COULD_NOT, EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.workspace_option import in_workspace
from pipeline.errors import GongwenError, PdfError
from pipeline.outputs.pdf import Converted, convert
from pipeline.outputs.pdf_beside import issue_pdfs, issued_documents
from pipeline.outputs.store import Store
from pipeline.papers.paper_kinds import placeholder_names
from pipeline.rendering.lint.linting import NOT_RENDERED, lint
from pipeline.rendering.lint.page_model import Pages
from pipeline.rendering.lint.page_reader import UnreadablePdfError, read_pages
from pipeline.rendering.lint.rule import LintReport, Severity
from pipeline.workspace import Workspace

_TEMPLATE = "是模板，成文后再看成页"


def _existing(files: Sequence[Path]) -> list[Path]:
    for path in files:
        if not path.is_file():
            raise GongwenError(f"“{path}”是文件夹，请写明文件" if path.is_dir() else f"没有文件“{path}”")
    return list(dict.fromkeys(files))


def _is_template(path: Path) -> bool:
    return path.suffix.lower() in (".dotx", ".dotm") or path.parent.resolve().name == "templates"


def _rendered(paths: Sequence[Path]) -> tuple[dict[Path, Converted], str]:
    """The files as PDF, and why there is none where LibreOffice can't work."""
    wanted = [path for path in paths if not _is_template(path)]
    if not wanted:
        return {}, ""
    try:
        return {converted.path: converted for converted in convert(wanted, to_measure=True)}, ""
    except PdfError as problem:
        return {}, str(problem)


def _pages(converted: Converted | None, otherwise: str) -> tuple[Pages | None, str]:
    if converted is None or converted.pdf is None:
        return None, converted.reason if converted else otherwise
    try:
        return read_pages(converted.pdf), ""
    except UnreadablePdfError as problem:
        return None, str(problem)


def _reports(paths: Sequence[Path], rendered: dict[Path, Converted], otherwise: str) -> Iterator[LintReport]:
    for path in paths:
        template = _is_template(path)
        pages, reason = _pages(rendered.get(path), _TEMPLATE if template else otherwise)
        try:
            data = path.read_bytes()
        except OSError as problem:
            raise GongwenError(f"文件“{path}”读不出来（系统错误{problem.errno}）") from None
        yield lint(
            data,
            paper_reports.common_name(path, paths),
            pages,
            reason,
            is_template=template,
            placeholders=placeholder_names(),
        )


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--pdf", "on_page", is_flag=True, help="用LibreOffice排成页，再量页边、行数、字数和各要素的位置"
)
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
def lint_command(files: tuple[Path, ...], on_page: bool, as_json: bool) -> int:
    """按GB/T 9704-2012检查公文格式（docx），只列问题，不改文件。有错误时退出码为1，无法检查时为2。"""
    paths = _existing(files)
    rendered, problem = _rendered(paths) if on_page else ({}, "")
    reports = list(_reports(paths, rendered, problem or NOT_RENDERED))
    click.echo(paper_reports.lint_json(reports) if as_json else paper_reports.lint_text(reports))
    if problem:
        raise PdfError(f"版面没有检查：{problem}")
    if not any(report.rules_run for report in reports):
        return EXIT_COULD_NOT
    return EXIT_FOUND_ERRORS if any(report.count(Severity.ERROR) for report in reports) else 0


def print_pdfs(paths: Sequence[Path], outputs: Path) -> int:
    """Convert, say what became of each file, and give the exit code. Raises ``PdfError`` without LibreOffice."""
    ours = any(path.resolve().is_relative_to(outputs.resolve()) for path in paths)
    with (
        Store.open(outputs) if ours else nullcontext() as store,  # a paper from elsewhere waits for no run
        click.progressbar(length=len(paths), label="转换为PDF", show_pos=True) as bar,
    ):
        outcomes = issue_pdfs(paths, store, bar.update)
    click.echo(paper_reports.pdf_text(outcomes))
    if not any(outcome.saved for outcome in outcomes):
        return EXIT_COULD_NOT
    return EXIT_FOUND_ERRORS if any(outcome.saved is None for outcome in outcomes) else 0


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="[文件]…", nargs=-1, type=click.Path(path_type=Path))
@in_workspace
def pdf_command(files: tuple[Path, ...], directory: Path) -> int:
    """把公文转为PDF，放在原文件旁边；不给文件时转换工作区已编的全部文书。有文件转不成时退出码为1。"""
    paths = _existing(files) if files else issued_documents(Workspace.open(directory).outputs)
    if not paths:
        raise GongwenError("还没有编制文书，请先运行“gongwen run”")
    return print_pdfs(paths, directory / "outputs")
