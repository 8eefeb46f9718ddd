"""Receiving: unit, ledger and period from the contents, nothing guessed, nothing lost."""

import hashlib
import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import GongwenError
from pipeline.facts.succession import counting
from pipeline.records.period import Period
from pipeline.records.receipt_line import RecordedFinding
from pipeline.registers.register import Register
from pipeline.spreadsheets.readers import Read, Readers
from pipeline.tasks.desk import Told
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace
from tests.intake import (
    HEAD,
    OTHER,
    PROJECTS,
    UNIT,
    at,
    ledger_files,
    lines,
    report,
    row,
    take,
    take_one,
    verified,
)

PLACE = f"inputs/2027/月报/2027-03/{UNIT}2027年3月项目月报.csv"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_a_report_is_archived_placed_and_registered(workspace: Workspace, mail: Path) -> None:
    sent = report(mail, rows=[row(1, PROJECTS[0], done="约100"), row(2, PROJECTS[1])])
    line = take_one(workspace, sent).line
    assert (line.unit, line.ledgers, line.period, line.report_kind) == (
        UNIT,
        ("progress",),
        "2027-03",
        "月报",
    )
    assert (line.outcome, line.refusal, line.remarks, line.working) == ("按时", "", (), PLACE)
    archived = workspace.root / line.archived
    assert archived.name == f"{digest(sent)[:12]}-月报.csv"
    assert archived.read_bytes() == (workspace.root / PLACE).read_bytes() == sent.read_bytes()
    assert not archived.stat().st_mode & stat.S_IWUSR
    assert ledger_files(workspace) == {PLACE}
    checked = read_year(workspace, Period.parse("2027-03"), [workspace.root / PLACE]).findings
    assert [(each.rule, each.cell, each.message) for each in line.findings] == [
        (each.rule, each.cell, each.message) for each in checked
    ]
    assert any("约100" in each.seen for each in line.findings)
    assert verified(workspace)


def test_what_a_killed_receipt_left_half_copied_goes_after_a_day(workspace: Workspace, mail: Path) -> None:
    folder = workspace.root / "inputs/收件存档/2027"
    folder.mkdir(parents=True)
    dead, alive = folder / ".gongwen-dead.tmp", folder / ".gongwen-alive.tmp"
    for path, age in ((dead, 86_460), (alive, 86_340)):
        path.write_bytes(b"half")
        os.utime(path, (time.time() - age,) * 2)
    take_one(workspace, report(mail))
    assert not dead.exists()
    assert alive.exists(), "somebody may be copying"


@pytest.mark.parametrize(("when", "outcome"), [("03-28 23:59", "按时"), ("03-29 00:00", "迟报")])
def test_lateness_by_the_article(workspace: Workspace, mail: Path, when: str, outcome: str) -> None:
    assert take_one(workspace, report(mail), when).line.outcome == outcome
    year = read_year(workspace, Period.parse("2027-03"))
    late = [each for each in year.findings if each.rule == "monthly-report" and each.month and each.month.month == 3]
    told = {each.unit: each for each in late}
    assert "没有收到记录" in told[OTHER].message
    assert (UNIT in told) == (outcome == "迟报")
    if UNIT in told:
        assert "2027年3月29日00:00收到，迟1天" in told[UNIT].message
        assert told[UNIT].place == "inputs/收件登记簿.sqlite3 收件登记簿!第1行"


def test_a_ledger_without_a_day_is_neither_on_time_nor_late(workspace: Workspace, mail: Path) -> None:
    path = mail / "手续.csv"
    path.write_text(
        f"{UNIT}手续台账（截至2027年3月）\n序号,项目名称,审批事项,审批部门,办理情况\n1,{PROJECTS[0]},施工许可,区住建局,办理中\n",
        "utf-8",
    )
    line = take_one(workspace, path).line
    assert (line.ledgers, line.period, line.outcome, line.deadline) == (("procedure",), "2027", "", None)
    assert line.working == f"inputs/2027/手续/{UNIT}2027年手续台账.csv"


