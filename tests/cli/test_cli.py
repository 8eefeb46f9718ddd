"""The command line: Chinese throughout, exit codes, and what each command does."""

import json
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.cli.text_table import text_table
from pipeline.records.text_width import shown_width

REPOSITORY = Path(__file__).parents[2]
ENGLISH = re.compile(r"\b(Usage|Options|Commands|Error|Missing|Show this|Invalid|argument|Traceback)\b")


def gongwen(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    for folder in ("inputs", "templates"):
        shutil.copytree(REPOSITORY / folder, tmp_path / folder)
    return tmp_path


def _commands(group: click.Group, path: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found, context = [path], click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inner = _commands(command, (*path, name)) if isinstance(command, click.Group) else [(*path, name)]
        found += inner
    return found


@pytest.mark.parametrize("path", _commands(main), ids="-".join)
def test_help_is_chinese(path: tuple[str, ...]) -> None:
    result = gongwen(*path, "--help")
    assert result.exit_code == 0
    assert "用法：" in result.output
    assert not ENGLISH.search(result.output)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["nonsense"], "没有命令“nonsense”。用“gongwen --help”"),
        (["recieve", "x"], "没有命令“recieve”，是否为“receive”"),
        (["run", "--bogus"], "没有选项“--bogus”"),
        (["make", "plan"], "缺少参数期间，写法见“gongwen make --help”"),
        (["make", "report", "2027"], "文书应为年度计划（plan）、推进方案（promotion）"),
        (["run", "extra"], "参数多了或少了"),
        (["run", "--period"], "缺少内容"),
        (["init", "x", "--year", "abc"], "年份应为2017至2099的整数"),
        (["init", "x", "--year", "1999"], "年份应为2017至2099的整数"),
        (["init", __file__], "已有同名文件"),
        (["init"], "缺少参数文件夹"),
        (["fields", "--kind", "report"], "文书应为年度计划（plan）、推进方案（promotion）"),
        (["run", "--perio", "2027"], "是否为--period"),
        (["templates", "chek"], "没有命令“chek”"),
        (["run", "-C", "/nowhere-at-all"], "不是工作区"),
        (["run", "--period", "2027-13", "-C", str(REPOSITORY)], "看不懂期间"),
        (["run", "--period", "2031", "-C", str(REPOSITORY)], "没有2031年度"),
        (["make", "plan", "2027-03", "-C", str(REPOSITORY)], "按年度编制"),
        (["make", "plan", "2027", "--unit", "区住建局", "-C", str(REPOSITORY)], "不分责任单位"),
        (["make", "briefing", "2027", "--project", "某项目", "-C", str(REPOSITORY)], "不分项目"),
        (["make", "assessment", "2027", "--unit", "区住建", "-C", str(REPOSITORY)], "是否为“区住建局”"),
        (["check", "没有这个文件.xlsx", "-C", str(REPOSITORY)], "没有文件"),
        (["check", str(REPOSITORY / "inputs"), "-C", str(REPOSITORY)], "是文件夹，请写明文件"),
        (["inspect", str(REPOSITORY / "inputs")], "是文件夹，请写明文件"),
        (["check", "2027-03", "-C", str(REPOSITORY)], "请用“gongwen check --period 2027-03”"),
    ],
)
def test_a_mistake_gets_one_chinese_sentence(args: list[str], words: str) -> None:
    result = gongwen(*args)
    assert result.exit_code == 2
    assert words in result.output
    assert not ENGLISH.search(result.output)


def test_kinds_and_fields_are_listed() -> None:
    assert "《包联办法》第十二条" in gongwen("kinds").output
    fields = gongwen("fields").output
    assert "当年计划投资" in fields
    assert "《重点办法》第八条第（二）项第5目" in fields
    assert "逾期手续" in gongwen("fields", "--kind", "briefing").output


def test_an_empty_workspace_checks_and_runs(tmp_path: Path) -> None:
    folder = str(tmp_path / "office")
    assert gongwen("init", folder).exit_code == 0
    assert "没有改动" in gongwen("init", folder).output
    assert gongwen("templates", "check", "-C", folder).output.startswith("模板没有问题。\n")
    result = gongwen("run", "-C", folder)
    assert result.exit_code == 1, result.output
    assert "没有可列入计划的项目" in result.output
    assert "“区名”还是“示例区”" in result.output
    checked = gongwen("check", "-C", folder)
    assert checked.exit_code == 0
    assert "没有读到一行台账，以上不表示没有问题" in checked.output
    for words in ("没有包联项目", "没有收到任何月报", "年终考核：还没有读到12月的月报，1份到时再编"):
        assert words in result.output
    assert "没有可以排名的责任单位" not in result.output
    assert "没有可以排名的责任单位" in gongwen("make", "assessment", "2027", "-C", folder).output
    assert not list((tmp_path / "office" / "outputs").rglob("*.docx"))
    (tmp_path / "office" / "inputs" / "2027").rename(tmp_path / "elsewhere")
    assert "没有年度文件夹" in gongwen("run", "-C", folder).output


