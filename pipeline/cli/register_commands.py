"""Commands on what units send in: ``receive`` and ``register``."""

import re
import sys
import unicodedata
from datetime import datetime
from pathlib import Path

import click

from pipeline.cli import register_reports
from pipeline.cli.chinese import EXIT_COULD_NOT, EXIT_FOUND_ERRORS, ChineseCommand
from pipeline.cli.next_steps import NO_RECEIPTS, VERIFIED, next_is
from pipeline.cli.progress_bar import Bar
from pipeline.cli.terminal import say
from pipeline.cli.typed_period import period_typed
from pipeline.cli.workspace_option import PATH, in_workspace, to_write
from pipeline.errors import GongwenError
from pipeline.records.field_catalogue import REPORT_KINDS
from pipeline.registers.noted_end import ChainEnd
from pipeline.registers.register import Register
from pipeline.registers.register_restore import restore
from pipeline.tasks.desk import Told
from pipeline.tasks.receive import receive
from pipeline.tasks.taking import Received
from pipeline.workspace import Workspace

_MOMENT = "%Y-%m-%d %H:%M"
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?:日\s*|\s+)")


def _now() -> datetime:
    """The clock, as local time without a zone: the articles count local days."""
    return datetime.now().astimezone().replace(tzinfo=None, microsecond=0)


def _moment(text: str, now: datetime) -> datetime:
    """When a file came; raises ``GongwenError`` for a time that is still to come."""
    try:
        written = _DAY.sub(r"\1-\2-\3 ", unicodedata.normalize("NFKC", text).strip())
        moment = datetime.strptime(written, _MOMENT)  # noqa: DTZ007 - local time, as on the receipt
    except ValueError:
        raise GongwenError(f"看不懂收到时间“{text}”，请写成“2027-03-14 09:30”（加引号）") from None
    if moment > now:
        raise GongwenError(
            f"收到时间“{text.strip()}”还没有到（现在是{now:{_MOMENT}}），请核对；电脑时钟不准的，请先校准"
        )
    return moment


def _period_text(text: str | None, workspace: Workspace) -> str:
    if text is None:
        return ""
    period = period_typed(text, workspace)
    return str(period.month) if period.month else str(period.year)


def _ask(sentence: str, choices: tuple[str, ...]) -> str:
    """At a terminal only: the clerk chooses or writes the answer; nothing is a refusal."""
    say(f"\n{sentence}。")
    for number, choice in enumerate(choices, 1):
        say(f"  {number}  {choice}")
    answer = click.prompt("请写明（写序号或名称，直接回车则不收）", default="", show_default=False).strip()
    if answer.isascii() and answer.isdecimal() and 1 <= int(answer) <= len(choices):
        return choices[int(answer) - 1]
    return str(answer)


def _exit_code(received: tuple[Received, ...]) -> int:
    refused = sum(1 for each in received if each.line.refusal)
    if refused == len(received):
        return EXIT_COULD_NOT
    return EXIT_FOUND_ERRORS if refused else 0


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="文件或文件夹…", nargs=-1, required=True, type=PATH)
@click.option("--at", "at", metavar="时间", help="收到时间，如“2027-03-14 09:30”，用于补登；默认为现在")
@click.option("--unit", metavar="责任单位", default="", help="报送单位；表中看不出时才需要")
@click.option("--period", metavar="期间", help="2027或2027-03；表中看不出时才需要")
@click.option(
    "--kind",
    metavar="报表",
    type=click.Choice(REPORT_KINDS),
    help="上半月报、下半月报或月报；半月报只登记时间，可以是Word、PDF",
)
@click.option(
    "--replace/--keep",
    "instead",
    default=None,
    help="取代前一份，或两份并存；看不出是更正还是另一部分时才需要",
)
@in_workspace
def receive_command(
    files: tuple[Path, ...],
    at: str | None,
    unit: str,
    period: str | None,
    kind: str | None,
    instead: bool | None,
    directory: Path,
) -> int:
    """收件：存档、登记、放入台账；文件夹和zip中的逐个收。看不出单位或期间的不收；有没收下的退出码为1，全都没收下为2。"""
    workspace = to_write(directory)
    now = _now()
    paths = list(dict.fromkeys(files))
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    with Bar() as bar:
        received = receive(
            workspace,
            paths,
            _moment(at, now) if at else now,
            now,
            Told(unit, _period_text(period, workspace), kind or "", instead),
            _ask if interactive else None,
            bar,
            lambda sentence: say(f"{sentence}。"),
        )
    say(register_reports.received_text(received))
    return _exit_code(received)


@click.command(cls=ChineseCommand)
@click.option("--verify", is_flag=True, help="逐行核对登记簿和存档；对不上时指出是哪一行，退出码为1")
@click.option("--known", metavar="链尾", help="抄在别处的链尾，如“12:3f9a6c01”，与--verify或--restore同用")
@click.option(
    "--restore",
    "copy",
    metavar="备份文件",
    type=PATH,
    help="用备份恢复登记簿；备份须完整并含有链尾，缺少末尾几行的另加--known确认。现有的文件移开保留",
)
@click.option("--period", metavar="期间", help="只列2027年或2027-03的")
@click.option("--json", "as_json", is_flag=True, help="以JSON输出，供其他程序使用")
@in_workspace
def register_command(
    verify: bool, known: str | None, copy: Path | None, period: str | None, as_json: bool, directory: Path
) -> int:
    """列出收件登记簿：谁报的、何时收到、按时或迟报、问题几条、是否已被取代。"""
    workspace = Workspace.open(directory)
    register = Register.open(workspace)
    if copy is not None:
        say(register_reports.restored_text(restore(register, copy, _known(known))))
        return 0
    if verify:
        faults = register.verify(_known(known))
        if as_json:
            click.echo(register_reports.faults_json(faults, register))
        else:
            say(register_reports.faults_text(faults, register))
        next_is(VERIFIED if faults or register.lines() else NO_RECEIPTS)
        return EXIT_FOUND_ERRORS if faults else 0
    if known:
        raise GongwenError("--known要与--verify或--restore同用")
    lines, wanted = register.lines(), _period_text(period, workspace)
    if not lines:
        register.require_whole()  # an emptied register is not one that is still empty
        next_is(NO_RECEIPTS)
    shown = register_reports.register_json if as_json else register_reports.register_text
    click.echo(shown(lines, wanted))
    register.require_whole()  # the lines are shown all the same, and then what is wrong with them
    return 0


def _known(text: str | None) -> ChainEnd | None:
    if text is None:
        return None
    try:
        return ChainEnd.parse(text)
    except ValueError:
        raise GongwenError(f"看不懂链尾“{text}”，请写成行号、冒号和至少8位字符，如“12:3f9a6c01”") from None