@pytest.mark.parametrize(
    ("title", "unit", "period"),
    [
        ("2027年3月重点项目月报", UNIT, "2027-03"),  # the unit by its column
        (f"填报单位：{OTHER}　2027年3月", "", "2027-03"),  # title and column contradict
        ("填报单位：区住见局　2027年3月月报", UNIT, "2027-03"),  # an unknown name beside a plain column
        (f"{UNIT}重点项目月报", UNIT, ""),
        (f"{UNIT}2027年2月和2027年3月月报", UNIT, ""),
        (f"{UNIT}1998年3月月报", UNIT, "1998-03"),
        (f"{UNIT}2027年3月月报　填报日期：2027年4月2日", UNIT, "2027-03"),
    ],
)
def test_unit_and_period_from_the_contents(
    workspace: Workspace, mail: Path, title: str, unit: str, period: str
) -> None:
    line = take_one(workspace, report(mail, "区水务局2026年1月.csv", title=title)).line
    if period == "1998-03":
        assert "不在2017至2099年之间" in line.refusal
    elif unit and period:
        assert (line.unit, line.period, line.refusal) == (unit, period, "")
        assert len(line.remarks) == 2 + ("区住见局" in title)  # the file's name says another unit and month
    else:
        assert ("--unit" if not unit else "--period") in line.refusal
        assert (line.unit, line.period) == (unit, period)
        assert ledger_files(workspace) == set()
        assert (workspace.root / line.archived).is_file()


def test_the_unit_by_the_declared_projects(workspace: Workspace, mail: Path) -> None:
    rows = [row(1, PROJECTS[0], unit=""), row(2, PROJECTS[1], unit="")]
    line = take_one(workspace, report(mail, rows=rows, title="2027年3月月报")).line
    assert line.unit == UNIT
    assert "按各项目申报的责任单位登记" in line.remarks[0]
    rows = [row(1, PROJECTS[0], unit=""), row(2, "丙水厂项目", unit="")]
    refused = take_one(workspace, report(mail, "二.csv", rows, "2027年3月月报")).line
    assert f"分属{UNIT}、{OTHER}" in refused.refusal


def test_the_clerk_decides_where_the_file_is_silent_and_not_against_it(workspace: Workspace, mail: Path) -> None:
    silent = report(mail, title="重点项目月报", rows=[row(1, "新项目", unit="")])
    assert take_one(workspace, silent, told=Told(UNIT, "2027-03")).line.working == PLACE
    plain = report(mail, "二.csv")
    assert f"与--unit给出的“{OTHER}”不符" in take_one(workspace, plain, told=Told(OTHER)).line.refusal
    assert "与--period给出的2027-04不符" in take_one(workspace, plain, told=Told(period="2027-04")).line.refusal
    assert "年月" in take_one(workspace, silent, told=Told(UNIT, "2027")).line.refusal
    with pytest.raises(GongwenError, match="没有“区住见局”，与“区住建局”相近"):
        take_one(workspace, plain, told=Told("区住见局"))
    assert len(lines(workspace)) == 4


def test_what_was_refused_keeps_its_time(workspace: Workspace, mail: Path) -> None:
    """A report that came in time and whose unit was asked for is not late."""
    silent = report(mail, title="2027年3月月报", rows=[row(1, "新项目", unit="")])
    assert take_one(workspace, silent, "03-28 17:00").line.refusal
    line = take_one(workspace, silent, "03-30 09:00", Told(UNIT)).line
    assert (line.outcome, line.received_at, line.recorded_at) == (
        "按时",
        at("03-28 17:00"),
        at("03-30 09:00"),
    )
    assert "第1行已经收到" in line.remarks[0]
    assert lines(workspace)[0].archived == line.archived


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04 broken", "不完整"),
        ("空.csv", b"", "空"),
        ("说明.docx", b"PK\x03\x04", "不是电子表格"),
        ("通讯录.csv", "姓名,电话\n赵某甲,1\n钱某乙,2\n".encode(), "认不出"),
    ],
)
def test_an_unreadable_file_is_kept_and_registered(
    workspace: Workspace, mail: Path, name: str, content: bytes, words: str
) -> None:
    path = mail / name
    path.write_bytes(content)
    line = take_one(workspace, path, told=Told(UNIT, "2027-03")).line
    assert words in line.refusal
    assert (line.unit, line.period, line.working, line.outcome) == (UNIT, "2027-03", "", "")
    assert (workspace.root / line.archived).read_bytes() == content
    assert ledger_files(workspace) == set()
    (finding,) = [each for each in read_year(workspace, Period(2027)).findings if each.rule == "receipt-refused"]
    assert (finding.unit, finding.cell) == (UNIT, "第1行")
    take_one(workspace, report(mail))
    assert not [each for each in read_year(workspace, Period(2027)).findings if each.rule == "receipt-refused"]


