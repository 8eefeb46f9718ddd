"""What is said of a file or sheet as a whole: one code and sentence for each distinction."""

from collections.abc import Mapping

from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Notice

_TEXTS: Mapping[str, tuple[Severity, str, str]] = {
    "date-1904": (Severity.ADVICE, "工作簿使用1904日期系统，日期已按该系统换算", "请抽查几个日期"),
    "blank-tail": (Severity.ADVICE, "台账下方有{count}行只有格式的空行，已略过", "如不需要，可删除这些空行"),
    "stray-cell": (Severity.ERROR, "远离台账的地方有内容，没有读取", "请清除这个单元格后重新报送"),
    "macros": (Severity.ADVICE, "文件带有宏，宏没有运行，也没有读取", "以后请以不带宏的xlsx报送"),
    "name-differs": (Severity.WARNING, "文件名是{suffix}，内容是{content}格式，已按内容读取", "请核对后以正确的格式另存"),
    "no-checksum": (Severity.ADVICE, "xls格式没有校验，无法发现传输中的损坏", "请核对合计：{totals}"),
    "manual-calculation": (Severity.WARNING, "工作簿设为手动计算，公式的结果可能不是最新的", "请改为自动计算，打开并保存一次后重新报送"),
    "hidden-column": (Severity.WARNING, "{columns}列被隐藏，已照常读取", "请取消隐藏并核对这些列"),
    "sheet-name-long": (Severity.WARNING, "工作表名有{count}字，太长，只显示开头", "请改短工作表名"),
    "csv-separator": (Severity.ADVICE, "各列之间用{separator}分隔，已按此读取", "请核对各列"),
}  # fmt: skip


def notice(code: str, cell: str = "", **facts: object) -> Notice:
    """A notice of the catalogue with its facts filled in."""
    severity, message, action = _TEXTS[code]
    return Notice(code, message.format(**facts), action.format(**facts), severity, cell)