def test_findings_of_one_file_as_text_and_json(workspace: Path) -> None:
    file = workspace / "inputs/2027/申报/区商务局2027年重点项目申报表.xlsx"
    text = gongwen("check", str(file), "-C", str(workspace))
    assert text.exit_code == 1
    assert "没有填写“总投资”" in text.output
    found = json.loads(gongwen("check", "--json", str(file), "-C", str(workspace)).output)
    assert {entry["file"] for entry in found} == {"inputs/2027/申报/区商务局2027年重点项目申报表.xlsx"}
    assert "I6" in {entry["cell"] for entry in found}


def test_a_stray_file_is_read_beside_the_year(workspace: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.xlsx"
    stray.write_bytes(b"no workbook")
    result = gongwen("check", str(stray), "-C", str(workspace))
    assert result.exit_code == 1
    assert "不是电子表格" in result.output


def test_only_the_year_of_a_file_is_checked(workspace: Path, tmp_path: Path) -> None:
    (workspace / "inputs" / "2028").mkdir()
    file = workspace / "inputs/2027/申报/区商务局2027年重点项目申报表.xlsx"
    whole = json.loads(gongwen("check", "--json", "--period", "2027", "-C", str(workspace)).output)
    alone = json.loads(gongwen("check", "--json", str(file), "-C", str(workspace)).output)
    assert alone == [entry for entry in whole if entry["file"].endswith(file.name)]
    other = gongwen("check", str(file), "--period", "2028", "-C", str(workspace))
    assert other.exit_code == 2
    assert "不在2028年度的文件夹中" in other.output


def test_options_align_by_what_a_terminal_shows() -> None:
    lines = gongwen("make", "--help").output.splitlines()
    options = [line for line in lines if line.startswith("  -")]
    assert len(options) == 8
    starts = {
        shown_width(line[: len(line) - len(re.split(r"\s{2,}", line.strip(), maxsplit=1)[1])]) for line in options
    }
    assert len(starts) == 1


def test_arguments_are_not_listed_among_the_options() -> None:
    help_page = gongwen("make", "--help").output
    assert "[选项] 文书 期间" in help_page
    assert re.findall(r"^  (\S+)", help_page.partition("选项：")[2].partition("\n\n")[0], re.M) == [
        "--unit",
        "--project",
        "--pdf",
        "--force",
        "--jobs",
        "--scheduler",
        "-C",
        "-h,",
    ]


def test_without_a_command_the_help_is_shown() -> None:
    for args, title in (((), "二、收件、催报："), (("templates",), "命令：")):
        result = gongwen(*args)
        assert result.exit_code == 2
        assert title in result.output


def test_an_interrupted_command_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pipeline.cli.reports.kinds_text", interrupted)
    result = gongwen("kinds")
    assert result.exit_code == 2
    assert "已中止" in result.output


def test_clean_ledgers_exit_with_zero(tmp_path: Path) -> None:
    gongwen("init", str(tmp_path))
    for path in (tmp_path / "inputs" / "2027").rglob("*.xlsx"):
        path.unlink()
    assert gongwen("check", "-C", str(tmp_path)).exit_code == 0


def test_one_month_makes_its_briefing(workspace: Path) -> None:
    assert gongwen("make", "briefing", "2027-03", "-C", str(workspace)).exit_code == 0
    assert gongwen("run", "--period", "2027-04", "-C", str(workspace)).exit_code == 1
    found = sorted(path.name for path in (workspace / "outputs").rglob("*.docx"))
    assert [name[-7:] for name in found] == ["3期.docx".rjust(7, "第"), "4期.docx".rjust(7, "第")]


def test_one_project_and_one_unit(workspace: Path) -> None:
    project = "高端轴承智能制造项目"
    assert gongwen("make", "promotion", "2027", "--project", project, "-C", str(workspace)).exit_code == 0
    result = gongwen("make", "assessment", "2027", "--unit", "西河镇", "-C", str(workspace))
    assert result.exit_code == 0
    found = {path.name for path in (workspace / "outputs").rglob("*.*") if path.suffix in (".docx", ".xlsx")}
    assert found == {
        f"{project}推进方案.docx",
        f"{project}推进方案台账.xlsx",
        "西河镇考核档案.docx",
        "西河镇未完成计划任务情况说明.docx",
    }


def test_a_withheld_document_exits_with_one(workspace: Path) -> None:
    project = "绿色食品包装材料生产项目"
    result = gongwen("make", "promotion", "2027", "--project", project, "-C", str(workspace))
    assert result.exit_code == 1
    assert "暂缓编制的文书及原因" in result.output
    assert not (workspace / "outputs/2027").exists()


def test_nothing_to_make_is_said(workspace: Path) -> None:
    result = gongwen("make", "promotion", "2027", "--project", "社区养老服务综合体项目", "-C", str(workspace))
    assert result.exit_code == 2
    assert "没有需要编制的文书" in result.output


def test_tables_align_by_what_a_terminal_shows() -> None:
    lines = text_table(("项", "b"), [("甲乙", "1"), ("abc", "2")]).splitlines()
    assert {shown_width(line[: line.index(mark)]) for line, mark in ((lines[2], "1"), (lines[3], "2"))} == {6}


def test_a_new_workspace_has_nothing_to_mend(tmp_path: Path) -> None:
    gongwen("init", str(tmp_path))
    result = gongwen("check", "-C", str(tmp_path))
    assert (result.exit_code, "合计：错误0条，提醒0条，建议0条。" in result.output) == (0, True), result.output
