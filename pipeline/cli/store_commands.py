"""Commands on what was issued: ``verify`` and ``archive``."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from pipeline.cli.chinese import EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.remedies import worded
from pipeline.cli.terminal import paragraph, say
from pipeline.cli.workspace_option import in_workspace, to_write
from pipeline.errors import Remedy, WorkspaceError
from pipeline.outputs.archive import archive, planned
from pipeline.outputs.lost_folders import lost_folders
from pipeline.outputs.store import Store
from pipeline.outputs.verify import Deviation, Fault, Verified, verify
from pipeline.papers.paper_kinds import KINDS
from pipeline.registers.register import Register
from pipeline.workspace import Workspace


@click.command(cls=ChineseCommand)
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
@in_workspace
def verify_command(as_json: bool, directory: Path) -> int:
    """核对已编的文书：改动、缺失、来历不明、来源有变化的逐个列出，不改文件。有问题时退出码为1。"""
    workspace = Workspace.open(directory)
    verified = verify(workspace.root, KINDS)
    register = Register.open(workspace)
    path = register.path.relative_to(workspace.root).as_posix()
    chain = [Deviation(Fault.REGISTER, path, sentence, remedy) for sentence, remedy in _of_register(register)]
    verified = replace(verified, deviations=(*verified.deviations, *chain))
    click.echo(_json(verified) if as_json else _text(verified))
    return EXIT_FOUND_ERRORS if verified.deviations else 0


def _of_register(register: Register) -> list[tuple[str, Remedy | None]]:
    """What is wrong with it; one that can't be read hides nothing else of the verification."""
    try:
        return [(fault.sentence, None) for fault in register.verify()]
    except WorkspaceError as problem:
        return [(str(problem), problem.remedy)]


def _text(verified: Verified) -> str:
    lines = [
        paragraph(f"{each.fault.value}：{each.path}")
        + "\n"
        + paragraph(f"    {worded(each.sentence, each.remedy)}", "    ")
        for each in verified.deviations
    ]
    looked = (
        f"核对文书{verified.documents}份（其中“（新版）”{verified.new_versions}份，归档{verified.archived}份）、"
        f"旁边的PDF{verified.pdfs}份、台账模板等来源{verified.sources}个，"
    )
    return "\n".join([*lines, paragraph(looked + (f"有问题{len(lines)}处。" if lines else "没有问题。"))])


def _json(verified: Verified) -> str:
    return json.dumps(asdict(verified), ensure_ascii=False, indent=2, default=lambda fault: fault.value)


@click.command(cls=ChineseCommand)
@click.option("--yes", is_flag=True, help="确认移动；不加只列出")
@in_workspace
def archive_command(yes: bool, directory: Path) -> int:
    """把不再编的旧文书连同PDF移入outputs/归档，不删除，不覆盖；不加--yes只列出。有文书正在使用时退出码为1。"""
    workspace = to_write(directory)
    with Store.open(workspace.outputs) as store:
        lost = lost_folders(workspace.root, store.manifest)
        unsure = {each.year for each in lost}
        groups, stay = archive(store, unsure) if yes else planned(store, unsure)
    for place in lost:
        say(f"{place.place}：{worded(place.sentence, place.remedy)}{place.year}年的文书暂不归档。")
    moves = {old: new for each in groups for old, new in each.items()}
    for old, new in moves.items():
        say(f"{old} → {new}")
    for key in stay:
        say(f"{key}正在使用或刚有人动过，不移动；关闭后再运行一次")
    if not moves and not stay and not lost:
        click.echo("没有遗留的旧文书。")
    elif yes and moves:
        click.echo(f"已移动{len(moves)}个文件。")
    elif moves:
        click.echo(f"以上{len(moves)}个文件还没有移动；核对后加--yes。")
    return EXIT_FOUND_ERRORS if stay or lost else 0
