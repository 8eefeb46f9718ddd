"""A confirmed rename: written once into office.toml, and from then on one project everywhere."""

import shlex
import shutil
import time
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import WorkspaceError
from pipeline.records.finding import Finding
from pipeline.records.names import name_key
from pipeline.records.period import Period
from pipeline.records.renames import both_named, final_names, project_names, renamed
from pipeline.records.severity import Severity
from pipeline.tasks.year import read_year
from pipeline.workspace import Workspace, load_settings
from pipeline.workspace.office_toml_writing import add_rename, office_toml_text
from tests import build
from tests.example_counts import PROPERTY

REPOSITORY = Path(__file__).parents[2]
OLD, NEW = "全民健身中心项目", "区体育公园及全民健身中心项目"


def gongwen(*args: str) -> Result:
    return CliRunner().invoke(main, list(args))


def test_several_renames_of_one_project_lead_to_its_last_name() -> None:
    assert final_names({"甲项目": "乙项目", "乙 项目": "丙项目"}) == {"甲项目": "丙项目", "乙项目": "丙项目"}


@pytest.mark.parametrize(
    ("renames", "words"),
    [
        ({"甲": "甲"}, "回到原名"),
        ({"甲": "乙", "乙": "甲"}, "回到原名"),
        ({"甲 项目": "乙", "甲项目": "丙"}, "两个名称"),
    ],
)
def test_renames_that_contradict_one_another(renames: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        final_names(renames)


def test_a_circle_is_named_by_its_own_names() -> None:
    with pytest.raises(ValueError, match=r"中“乙”几经改换又回到原名：“乙”→“丙”→“乙”$"):
        final_names({"甲": "乙", "乙": "丙", "丙": "乙"})
    circle = {f"项目{number}": f"项目{(number + 1) % 20_000}" for number in range(20_000)}
    with pytest.raises(ValueError, match=r"→“项目3”→……（共20000个）→“项目0”$"):
        final_names(circle)


@pytest.mark.parametrize("backwards", [False, True])
def test_a_long_chain_costs_no_more_than_its_length(backwards: bool) -> None:
    """Each name is looked at once: ten times the chain takes ten times the looks, not a hundred."""
    chain = {f"项目{number}": f"项目{number + 1}" for number in range(20_000)}
    if backwards:
        chain = dict(reversed(chain.items()))
    started = time.process_time()
    assert set(final_names(chain).values()) == {"项目20000"}
    assert time.process_time() - started < 5  # 0.2 s; by the square of the length it took minutes


def test_every_record_and_reading_finding_takes_the_name_in_use_and_keeps_its_source() -> None:
    records = [
        build.declaration(), build.sponsorship(), build.team(), build.node(), build.progress(1), build.problem(),
        build.procedure(), build.reserve(project_name=build.PROJECT), build.score(),
    ]  # fmt: skip
    reading = Finding(
        Severity.ERROR, "reading", "看不懂", "请改", project=build.PROJECT, projects=("其他", build.PROJECT)
    )
    before = build.ledgers(*records, findings=(reading,))
    after = renamed(before, {"示例 产业园项目": "新名项目"})
    assert project_names(after) == {"新名项目": "新名项目"}
    assert (after.findings[0].project, after.findings[0].projects) == ("新名项目", ("其他", "新名项目"))
    assert [row.source for row in after.declarations] == [row.source for row in before.declarations]
    assert renamed(before, {}) is before


def test_two_names_side_by_side_are_no_rename() -> None:
    declared = (build.declaration(), build.declaration(project_name="乙项目"))
    assert both_named(build.ledgers(*declared), build.PROJECT, "乙项目") == "2027年申报台账中"
    reported = (build.progress(2), build.progress(2, project_name="乙项目"))
    assert both_named(build.ledgers(*reported), build.PROJECT, "乙项目") == "2027年2月月报中"
    apart = (build.progress(1), build.progress(2, project_name="乙项目"))
    assert both_named(build.ledgers(*apart), build.PROJECT, "乙项目") == ""


# office.toml

_NAMES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(name_key)
_SHORT = (
    '# 说明\n["项目更名"] # 我的注释\n"甲项目" = "乙项目" # 去年\n# 也是更名\n\n# 汇率\n["外币汇率"]\n"美元" = 7.10\n'
)
_TEXTS = st.sampled_from(
    [
        office_toml_text(),
        _SHORT,
        _SHORT.replace("\n", "\r\n"),
        "\ufeff" + _SHORT,
        "['项目更名']",
        '["项目更名"]\n"甲" = """\n["办公室"]\n"""\n',
        '["项目更名"]\r\n"甲" = "乙"\n"丙" = \'丁\'\r\n',
        '"项目更名"."甲" = "乙"\n[ "外币汇率" ]\n\t"美元"=7.10',
        '["办公室"]\n"区名" = "甲区"',
        "",
    ]
)


@PROPERTY
@given(_TEXTS, _NAMES, _NAMES)
def test_an_entry_is_added_and_no_other_line_changes(
    tmp_path_factory: pytest.TempPathFactory, text: str, old: str, new: str
) -> None:
    path = tmp_path_factory.mktemp("office") / "office.toml"
    path.write_bytes(text.encode("utf-8"))
    before = load_settings(path)
    if name_key(old) == name_key(new):
        return
    assert add_rename(path, old, new)
    assert load_settings(path).renames == {**before.renames, old: new}
    after = path.read_bytes().decode("utf-8")
    lines = after.split("\n")
    assert len(lines) <= len(text.split("\n")) + 3  # the entry, and where there was none the section's head
    following = iter(lines)
    assert all(line in following for line in text.split("\n"))  # each as it was, in their order
    assert not add_rename(path, old, new)
    assert path.read_bytes().decode("utf-8") == after


def test_the_entry_stands_at_the_end_of_its_section(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text('["项目更名"]\n"甲" = "乙" # 去年\n\n# 汇率\n["外币汇率"]\n"美元" = 7.1\n', "utf-8")
    add_rename(path, "丙", "丁")
    assert path.read_text("utf-8").splitlines()[:4] == [
        '["项目更名"]',
        '"甲" = "乙" # 去年',
        '"丙" = "丁"',
        "",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["项目更名"]\n"丙" = "戊"\n', "已写明“丙”改为“戊”"),
        ('"项目更名" = {"甲" = "乙"}\n', '请在.*自行加上一行："丙" = "丁"$'),
        ('"项目更名"."甲" = "乙"\n"项目更名"."乙" = "戊"\n', "没有改动"),
    ],
)
def test_what_cannot_be_added_to_is_left_as_it_was(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match=words):
        add_rename(path, "丙", "丁")
    assert path.read_text("utf-8") == text
    assert [each.name for each in tmp_path.iterdir()] == ["office.toml"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('["项目更名"]\n"甲" = 3\n', "应写成"),
        ('["项目更名"]\n"甲" = " "\n', "应写成"),
        ('["项目更名"]\n"甲" = "乙"\n"乙" = "甲"\n', "回到原名"),
        ('["项目改名"]\n"甲" = "乙"\n', "是否应为“项目更名”"),
    ],
)
def test_a_mistaken_table_is_refused(tmp_path: Path, text: str, words: str) -> None:
    path = tmp_path / "office.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(WorkspaceError, match=words):
        load_settings(path)


