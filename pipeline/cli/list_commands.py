"""Commands that list what the program knows: ``kinds``, ``fields``, ``decisions``, ``templates``."""

from pathlib import Path

import click

from pipeline.cli import reports
from pipeline.cli.chinese import EXIT_FOUND_ERRORS, ChineseCommand, ChineseGroup
from pipeline.cli.terminal import say
from pipeline.cli.typed_kind import KindTyped
from pipeline.cli.workspace_option import in_workspace
from pipeline.papers.paper_kinds import ALL_KINDS
from pipeline.tasks.run import check_templates
from pipeline.workspace import Workspace


@click.command(cls=ChineseCommand)
@in_workspace
def kinds(directory: Path) -> None:
    """列出能编制的文书：依据、期间、所用台账和模板。"""
    click.echo(reports.kinds_text())


@click.command(cls=ChineseCommand)
@click.option(
    "--kind",
    metavar="文书",
    type=KindTyped(ALL_KINDS),
    help=f"列出这种文书的模板可用的占位名称（{reports.slugs_text(ALL_KINDS)}）",
)
@in_workspace
def fields(kind: str | None, directory: Path) -> None:
    """列出字段：名称、其他写法、单位、何时必填、依据；加--kind列出模板可用的占位名称。"""
    chosen = next((each for each in ALL_KINDS if each.slug == kind), None)
    click.echo(reports.template_names_text(chosen.templates) if chosen else reports.fields_text())


@click.command(cls=ChineseCommand)
@in_workspace
def decisions(directory: Path) -> None:
    """列出两个办法中互相矛盾或没有写明之处，以及本系统的处理。"""
    click.echo(reports.decisions_text())


@click.group(cls=ChineseGroup)
def templates() -> None:
    """模板的检查。"""


@templates.command("check")
@in_workspace
def templates_check(directory: Path) -> int:
    """检查模板中的占位名称有没有写错。有错时退出码为1。"""
    problems = check_templates(Workspace.open(directory))
    for problem in problems:
        say(problem.sentence)
    if not problems:
        click.echo("模板没有问题。")
    return EXIT_FOUND_ERRORS if problems else 0
