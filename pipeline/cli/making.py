"""How documents are made: anew or not, by how many processes, here or on a cluster."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import click

from pipeline.errors import GongwenError
from pipeline.program import program_digest

Command = TypeVar("Command", bound=Callable[..., object])
_SECONDS = 10  # to reach a scheduler


@dataclass(frozen=True)
class Making:
    """The choices of ``run`` and ``make``."""

    force: bool
    processes: int
    scheduler: str

    @contextmanager
    def executor(self) -> Iterator[Executor | None]:
        """The cluster's, where a scheduler was given. Raises ``GongwenError`` where it can't be used."""
        if not self.scheduler:
            yield None
            return
        try:
            from distributed import Client, KilledWorker
        except ImportError:
            raise GongwenError("没有安装distributed，不能使用--scheduler；请安装gongwen[cluster]") from None
        try:
            client = Client(self.scheduler, timeout=_SECONDS)  # type: ignore[no-untyped-call]
        except (OSError, ValueError, TimeoutError):
            raise GongwenError(f"连不上调度程序{self.scheduler}，请核对地址，或去掉--scheduler在本机编制") from None
        with client:
            programs = set(client.run(program_digest).values())
            if not programs:
                raise GongwenError(f"调度程序{self.scheduler}没有可用的工作进程")
            if programs != {program_digest()}:
                raise GongwenError(f"{self.scheduler}上的gongwen与本机版本不同，编出的文书会不一致，请先统一版本")
            try:
                yield client.get_executor()  # type: ignore[no-untyped-call]
            except KilledWorker:
                raise GongwenError(
                    f"{self.scheduler}的工作进程一再被中止，可能是内存不够。已编好的文书都完整；请查明后再运行一次"
                ) from None


def making_options(command: Command) -> Command:
    """The options --force, --jobs and --scheduler."""
    for option in (
        click.option("--scheduler", metavar="地址", default="", help="交给dask集群编制，如tcp://10.0.0.5:8786"),
        click.option(
            "--jobs", "processes", metavar="个数", type=click.IntRange(1, 64), default=os.cpu_count() or 1,
            help="用几个进程编制，默认为本机处理器个数；文书不多时只用一个",
        ),
        click.option("--force", is_flag=True, help="全部重读、重编，不论台账、模板和设定有没有变化"),
    ):  # fmt: skip
        command = option(command)
    return command
