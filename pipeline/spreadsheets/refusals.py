"""Why a file, a row or a value is not used: one code and one Chinese sentence for each distinction.

A file's sentence reads "cause，请action"; a cell's flaw is only the cause, since the action depends on its field.
"""

from collections.abc import Mapping

from pipeline.records.limits import FORMAT_CHARACTERS, NAME_CHARACTERS

_SAVE = "请用WPS打开后另存为新的xlsx再报送"
_RESEND = "请重新传送或用WPS打开后另存为xlsx再报送"
_ONLY_LEDGER = "请另存为新的工作簿，只保留台账后重新报送"
_AS_XLSX = "请用WPS打开，另存为xlsx后重新报送"

FILE_REASONS: Mapping[str, str] = {
    # size
    "file-too-large": "文件过大，请只保留台账后重新报送",
    "part-too-large": f"文件展开后过大，{_ONLY_LEDGER}",
    "too-many-parts": f"文件内部的部件过多，{_ONLY_LEDGER}",
    "size-lie": f"文件内部记录的大小与实际不符，{_SAVE}",
    "string-count-lie": f"文件内部的文字个数有误，{_SAVE}",
    "too-many-cells": "工作表“{sheet}”的单元格过多，请删除多余的行列后重新报送",
    "too-many-rows": "工作表“{sheet}”有内容的行过多，请只保留本期台账后重新报送",
    "sheet-extent": "工作表“{sheet}”中{cell}远离台账，范围过大，请删除多余的行列后重新报送",
    "too-many-cells-in-all": "各工作表的单元格合计过多，请只保留本期台账后重新报送",
    "too-much-text": "工作簿中的文字过多，请只保留台账后重新报送",
    "cell-too-long": "有单元格的文字超过电子表格的上限{limit}字，不是由WPS或Excel保存的，请重新制作后报送",
    "too-many-findings": "需要核对的单元格超过{limit}处，请检查表头、金额单位和各列是否对应后重新报送",
    "too-many-rows-in-all": "本年各台账合计超过{limit}行，请移走重复的或其他年度的台账后重新读取",
    "format-too-long": f"有数字格式超过电子表格的上限{FORMAT_CHARACTERS}字，不是由WPS或Excel保存的，{_SAVE}",
    "merge-area": f"工作表“{{sheet}}”的合并单元格互相重叠，{_SAVE}",
    "too-much-memory": "读取时占用内存过多，已停止（办公室可在电脑空闲时全部重读），请只保留台账后重新报送",
    "too-slow": "读取用时过长，已停止（办公室可在电脑空闲时全部重读），请只保留台账后重新报送",
    "reader-died": f"读取中断，文件可能已损坏，{_RESEND}",
    # package
    "cannot-open": "文件打不开，可能没有权限、正在使用或已被移走，请检查后重新放入",
    "empty": "文件是空的，请重新报送",
    "damaged": f"文件已损坏或不是电子表格，{_RESEND}",
    "checksum": f"文件校验不符，内容可能已损坏，{_RESEND}",
    "truncated": f"文件不完整，{_RESEND}",
    "junk-around": f"文件前后夹带了其他内容，{_SAVE}",
    "duplicate-part": f"文件内部有重名部件，{_SAVE}",
    "part-path": f"文件内部的部件路径不合规范，{_SAVE}",
    "overlapping-parts": f"文件内部的部件互相重叠，{_SAVE}",
    "header-conflict": f"文件内部前后两处目录不一致，{_SAVE}",
    "compression": f"文件使用了电子表格不用的压缩方法，{_SAVE}",
    "encrypted": "文件已加密，请取消密码后重新报送",
    "missing-part": f"文件内部缺少工作表“{{sheet}}”的内容，{_RESEND}",
    "document-type": f"文件内部含有不允许的定义，{_SAVE}",
    "xml": f"文件内部的内容已损坏，{_SAVE}",
    "xml-encoding": f"文件内部的文字编码不是UTF-8，{_SAVE}",
    "strict-ooxml": "文件是“Strict Open XML”格式，请用Excel或WPS另存为普通的xlsx后重新报送",
    "duplicate-cell": f"工作表“{{sheet}}”中{{cell}}出现了两次，无法确定用哪一个，{_SAVE}",
    "cell-order": f"工作表“{{sheet}}”中{{cell}}的位置前后颠倒或自相矛盾，{_SAVE}",
    "string-index": f"工作表“{{sheet}}”中{{cell}}指向不存在的文字，{_SAVE}",
    "readers-differ": f"工作表“{{sheet}}”中{{cell}}用两种方法读出的内容不同，{_SAVE}",
    "sheets-differ": f"两种方法读出的工作表不同，{_SAVE}",
    # type
    "macro-renamed": "内容是带宏的工作簿，文件名却是{suffix}，请另存为不带宏的xlsx后重新报送",
    "is-word": "内容是Word文档，不是电子表格，请以xlsx格式报送台账",
    "is-slides": "内容是演示文稿，不是电子表格，请以xlsx格式报送台账",
    "is-ods": f"内容是ODS格式，{_AS_XLSX}",
    "is-xlsb": f"内容是xlsb格式，{_AS_XLSX}",
    "is-pdf": "内容是PDF，不是电子表格，请以xlsx格式报送台账",
    "is-html": f"内容是网页（HTML），不是电子表格，{_AS_XLSX}",
    "is-mht": f"内容是网页归档（MHT），不是电子表格，{_AS_XLSX}",
    "is-xml": f"内容是XML文本，不是xlsx，{_AS_XLSX}",
    "is-json": f"内容是JSON数据，不是电子表格，{_AS_XLSX}",
    "is-archive": "内容是压缩包，不是电子表格，请解压后报送其中的xlsx",
    "is-picture": "内容是图片，不是电子表格，请以xlsx格式报送台账",
    "is-rtf": "内容是RTF文档，不是电子表格，请以xlsx格式报送台账",
    "is-text": f"内容是文本，文件名却是{{suffix}}，{_AS_XLSX}",
    "not-a-table": "不是电子表格，请以xlsx、xls或csv格式报送",
    "named-otherwise": f"内容是{{content}}工作簿，文件名却{{named}}，{_SAVE}",
    "not-a-spreadsheet": "文件内容不是电子表格，请另存为xlsx后重新报送",
    "old-excel": f"文件是很早的Excel格式，{_AS_XLSX}",
    "compound-header": f"文件头记录的大小与实际不符，{_RESEND}",
    "lock-file": "这是打开台账时产生的临时文件，没有读取，请关闭正在编辑的台账，报送台账本身",
    # csv
    "csv-encoding": "文字编码无法识别，请另存为xlsx后重新报送",
    "csv-control": "文件含有无法显示的字符，请另存为xlsx后重新报送",
    "csv-quote": "引号没有成对，无法分清各列，请另存为xlsx后重新报送",
    "csv-wide-comma": "各列之间用的是全角逗号“，”，与文字中的逗号无法分清，请另存为xlsx后重新报送",
    "csv-field": "有一栏文字过长，请另存为xlsx后重新报送",
    "csv-width": "有的行比表头多出内容，各列可能错位，整份没有读取，请检查是否多了逗号（金额中的千分位逗号须加引号），或另存为xlsx后重新报送",
    # content
    "no-rows": "表头下没有填写任何一行，请填写后重新报送；本期没有内容的，请另行说明",
    "nothing-in-it": "工作簿中没有任何内容，请填写后重新报送",
    "no-ledger": "可见的工作表中没有看到台账，请使用下发的台账格式填写后重新报送",
    "ambiguous-sheet": "工作表{sheets}列有相同的项目，无法确定用哪一张，请只保留一张后重新报送",
}

