"""What usually comes next after a command; said below what it printed."""

from collections.abc import Mapping
from typing import NamedTuple

import click

from pipeline.cli.terminal import paragraph


class Next(NamedTuple):
    """Clauses without a full stop: after exit code 0, and after any other."""

    done: str
    found: str


def _always(clause: str) -> Next:
    return Next(clause, clause)


_ISSUED = (
    "用“gongwen check”逐条查看检查结果，用“gongwen lint 文件 --pdf”检查格式，"
    "用“gongwen verify”核对，再用“gongwen pdf”转为PDF"
)
_MENDED = "改好报回后用“gongwen receive 文件”收件，再检查"
# Names of what a command did, where another step follows than usually
NO_ROWS = "check: no rows"
OWN_ERRORS = "check: errors of the office alone"
NOT_RECEIVED = "check: files not received"
NO_RECEIPTS = "register: no receipts"
VERIFIED = "register: verified"
NOTHING_BACK = "return: nothing"
LEDGERS_LISTED = "trace: ledgers listed"

NEXT: Mapping[str, Next] = {
    "init": _always("填写inputs/office.toml，把各单位台账放入inputs下的年度文件夹，再用“gongwen check”检查"),
    "forms": _always("把空白台账发给各单位，报回后用“gongwen receive 文件”收件"),
    "receive": Next(
        "用“gongwen check 文件”逐条查看所放入台账的问题，用“gongwen calendar”看还有哪家没有报",
        "没有收下的，按所说的原因补充后再收一次；收下的用“gongwen check”检查",
    ),
    "register": Next(
        "用“gongwen calendar”看缺报、迟报，用“gongwen register --verify”核对登记簿",
        "先查清登记簿，再收件、编制",
    ),
    NO_RECEIPTS: _always("单位报来的台账用“gongwen receive 文件”收件"),
    VERIFIED: Next("用“gongwen calendar”看缺报、迟报", "先查清登记簿，再收件、编制"),
    "calendar": _always("按日程催办，报来的用“gongwen receive 文件”收件"),
    "check": Next("用“gongwen run”编制全部文书", f"用“gongwen return”把台账退回各单位修改，{_MENDED}"),
    OWN_ERRORS: _always("按所说的改正后再检查一次"),
    NOT_RECEIVED: Next("用“gongwen receive 文件”收件", "改好后用“gongwen receive 文件”收件"),
    NO_ROWS: _always("把各单位台账放入inputs下的年度文件夹，或用“gongwen receive 文件”收件"),
    "inspect": Next(
        "读得不对的，改好表头再看一次；读得对的用“gongwen receive 文件”收件",
        "读不出来的，请单位另存为xlsx后重新报送",
    ),
    "return": _always(f"把“退回修改”中的文件发给各单位，{_MENDED}"),
    NOTHING_BACK: _always("用“gongwen check”看还有没有别的问题，再用“gongwen run”编制全部文书"),
    "run": Next(_ISSUED, "用“gongwen check”逐条查看检查结果，台账改好后再运行一次"),
    "make": Next(_ISSUED, "用“gongwen check”逐条查看检查结果，台账改好后再编一次"),
    "lint": Next("用“gongwen pdf 文件”转为PDF", "改好后再检查一次"),
    "pdf": Next("用“gongwen verify”核对后发文、归档", "按所说的原因处理后再转换一次"),
    "verify": Next(
        "按程序审签后发文；不再编的旧文书用“gongwen archive”归档",
        "逐个查清；台账、模板或设定有变化的，用“gongwen run”重编后再核对",
    ),
    "trace": Next("台账有误的，改好后用“gongwen run”重编", "换成文书中的完整写法再追溯一次，如带小数和单位的数字"),
    LEDGERS_LISTED: _always("在命令后面加上文书中的一个数字或一段文字，追溯到单元格"),
    "archive": _always("用“gongwen verify”核对留下的文书"),
    "rename": _always("用“gongwen check”看更名的提示是否消除"),
    "kinds": _always("用“gongwen make 文书 期间”编制，如“gongwen make 简报 2027年3月”"),
    "fields": _always("用“gongwen forms 期间”给各单位编发带有这些字段的空白台账"),
    "decisions": _always("可以由本办公室选择的，在inputs/office.toml中设定"),
    "templates check": Next(
        "用“gongwen run”编制文书", "用“gongwen fields --kind 文书”查可用的占位名称，改好模板再检查一次"
    ),
}
_CHOSEN = f"{__name__}.chosen"


def next_is(name: str) -> None:
    """For the command that is running another of ``NEXT`` holds."""
    click.get_current_context().meta[_CHOSEN] = name


def next_step(ctx: click.Context, code: object) -> str:
    """``下一步：…。`` after the command of this context; "" where a program reads its output."""
    if ctx.params.get("as_json"):
        return ""
    following = NEXT.get(ctx.meta.get(_CHOSEN) or command_name(ctx))
    if following is None:
        return ""
    return paragraph(f"下一步：{following.found if code else following.done}。", "        ")


def command_name(ctx: click.Context) -> str:
    """``templates check``: the command's name below ``gongwen``."""
    names: list[str] = []
    while ctx.parent:
        names.insert(0, ctx.info_name or "")
        ctx = ctx.parent
    return " ".join(names)
