"""What a command is told of the disk: where the workspace is, and which files."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

import click

from pipeline.errors import GongwenError
from pipeline.files.given_file import why_no_file
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


def existing(files: Sequence[Path]) -> list[Path]:
    """The files that were given, each once. Raises ``GongwenError`` for one that is none."""
    for path in files:
        if sentence := why_no_file(path):
            raise GongwenError(sentence)
    return list(dict.fromkeys(files))


def to_write(directory: Path) -> Workspace:
    """The workspace of a command that writes; raises ``WorkspaceError`` where its register was emptied or exchanged."""
    from pipeline.registers.register import Register  # not for those that only read

    workspace = Workspace.open(directory)
    Register.open(workspace).require_whole()
    return workspace
