"""What docs/architecture.md says of the house is so: its paths, its rooms, and where disk, day and clock are known."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.kind_tables import REPOSITORY

_PAGES = sorted(
    each.relative_to(REPOSITORY).as_posix()
    for pattern in ("*.md", "docs/*.md", "docs/decisions/*.md")
    for each in REPOSITORY.glob(pattern)
)
_PATH = re.compile(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|md|txt|toml))?)`")
_DEFINED = re.compile(r"`([a-z_/]+\.py)` \(`(\w+)`\)")
_LINK = re.compile(r"\]\(([^)#:]+)\)")
_ELSEWHERE = ("inputs/", "outputs/", "build/", "papers/")  # of a workspace, or made by a command
PURE = ("records", "regulation", "ledgers", "calendar", "facts", "checks", "scoring")
_DISK = {"io", "os", "pathlib", "shutil", "sqlite3", "socket", "subprocess", "tempfile", "urllib"}
_CLOCKS = {"date.today", "datetime.now", "datetime.today", "time.time", "time.monotonic", "time.thread_time"}
_OF_EXAMPLES = ("supervision", "financing")  # what CONTRIBUTING adds
_ASK_THE_CLOCK = (
    "cli/calendar_commands.py",
    "cli/register_commands.py",
    "cli/return_commands.py",
    "cli/work_commands.py",
    "registers/received_archive.py",
    "spreadsheets/reader_pool.py",
    "word/time_limit.py",
)


def _tree(path: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(path.read_text("utf-8")))


@pytest.mark.parametrize("page", _PAGES)
def test_every_path_that_a_page_names_is_there(page: str) -> None:
    text = Path(REPOSITORY, page).read_text("utf-8")
    named = [each for each in _PATH.findall(text) if not each.startswith(_ELSEWHERE)]
    named = [each for each in named if not any(word in each for word in _OF_EXAMPLES)]
    gone = [each for each in named if not (REPOSITORY / each).exists()]
    gone += [each for each in _LINK.findall(text) if not (REPOSITORY / page).parent.joinpath(each).exists()]
    assert not gone


def test_every_function_that_the_index_names_stands_in_its_module() -> None:
    named = _DEFINED.findall((REPOSITORY / "docs/architecture.md").read_text("utf-8"))
    assert len(named) > 5
    for module, name in named:
        defined = {getattr(node, "name", "") or getattr(node, "id", "") for node in _tree(REPOSITORY / module)}
        assert name in defined, module


def test_every_room_stands_in_the_table_in_the_order_of_the_layers() -> None:
    settings = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    (contract,) = settings["tool"]["importlinter"]["contracts"]
    layers = [room for room in reversed(contract["layers"]) if " | " not in room]
    page = (REPOSITORY / "docs/architecture.md").read_text("utf-8")
    assert re.findall(r"^\| `pipeline/([a-z]+)/` \|", page, re.MULTILINE) == layers


@pytest.mark.parametrize("room", PURE)
def test_a_pure_room_reaches_no_file(room: str) -> None:
    for path in (REPOSITORY / "pipeline" / room).rglob("*.py"):
        for node in _tree(path):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert not _DISK & {name.partition(".")[0] for name in names}, path
            assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "open"), path


def test_the_clock_is_asked_only_where_the_page_says() -> None:
    asking = set()
    for path in (REPOSITORY / "pipeline").rglob("*.py"):
        for node in _tree(path):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in _CLOCKS:
                asking.add(path.relative_to(REPOSITORY / "pipeline").as_posix())
    assert sorted(asking) == sorted(_ASK_THE_CLOCK)
