"""Our own forms that come back: untouched they are no report, filled in by half they are half a report."""

from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Period
from pipeline.tables.form_mark import drafts_in
from pipeline.tasks import desk
from pipeline.tasks.answers import answered
from pipeline.tasks.year import read_year
from pipeline.workbooks.compose import unit_form
from pipeline.workbooks.draft import digest_of_records, digest_of_rows
from pipeline.workbooks.form_workbook import form_workbook
from pipeline.workbooks.known import UnitKnown
from pipeline.workspace import Workspace
from tests import build
from tests.form_filling import MARCH, OFFICE, fill_in, form, read_back, records_of
from tests.grids_read import read_grids
from tests.intake import PROJECTS, UNIT, ledger_files, take_one, verified
from tests.office_present import saved_by_office
from tests.sent_forms import (
    fill_month,
    filled,
    first_free,
    issued,
    problems,
    sent_as,
    with_nothing,
    with_problem,
    with_project,
)

_STILL = "以前报来的仍然有效"


@pytest.mark.parametrize("period", ["2027", "2027-03"])
def test_a_form_that_comes_back_untouched_replaces_nothing(workspace: Workspace, tmp_path: Path, period: str) -> None:
    blank = issued(workspace, period)
    earlier = sent_as(blank, tmp_path / "填好.xlsx", filled if "-" in period else with_project)
    accepted = take_one(workspace, earlier).line
    assert accepted.accepted
    before = ledger_files(workspace), read_year(workspace, Period(2027)).ledgers
    for sent in (blank, sent_as(blank, tmp_path / "另存.xlsx")):
        line = take_one(workspace, sent).line
        assert _STILL in line.refusal
        assert (line.unit, line.period, line.ledgers != (), line.replaces) == (UNIT, period, True, ())
        assert (workspace.root / line.archived).read_bytes() == sent.read_bytes()
    year = read_year(workspace, Period(2027))
    assert (ledger_files(workspace), year.ledgers.declarations, year.ledgers.progress) == (
        before[0],
        before[1].declarations,
        before[1].progress,
    )
    assert [each.code for each in year.findings if "receipt-refused" in each.rule] == [""] * 2
    assert verified(workspace)


def test_sheets_left_as_they_were_are_no_report(workspace: Workspace, tmp_path: Path) -> None:
    """April's form holds March's problem already; left as it is, March's word stands, and is read once."""
    assert take_one(
        workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地"))
    ).line.accepted
    ((file, said),) = problems(workspace)
    assert said == "缺用地"
    blank = issued(workspace, "2027-04")
    line = take_one(workspace, sent_as(blank, tmp_path / "四月.xlsx", filled), "04-27 09:00").line
    assert line.ledgers == ("progress",)
    assert "问题台账" in line.remarks[0]
    assert "没有登记为收到" in line.remarks[0]
    assert problems(workspace) == [(file, said)]
    changed = take_one(workspace, sent_as(blank, tmp_path / "四月改.xlsx", with_problem("缺资金")), "04-27 10:00").line
    assert changed.ledgers == ("progress", "problem")
    assert [text for _, text in problems(workspace)] == ["缺用地", "缺资金"]


def test_an_edited_copy_does_not_bring_back_the_sheets_that_no_line_registers(
    workspace: Workspace, tmp_path: Path
) -> None:
    march = sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地"))
    assert take_one(workspace, march).line.accepted
    april = sent_as(issued(workspace, "2027-04"), tmp_path / "四月.xlsx", filled)
    working = workspace.root / take_one(workspace, april, "04-27 09:00").line.working
    sent_as(working, working, lambda book: filled(book, 120))
    ((_, said),) = problems(workspace)
    assert said == "缺用地"
    (told,) = [each for each in read_year(workspace, Period(2027)).findings if each.rule == "unreported"]
    assert "问题台账收件时没有填写" in told.message
    assert told.file.endswith(working.name)


def test_what_is_too_large_to_keep_at_hand_is_read_again_and_is_the_same(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = sent_as(issued(workspace, "2027-03"), tmp_path / "三月.xlsx", with_problem("缺用地"))
    at_hand = take_one(workspace, sent).line
    monkeypatch.setattr(desk, "CELLS_AT_HAND", 0)
    other = sent_as(sent, tmp_path / "再存.xlsx", _other_problem)
    again = take_one(workspace, other).line
    assert (again.ledgers, again.working) == (at_hand.ledgers, at_hand.working)
    assert again.findings == at_hand.findings
    assert [text for _, text in problems(workspace)] == ["缺资金"]


def _other_problem(book: Workbook) -> None:
    book["问题台账"].cell(first_free(book) - 1, 3).value = "缺资金"


def test_nothing_is_an_answer(workspace: Workspace, tmp_path: Path) -> None:
    line = take_one(workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "无.xlsx", with_nothing)).line
    assert line.ledgers == ("progress", "problem")
    assert not [each for each in line.remarks if "问题台账" in each]
    assert problems(workspace) == []


