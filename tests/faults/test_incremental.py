"""Only what changed is made anew; ten thousand documents that are up to date are recognised at once."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import pytest

from pipeline.outputs.manifest import Origin
from pipeline.outputs.store import Store, Written
from pipeline.tasks import run
from pipeline.tasks.batches import Order, Produced, produce_all
from pipeline.tasks.run import issue
from pipeline.word.template import TemplateFile
from pipeline.workspace import Workspace
from tests.faults.small_workspace import LONG, change_cell, documents, gongwen, promotion_job, small_workspace

_PROJECT = "高端轴承智能制造项目"


def test_ten_thousand_documents_are_recognised(tmp_path: Path) -> None:
    origins = [
        Origin(str(number), "推进方案.docx", "0" * 64, "1", ("甲",), {"inputs/a": "0"}) for number in range(10_000)
    ]
    names = [f"2027/推进方案/示例项目{number}.docx" for number in range(10_000)]
    with Store.open(tmp_path) as store:
        for name, origin in zip(names, origins, strict=True):
            store.save(name, name.encode(), origin)
    started = time.process_time()
    with Store.open(tmp_path) as store:
        found = [store.up_to_date(name, origin) for name, origin in zip(names, origins, strict=True)]
    seconds = time.process_time() - started
    assert all(found)
    assert seconds < 5
    print(f"store: 10,000 documents up to date recognised in {seconds:.2f} s")


def test_whole_issue_of_documents_up_to_date(tmp_path: Path) -> None:
    count = 5_000 if LONG else 500
    workspace, job = Workspace.open(small_workspace(tmp_path / "w")), promotion_job(count, "甲")
    issue(workspace, job, processes=2)
    started = time.monotonic()
    issued = issue(workspace, job)
    seconds = time.monotonic() - started
    assert {saved.outcome for each in issued.outcomes for saved in each.saved} == {Written.UNCHANGED}
    print(
        f"issue: {2 * count:,} files up to date recognised in {seconds:.2f} s, {seconds / count * 5e3:.2f} s for 10,000"
    )


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = small_workspace(tmp_path_factory.mktemp("incremental") / "w")
    assert gongwen(made, "run").exit_code == 1
    return made


def _written(workspace: Path) -> dict[str, int]:
    return {name: (workspace / "outputs" / name).stat().st_ino for name in documents(workspace)}


def test_one_row_rewrites_only_the_documents_that_name_it(workspace: Path) -> None:
    before = _written(workspace)
    change_cell(workspace, _PROJECT, "F", 40001)
    assert gongwen(workspace, "run").exit_code == 1
    after = _written(workspace)
    assert {name for name in after if after[name] != before.get(name)} == {name for name in before if _PROJECT in name}
    assert gongwen(workspace, "verify").exit_code == 0  # the others rest on the changed ledger as it is now
    assert gongwen(workspace, "run").exit_code == 1
    assert _written(workspace) == after


def _made(monkeypatch: pytest.MonkeyPatch, workspace: Path, *arguments: str) -> int:
    """How many documents a run makes anew."""
    orders: list[Order] = []

    def counted(made: Sequence[Order], executor: Executor | None) -> Iterator[Produced]:
        orders.extend(made)
        return produce_all(made, executor)

    with monkeypatch.context() as patch:
        patch.setattr(run, "produce_all", counted)
        assert gongwen(workspace, "run", *arguments).exit_code == 1
    return len(orders)


def test_template_settings_program_and_force_make_all_anew(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    every = len(list((workspace / "outputs").rglob("*.docx")))
    assert _made(monkeypatch, workspace) == 0
    assert _made(monkeypatch, workspace, "--force") == every
    template = workspace / "templates/推进方案.docx"
    template.write_bytes(template.read_bytes() + b"\0\0")
    assert _made(monkeypatch, workspace) == every
    settings = workspace / "inputs/office.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("示例区", "样例区"), "utf-8")
    assert _made(monkeypatch, workspace) == every
    settings.write_text(text + "\n# 一句备注\n", "utf-8")
    assert _made(monkeypatch, workspace) == every  # back to the old name
    settings.write_text(text + "\n# 另一句备注\n", "utf-8")
    assert _made(monkeypatch, workspace) == 0
    monkeypatch.setattr(run, "program_digest", lambda: "another program")
    assert _made(monkeypatch, workspace) == every


def test_a_template_is_opened_once_a_run(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: Counter[str] = Counter()
    really = TemplateFile.open

    def counted(data: bytes, name: str) -> TemplateFile:
        opened[name] += 1
        return really(data, name)

    monkeypatch.setattr(TemplateFile, "open", counted)
    assert gongwen(workspace, "run", "--force").exit_code == 1
    assert "推进方案.docx" in opened
    assert set(opened.values()) == {1}
