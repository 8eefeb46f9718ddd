"""What the benchmark of a run times is named by strings: a name that moved is told here, not after the whole suite."""

from tests.bench.test_bench_run import PLACES


def test_every_place_that_is_timed_is_there() -> None:
    assert [name for owner, name, _ in PLACES if not hasattr(owner, name)] == []
