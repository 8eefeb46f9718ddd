"""How far a long task is: told step by step, and asked whether to go on."""

from enum import Enum

from pipeline.errors import Cancelled


class Step(Enum):
    """A part of a task; the value is what users see."""

    READING = "读取{}台账"
    RECEIVING = "查看收到的文件"
    MAKING = "编制{}文书"
    RETURNING = "标注退回的台账"
    PRINTING = "转换为PDF"

    def label(self, year: int | None = None) -> str:
        return self.value.format(f"{year}年" if year else "")


class TaskProgress:
    """Tells nobody and never stops. What shows a task's progress (a bar, a page) is told and asked the same.

    All three are called by the thread that runs the task.
    """

    def begin(self, step: Step, total: int, year: int | None = None) -> None:
        """A step of ``total`` items begins; the one before it is over."""

    def advance(self, name: str = "") -> None:
        """One more item of the step is done: a file, a document, a unit."""

    def check(self) -> None:
        """Raise ``Cancelled`` where the user no longer wants the task: what is done by then is kept."""


class Cancellable(TaskProgress):
    """Stops once ``cancel`` was called, by whichever thread."""

    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def check(self) -> None:
        if self.cancelled:
            raise Cancelled


SILENT = TaskProgress()