@pytest.mark.parametrize(
    "name",
    ["报\u202excod.csv", "报\udcff.csv", "../x".replace("/", "／") + ".csv", "CON.csv", "长" * 70 + ".csv"],
)
def test_hostile_names_are_kept_out_of_the_archive(workspace: Workspace, mail: Path, name: str) -> None:
    line = take_one(workspace, report(mail, name)).line
    archived = workspace.root / line.archived
    assert archived.parent == workspace.inputs / "收件存档" / "2027"
    assert (line.original_name + archived.name).isprintable()
    assert len(archived.name.encode()) <= 160
    assert verified(workspace)


def test_a_head_without_rows_is_no_report(workspace: Workspace, mail: Path) -> None:
    line = take_one(workspace, report(mail, rows=[])).line
    assert "一行" in line.refusal
    assert ledger_files(workspace) == set()


def test_a_correction_takes_the_place_of_the_earlier(workspace: Workspace, mail: Path) -> None:
    first = take_one(workspace, report(mail, rows=[row(1, PROJECTS[0], "约100"), row(2, PROJECTS[1], "abc", "x")]))
    assert first.mended is None
    corrected = report(mail, "改后.csv", [row(1, "甲厂房项目", "100"), "", row(2, PROJECTS[1], "abc", "")])
    received = take_one(workspace, corrected, "03-30 10:00")
    assert received.mended is not None
    told = [(each.project, each.field) for each in received.mended.mended]
    assert (PROJECTS[0], "本月完成投资") in told
    assert [(each.project, each.field, each.cell) for each in received.mended.open if each.rule == "reading"] == [
        (PROJECTS[1], "本月完成投资", "E5")
    ]
    assert received.line.replaces == (1,)
    assert received.line.outcome == "迟报"
    assert ledger_files(workspace) == {PLACE}
    assert (workspace.root / PLACE).read_bytes() == corrected.read_bytes()
    assert counting(Register.open(workspace).lines())[-1] == received.line
    year = read_year(workspace, Period.parse("2027-03"))
    assert not [each for each in year.findings if each.rule == "monthly-report" and each.unit == UNIT and each.month and each.month.month == 3]  # fmt: skip
    assert verified(workspace)


def test_the_same_bytes_again_are_one_line_and_no_change(workspace: Workspace, mail: Path) -> None:
    sent = report(mail)
    take_one(workspace, sent)
    stamp = (workspace.root / PLACE).stat().st_mtime_ns
    again = take_one(workspace, sent, "04-02 08:00").line
    assert (again.number, again.repeats, again.replaces, again.working) == (2, 1, (), PLACE)
    assert (workspace.root / PLACE).stat().st_mtime_ns == stamp
    assert len(list((workspace.root / "inputs/收件存档/2027").iterdir())) == 1
    (workspace.root / PLACE).unlink()
    assert "补放" in take_one(workspace, sent, "04-03 08:00").line.remarks[0]
    assert (workspace.root / PLACE).read_bytes() == sent.read_bytes()


