"""The record of what was handed out."""

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.outputs.verify import verify
from pipeline.outputs.whole_file import write_whole
from pipeline.papers.paper_kinds import KINDS
from pipeline.records.period import Period
from pipeline.registers.handed_out import RECORD, handed_out
from pipeline.tasks.hand_out import write_forms
from pipeline.workspace import Workspace
from tests.build import UNIT
from tests.form_filling import form


def _handed_out(root: Path, period: str = "2027-03", draft: str = "0123abcd", unit: str = UNIT) -> Workspace:
    """A form whose sheets all state this digest."""
    (root / "inputs").mkdir(exist_ok=True)
    workspace, book = Workspace.open(root), form()
    sheets = tuple(replace(sheet, draft=draft) for sheet in book.sheets)
    write_forms(workspace, Period.parse(period), [replace(book, unit=unit, sheets=sheets)])
    return workspace


def _digests(workspace: Workspace, period: str = "2027-03", unit: str = UNIT) -> list[tuple[str, str]]:
    return sorted(each for each in handed_out(workspace.outputs, unit, period) if each[0] == "problem")


def test_what_was_handed_out_before_stays_known(tmp_path: Path) -> None:
    workspace = _handed_out(tmp_path)
    once = (workspace.outputs / RECORD).read_bytes()
    _handed_out(tmp_path)
    assert (workspace.outputs / RECORD).read_bytes() == once
    _handed_out(tmp_path, draft="89ef0123")
    _handed_out(tmp_path, period="2027-04", draft="44444444")
    assert _digests(workspace) == [("problem", "0123abcd"), ("problem", "89ef0123")]
    assert _digests(workspace, "2027-04") == [("problem", "44444444")]
    assert _digests(workspace, unit="区水务局") == []
    assert verify(workspace.root, KINDS).deviations == ()


def test_a_units_name_may_hold_anything(tmp_path: Path) -> None:
    odd = "区住建局\n（人防办）\t=1+1\u2028"
    workspace = _handed_out(tmp_path, unit=odd)
    assert _digests(workspace, unit=odd) == [("problem", "0123abcd")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_an_edited_record_is_kept_and_read_with_the_new_one(tmp_path: Path, encoding: str) -> None:
    """Editors save it with a mark, or in the encoding of a Chinese system."""
    workspace = _handed_out(tmp_path)
    path = workspace.outputs / RECORD
    edited = (path.read_text("utf-8") + "一行说明\n").encode(encoding)
    write_whole(path, edited)
    _handed_out(tmp_path, draft="89ef0123")
    assert path.read_bytes() == edited
    assert _digests(workspace) == [("problem", "0123abcd"), ("problem", "89ef0123")]
