"""The command ``trace``: from a document back to its ledgers, from a figure back to its cells."""

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

import click

from pipeline.cli.chinese import EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.text_table import text_table
from pipeline.cli.workspace_option import PATH, in_workspace
from pipeline.ledgers.kinds import catalogue
from pipeline.outputs.verify import UNREADABLE
from pipeline.records.traced import Addend, TracedDecimal
from pipeline.tasks.trace import Document, Ledger, Sighting, Words, find_document, trace
from pipeline.word.filters import plain
from pipeline.workspace import Workspace

_MOST = 20  # places or cells shown


@click.command(cls=ChineseCommand, context_settings={"ignore_unknown_options": True})  # -78000 is a figure
@click.argument("output", metavar="文书", type=PATH)
@click.argument("figure", metavar="[数字或文字]", default="")
@in_workspace
def trace_command(output: Path, figure: str, directory: Path) -> int:
    """追溯：已编的文书出自哪些台账；加一个数字或一段文字，列出它出自哪个单元格、由哪些单元格相加。不能追溯时退出码为1。"""
    workspace = Workspace.open(directory)
    document = find_document(workspace, output)
    click.echo(_title(document))
    if not figure.strip():
        click.echo(_sources(document))
        click.echo("在命令后面加上文书中的一个数字或一段文字，可以追溯到单元格。")
        return 0
    total = len(workspace.ledger_files(int(document.key[:4])))
    with click.progressbar(length=total, label="读取台账", show_pos=True) as bar:
        traced = trace(workspace, document, lambda: bar.update(1))
    if not traced.same:
        click.echo("注意：编制以后台账、设定、模板或程序有变化，以下是按现在的台账追溯的，可能与文书不同。")
    files = {each.file for each in document.ledgers}
    sightings = traced.figures(figure)
    if sightings:
        said = [traced.words_of(each, figure, files) for each in sightings]
        click.echo(_figures(figure, sightings, said))
        return 0 if any(each.figure is not None for each in sightings) or any(said) else EXIT_FOUND_ERRORS
    if words := traced.words(figure, files):
        click.echo(f"所用台账中，以下{len(words)}个单元格写有“{figure}”：\n{_words(words)}")
        return 0
    click.echo(f"台账得出的内容中没有“{figure}”，不能追溯；可能是模板中的文字、人改过的内容，或写法不同。")
    return EXIT_FOUND_ERRORS


def _title(document: Document) -> str:
    edited = "编成后被人改过，改过的内容不能追溯" if document.edited else "编成后没有改动"
    changed = [each.file for each in document.ledgers if each.now != each.sha256]
    since = f"，其中{len(changed)}个以后有变化：{'、'.join(changed)}" if changed else "，以后没有变化"
    return f"文书：outputs/{document.key}（{edited}）\n出自{len(document.ledgers)}个文件{since}\n"


def _since(ledger: Ledger) -> str:
    if ledger.now == UNREADABLE:
        return "读不出来"
    return "没有变化" if ledger.now == ledger.sha256 else "有变化" if ledger.now else "文件不在"


def _sources(document: Document) -> str:
    rows = [[each.file, each.sha256, _since(each)] for each in document.ledgers]
    return text_table(("出自", "SHA-256", "编成以后"), rows) + "\n"


def _figures(wanted: str, sightings: list[Sighting], said: list[list[Words]]) -> str:
    parts = [f"“{wanted}”在这份文书的内容中有{len(sightings)}处："]
    parts += [
        f"{number}. {_sighting(each, words)}"
        for number, (each, words) in enumerate(zip(sightings[:_MOST], said, strict=False), 1)
    ]
    if len(sightings) > _MOST:
        parts.append(f"其余{len(sightings) - _MOST}处没有列出；请用更完整的数字（如带小数和单位）。")
    return "\n\n".join(parts)


def _sighting(sighting: Sighting, words: list[Words]) -> str:
    figure, head = sighting.figure, f"{sighting.place}：{_printed(sighting)}"
    if words:
        return f"{head}\n写在以下{len(words)}个单元格的文字中：\n{_words(words)}"
    if figure is None:
        if sighting.is_amount and all(value == 0 for value, _ in sighting.printed):
            return f"{head}\n各相加的单元格都为0、空白，或按规定不再填报，所以为0。"
        if sighting.is_amount:
            return f"{head}\n不能追溯到单元格：由本系统按办法或设定计算得出；可追溯同一项目的计划投资和完成投资。"
        return f"{head}\n不能追溯到单元格：这是个数、日期、得分或设定，由本系统点算或按设定得出。"
    if figure.of:
        return (
            f"{head}\n由以下单元格（{_sum(figure)}）：\n{_cells(figure.addends)}\n除以以下单元格：\n{_cells(figure.of)}"
        )
    if len(figure.addends) == 1 and figure.addends[0].sign > 0:
        return f"{head}\n出自一个单元格：\n{_cells(figure.addends)}"
    return f"{head}\n由{len(figure.addends)}个单元格得出（{_sum(figure)}）：\n{_cells(figure.addends)}"


def _printed(sighting: Sighting) -> str:
    return "，".join(f"{plain(value)}{unit}" for value, unit in dict.fromkeys(sighting.printed) if unit) or plain(
        sighting.printed[0][0]
    )


def _sum(figure: TracedDecimal) -> str:
    total = sum((each.amount * each.sign for each in figure.addends), Decimal(0))
    return f"合计{plain(total)}"


def _cells(addends: Iterable[Addend]) -> str:
    labels = {field.slug: field.label for field in catalogue()}
    rows = [
        [
            ("－" if each.sign < 0 else "") + plain(each.amount),
            each.written,
            f"{each.source.file}“{each.source.sheet}”{each.cell}",
            labels.get(each.slug, each.slug),
            each.project,
        ]
        for each in addends
    ]
    return text_table(("读作（万元或%）", "单元格写作", "位置", "字段", "项目"), rows)


def _words(words: list[Words]) -> str:
    rows = [[f"{each.source.file}“{each.source.sheet}”{each.seen.cell}", each.seen.text] for each in words[:_MOST]]
    more = f"\n其余{len(words) - _MOST}个单元格没有列出。" if len(words) > _MOST else ""
    return text_table(("位置", "单元格写作"), rows) + more
