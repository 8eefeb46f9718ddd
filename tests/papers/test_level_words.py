"""The level's words (区, 县, 旗, 市) come from the setting 层级: in every paper, form, calendar line and message of duty.

A rule for papers/: wording names the level by ``{{ 层级 }}`` or ``{层级}``, never by itself.
"""

import ast
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.papers.paper_kinds import ALL_KINDS
from pipeline.records.level import Level, is_office
from pipeline.tasks.start import start_workspace
from tests.conftest import REPOSITORY
from tests.county_year import LEVEL_WORD, as_county, county_workspace

_ROOMS = ("papers", "calendar", "workbooks", "checks", "regulation", "scoring", "facts", "tasks", "cli")
_THE_ONE_PLACE = "office_facts.py"  # where settings become 区名, 区委, 区政府
_PLACEHOLDERS = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{层级\}")
_ORDINARY = re.compile("工作区|数据区|地区|园区|片区|区域|区间|区分")
_WORDS = re.compile("[区县旗]|市(?=委|政府|人大|政协|领导|[级直长属])|[全本]市")


def literals(source: str) -> Iterator[tuple[int, str]]:
    """The line and text of every string that is no docstring."""
    tree = ast.parse(source)
    said = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.lineno, node.value


def level_words(text: str) -> list[str]:
    """The words in which a text names a level by itself."""
    return _WORDS.findall(_ORDINARY.sub("", _PLACEHOLDERS.sub("", text)))


@pytest.mark.parametrize("room", _ROOMS)
def test_no_wording_names_a_level_by_itself(room: str) -> None:
    found = [
        f"{path.name}:{line}: {text}"
        for path in sorted((REPOSITORY / "pipeline" / room).rglob("*.py"))
        if path.name != _THE_ONE_PLACE
        for line, text in literals(path.read_text("utf-8"))
        if level_words(text)
    ]
    assert not found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("报区委、区政府", ["区", "区"]),
        ("报{{ 层级 }}委、{层级}政府", []),
        ("{{ 区委 }}和各园区、片区", []),
        ("送县领导", ["县"]),
        ("全市和市级部门", ["全市", "市"]),
        ("市场和城市", []),
    ],
)
def test_the_rule_tells_levels_from_ordinary_words(text: str, words: list[str]) -> None:
    assert level_words(text) == words
    assert [text for _, text in literals(f'"""区委"""\nx = {text!r}\n')] == [text]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample year of a county, with everything made that the commands make, and what they say in said.txt."""
    root = county_workspace(REPOSITORY, tmp_path_factory.mktemp("county"))
    commands = (
        ("run",), ("forms", "2027"), ("forms", "2027-03"), ("check",), ("kinds",), ("decisions",),
        ("calendar", "--today", "2027-06-16", "--period", "2027", "--xlsx", "--ics"),
        ("return", "2027", "--date", "2027-12-31"),
    )  # fmt: skip
    said = []
    for command in commands:
        result = CliRunner().invoke(main, [*command, "-C", str(root)])
        assert result.exit_code in (0, 1), result.output
        said.append(result.output)
    (root / "said.txt").write_text("\n".join(said), "utf-8")
    return root


def _texts(path: Path) -> str:
    """All that a file says, words that runs part put together."""
    if path.suffix not in (".docx", ".xlsx"):
        return path.read_text("utf-8", errors="replace")
    with zipfile.ZipFile(path) as package:
        parts = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
    return "".join(part + re.sub("<[^>]+>", "", part) for part in parts)


def test_a_county_reads_no_district_anywhere(county: Path) -> None:
    made = [path for path in (county / "outputs").rglob("*") if path.is_file() and path.name[0] != "."]
    for suffix in (".docx", ".xlsx", ".ics"):
        assert any(path.suffix == suffix for path in made)
    for path in (*made, county / "said.txt"):
        text = _texts(path)
        found = [text[max(0, each.start() - 12) : each.end() + 12] for each in LEVEL_WORD.finditer(text)]
        assert not found, (path.name, found[:5])


def test_a_county_gets_every_paper_of_the_sample_year(county: Path, issued_year: Path) -> None:
    """What its ledgers call 县 is read as what a district's call 区, and the papers say it."""
    expected = {as_county(path.name) for path in (issued_year / "outputs").rglob("*.docx")}
    papers = [path for path in (county / "outputs").rglob("*.docx") if "退回修改" not in path.parts]
    assert {path.name for path in papers} == expected
    assert any("退件通知" in path.name for path in (county / "outputs").rglob("*.docx"))
    assert {each.folder for each in ALL_KINDS if hasattr(each, "folder")} <= {
        part for path in papers for part in path.parts
    }
    words = "".join(map(_texts, papers))
    for word in (
        "县委、县政府",
        "全县经济社会发展重点项目",
        "县重大办",
        "需县领导协调推进",
        "示例县人民政府",
        "县四套班子",
    ):
        assert word in words + (county / "said.txt").read_text("utf-8"), word


def test_a_new_workspace_has_blank_ledgers_of_its_level(tmp_path: Path) -> None:
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "office.toml").write_text('["办公室"]\n"层级" = "旗"\n', "utf-8")
    start_workspace(tmp_path, 2028)
    texts = {path.name: _texts(path) for path in (tmp_path / "inputs").rglob("*.xlsx")}
    assert not [name for name, text in texts.items() if LEVEL_WORD.search(text)]
    assert "需旗领导推动的事项" in texts["包联项目清单（空白）.xlsx"]
    assert "旗重大办" in texts["问题台账（空白）.xlsx"]


@pytest.mark.parametrize("level", Level)
def test_the_words_of_each_level(level: Level) -> None:
    assert level.said("向{层级}委、{层级}政府报告") == f"向{level.value}委、{level.value}政府报告"
    assert level.office == f"{level.value}重大办"
    assert all(map(is_office, (level.office, f"{level.value}重点办", "重大办")))
    assert not any(map(is_office, ("省重大办", f"{level.value}重大办公室", "示例" + level.office, "")))
