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


@dataclass(frozen=True)
class Part:
    """The commands of one part of the work, under its title."""

    title: str
    commands: tuple[Listed, ...]


class LazyGroup(ChineseGroup):
    """Lists its commands without loading them."""

    def __init__(self, *args: Any, parts: Sequence[Part], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._parts = parts
        self._listed = {each.name: each for part in parts for each in part.commands}

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        listed = self._listed.get(cmd_name)
        return listed.load() if listed else None

    def sections(self, ctx: click.Context) -> list[tuple[str, list[tuple[str, str]]]]:
        return [
            (part.title, [(each.name, _first_sentence(each.summary)) for each in part.commands]) for part in self._parts
        ]


def _first_sentence(summary: str) -> str:
    """The list is to be seen at one glance; a command's own help says the rest."""
    return summary.partition("。")[0] + "。"