def test_an_older_version_that_comes_back_replaces_the_newer(workspace: Workspace, mail: Path) -> None:
    first, second = report(mail), report(mail, "二.csv", [row(1, PROJECTS[0]), row(2, PROJECTS[1], "90")])
    received = take(workspace, first, second, first)
    assert [(each.line.replaces, each.line.repeats) for each in received] == [((), 0), ((1,), 0), ((2,), 0)]
    assert [each.line.remarks for each in received] == [
        (),
        (),
        ("与第1行是同一个文件，该行已被第2行取代；本次仍按重新报送收下，请核对单位是否误发了旧文件",),
    ]
    assert (workspace.root / PLACE).read_bytes() == first.read_bytes()
    again = take_one(workspace, first).line
    assert (again.repeats, again.remarks) == (3, ())


def test_an_edited_working_copy_is_set_aside(workspace: Workspace, mail: Path) -> None:
    take_one(workspace, report(mail))
    edited = (workspace.root / PLACE).read_text("utf-8").replace("主体施工", "主体完工")
    (workspace.root / PLACE).write_text(edited, "utf-8")
    second = report(mail, "二.csv", [row(1, PROJECTS[0]), row(2, PROJECTS[1], "90")])
    line = take_one(workspace, second).line
    (remark,) = line.remarks
    assert "没有覆盖" in remark
    aside = next((workspace.root / "inputs/收件存档/2027/被替换的工作副本").iterdir())
    assert aside.read_text("utf-8") == edited
    assert aside.name in remark
    assert (workspace.root / PLACE).read_bytes() == second.read_bytes()
    assert verified(workspace)


def test_a_report_put_there_by_hand_is_not_read_twice(workspace: Workspace, mail: Path) -> None:
    folder = workspace.inputs / "2027" / "月报" / "2027-03"
    by_hand = report(folder, "住建局月报.csv", [row(1, PROJECTS[0]), row(2, PROJECTS[1], "80")])
    others = report(folder, "水务局.csv", [row(1, "丙水厂项目", unit=OTHER)], f"{OTHER}2027年3月月报")
    kept = by_hand.read_bytes()
    line = take_one(workspace, report(mail)).line
    assert ledger_files(workspace) == {PLACE, others.relative_to(workspace.root).as_posix()}
    aside = next((workspace.root / "inputs/收件存档/2027/被替换的工作副本").iterdir())
    assert aside.read_bytes() == kept
    assert any("住建局月报.csv" in remark for remark in line.remarks)
    assert not [each for each in read_year(workspace, Period(2027)).findings if each.rule == "same-project"]


@pytest.mark.parametrize("registered", [True, False], ids=["registered", "put there by hand"])
def test_a_project_of_two_units_does_not_drive_out_the_other_units_report(
    workspace: Workspace, mail: Path, registered: bool
) -> None:
    """Both name the same project; its problem counts for the unit that leads it."""
    own = report(mail)
    if not registered:
        own = report(workspace.inputs / "2027" / "月报" / "2027-03", "住建局月报.csv")
    both = book(mail / "水.xlsx", f"{OTHER}2027年3月", "路口未通", "100", OTHER)
    take(workspace, *([own] if registered else []), both)
    placed = PLACE if registered else own.relative_to(workspace.root).as_posix()
    assert placed in ledger_files(workspace)
    assert len(ledger_files(workspace)) == 2


def test_two_parts_or_a_correction_is_asked(workspace: Workspace, mail: Path) -> None:
    take_one(workspace, report(mail, rows=[row(1, PROJECTS[0])]))
    part = report(mail, "二.csv", [row(1, PROJECTS[1])])
    assert "--replace" in take_one(workspace, part).line.refusal
    kept = take_one(workspace, part, told=Told(instead=False)).line
    assert (kept.replaces, kept.beside, len(ledger_files(workspace))) == ((), (1,), 2)
    keys = {each.key for each in read_year(workspace, Period(2027)).ledgers.progress}
    assert keys == set(PROJECTS)
    assert kept.working.endswith("项目月报（2）.csv")
    whole = take_one(workspace, report(mail, "三.csv"), told=Told(instead=True)).line
    assert whole.replaces == (1, 3)
    assert ledger_files(workspace) == {PLACE}