CELL_REASONS: Mapping[str, str] = {
    "error-value": "单元格是错误值{text}",
    "same-above": "不能用“{text}”代替",
    "name-too-long": f"写了{{text}}字，超过{NAME_CHARACTERS}字，不像名称",
    "text-too-long": "写了{text}字，太长，不能使用",
    "nothing-above": "写的是“{text}”，上方没有可以沿用的内容",
    "formula-uncached": "公式没有保存计算结果，请用WPS表格打开并保存一次",
    "control-character": "含有控制字符{points}",
    "surrogate": "含有不完整的字符{points}",
    "noncharacter": "含有不是文字的编码{points}",
    "lost-character": "含有已损坏的字符{points}",
    "private-use": "含有自造字{points}，其他电脑上无法显示",
    "bidi": "含有改变文字方向的控制字符{points}，看到的顺序可能与实际不同",
    "invisible": "含有看不见的标记字符{points}",
    "struck": "内容已被划去（删除线），不能确定是否有效",
    "struck-part": "部分内容被划去（删除线），不能确定用哪一个",
    "unseen": "字的颜色与底色相同或字号过小，看不到，没有采用",
    "shown-otherwise": "存放的数是{text}，按数字格式显示为“{shown}”，看到的与存放的不同",
    "hidden-value": "数字格式不显示存放的数{text}，看到的与存放的不同",
    "number-too-long": "是超过15位的数字，存为数值时末尾几位已丢失，请改为文本格式填写",
    "scientific-text": "是科学记数法的文字，原有的数字已丢失，请改为文本格式填写",
    "bad-number": "存放的数字“{text}”不合规范",
    "bad-value": "存放的内容“{text}”与其类型不符",
    "date-range": "日期的序号{text}超出范围，不是有效日期",
    "time-only": "只有时刻，没有日期",
    "picture": "是嵌入单元格的图片，不是文字",
}

CELL_REMARKS: Mapping[str, str] = {
    "look-alike": "含有形近的其他字符{points}，通常应写作“{text}”",
    "foreign-letter": "含有形似拉丁字母的其他文字字母{points}",
    "rare-character": "含有生僻字或特殊字符{points}，请核对印出的文书",
    "line-break": "含有换行或制表符，已合并为一行",
    "zero-width": "含有看不见的字符{points}，已去掉",
    "formula-text": "以{points}开头，按文字读取，不是公式",
    "scaled-format": "存放的数是{text}，数字格式显示为“{shown}”，按看到的读取",
    "other-workbook": "取自另一工作簿{text}，按保存的结果读取",
    "note": "单元格有批注：{text}",
}


# C0, C1, bidi controls and lone surrogates.
_UNPRINTABLE = dict.fromkeys(
    (*range(32), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000)),
    "�",
)


class UnreadableFile(Exception):
    """The file is not a workbook that can be read; the message is a Chinese reason with what to do.

    ``code`` names the distinction; the message's parts are divided by ``，请``.
    """

    def __init__(self, code: str, **facts: object) -> None:
        # facts such as a sheet's name come from the file: nothing unprintable may reach a terminal
        shown = {name: str(fact).translate(_UNPRINTABLE) for name, fact in facts.items()}
        super().__init__(FILE_REASONS[code].format(**shown))
        self.code = code
        self.facts = facts
