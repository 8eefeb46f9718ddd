"""The command ``rename``: the clerk confirms once that two names are one project."""

from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.terminal import say
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.tasks.confirm_rename import confirm_rename


@click.command(cls=ChineseCommand)
@click.argument("old", metavar="旧名")
@click.argument("new", metavar="新名")
@in_workspace
def rename_command(old: str, new: str, directory: Path) -> int:
    """登记项目更名：两个名称从此算同一个项目，写入inputs/office.toml的[项目更名]。"""
    confirmed = confirm_rename(to_write(directory), old, new)
    if confirmed.already:
        say(f"“{confirmed.old}”改为“{confirmed.new}”已经登记过，没有改动。")
        return 0
    names = f"“{confirmed.old}”更名为“{confirmed.new}”"
    say(f"已登记：{names}。写在inputs/office.toml的[项目更名]中，删去该行即取消。")
    say("各台账中写这两个名称的，以后都按同一个项目检查和编制文书。")
    return 0