def book(path: Path, title: str, problem: str, done: str, unit: str = UNIT) -> Path:
    """A monthly workbook whose second sheet has no month of its own."""
    workbook = openpyxl.Workbook()
    sheets = {
        "月报": [title, HEAD, row(1, PROJECTS[0], done, unit=unit), row(2, PROJECTS[1], done, unit=unit)],
        "问题": [
            f"{title}问题台账",
            "序号,项目名称,具体问题,问题类别,当前处理层级,解决措施",
            f"1,{PROJECTS[0]},{problem},土地,区重大办,协调",
        ],
    }
    workbook.remove(workbook.worksheets[0])
    for name, told in sheets.items():
        sheet = workbook.create_sheet(name)
        for each in told:
            sheet.append([int(cell) if cell.isdecimal() else cell for cell in each.split(",")])
    workbook.save(path)
    return path


def test_a_ledger_without_a_month_counts_until_the_next_one(workspace: Workspace, mail: Path) -> None:
    """Months stand beside one another; of the problems only the last word is read."""
    march = book(mail / "三.xlsx", f"{UNIT}2027年3月", "三月的问题", "100")
    april = book(mail / "四.xlsx", f"{UNIT}2027年4月", "四月的问题", "100")
    take(workspace, march, april)
    ledgers = read_year(workspace, Period(2027)).ledgers
    assert [each.problem for each in ledgers.problems] == ["四月的问题"]
    assert len(ledgers.progress) == 4
    assert [each.message for each in read_year(workspace, Period(2027)).findings if each.rule == "superseded"] == [
        "各单位较早报来的台账1份，已由各单位最近报来的代替，没有读取"
    ]
    corrected = report(mail, "改.csv", [row(1, PROJECTS[0], "90"), row(2, PROJECTS[1], "90")], f"{UNIT}2027年4月月报")
    line = take_one(workspace, corrected).line
    assert "第2行报表中的项目月报由本次代替" in line.remarks[0]
    ledgers = read_year(workspace, Period(2027)).ledgers
    assert sorted((str(each.month), int(each.month_done or 0)) for each in ledgers.progress) == [
        ("2027-03", 100), ("2027-03", 100), ("2027-04", 90), ("2027-04", 90),
    ]  # fmt: skip
    assert [each.problem for each in ledgers.problems] == ["四月的问题"]
    late = book(mail / "三改.xlsx", f"{UNIT}2027年3月", "三月的问题改", "80")
    assert take_one(workspace, late).line.replaces == (1,)
    assert [each.problem for each in read_year(workspace, Period(2027)).ledgers.problems] == ["四月的问题"]


def test_half_monthly_reports_have_their_own_day(workspace: Workspace, mail: Path) -> None:
    """B-11: their arrival counts, half a month's figures do not."""
    take_one(workspace, report(mail))
    line = take_one(workspace, report(mail, "半.csv", title=f"{UNIT}2027年3月上半月项目进度"), "03-16 08:00").line
    assert (line.report_kind, line.outcome, line.working, line.replaces) == ("上半月报", "迟报", "", ())
    assert ledger_files(workspace) == {PLACE}


def test_the_hand_kept_register_and_ours_are_held_together(workspace: Workspace, mail: Path) -> None:
    noted = workspace.inputs / "2027" / "报送登记" / "登记簿.csv"
    noted.parent.mkdir()
    noted.write_text(
        "2027年报送登记簿\n序号,单位,报表类型,所属月份,收到时间\n"
        f"1,{UNIT},月报,2027年3月,2027-03-28 10:00\n2,{OTHER},月报,2027年3月,2027-03-27 10:00\n",
        "utf-8",
    )
    take_one(workspace, report(mail), "03-29 10:00")
    findings = read_year(workspace, Period.parse("2027-03")).findings
    assert not [each for each in findings if each.rule == "monthly-report" and each.month and each.month.month == 3]
    (contradiction,) = [each for each in findings if each.rule == "receipt-contradiction"]
    assert contradiction.unit == ""  # two registers that differ are the office's to mend
    assert "第1行为2027年3月29日10:00，按较早的2027年3月28日10:00计" in contradiction.message


