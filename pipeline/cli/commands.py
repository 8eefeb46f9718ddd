"""The list of commands by the parts of a month's work. A new command is its own module and one line here."""

import click

from pipeline import __version__
from pipeline.cli.lazy_group import LazyGroup, Listed, Part

PARTS = (
    Part("一、开始、发表", (
        Listed("init", "work_commands", "init", "建立新的工作区：模板、office.toml和空白台账。"),
        Listed("forms", "forms_commands", "forms", "给各单位编发空白台账：已知内容填好，下拉、校验、示例齐全。期间如2027或2027年3月。"),
    )),
    Part("二、收件、催报", (
        Listed("receive", "register_commands", "receive_command", "收件：存档、登记、放入台账；文件夹和zip中的逐个收。看不出单位或期间的不收；有没收下的退出码为1，全都没收下为2。"),
        Listed("register", "register_commands", "register_command", "列出收件登记簿：谁报的、何时收到、按时或迟报、问题几条、是否已被取代。"),
        Listed("calendar", "calendar_commands", "calendar", "列出日程：什么时候、由谁、报什么办什么、依据哪一条，收到没有，迟了没有。"),
    )),
    Part("三、检查、退回", (
        Listed("check", "work_commands", "check", "检查台账，只列问题。有错误时退出码为1，无法检查时为2。"),
        Listed("inspect", "inspect_commands", "inspect_command", "看表：列出任何电子表格中看到的工作表、表头、各列读作什么、单位和数据行，只看不改。读不出来时退出码为2。"),
        Listed("return", "return_commands", "return_command", "把有问题的台账退回各单位修改：标出单元格，附问题清单和退件通知。期间如2027或2027年3月（只退当月月报）。"),
        Listed("rename", "rename_commands", "rename_command", "登记项目更名：两个名称从此算同一个项目，写入inputs/office.toml的[项目更名]。"),
    )),
    Part("四、编制、成文", (
        Listed("run", "work_commands", "run", "读取全部台账，检查，编制全部文书；没有变化的不重编。有错误或有文书没编成时退出码为1。"),
        Listed("make", "work_commands", "make", "编制一种文书。文书见“gongwen kinds”，期间如2027或2027年3月。"),
        Listed("lint", "paper_commands", "lint_command", "按GB/T 9704-2012检查公文格式（docx），只列问题，不改文件。有错误时退出码为1，无法检查时为2。"),
        Listed("pdf", "paper_commands", "pdf_command", "把公文转为PDF，放在原文件旁边；不给文件时转换工作区已编的全部文书。有文件转不成时退出码为1。"),
    )),
    Part("五、核对、归档", (
        Listed("verify", "store_commands", "verify_command", "核对已编的文书：改动、缺失、来历不明、来源有变化的逐个列出，不改文件。有问题时退出码为1。"),
        Listed("trace", "trace_commands", "trace_command", "追溯：已编的文书出自哪些台账；加一个数字或一段文字，列出它出自哪个单元格、由哪些单元格相加。不能追溯时退出码为1。"),
        Listed("archive", "store_commands", "archive_command", "把不再编的旧文书连同PDF移入outputs/归档，不删除，不覆盖；不加--yes只列出。有文书正在使用时退出码为1。"),
    )),
    Part("随时查阅", (
        Listed("kinds", "list_commands", "kinds", "列出能编制的文书：依据、期间、所用台账和模板。"),
        Listed("fields", "list_commands", "fields", "列出字段：名称、其他写法、单位、何时必填、依据；加--kind列出模板可用的占位名称。"),
        Listed("decisions", "list_commands", "decisions", "列出两个办法中互相矛盾或没有写明之处，以及本系统的处理。"),
        Listed("templates", "list_commands", "templates", "模板的检查。"),
    )),
)  # fmt: skip
COMMANDS = tuple(each for part in PARTS for each in part.commands)


@click.group(
    cls=LazyGroup,
    epilog="每条命令加--help看写法，如“gongwen make --help”。",
    parts=PARTS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, message="gongwen %(version)s", help="显示版本")
def main() -> None:
    """重大项目台账检查与公文编制：从各单位台账，到计划、推进方案、简报和考核材料。"""
