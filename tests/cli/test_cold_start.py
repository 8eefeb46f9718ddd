"""No command waits for another command's libraries."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli import main
from pipeline.cli.commands import COMMANDS
from pipeline.cli.lazy_group import Listed
from pipeline.tasks.start import start_workspace

REPOSITORY = Path(__file__).parents[2]
HEAVY = {"docx", "docxtpl", "jinja2", "numpy", "openpyxl", "pandas", "pypdfium2", "tomlkit", "xlsxwriter"}
READING = {"lxml", "multiprocessing", "python_calamine", "sqlite3", "xlrd", "xml", "zipfile"}
_LOADED = """
import contextlib, io, json, sys
from pipeline.cli import main
with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
    main(sys.argv[1:])
print(json.dumps(sorted(sys.modules)))
"""


def loaded(*args: str, parts: int = 1) -> set[str]:
    """The packages that a fresh process has loaded after ``gongwen ARGS``, by the first parts of their names."""
    run = subprocess.run(
        [sys.executable, "-c", _LOADED, *args], cwd=REPOSITORY, capture_output=True, check=True, text=True
    )
    return {".".join(name.split(".")[:parts]) for name in json.loads(run.stdout)}


@pytest.mark.parametrize("args", [["--help"], ["--version"]], ids=" ".join)
def test_nothing_heavy_is_loaded(args: list[str]) -> None:
    assert not loaded(*args) & (HEAVY | READING)
    ours = {name for name in loaded(*args, parts=3) if name.startswith("pipeline.")}
    besides = {name for name in ours if not name.startswith("pipeline.cli")}
    assert besides == {
        "pipeline.errors",
        "pipeline.files",
        "pipeline.files.disk_trouble",
        "pipeline.records",
        "pipeline.records.text_width",
    }


@pytest.mark.parametrize("files", [[], ["--ics"]], ids=["text", "ics"])
def test_the_calendar_loads_nothing_heavy(tmp_path: Path, files: list[str]) -> None:
    start_workspace(tmp_path, 2027)
    assert not loaded("calendar", "--today", "2027-03-16", *files, "-C", str(tmp_path)) & HEAVY


def test_a_calendar_without_ledgers_loads_no_reader_and_no_rule(tmp_path: Path) -> None:
    start_workspace(tmp_path, 2027)
    shutil.rmtree(tmp_path / "inputs/2027")
    args = ("calendar", "--today", "2027-03-16", "-C", str(tmp_path))
    assert not loaded(*args) & (HEAVY | READING)
    assert not loaded(*args, parts=2) & {
        "pipeline.checks",
        "pipeline.outputs",
        "pipeline.word",
        "pipeline.tasks.year",
    }
    assert "pipeline.tables.reader" not in loaded(*args, parts=3)


def test_a_command_loads_what_it_needs() -> None:
    """The check above can fail: it sees what is loaded."""
    assert {"docxtpl", "xlsxwriter"} <= loaded("kinds")


@pytest.mark.parametrize("listed", COMMANDS, ids=lambda each: each.name)
def test_the_list_says_of_a_command_what_its_own_help_says(listed: Listed) -> None:
    command = listed.load()
    first = (command.help or "").partition("\n\n")[0].replace("\n", "")
    assert listed.summary == first


def test_every_command_is_in_the_list() -> None:
    assert main.commands == {}, "added with add_command: give it a line in COMMANDS instead"
    assert list(main.list_commands(click.Context(main))) == [listed.name for listed in COMMANDS]