def test_a_tampered_register_is_not_used_and_said(workspace: Workspace, mail: Path) -> None:
    take_one(workspace, report(mail))
    register = Register.open(workspace)
    data = register.path.read_bytes()
    register.path.write_bytes(data.replace(b"2027-03-27T09", b"2027-03-26T09"))
    assert register.path.read_bytes() != data
    year = read_year(workspace, Period.parse("2027-03"))
    (finding,) = [each for each in year.findings if each.rule == "register"]
    assert "第1行的内容与登记时不同" in finding.message
    assert year.ledgers.receipts == ()


def test_several_files_are_judged_together(workspace: Workspace, mail: Path) -> None:
    """What one call finds is what a check of the whole finds afterwards."""
    water = report(
        mail,
        "水.csv",
        [row(1, "丙水厂项目", unit=OTHER), row(2, PROJECTS[0], unit=OTHER)],
        f"{OTHER}2027年3月",
    )
    april = report(mail, "四.csv", [row(1, PROJECTS[0], year="200")], f"{UNIT}2027年4月月报")
    received = take(workspace, report(mail), water, april)
    for each in received:
        period = Period.parse(each.line.period)
        found = read_year(workspace, period, [workspace.root / each.line.working]).findings
        assert [finding.message for finding in each.line.findings] == [finding.message for finding in found]
    assert any(each.line.findings for each in received)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_file_is_opened_once(workspace: Workspace, mail: Path, monkeypatch: pytest.MonkeyPatch, suffix: str) -> None:
    """And is judged as if it had been opened where it stands afterwards."""
    rows = [row(1, PROJECTS[0], done="约100"), row(2, PROJECTS[1])]
    sent = report(mail, rows=rows) if suffix == "csv" else book(mail / "月报.xlsx", f"{UNIT}2027年3月", "占地", "约100")
    opened: list[str] = []
    real = Readers.read_all

    def counting(readers: Readers, paths: Sequence[Path]) -> Generator[Read, None, None]:
        opened.extend(path.read_bytes().hex() for path in paths)
        return real(readers, paths)

    monkeypatch.setattr(Readers, "read_all", counting)
    line = take_one(workspace, sent).line
    assert opened.count(sent.read_bytes().hex()) == 1
    monkeypatch.undo()
    checked = read_year(workspace, Period.parse("2027-03"), [workspace.root / line.working]).findings
    assert line.findings == tuple(map(RecordedFinding.of, checked))
    assert any(each.sheet == (Path(line.working).stem if suffix == "csv" else "月报") for each in line.findings)


def test_a_missing_file_stops_before_anything_is_done(workspace: Workspace, mail: Path) -> None:
    with pytest.raises(GongwenError, match="没有文件"):
        take(workspace, report(mail), mail / "无.csv")
    assert lines(workspace) == ()
    assert not (workspace.inputs / "收件存档").exists()


def test_a_working_copy_that_cannot_be_written_is_said(
    workspace: Workspace, mail: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_one(workspace, report(mail))
    before = (workspace.root / PLACE).read_bytes()

    def locked(*_: object) -> None:
        raise PermissionError(13, "open in WPS")

    monkeypatch.setattr("pipeline.tasks.placing.write_whole", locked)
    line = take_one(workspace, report(mail, "二.csv", [row(1, PROJECTS[0])])).line
    assert "正被WPS" in line.refusal
    assert (workspace.root / PLACE).read_bytes() == before
    monkeypatch.undo()
    assert take_one(workspace, mail / "二.csv", "03-29 09:00").line.replaces == (1,)


def test_two_at_once_keep_the_chain(workspace: Workspace, mail: Path) -> None:
    sent = [report(mail, f"{month}.csv", title=f"{UNIT}2027年{month}月月报") for month in range(1, 9)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda path: take_one(workspace, path), sent))
    found = lines(workspace)
    assert [line.number for line in found] == list(range(1, 9))
    assert len(ledger_files(workspace)) == 8
    assert verified(workspace)


