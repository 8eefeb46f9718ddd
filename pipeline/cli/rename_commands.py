"""The command ``rename``: the clerk confirms once that two names are one project."""

from pathlib import Path

import click

from pipeline.cli.chinese import ChineseCommand
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.records.names import name_key
from pipeline.records.nearest import HINT, perhaps
from pipeline.records.period import Period
from pipeline.records.renames import both_named, final_names, project_names
from pipeline.registers.unseen import require_seen
from pipeline.tasks.year import read_year
from pipeline.workspace.office_toml_writing import add_rename


def _known_name(name: str, known: dict[str, str]) -> str:
    """The name as the ledgers spell it; a name of no ledger is more likely a slip than a rename."""
    key = name_key(name)
    if key in known:
        return known[key]
    hint = perhaps(name, known.values(), HINT)
    raise GongwenError(
        f"台账中没有项目“{name}”{hint}。台账还没有收到而要先行登记的，请在inputs/office.toml的[项目更名]中填写"
    )


@click.command(cls=ChineseCommand)
@click.argument("old", metavar="旧名")
@click.argument("new", metavar="新名")
@in_workspace
def rename_command(old: str, new: str, directory: Path) -> int:
    """登记项目更名：两个名称从此算同一个项目，写入inputs/office.toml的[项目更名]。"""
    workspace = to_write(directory)
    renames = dict(workspace.settings().renames)
    if name_key(old) == name_key(new):
        raise GongwenError(f"“{old}”与“{new}”是同一个名称，不必登记")
    present = final_names(renames).get(name_key(old))
    if present and name_key(present) == name_key(new):
        click.echo(f"“{old}”改为“{new}”已经登记过，没有改动。")
        return 0
    if present:
        raise GongwenError(f"inputs/office.toml的[项目更名]已登记“{old}”改为“{present}”，没有改动；有误的请先修改该行")
    try:
        final_names({**renames, old: new})
    except ValueError as problem:
        raise GongwenError(f"与inputs/office.toml的[项目更名]不符：登记后{str(problem).removeprefix('中')}") from None
    known: dict[str, str] = {}
    years = [read_year(workspace, Period(year)).ledgers for year in workspace.years()]
    for ledgers in years:
        require_seen(ledgers)
        for key, name in project_names(ledgers).items():
            known.setdefault(key, name)
    old, new = _known_name(old, known), _known_name(new, known)
    if place := next((place for ledgers in years if (place := both_named(ledgers, old, new))), ""):
        raise GongwenError(f"{place}同时有“{old}”和“{new}”，不是更名；请先请单位核对，只保留一处")
    add_rename(workspace.inputs / "office.toml", old, new)
    click.echo(f"已登记：“{old}”更名为“{new}”。写在inputs/office.toml的[项目更名]中，删去该行即取消。")
    click.echo("各台账中写这两个名称的，以后都按同一个项目检查和编制文书。")
    return 0
