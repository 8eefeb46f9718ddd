"""Documents made by a dask cluster: a real scheduler with two workers, the same bytes, in the same order."""

import hashlib
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.tasks.batches import Order, Produced, local_processes, produce_all
from pipeline.word.issuing import Paper
from pipeline.word.template import Template
from tests.bench.promotion_plans import TEMPLATE, promotion_drafts

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def scheduler() -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        cluster = distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        )
        yield cluster.scheduler_address
        cluster.close()


@pytest.fixture(scope="module")
def orders() -> list[Order]:
    template = Template.compile(TEMPLATE.read_bytes(), TEMPLATE.name)
    return [Order(template, draft.context, Paper(), True) for draft in promotion_drafts(100)]


@pytest.fixture(scope="module")
def here(orders: list[Order]) -> list[Produced]:
    return list(produce_all(orders))


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_gives_the_same_bytes_in_the_same_order(
    scheduler: str, orders: list[Order], here: list[Produced]
) -> None:
    with distributed.Client(scheduler) as client:
        assert list(produce_all(orders, client.get_executor())) == here


def test_processes_of_this_machine_give_the_same_bytes(orders: list[Order], here: list[Produced]) -> None:
    with local_processes(2) as pool:
        assert pool is not None
        assert list(produce_all(orders, pool)) == here


@pytest.mark.filterwarnings("ignore")
def test_the_command_uses_the_scheduler(scheduler: str, issued_year: Path) -> None:
    def hashes() -> dict[str, str]:
        files = sorted((issued_year / "outputs").rglob("*.docx"))
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    before = hashes()
    wanted = ["make", "promotion", "2027", "--force", "--scheduler", scheduler, "-C", str(issued_year)]
    result = CliRunner().invoke(main, wanted)
    assert result.exit_code == 0, result.output
    assert hashes() == before


def test_an_address_without_a_scheduler_is_said(issued_year: Path) -> None:
    wanted = ["make", "promotion", "2027", "--force", "--scheduler", "不是地址", "-C", str(issued_year)]
    result = CliRunner().invoke(main, wanted)
    assert result.exit_code == 2
    assert "连不上调度程序" in result.output
