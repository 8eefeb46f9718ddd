"""Two first runs at once in a new workspace: neither can hold the lock of an outputs folder that is not there yet."""

from pathlib import Path

import pytest
from click.testing import Result

from pipeline.outputs.store import Store
from tests.faults.small_workspace import documents, gongwen, small_workspace, temporary_files


@pytest.mark.parametrize("first", [True, False], ids=["the first to begin", "the first to write"])
def test_one_works_and_the_other_says_busy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool) -> None:
    """Another run comes just before or just after this one, which began without a folder, takes the lock."""
    workspace, others = small_workspace(tmp_path), list[Result]()
    real, meanwhile = Store.mark, [True]

    def mark(store: Store) -> None:
        if not first:
            real(store)
        if meanwhile and meanwhile.pop():
            others.append(gongwen(workspace, "run"))
        if first:
            real(store)

    monkeypatch.setattr(Store, "mark", mark)
    this = gongwen(workspace, "run")
    (other,) = others
    busy, works = (this, other) if first else (other, this)
    assert (busy.exit_code, works.exit_code) == (
        3,
        1,
    )  # a small year owes papers that can't be made yet, busy.output
    assert "另一个gongwen" in busy.output
    made = documents(workspace)
    assert any(name.endswith(".docx") for name in made)
    assert temporary_files(workspace) == []
    assert gongwen(workspace, "verify").exit_code == 0
    assert gongwen(workspace, "run").exit_code == 1
    assert documents(workspace) == made
