"""The empty ledgers of a new workspace: what a unit fills in is read back without a question."""

import io
import json
import re
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.cli import main
from pipeline.ledgers.kind import LedgerKind
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.field_catalogue import CLASSES, JUDGE_PREFIX
from pipeline.rendering.blank_ledger import blank_ledger
from pipeline.start import start_workspace

HEAD, FIRST = 3, 4  # 1-based rows of the sheet
_WRITTEN = {
    "建设年限": "2026-2028", "计划开工时间": "2026-03", "计划竣工时间": "2028-10", "形象进度完成率": 50,
    "实际开工时间": "2026-03-01", "实际竣工时间": None, "完成时限": "2027-06", "解决时限": "2027-09-30",
    "提出时间": "2027-02-01", "解决时间": None, "计划办结时间": "2027-08", "实际办结时间": None,
    "所属月份": "2027-03", "收到时间": "2027-03-27 10:00", "是否决定实施": "否", "申报报告": "有",
    "项目建议书或可研": "有", "批准文件": "有", "法人执照或筹建文件": "有",
}  # fmt: skip


def _dropdowns(sheet: Worksheet) -> dict[str, list[str]]:
    """Permitted values by column letter."""
    found = {}
    for entry in sheet.data_validations.dataValidation:
        column = re.match(r"[A-Z]+", str(entry.sqref))
        assert column
        found[column[0]] = str(entry.formula1).strip('"').split(",")
    return found


def _fill_in(path: Path) -> None:
    """One row, every column, as a unit would type it."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    lists = _dropdowns(sheet)
    sheet["A1"] = str(sheet["A1"].value).replace("____", "3")
    sheet["B2"] = "甲局"
    for cell in sheet[HEAD]:
        name, letter = str(cell.value), cell.coordinate.rstrip("0123456789")
        if name in _WRITTEN:
            value: str | int | None = _WRITTEN[name]  # type: ignore[assignment]  # str, int or None
        elif letter in lists:
            value = lists[letter][0]
        elif "万元" in name:
            value = 20000
        else:
            value = 90 if name.startswith(JUDGE_PREFIX) else "甲项目"
        sheet[f"{letter}{FIRST}"] = value
    book.save(path)


@pytest.mark.parametrize("kind", LEDGER_KINDS, ids=lambda kind: kind.slug)
def test_a_filled_in_row_is_read_without_a_finding_of_the_reader(kind: LedgerKind, tmp_path: Path) -> None:
    start_workspace(tmp_path, 2027)
    for path in (tmp_path / "inputs" / "2027").rglob("*.xlsx"):
        if path.stem == f"{kind.name}（空白）":
            _fill_in(path)
        else:
            path.unlink()
    result = CliRunner().invoke(main, ["check", "--json", "-C", str(tmp_path)])
    found = json.loads(result.stdout)
    assert [entry["sentence"] for entry in found if entry["rule"] == "reading"] == []
    text = CliRunner().invoke(main, ["run", "-C", str(tmp_path)]).output
    assert "1份，1行" in text


def test_closed_lists_are_dropdowns() -> None:
    kind = next(each for each in LEDGER_KINDS if each.slug == "declaration")
    with_lists = {field.label for field in kind.fields if field.choices}
    book = openpyxl.load_workbook(_as_file(blank_ledger(kind, 2027)))
    sheet = book.worksheets[0]
    titles = {cell.coordinate.rstrip("0123456789"): str(cell.value) for cell in sheet[HEAD]}
    lists = {titles[letter]: values for letter, values in _dropdowns(sheet).items()}
    assert set(lists) == with_lists
    assert lists["四个一批"] == list(CLASSES)


def test_every_amount_states_its_unit_and_the_head_repeats_in_print() -> None:
    for kind in LEDGER_KINDS:
        sheet = openpyxl.load_workbook(_as_file(blank_ledger(kind, 2028))).worksheets[0]
        assert str(sheet["A1"].value).startswith("2028年")
        heads = [str(cell.value) for cell in sheet[HEAD]]
        assert all("（万元）" in head for head in heads if "投资" in head)
        assert sheet.print_title_rows == "$3:$3"
        assert sheet.page_setup.orientation == "landscape"


def test_the_bytes_are_always_the_same() -> None:
    assert all(blank_ledger(kind, 2027) == blank_ledger(kind, 2027) for kind in LEDGER_KINDS)


def _as_file(data: bytes) -> io.BytesIO:
    return io.BytesIO(data)
