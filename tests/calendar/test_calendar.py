"""The year's calendar: dated duties (B-5 to B-13, K-7 to K-21), what came, days off, and its files."""

import csv
import io
import shutil
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.calendar.calendar_wording import day_of, notes_of, situation
from pipeline.calendar.deadlines import deliveries, outcomes_by_unit
from pipeline.calendar.duties import Duty, Outcome, calendar_of
from pipeline.checks.runner import run_rules
from pipeline.cli import main
from pipeline.facts.case import Case
from pipeline.records.ledgers import Ledgers
from pipeline.records.period import Month
from pipeline.records.settings import OfficeSettings
from pipeline.records.working_days import OFF, WORKED, DeadlineSettings, SpecialDay, WorkingDays
from pipeline.tables.reader import read_ledgers
from pipeline.workbooks.calendar_workbook import Calendar, calendar_workbook
from pipeline.workbooks.ics import calendar_file
from pipeline.workspace import Workspace
from tests import build

REPOSITORY = Path(__file__).parents[2]
SHIFTED = DeadlineSettings(shift=True)
DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
TABLES = st.dictionaries(DAYS, st.sampled_from([SpecialDay(OFF, "节"), SpecialDay(WORKED, "节")]), max_size=40)


def gongwen(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def by_key(duties: tuple[Duty, ...]) -> dict[str, Duty]:
    assert len({duty.key for duty in duties}) == len(duties)
    return {duty.key: duty for duty in duties}


def march(today: str, *receipts: object, office: DeadlineSettings | None = None) -> Duty:
    """The monthly report of March 2027, due on Sunday the 28th, as it stands on a day."""
    ledgers = build.ledgers(build.declaration(), *receipts)
    return by_key(calendar_of(ledgers, date.fromisoformat(today), office))["monthly-report-2027-03-1"]


@given(DAYS, TABLES)
def test_the_next_working_day_is_the_first_that_is_one(day: date, special: dict[date, SpecialDay]) -> None:
    days = WorkingDays(special)
    found = days.next_working(day)
    assert not days.reason_off(found)
    assert all(days.reason_off(day + timedelta(n)) for n in range((found - day).days))


def test_days_off_are_weekends_and_holidays_but_not_worked_weekends() -> None:
    days = WorkingDays({date(2027, 10, 1): SpecialDay(OFF, "国庆节"), date(2027, 10, 9): SpecialDay(WORKED, "国庆节")})
    reasons = [days.reason_off(date(2027, 10, day)) for day in (1, 2, 3, 4, 9, 10)]
    assert reasons == ["国庆节放假", "周六", "周日", "", "", "周日"]


@pytest.mark.parametrize(
    ("today", "received", "outcome"),
    [
        ("2027-03-28", None, Outcome.NOT_DUE),  # the day itself is still on time
        ("2027-03-29", None, Outcome.MISSING),
        ("2027-03-28", "2027-03-28 23:59", Outcome.RECEIVED),
        ("2027-03-29", "2027-03-29 00:00", Outcome.LATE),
        ("2027-03-29", "2027-03-30 08:00", Outcome.MISSING),  # has not yet come
        ("2027-03-20", "2027-03-28 08:00", Outcome.NOT_DUE),
    ],
)
def test_outcome_on_the_day_of_asking(today: str, received: str | None, outcome: Outcome) -> None:
    registered = build.receipt("月报", 1, "2027-01-28 10:00")  # the office keeps a register
    receipts = [build.receipt("月报", 3, received)] if received else []
    assert march(today, registered, *receipts).outcome is outcome


@pytest.mark.parametrize("today", ["2027-03-28", "2027-03-29"])
def test_what_the_register_leaves_open_is_not_judged(today: str) -> None:
    without_time = march(today, build.receipt("月报", 3, None))
    assert without_time.outcome is Outcome.UNKNOWN
    assert "登记不清：区工信局" in situation(without_time)
    over = today == "2027-03-29"
    expected = Outcome.UNKNOWN if over else Outcome.NOT_DUE
    assert march(today).outcome is expected  # no register at all
    assert march(today, replace(build.receipt("月报", 3, "2027-03-20 10:00"), month=None)).outcome is expected


def test_a_deadline_on_a_day_off_moves_only_where_the_office_says_so() -> None:
    receipt = build.receipt("月报", 3, "2027-03-29 09:00")
    stays, moves = march("2027-04-01", receipt), march("2027-04-01", receipt, office=SHIFTED)
    assert (stays.due, stays.outcome) == (date(2027, 3, 28), Outcome.LATE)
    assert (moves.due, moves.outcome, moves.named) == (date(2027, 3, 29), Outcome.RECEIVED, date(2027, 3, 28))
    assert day_of(stays, WorkingDays()) == "3月28日 周日，休"
    assert day_of(moves, WorkingDays()) == "3月29日 周一（由3月28日周日顺延）"
    assert stays.key == moves.key


def test_the_assessment_counts_by_the_same_day() -> None:
    year = build.ledgers(build.declaration(), build.receipt("月报", 3, "2027-03-29 09:00"))
    found = [deliveries(year, Month(2027, 3), office)[-1].outcome for office in (DeadlineSettings(), SHIFTED)]
    assert found == ["迟报", "按时"]
    for office, late in ((DeadlineSettings(), True), (SHIFTED, False)):
        findings = run_rules(Case(year, OfficeSettings(deadlines=office), date(2027, 3, 31)))
        in_march = [entry for entry in findings if entry.rule == "monthly-report" and entry.month == Month(2027, 3)]
        assert bool(in_march) is late


# Slug → (months, who), for the duties that no report covers
TERMS = {
    "bank-matching": ("04 10", "区财政局（金融办）"),
    "next-year-proposed": ("10", "区重大办"),
    "kick-off": ("01", "领导小组"),
    "inspection": ("07", "领导小组"),
    "plan": ("01", "区重大办"),
    "plan-adjustment": ("06", "区重大办"),
    "next-year-declared": ("08", "区属各部门、单位"),
    "quarterly-report": ("03 06 09 12", "各责任单位"),
    "yearly-report": ("12", "各责任单位"),
    "sponsored-inspection": ("03 06 09 12", "区重大办"),
    "quarterly-bulletin": ("03 06 09 12", "区重大办"),
    "spot-check": ("03 06 09 12", "区重大办"),
    "mid-year-assessment": ("07", "区重大办"),
    "year-end-assessment": ("12", "区重大办"),
}


def test_every_dated_duty_stands_on_its_day() -> None:
    duties = by_key(calendar_of(Ledgers(2028), date(2028, 1, 1)))
    for slug, (months, who) in TERMS.items():
        keys = [key for key in duties if key.rpartition("-2028")[0] == slug]
        assert keys == [f"{slug}-2028-{month}" for month in months.split()]
        assert {duties[key].who for key in keys} == {who}
    reports = {key: duty.due for key, duty in duties.items() if "report-2028-02" in key}
    assert reports == {
        "half-monthly-report-2028-02-1": date(2028, 2, 15),
        "half-monthly-report-2028-02-2": date(2028, 2, 29),
        "monthly-report-2028-02-1": date(2028, 2, 28),
    }
    assert duties["plan-2028-01"].due == date(2028, 1, 31)
    assert duties["plan-adjustment-2028-06"].opens == date(2028, 3, 1)
    monthly = Counter(key.rpartition("-2028-")[0] for key in duties)
    for slug in (
        "briefing",
        "joint-meeting",
        "team-meeting",
        "special-meeting",
        "analysis",
        "sponsored-proposed",
    ):
        assert monthly[slug] == 12
    cited = {duty.citation.code for duty in duties.values()}
    assert cited >= {
        "B-5", "B-9", "B-10", "B-11", "B-12", "B-13", "K-7(1)", "K-7(3)", "K-10(1)", "K-11(1)", "K-12(1)",
        "K-16", "K-18(1)", "K-20", "K-20(2)", "K-20(3)", "K-21",
    }  # fmt: skip
    assert [duty.due for duty in duties.values()] == sorted(duty.due for duty in duties.values())


def test_who_has_declared_for_the_next_year() -> None:
    year = build.ledgers(build.unit(name="甲局"), build.unit(name="乙局"))
    following = build.ledgers(build.declaration(lead_unit="甲局"))
    key = "next-year-declared-2027-08"
    early = by_key(calendar_of(year, date(2027, 7, 1), None, following))[key]
    later = by_key(calendar_of(year, date(2027, 9, 1), None, following))[key]
    assert [share.outcome for share in early.shares] == [Outcome.RECEIVED, Outcome.NOT_DUE]
    assert [share.outcome for share in later.shares] == [Outcome.RECEIVED, Outcome.UNKNOWN]  # never missing
    assert day_of(later, WorkingDays()) == "8月1日起"
    assert by_key(calendar_of(year, date(2027, 9, 1)))[key].shares == ()


@pytest.mark.parametrize(("state", "owed"), [("拟包联", 0), ("已确定", 6), (None, 6)])
def test_half_monthly_reports_are_owed_of_settled_projects(state: str | None, owed: int) -> None:
    """B-5, B-11."""
    received = build.receipt("上半月报", 1, "2027-01-14 09:00", unit="别的单位"), build.receipt("下半月报", 1, None)
    year = build.ledgers(build.sponsorship(state=state), *received)
    assert sum(outcomes.total() for outcomes in outcomes_by_unit(year, Month(2027, 3)).values()) == owed


def test_thirty_units_are_summed_up() -> None:
    names = [f"第{number}局" for number in range(1, 31)]
    declared = [build.declaration(project_name=f"{name}项目", lead_unit=name) for name in names]
    received = [build.receipt("月报", 3, "2027-03-27 09:00", unit=name) for name in names[:26]]
    late = build.receipt("月报", 3, "2027-03-30 09:00", unit="第27局")
    duties = calendar_of(build.ledgers(*declared, *received, late), date(2027, 3, 31))
    said = situation(by_key(duties)["monthly-report-2027-03-1"])
    assert said == "应报30家，已收27家，迟报：第27局（迟2天），未报：第28局、第29局、第30局"


def test_at_the_end_of_the_year_the_calendar_agrees_with_the_assessment() -> None:
    workspace = Workspace.open(REPOSITORY)
    sample = read_ledgers(workspace.root, 2027, workspace.ledger_files(2027), workspace.settings())
    shares = [share for duty in calendar_of(sample, date(2028, 1, 31)) for share in duty.shares]
    found = Counter(share.outcome.value for share in shares)
    assessed = Counter(entry.outcome for entry in deliveries(sample, Month(2027, 12)))
    assert found["缺报"] == assessed["缺报"] > 0
    assert found["迟报"] == assessed["迟报"] > 0
    assert found["已收到"] == assessed["按时"]


# The table of holidays


def _settings(folder: Path, table: bytes) -> WorkingDays:
    (folder / "inputs").mkdir(exist_ok=True)
    shutil.copy(REPOSITORY / "inputs" / "office.toml", folder / "inputs")
    (folder / "inputs" / "节假日.csv").write_bytes(table)
    return Workspace.open(folder).settings().deadlines.working_days


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("written", ["2027-10-01", "2027/10/1", "2027年10月1日", "2027.10.1", " 2027-10-01 "])
def test_a_table_is_read_as_offices_save_it(tmp_path: Path, encoding: str, written: str) -> None:
    table = f"日期,类型,名称\r\n{written},放假,国庆节\r\n,,\r\n2027-10-09,上班,国庆节\r\n".encode(encoding)
    days = _settings(tmp_path, table)
    assert days.special == {
        date(2027, 10, 1): SpecialDay(OFF, "国庆节"),
        date(2027, 10, 9): SpecialDay(WORKED, "国庆节"),
    }
    assert days.gap(2027) == ""
    assert "没有录入" in days.gap(2028)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2027-02-30,放假,元旦", "第2行：日期“2027-02-30”看不懂"),
        ("元旦,放假,元旦", "日期“元旦”看不懂"),
        ("2027-01-01,休息,元旦", "类型应为放假、上班或待公布，现为“休息”"),
        ("2027-01-01", "类型应为放假、上班或待公布，现为“”"),
        ("2027-01-01,待公布,", "日期栏写年份"),
        ("2027-01-01,放假,元旦\n2027/1/1,上班,元旦", "第3行：2027/1/1前面已经写过"),
    ],
)
def test_a_mistake_in_the_table_is_named_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    _settings(tmp_path, b"")
    (tmp_path / "inputs" / "节假日.csv").write_text(f"日期,类型,名称\n{line}\n", "utf-8")
    result = gongwen("calendar", "--today", "2027-01-01", "-C", str(tmp_path))
    assert result.exit_code == 2
    assert words in result.output