# The whole way


def _part_of_the_sample_year(root: Path) -> Path:
    """The declarations, the directory and the monthly reports of two units."""
    sample = REPOSITORY / "inputs" / "2027"
    files = [*sample.glob("申报/*"), *sample.glob("名册/*")]
    files += [path for unit in ("区文旅局", "区卫健局") for path in sample.glob(f"月报/*/{unit}*.xlsx")]
    for path in [sample.parent / "office.toml", *files]:
        copy = root / path.relative_to(REPOSITORY)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    return root


def _call_it_otherwise_from_may_on(root: Path) -> None:
    for path in sorted(root.glob("inputs/2027/月报/2027-*/区文旅局*.xlsx")):
        if path.parent.name >= "2027-05":
            book = openpyxl.load_workbook(path)
            (cell,) = (cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value == OLD)
            cell.value = NEW
            book.save(path)


def _about(root: Path) -> list[Finding]:
    findings = read_year(Workspace.open(root), Period(2027)).findings
    return [each for each in findings if each.project in (OLD, NEW)]


def test_a_rename_is_proposed_confirmed_once_and_then_one_project(tmp_path: Path) -> None:
    workspace = _part_of_the_sample_year(tmp_path)
    sample = read_year(Workspace.open(workspace), Period(2027))
    _call_it_otherwise_from_may_on(workspace)
    found = _about(workspace)
    (proposed,) = [each for each in found if each.rule == "monthly-renamed"]
    command = shlex.split(proposed.action.partition("请执行")[2].partition("，")[0])
    assert command == ["gongwen", "rename", OLD, NEW]
    assert {each.rule for each in found} == {"monthly-renamed", "undeclared-progress"}

    result = gongwen(*command[1:], "-C", str(workspace))
    assert result.exit_code == 0, result.output
    assert f"“{OLD}”更名为“{NEW}”" in result.output
    assert f'"{OLD}" = "{NEW}"' in (workspace / "inputs" / "office.toml").read_text("utf-8")

    year = read_year(Workspace.open(workspace), Period(2027))
    assert len(year.findings) == len(sample.findings)
    assert year.basis.declared[name_key(NEW)].total_investment == sample.basis.declared[OLD].total_investment
    assert OLD not in year.basis.declared
    months = [month for key, month in year.basis.reports if key == name_key(NEW)]
    assert len(months) == 12

    again = gongwen("rename", OLD, NEW, "-C", str(workspace))
    assert (again.exit_code, "已经登记过" in again.output) == (0, True)
    for other, words in (("农产品批发市场迁建项目", "已登记"), (OLD, "同一个名称")):
        refused = gongwen("rename", OLD, other, "-C", str(workspace))
        assert (refused.exit_code, words in refused.output) == (2, True)
    back = gongwen("rename", NEW, OLD, "-C", str(workspace))
    assert (back.exit_code, "回到原名" in back.output) == (2, True)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("全民健身中心", "邻里中心项目", "是否为“全民健身中心项目”"),
        ("邻里中心项目", "邻里中心改扩建", "台账中没有项目“邻里中心改扩建”"),
        ("邻里中心项目", "社区卫生服务中心提标项目", "不是更名"),
    ],
)
def test_an_unknown_name_or_two_projects_are_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    _part_of_the_sample_year(tmp_path)
    before = (tmp_path / "inputs" / "office.toml").read_bytes()
    result = gongwen("rename", old, new, "-C", str(tmp_path))
    assert (result.exit_code, words in result.output) == (2, True)
    assert (tmp_path / "inputs" / "office.toml").read_bytes() == before


def test_a_renamed_project_is_granted_by_either_name(tmp_path: Path) -> None:
    path = tmp_path / "office.toml"
    path.write_text(f'["项目更名"]\n"{OLD}" = "{NEW}"\n["例外列入"]\n"{OLD}" = "纪要"\n', "utf-8")
    assert load_settings(path).exceptions == {NEW: "纪要"}
