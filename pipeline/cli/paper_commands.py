"""Commands on finished papers: ``lint`` and ``pdf``."""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import click

from pipeline.cli import paper_reports
from pipeline.cli.chinese import EXIT_COULD_NOT, EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.workspace_option import PATH, existing, in_workspace, to_write
from pipeline.errors import GongwenError, PdfError
from pipeline.files.disk_trouble import reason
from pipeline.lint.confined import PaperAsked, lint_all
from pipeline.lint.lint_rule import Severity
from pipeline.lint.linting import NOT_RENDERED
from pipeline.outputs.pdf import Converted, convert
from pipeline.outputs.pdf_beside import issue_pdfs, issued_documents
from pipeline.outputs.store import Store
from pipeline.papers.paper_kinds import placeholder_names

_TEMPLATE = "是模板，成文后再看成页"


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


def _papers(paths: Sequence[Path], rendered: dict[Path, Converted], otherwise: str, room: Path) -> Iterator[PaperAsked]:
    """What is to be judged; pages are laid into the ``room``. Raises ``GongwenError`` for a file that can't be read."""
    for number, path in enumerate(paths):
        try:
            path.open("rb").close()
        except OSError as problem:
            raise GongwenError(f"文件“{path}”读不出来：{reason(problem)}") from None
        asked = PaperAsked(path, paper_reports.common_name(path, paths), _is_template(path))
        converted = rendered.get(path)
        if converted and converted.pdf is not None:
            pdf = room / f"{number}.pdf"
            pdf.write_bytes(converted.pdf)
            yield replace(asked, pdf=pdf)
        else:
            why = converted.reason if converted else otherwise
            yield replace(asked, no_pages=_TEMPLATE if asked.is_template else why)


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PATH)
@click.option("--pdf", "on_page", is_flag=True, help="用LibreOffice排成页，再量页边、行数、字数和各要素的位置")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
def lint_command(files: tuple[Path, ...], on_page: bool, as_json: bool) -> int:
    """按GB/T 9704-2012检查公文格式（docx），只列问题，不改文件。有错误时退出码为1，无法检查时为2。"""
    paths = existing(files)
    rendered, problem = _rendered(paths) if on_page else ({}, "")
    with tempfile.TemporaryDirectory(prefix="gongwen-") as room:
        reports = list(
            lint_all(list(_papers(paths, rendered, problem or NOT_RENDERED, Path(room))), placeholder_names())
        )
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
@click.argument("files", metavar="[文件]…", nargs=-1, type=PATH)
@in_workspace
def pdf_command(files: tuple[Path, ...], directory: Path) -> int:
    """把公文转为PDF，放在原文件旁边；不给文件时转换工作区已编的全部文书。有文件转不成时退出码为1。"""
    paths = existing(files) if files else issued_documents(to_write(directory).outputs)
    if not paths:
        raise GongwenError("还没有编制文书，请先运行“gongwen run”")
    return print_pdfs(paths, directory / "outputs")