@pytest.mark.parametrize("table", [b"\xff\xfe\x00", b'"' + b"1" * 200_000, b"PK\x03\x04\xff\xff"])
def test_what_is_no_table_is_said(tmp_path: Path, table: bytes) -> None:
    _settings(tmp_path, b"")
    (tmp_path / "inputs" / "节假日.csv").write_bytes(table)
    result = gongwen("calendar", "--today", "2027-01-01", "-C", str(tmp_path))
    assert result.exit_code == 2
    assert "不是看得懂的CSV" in result.output


def test_a_year_whose_holidays_are_not_published_is_said() -> None:
    days = Workspace.open(REPOSITORY).settings().deadlines.working_days
    assert "待公布" in days.gap(2027)
    assert days.reason_off(date(2027, 10, 1)) == "国庆节放假"
    assert any("待公布" in note for note in notes_of(Ledgers(2027), DeadlineSettings(working_days=days)))
    assert any("只按周六、周日" in note for note in notes_of(Ledgers(2027), DeadlineSettings()))


# The files


def unfolded(data: bytes) -> list[tuple[str, str]]:
    """An independent reading of RFC 5545's content lines: name with its parameters, value as written."""
    assert data.endswith(b"\r\n")
    lines: list[bytes] = []
    for line in data[:-2].split(b"\r\n"):
        assert len(line) <= 75
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no character is cut
        if line.startswith(b" "):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    pairs = [line.decode("utf-8").partition(":") for line in lines]
    return [(name, value) for name, _, value in pairs]


