"""``gongwen inspect``: what the reader sees in any workbook."""

from pathlib import Path

import click

from pipeline.cli import inspect_reports
from pipeline.cli.chinese import EXIT_COULD_NOT, ChineseCommand
from pipeline.cli.terminal import say
from pipeline.cli.workspace_option import PATH, existing, in_workspace
from pipeline.records.settings import OfficeSettings
from pipeline.tables.tables_seen import look_all
from pipeline.workspace import Workspace


def _settings(directory: Path) -> OfficeSettings:
    """The office's choices where there is a workspace; a file may be looked at without one."""
    if not (directory / "inputs" / "office.toml").is_file():
        return OfficeSettings()
    return Workspace.open(directory).settings()


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=PATH)
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
@in_workspace
def inspect_command(files: tuple[Path, ...], as_json: bool, directory: Path) -> int:
    """看表：列出任何电子表格中看到的工作表、表头、各列读作什么、单位和数据行，只看不改。读不出来时退出码为2。"""
    looks = list(look_all(existing(files), _settings(directory)))
    books = [each.book for each in looks if each.book]
    unread = {each.path.name: str(each.refusal) for each in looks if each.refusal}
    if as_json:
        click.echo(inspect_reports.books_json(books, unread))
    elif books:
        say("\n\n".join(map(inspect_reports.book_text, books)))
    for name, sentence in () if as_json else unread.items():
        say(f"“{inspect_reports.shortened(name, 100)}”：{sentence}。", err=True)
    return EXIT_COULD_NOT if unread else 0
