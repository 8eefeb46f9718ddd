"""A group whose commands are loaded when they are used, so that no command waits for another's libraries."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

import click

from pipeline.cli.chinese import ChineseGroup


@dataclass(frozen=True)
class Listed:
    """One line of the list of commands; ``summary`` is what ``--help`` shows without loading the command."""

    name: str
    module: str  # below pipeline.cli
    attribute: str
    summary: str

    def load(self) -> click.Command:
        """Import the module; TypeError where the attribute is no command."""
        command = getattr(import_module(f"pipeline.cli.{self.module}"), self.attribute)
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.module}.{self.attribute} is no command")
        return command


class LazyGroup(ChineseGroup):
    """Lists its commands without loading them."""

    def __init__(self, *args: Any, listed: Sequence[Listed], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._listed = {each.name: each for each in listed}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = self._listed.get(cmd_name)
        return listed.load() if listed else None

    def summaries(self, ctx: click.Context) -> list[tuple[str, str]]:
        return [(each.name, each.summary) for each in self._listed.values()]
