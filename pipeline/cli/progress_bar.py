"""The progress of a task as a bar in the terminal."""

from types import TracebackType
from typing import TYPE_CHECKING

import click

from pipeline.records.task_progress import Step, TaskProgress

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class Bar(TaskProgress):
    """A bar for each step, one below the other. Use it in a ``with``; Ctrl-C stops a task at once, no bar asks for it."""

    def __init__(self) -> None:
        self._bar: ProgressBar[int] | None = None

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def begin(self, step: Step, total: int, year: int | None = None) -> None:
        self._close()
        self._bar = click.progressbar(length=total, label=step.label(year), show_pos=True)
        self._bar.__enter__()

    def advance(self, name: str = "") -> None:
        if self._bar is not None:
            self._bar.update(1)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
