"""``gongwen receive`` and ``gongwen register`` as the clerk meets them, to the assessment dossier."""

import json
import re
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main, register_commands
from pipeline.registers.register import Register
from tests.docx_reading import text_of
from tests.intake import PROJECTS, UNIT, office, report, row

REPOSITORY = Path(__file__).parents[2]


def gongwen(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, [*args, "-C", str(root)])


@pytest.fixture(autouse=True)
def _a_year_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """The year of the reports is over, whatever the machine's clock says."""
    monkeypatch.setattr(register_commands, "_now", lambda: datetime(2028, 1, 31, 12, 0))  # noqa: DTZ001 - local


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return office(tmp_path / "office").root


def test_received_and_registered(root: Path, tmp_path: Path) -> None:
    sent = report(tmp_path, rows=[row(1, PROJECTS[0], "约100"), row(2, PROJECTS[1])])
    result = gongwen(root, "receive", str(sent), "--at", "2027-03-29 10:00")
    assert result.exit_code == 0, result.output
    assert re.search(r"2027-03-29 10:00收到，补登于\d{4}-\d\d-\d\d \d\d:\d\d，迟报（期限2027年3月28日）", result.output)
    corrected = report(tmp_path, "改.csv")
    result = gongwen(root, "receive", str(corrected), "--at", "2027-03-30 10:00")
    assert "取代第1行" in result.output
    assert re.search(r"已改\d条，仍有\d条，新出现0条", result.output)
    assert "期后更正" in result.output
    shown = gongwen(root, "register")
    assert "已被第2行取代" in shown.output
    assert gongwen(root, "register", "--period", "2026").output.startswith("登记簿中没有2026的报表")
    first, second = json.loads(gongwen(root, "register", "--json", "--period", "2027-03").output)
    assert (first["outcome"], first["replaced_by"], second["replaces"]) == ("迟报", 2, [1])
    assert first["findings"]


def test_the_present_minute_is_no_time_to_come(root: Path, tmp_path: Path) -> None:
    assert gongwen(root, "receive", str(report(tmp_path)), "--at", "2028-01-31 12:00").exit_code == 0


def test_a_folder_and_what_in_it_is_no_ledger(root: Path, tmp_path: Path) -> None:
    (tmp_path / "三月").mkdir()
    report(tmp_path / "三月")
    (tmp_path / "三月" / "照片.jpg").write_bytes(b"x")
    result = gongwen(root, "receive", str(tmp_path / "三月"))
    assert result.exit_code == 0
    assert "文件夹“三月”中的照片.jpg不是台账，没有收。\n" in result.output
    assert "月报.csv：登记为第1行" in result.output