def unescaped(value: str) -> str:
    out, marks = "", iter(value)
    for mark in marks:
        if mark == "\\":
            mark = next(marks)
            out += "\n" if mark in "nN" else mark
        else:
            assert mark not in ";,"
            out += mark
    return out


def events(data: bytes) -> list[dict[str, str]]:
    """The events, checked for nesting; an alarm's lines carry its name before theirs."""
    found: list[dict[str, str]] = []
    inside: list[str] = []
    for name, value in unfolded(data):
        if name == "BEGIN":
            inside.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert inside.pop() == value
        elif inside[-1:] == ["VEVENT"]:
            assert name not in found[-1]
            found[-1][name] = value
        elif inside[-1:] == ["VALARM"]:
            found[-1][f"VALARM.{name}"] = value
    assert inside == []
    return found


def test_the_ics_file_holds_every_duty_of_the_year() -> None:
    duties = calendar_of(build.ledgers(build.declaration()), date(2027, 3, 16))
    data = calendar_file("示例区日程", 2027, duties)
    head = unfolded(data)[:4]
    assert head[:2] == [("BEGIN", "VCALENDAR"), ("VERSION", "2.0")]
    found = {event["UID"]: event for event in events(data)}
    opening = [duty for duty in duties if duty.opens and duty.opens != duty.due]
    assert len(found) == len(events(data)) == len(duties) + len(opening)
    for duty in duties:
        event = found[f"{duty.key}@gongwen"]
        assert event["DTSTART;VALUE=DATE"] == duty.due.strftime("%Y%m%d")
        assert event["DTEND;VALUE=DATE"] == (duty.due + timedelta(1)).strftime("%Y%m%d")
        assert duty.what in unescaped(event["SUMMARY"])
        assert unescaped(event["DESCRIPTION"]).split("\n") == [f"由谁：{duty.who}", f"依据：{duty.citation}"]
        assert event["VALARM.ACTION"] == "DISPLAY"
        assert event["VALARM.TRIGGER"].startswith("-PT")


