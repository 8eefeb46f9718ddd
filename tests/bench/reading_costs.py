"""What reading costs one way, as a program: ``python -m tests.bench.reading_costs WAY FILE…`` prints it as JSON.

Each way is measured in a process of its own, as a command would be: none inherits the memory, threads and modules of
the others. The modules that it needs are loaded before.
"""

import gc
import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

PROCESSES = 2


@dataclass(frozen=True)
class Cost:
    """Seconds: of the clock, of this process, of its children."""

    wall: float
    own: float
    children: float

    @property
    def cpu(self) -> float:
        return self.own + self.children

    def __str__(self) -> str:
        return f"{self.wall:.2f}秒（处理器{self.cpu:.2f}：本进程{self.own:.2f}，子进程{self.children:.2f}）"


def cost(work: Callable[[], object]) -> Cost:
    gc.collect()
    before, started = os.times(), time.monotonic()
    work()
    wall, after = time.monotonic() - started, os.times()
    return Cost(
        wall,
        after.user + after.system - before.user - before.system,
        after.children_user + after.children_system - before.children_user - before.children_system,
    )


def by_calamine(paths: Sequence[Path]) -> Cost:
    from python_calamine import CalamineWorkbook

    def work() -> None:
        for path in paths:
            book = CalamineWorkbook.from_path(str(path))
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()

    return cost(work)


def by_openpyxl(paths: Sequence[Path], *, read_only: bool = True) -> Cost:
    import openpyxl

    def work() -> None:
        for path in paths:
            book = openpyxl.load_workbook(path, read_only=read_only)
            for sheet in book:
                for _ in sheet.iter_rows(values_only=True):
                    pass
            book.close()

    return cost(work)


def by_ours(paths: Sequence[Path]) -> Cost:
    """To grids: every cell with all that is known of it, agreed on by two readers."""
    import pipeline.spreadsheets.workbook_reading  # noqa: F401 - what the reading processes load
    from pipeline.spreadsheets.readers import Readers

    def work() -> None:
        with Readers(processes=PROCESSES) as readers:
            for found in readers.read_all(paths):
                assert not found.refusal

    return cost(work)


WAYS: dict[str, Callable[[Sequence[Path]], Cost]] = {
    "calamine": by_calamine,
    "openpyxl": by_openpyxl,
    "whole openpyxl": partial(by_openpyxl, read_only=False),
    "ours": by_ours,
}

if __name__ == "__main__":
    print(json.dumps(asdict(WAYS[sys.argv[1]]([Path(name) for name in sys.argv[2:]]))))