def _whole(workspace: Workspace, sent: Path) -> bool:
    """Every line has its files; nothing else is wrong but a copy in the archive without a line."""
    register = Register.open(workspace)
    for line in register.lines():
        assert (workspace.root / line.archived).read_bytes()
        if line.number == max(each.number for each in register.lines()):
            assert (workspace.root / line.working).read_bytes() == sent.read_bytes()
    faults = [fault.sentence for fault in register.verify()]
    assert all("没有登记：收件时中断" in sentence for sentence in faults), faults
    return any(line.sha256 == digest(sent) for line in register.lines())


def _in_child(work: Callable[[], object], killed_at: int) -> bool:
    """Run in a child that kills itself at the n-th file operation; whether it lived to the end."""
    child = os.fork()
    if child == 0:  # pragma: no cover - the child
        count, process = 0, os.getpid()

        def hook(event: str, _: object) -> None:
            nonlocal count
            if os.getpid() != process:
                return  # a reading process, which is a copy of this one
            if event in ("open", "os.rename", "os.remove", "os.chmod", "os.mkdir", "sqlite3.connect"):
                count += 1
                if count == killed_at:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        work()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def test_killed_at_every_file_operation(workspace: Workspace, mail: Path, tmp_path: Path) -> None:
    """kill -9: no line, or a whole one with its file; and the same file is taken in afterwards."""
    first, second = report(mail), report(mail, "二.csv", [row(1, PROJECTS[0]), row(2, PROJECTS[1], "90")])
    take_one(workspace, first)
    state = tmp_path / "state"
    fates = set()
    for number in range(1, 200):
        subprocess.run(["cp", "-a", workspace.root, state], check=True)
        copy = Workspace.open(state)
        lived = _in_child(lambda opened=copy: take_one(opened, second), number)  # type: ignore[misc]
        if Register.open(copy).lines()[-1].number == 2:
            assert _whole(copy, second)
            fates.add("line")
        else:
            working = (copy.root / PLACE).read_bytes()
            assert working in (first.read_bytes(), second.read_bytes())
            fates.add("none")
        if number % 5 == 0 and not lived:
            take_one(copy, second)
            assert verified(copy)
            assert (copy.root / PLACE).read_bytes() == second.read_bytes()
            assert ledger_files(copy) == {PLACE}
        subprocess.run(["rm", "-rf", state], check=True)
        if lived:
            break
    assert lived
    assert fates == {"line", "none"}


def test_killed_at_any_time(workspace: Workspace, mail: Path) -> None:
    """The same from outside, at moments that no hook chooses."""
    code = (
        "import sys; from pathlib import Path; from pipeline.workspace import Workspace; from tests.intake import take_one\n"
        "workspace = Workspace.open(Path(sys.argv[1])); print('ready', flush=True)\n"
        "for path in sys.argv[2:]: take_one(workspace, Path(path))"
    )
    sent = [report(mail, f"{n}.csv", [row(1, PROJECTS[0], str(n + 1))]) for n in range(40)]
    for number in range(6):
        process = subprocess.Popen(
            [sys.executable, "-c", code, str(workspace.root), *map(str, sent)],
            cwd=Path(__file__).parents[2], stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.3 + 0.5 * number)
        process.kill()
        process.wait()
        process.stdout.close()
        found = lines(workspace)
        if found:
            assert (workspace.root / PLACE).exists()
            archived = {digest(workspace.root / line.archived) for line in found}
            assert digest(workspace.root / PLACE) in archived | {digest(path) for path in sent}
        faults = [fault.sentence for fault in Register.open(workspace).verify()]
        assert all("没有登记：收件时中断" in sentence for sentence in faults), faults
    assert lines(workspace)