def test_the_ics_file_is_the_same_on_another_day() -> None:
    year = build.ledgers(build.declaration(), build.receipt("月报", 1, "2027-01-28 10:00"))
    days = (date(2027, 3, 16), date(2027, 12, 31))
    first, second = (calendar_file("日程", 2027, calendar_of(year, day)) for day in days)
    assert first == second


@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp", "Cf", "Co"]) | st.sampled_from(";,\\\n"))
)
def test_any_text_survives_escaping_and_folding(text: str) -> None:
    data = calendar_file(text, 2027, calendar_of(Ledgers(2027), date(2027, 1, 1))[:1])
    (name,) = [value for key, value in unfolded(data) if key == "X-WR-CALNAME"]
    assert unescaped(name) == text


def test_the_workbook_can_be_filtered_and_printed() -> None:
    unit = "=甲局+1"  # text, never a formula
    year = build.ledgers(build.declaration(lead_unit=unit), build.receipt("月报", 1, "2027-01-30 09:00", unit=unit))
    today = date(2027, 3, 16)
    calendar = Calendar("某办公室", 2027, today, calendar_of(year, today), WorkingDays(), ("某一说明",))
    data = calendar_workbook(calendar)
    assert data == calendar_workbook(calendar)
    book = openpyxl.load_workbook(io.BytesIO(data))
    whole, parts = book.worksheets
    for sheet in (whole, parts):
        assert sheet.auto_filter.ref == f"A3:G{sheet.max_row}"
        assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"
        assert all(cell.is_date for cell in sheet["A"][3:])
    assert "某一说明" in str(whole["A2"].value)
    first = [cell.value for cell in parts[4]]
    assert first[1:4] == [unit, "报送1月月报", "迟报"]
    assert (parts["B4"].data_type, first[5]) == ("s", 2)


