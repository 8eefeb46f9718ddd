"""The progress of a task as a bar in the terminal."""

from collections.abc import Callable
from contextlib import ExitStack
from types import TracebackType

import click

from pipeline.records.task_progress import Step, TaskProgress


class Bar(TaskProgress):
    """A bar for each step, one below the other. Use it in a ``with``; Ctrl-C stops a task at once, no bar asks for it."""

    def __init__(self) -> None:
        self._open_bar = ExitStack()
        self._move: Callable[[int], None] = lambda by: None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._open_bar.close()

    def begin(self, step: Step, total: int, year: int | None = None) -> None:
        self._open_bar.close()
        bar = click.progressbar(length=total, label=step.label(year), show_pos=True)
        self._move = self._open_bar.enter_context(bar).update

    def advance(self, name: str = "") -> None:
        self._move(1)
