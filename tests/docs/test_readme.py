"""Both READMEs name every command with its options, and their tables are those of the kinds of paper."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from pipeline.cli.commands import COMMANDS, main
from tests.docs.kind_tables import REPOSITORY, TABLES, with_table

_OPTION = re.compile(r"--[a-z]+")
_NAMES = [each.name for each in COMMANDS]


def synopsis() -> dict[str, str]:
    """Command → its lines in the list of commands of README.md."""
    listed = (REPOSITORY / "README.md").read_text("utf-8").partition("## Commands\n\n```\n")[2].partition("```")[0]
    told = re.split(r"^gongwen ", listed, flags=re.MULTILINE)[1:]
    return {each.split()[0]: each for each in told}


def options_of(name: str) -> set[str]:
    """What a command and the commands below it take, apart from what all of them do."""
    command = main.get_command(click.Context(main), name)
    assert command
    below = command.commands.values() if isinstance(command, click.Group) else [command]
    options = (each for one in below for each in one.params if isinstance(each, click.Option))
    return {word for each in options for word in (*each.opts, *each.secondary_opts) if word.startswith("--")}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_of_kinds_are_as_make_templates_writes_them(name: str) -> None:
    text = Path(REPOSITORY, name).read_text("utf-8")
    assert text == with_table(text, *TABLES[name])


def test_the_list_of_commands_is_that_of_the_program() -> None:
    assert sorted(synopsis()) == sorted(_NAMES)


@pytest.mark.parametrize("name", _NAMES)
def test_a_command_is_listed_with_the_options_that_it_takes(name: str) -> None:
    assert set(_OPTION.findall(synopsis()[name])) == options_of(name)


@pytest.mark.parametrize("name", _NAMES)
def test_the_chinese_readme_names_every_command(name: str) -> None:
    text = (REPOSITORY / "README.zh-CN.md").read_text("utf-8")
    assert f"gongwen {name}" in text


def _options_named() -> Iterator[tuple[str, str]]:
    for file in TABLES:
        text = Path(REPOSITORY, file).read_text("utf-8")
        for command, rest in re.findall(r"`gongwen ([a-z]+)([^`\n]*)`", text):
            yield from ((command, option) for option in _OPTION.findall(rest))


@pytest.mark.parametrize(("command", "option"), sorted(set(_options_named())))
def test_an_option_named_in_a_sentence_is_one_that_the_command_takes(command: str, option: str) -> None:
    assert option in options_of(command)


def test_which_commands_take_a_workspace() -> None:
    def takes(name: str) -> bool:
        command = main.get_command(click.Context(main), name)
        below = command.commands.values() if isinstance(command, click.Group) else [command]
        return all(any("-C" in each.opts for each in one.params) for one in below if one)

    assert {name for name in _NAMES if not takes(name)} == {"init", "lint"}  # as README.md says


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_a_section_of_settings_that_a_page_names_is_one_of_office_toml(name: str) -> None:
    named = set(re.findall(r"`?\[([\u4e00-\u9fff]+)\]`?(?!\()", (REPOSITORY / name).read_text("utf-8")))
    sections = tomllib.loads((REPOSITORY / "inputs/office.toml").read_text("utf-8"))
    assert named
    assert named <= sections.keys()