# The command


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A workspace with one unit's declaration and register of receipts."""
    gongwen("init", str(tmp_path), "--year", "2027")
    for path in (tmp_path / "inputs" / "2027").rglob("*.xlsx"):
        path.unlink()
    declared = [
        [
            "项目名称",
            "责任单位",
            "四个一批",
            "资金来源",
            "具体选址",
            "总投资（万元）",
            "当年计划投资（万元）",
        ],
        ["甲项目", "甲局", "加快建设", "自筹", "示例街道", "20000", "5000"],
    ]
    _csv(tmp_path / "inputs/2027/申报/甲局.csv", declared)
    register = [
        ["责任单位", "报表类型", "所属月份", "收到时间"],
        ["甲局", "月报", "2027-01", "2027-01-30 10:00"],
    ]
    _csv(tmp_path / "inputs/2027/报送登记/登记簿.csv", register)
    return tmp_path


def _csv(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def test_what_is_missing_comes_first_then_this_month_and_the_next(office: Path) -> None:
    result = gongwen("calendar", "--today", "2027-03-16", "-C", str(office))
    assert result.exit_code == 0, result.output
    said = result.output
    places = [
        said.index(words)
        for words in ("逾期未收（1次）", "报送2月月报", "已收到但有迟报（1次）", "2027年3月\n", "2027年4月\n")
    ]
    assert places == sorted(places)
    assert "应报1家，已收0家，未报：甲局" in said
    assert "应报1家，已收1家，迟报：甲局（迟2天）" in said
    assert "2027年5月" not in said
    assert "待公布" in said
    assert not (office / "outputs" / "2027").exists()


@pytest.mark.parametrize(
    ("args", "months"),
    [
        (["--period", "2027-07"], [7]),
        (["--period", "2027"], list(range(1, 13))),
        (["--today", "2027-12-05"], [12]),
        (["--today", "2026-12-05"], [1, 2]),  # the year with ledgers, its first months
        (["--today", "2029-01-05"], [12]),
    ],
)
def test_which_months_are_listed(office: Path, args: list[str], months: list[int]) -> None:
    today = [] if "--today" in args else ["--today", "2027-03-16"]
    said = gongwen("calendar", *args, *today, "-C", str(office)).output
    assert [number for number in range(1, 13) if f"\n2027年{number}月\n" in said] == months


def test_what_no_register_tells_is_said_with_what_to_do(office: Path) -> None:
    shutil.rmtree(office / "inputs" / "2027" / "报送登记")
    said = gongwen("calendar", "--period", "2027-03", "--today", "2027-04-16", "-C", str(office)).output
    assert "登记不清：甲局" in said
    assert "请收件或在报送登记簿登记，半月报收件时请写明是上半月报还是下半月报（gongwen receive 文件" in said
    before = gongwen("calendar", "--period", "2027-12", "--today", "2027-04-16", "-C", str(office)).output
    assert "登记不清" not in before


def test_a_year_without_ledgers_still_has_its_deadlines(office: Path) -> None:
    result = gongwen("calendar", "--period", "2030-02", "--today", "2030-02-01", "-C", str(office))
    assert result.exit_code == 0
    assert "2月15日 周五" in result.output
    assert "2030年度还没有台账，只列期限" in result.output


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--today", "3月1日"], "看不懂日期“3月1日”"),
        (["--period", "2027-13"], "看不懂期间"),
        (["--today", "2027-02-30"], "看不懂日期"),
        (["--period", "2016"], "没有2016年的日程"),
        (["--period", "0000-01"], "没有0年的日程"),
    ],
)
def test_a_mistake_gets_one_sentence(office: Path, args: list[str], words: str) -> None:
    result = gongwen("calendar", *args, "-C", str(office))
    assert (result.exit_code, words in result.output) == (2, True)


