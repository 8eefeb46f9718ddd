"""The command ``forms``: blank ledgers for the units."""

from collections.abc import Sequence
from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.progress_bar import Bar
from pipeline.cli.saved_files import beside_text, files_text
from pipeline.cli.terminal import say
from pipeline.cli.text_table import text_table
from pipeline.cli.typed_period import period_typed
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.outputs.store import Saved
from pipeline.tasks.hand_out import compose_forms, write_forms
from pipeline.workbooks.blank_form import FormBook


def _table(books: Sequence[FormBook], saved: Sequence[Saved]) -> str:
    """Each unit with its ledgers and how many rows are filled in already."""
    rows = [
        [
            book.unit,
            each.outcome.value,
            "、".join(f"{sheet.kind.name}（{len(sheet.rows)}）" for sheet in book.sheets),
        ]
        for book, each in zip(books, saved, strict=True)
    ]
    return text_table(("责任单位", "文件", "台账（已填好的行数）"), rows)


@click.command(cls=ChineseCommand)
@click.argument("period", metavar="期间")
@click.option("--unit", metavar="责任单位", default="", help="只编这个单位的")
@in_workspace
def forms(period: str, unit: str, directory: Path) -> int:
    """给各单位编发空白台账：已知内容填好，下拉、校验、示例齐全。期间如2027或2027年3月。"""
    workspace = to_write(directory)
    asked = period_typed(period, workspace)
    with Bar() as bar:
        books = compose_forms(workspace, asked, unit, bar)
    saved = write_forms(workspace, asked, books)
    click.echo(_table(books, saved))
    for part in beside_text([f"{each.kept.name}，新版为{each.path.name}" for each in saved if each.kept]):
        click.echo(part)
    say(f"\n空白台账{len(saved)}份（{files_text(saved)}），在{saved[0].path.parent}。")
    return 0
