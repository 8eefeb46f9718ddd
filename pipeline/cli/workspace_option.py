"""The option that says where the workspace is."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def in_workspace(command: Command) -> Command:
    """The option -C, that every command but ``init`` and ``lint`` takes."""
    return click.option(
        "-C",
        "directory",
        metavar="文件夹",
        default=".",
        type=click.Path(path_type=Path),
        help="工作区所在文件夹，默认为当前文件夹",
    )(command)