def test_files_are_written_once_and_never_over_an_edited_one(office: Path) -> None:
    command = ["calendar", "--today", "2027-03-16", "--ics", "--xlsx", "-C", str(office)]
    assert "新增：outputs/2027/日程/2027年日程.ics" in gongwen(*command).output
    folder = office / "outputs/2027/日程"
    assert {path.name for path in folder.iterdir()} == {"2027年日程.ics", "2027年日程.xlsx"}
    assert gongwen(*command).output.count("未变：") == 2
    edited = folder / "2027年日程.ics"
    edited.write_bytes(b"BEGIN:VCALENDAR\r\n")
    assert "原文件被人改过或正在使用，没有动" in gongwen(*command).output
    assert edited.read_bytes() == b"BEGIN:VCALENDAR\r\n"
    assert (folder / "2027年日程（新版）.ics").is_file()
    assert "已不再编" not in gongwen("run", "-C", str(office)).output  # the calendar is no document of the run


def test_the_office_may_let_deadlines_move(office: Path) -> None:
    toml = office / "inputs" / "office.toml"
    toml.write_text(toml.read_text("utf-8").replace('"逢休息日顺延" = false', '"逢休息日顺延" = true'), "utf-8")
    said = gongwen("calendar", "--today", "2027-03-16", "--period", "2027-03", "-C", str(office)).output
    assert "3月29日 周一（由3月28日周日顺延）" in said
    assert "按本办公室设定，报送期限遇休息日顺延到下一个工作日" in said
