"""A task's progress, noted as it is told, and stopped after so many items."""

from pipeline.records.task_progress import Cancellable, Step


class Told(Cancellable):
    """What a front is told; with ``most`` it cancels once so many items are done."""

    def __init__(self, most: int | None = None) -> None:
        super().__init__()
        self.most = most
        self.steps: list[tuple[Step, int, int | None]] = []
        self.done: list[str] = []

    def begin(self, step: Step, total: int, year: int | None = None) -> None:
        self.steps.append((step, total, year))

    def advance(self, name: str = "") -> None:
        self.done.append(name)
        if len(self.done) == self.most:
            self.cancel()