def test_a_written_half_monthly_report(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "报告.docx"
    path.write_bytes(b"words")
    told = ("--kind", "上半月报", "--unit", UNIT, "--period", "2027-04")
    result = gongwen(root, "receive", str(path), *told, "--at", "2027-04-14 09:00")
    assert f"{UNIT} 书面报告（上半月报） 2027年4月，2027-04-14 09:00收到" in result.output
    assert "半月报只登记报送时间，其中的内容不读取" in result.output
    assert "按时（期限2027年4月15日）" in result.output


def test_verification_and_the_noted_end(root: Path, tmp_path: Path) -> None:
    assert "还是空的" in gongwen(root, "register", "--verify").output
    gongwen(root, "receive", str(report(tmp_path)), "--at", "2027-03-27 10:00")
    result = gongwen(root, "register", "--verify")
    assert result.exit_code == 0
    match = re.search(r"链尾：(1:[0-9a-f]{16})", result.output)
    assert match
    assert gongwen(root, "register", "--verify", "--known", match[1]).exit_code == 0
    assert gongwen(root, "register", "--verify", "--known", "1:00000000").exit_code == 1
    assert gongwen(root, "register", "--known", "1:00000000").exit_code == 2
    assert "看不懂链尾" in gongwen(root, "register", "--verify", "--known", "x").output
    (root / Register(root).lines()[0].archived).unlink()
    result = gongwen(root, "register", "--verify")
    assert (result.exit_code, "第1行的存档文件" in result.output) == (1, True)
    assert json.loads(gongwen(root, "register", "--verify", "--json").output)["faults"][0]["line"] == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--at", "昨天"], "看不懂收到时间“昨天”"),
        (["--at", "2027-03-27"], "看不懂收到时间"),
        (["--at", "2028年2月1日 9:00"], "还没有到"),
        (["--at", "2028/2/1 9:00"], "还没有到"),
        (
            ["--at", "2028-01-31 12:01"],
            "收到时间“2028-01-31 12:01”还没有到（现在是2028-01-31 12:00），请核对",
        ),
        (["--at", "2072-03-05 09:00"], "还没有到"),
        (["--kind", "季报"], "应为上半月报、下半月报、月报之一"),
        (["--period", "三月"], "看不懂期间“三月”"),
        (["--unit", "区某局"], "责任单位名册和[单位别名]中没有“区某局”"),
        (["无此文件.csv"], "没有文件“无此文件.csv”"),
    ],
)
def test_a_mistaken_command_does_nothing(root: Path, tmp_path: Path, args: list[str], words: str) -> None:
    result = gongwen(root, "receive", str(report(tmp_path)), *args)
    assert result.exit_code == 2
    assert words in result.output
    assert Register(root).lines() == ()
    assert not (root / "inputs/2027/月报").exists()


def test_refusals_have_their_exit_code(root: Path, tmp_path: Path) -> None:
    bad = tmp_path / "坏.xlsx"
    bad.write_bytes(b"PK\x03\x04")
    result = gongwen(root, "receive", str(bad))
    assert (result.exit_code, "没有收下" in result.output) == (2, True)
    result = gongwen(root, "receive", str(bad), str(report(tmp_path)), "--at", "2027-03-27 10:00")
    assert (result.exit_code, "收下1份，重复0份，没有收下1份" in result.output) == (1, True)


def test_at_a_terminal_the_clerk_is_asked(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal:
        def isatty(self) -> bool:
            return True

    class Standard:
        stdin = stdout = Terminal()

    monkeypatch.setattr(register_commands, "sys", Standard)
    answers = iter(["三月", "2"])
    monkeypatch.setattr("click.prompt", lambda *_, **__: next(answers))
    rows = [row(1, PROJECTS[0]), row(2, "丙水厂项目", unit="区水务局")]
    silent = report(tmp_path, title="重点项目月报", rows=rows)
    period_first = gongwen(root, "receive", str(silent))
    assert "看不出" in period_first.output
    (line,) = Register(root).lines()
    assert "--period" in line.refusal
    answers = iter(["2027-03", "1"])
    result = gongwen(root, "receive", str(silent))
    assert result.exit_code == 0, result.output
    assert Register(root).lines()[-1].unit == UNIT


def test_lateness_reaches_the_dossier(tmp_path: Path) -> None:
    """The sample year with our register in place of the hand-kept one."""
    for folder in ("inputs", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    shutil.rmtree(tmp_path / "inputs/2027/报送登记")
    sent = next((tmp_path / "inputs/2027/月报/2027-12").glob("区住建局*"))
    result = gongwen(tmp_path, "receive", str(sent), "--at", "2027-12-29 15:20")
    assert "由新的工作副本代替" in result.output  # it lay in the ledgers' folder already
    result = gongwen(tmp_path, "make", "assessment", "2027", "--unit", "区住建局")
    assert result.exit_code == 0, result.output
    text = text_of((tmp_path / "outputs/2027/考核/区住建局考核档案.docx").read_bytes())
    assert re.search(r"12月月报\s+2027年12月28日\s+2027年12月29日15时20分\s+迟报", text)
    assert "全年按时报送0次，迟报1次，缺报0次" in text  # the register began in December