def test_a_row_that_cannot_be_read_was_still_written(workspace: Workspace, tmp_path: Path) -> None:
    def without_name(book: Workbook) -> None:
        book["问题台账"].cell(first_free(book), 3).value = "缺用地"

    line = take_one(workspace, sent_as(issued(workspace, "2027-03"), tmp_path / "缺.xlsx", without_name)).line
    assert "没有填“项目名称”" in line.refusal


@pytest.mark.parametrize("word", ["无", "—", "/"])
def test_a_word_for_none_where_a_number_is_asked_was_written(workspace: Workspace, tmp_path: Path, word: str) -> None:
    """The form was filled in: it is taken, and each cell is told what to write."""
    blank = issued(workspace, "2027-03")
    sent = sent_as(blank, tmp_path / "报表.xlsx", lambda book: fill_month(book, {"本年累计完成投资": word}))
    line = take_one(workspace, sent).line
    assert (line.accepted, line.ledgers, line.outcome) == (True, ("progress",), "按时")
    found = [each for each in line.findings if each.field == "本年累计完成投资"]
    assert [(each.message, each.seen, each.action) for each in found] == [
        (f"“{name}”的“本年累计完成投资”不是数字", word, "请填数字，没有的填0") for name in PROJECTS
    ]
    assert [each.cell for each in found] == ["I8", "I9"]


def test_a_dash_where_words_are_asked_is_told_as_one(workspace: Workspace, tmp_path: Path) -> None:
    told: dict[str, str | float] = {"本月完成投资": 100, "本年累计完成投资": 300, "形象进度": "—"}
    sent = sent_as(issued(workspace, "2027-03"), tmp_path / "报表.xlsx", lambda book: fill_month(book, told))
    line = take_one(workspace, sent).line
    assert [(each.message, each.seen) for each in line.findings if each.field == "形象进度"] == [
        (f"“{name}”的“形象进度”没有写明内容", "—") for name in PROJECTS
    ]


@pytest.mark.parametrize("month", [MARCH, None], ids=["month", "year"])
@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_untouched_is_told_by_content_after_another_program_saved_it(
    suffix: str, month: object, tmp_path: Path
) -> None:
    blank = tmp_path / "报表.xlsx"
    blank.write_bytes(form_workbook(form(MARCH if month else None)))
    saved = saved_by_office(blank, suffix, tmp_path)
    assert answered(_read(tmp_path, saved), drafts_in(read_grids(saved))).told == ()


def _read(folder: Path, path: Path) -> Ledgers:
    return read_back(folder, path.read_bytes(), path.name)


def test_every_change_of_a_row_shows(tmp_path: Path) -> None:
    """The digest of what is handed out, of what is read back, and of each sheet that is filled in."""
    book = unit_form(
        UnitKnown(build.UNIT, build.ledgers(build.declaration(), build.unit(), build.reserve()), Ledgers(2026)),
        None,
        OFFICE,
    )
    assert book
    untouched = read_back(tmp_path, form_workbook(book))
    filled = read_back(tmp_path, fill_in(book)[0])
    for sheet in book.sheets:
        issued = digest_of_rows(sheet.kind, sheet.columns, sheet.rows)
        assert digest_of_records(sheet.kind, records_of(untouched, sheet.kind.slug)) == issued
        assert digest_of_records(sheet.kind, records_of(filled, sheet.kind.slug)) != issued


def test_an_unchanged_entry_of_last_year_is_confirmed_with_the_rest_of_the_form(
    workspace: Workspace, tmp_path: Path
) -> None:
    """The new year has no other entry of the unit in its directory; an untouched form still says nothing."""
    blank = issued(workspace, "2028")
    assert _STILL in take_one(workspace, blank).line.refusal
    declared = sent_as(blank, tmp_path / "填好.xlsx", with_project)
    line = take_one(workspace, declared).line
    assert line.ledgers == ("declaration", "unit")
    assert [each.name for each in read_year(workspace, Period(2028)).ledgers.units] == [UNIT]
