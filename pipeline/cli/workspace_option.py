"""The option that says where the workspace is."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

from pipeline.workspace import Workspace

PATH = click.Path(path_type=Path, readable=False)  # whether it can be read shows when it is read, and why not
Command = TypeVar("Command", bound=Callable[..., object])


def in_workspace(command: Command) -> Command:
    """The option -C, that every command but ``init`` and ``lint`` takes."""
    return click.option(
        "-C",
        "directory",
        metavar="文件夹",
        default=".",
        type=PATH,
        help="工作区所在文件夹，默认为当前文件夹",
    )(command)


def to_write(directory: Path) -> Workspace:
    """The workspace of a command that writes; raises ``WorkspaceError`` where its register was emptied or exchanged."""
    from pipeline.registers.register import Register  # not for those that only read

    workspace = Workspace.open(directory)
    Register.open(workspace).require_whole()
    return workspace
