"""What ``gongwen inspect`` prints: a few lines for each sheet and table, then the table's columns."""

import dataclasses
import json
from collections.abc import Mapping, Sequence
from enum import Enum

from pipeline.cli.text_table import text_table
from pipeline.records.text_width import shown_width
from pipeline.tables.seen import BookSeen, ColumnSeen, Form, SheetSeen, TableSeen, Treatment
from pipeline.word.cleaning import clean

_CONTENTS: Mapping[str, str] = {
    "xlsx": "xlsx工作簿",
    "xls": "旧格式（xls）工作簿",
    "csv": "csv文本",
}
_HEADING_WIDTH = 36  # of a terminal; a Han character takes two
_TITLE_WIDTH = 70
_COLUMNS_SHOWN = 12  # of a table that is no ledger
_CELLS_SHOWN = 8
_MESSAGES_SHOWN = 10
_INDENT = "  "


def shortened(text: str, width: int) -> str:
    """The text on one line and no wider than ``width`` columns of a terminal."""
    line = " ".join(clean(text).split())[: width + 1]  # each character takes a column at least
    if shown_width(line) <= width:
        return line
    while shown_width(line) > width - 2:
        line = line[:-1]
    return line + "…"


def row_ranges(rows: Sequence[int]) -> str:
    """``第4至6行、第9行``; "" for none."""
    spans: list[list[int]] = []
    for row in rows:
        if spans and row == spans[-1][1] + 1:
            spans[-1][1] = row
        else:
            spans.append([row, row])
    shown = [f"第{first}行" if first == last else f"第{first}至{last}行" for first, last in spans]
    more = f"等{len(rows)}行" if len(shown) > _CELLS_SHOWN else ""
    return "、".join(shown[:_CELLS_SHOWN]) + more


def _unit(column: ColumnSeen, table: TableSeen) -> str:
    """The column's unit; of a table that is no ledger only what the column itself states."""
    if not column.unit or not (table.ledger or column.unit.where == "列名" or "单位行" in column.unit.where):
        return ""
    return f"{column.unit.unit}（{column.unit.where}）"


def _table_units(table: TableSeen) -> str:
    """The units by the place that states them; a ledger's missing unit stands with its column."""
    if not table.units:
        return "" if table.ledger or not any(column.numbers for column in table.columns) else "没有写明"
    places: dict[str, list[str]] = {}
    for unit in table.units:
        places.setdefault(unit.where, []).append(unit.unit)
    return "、".join(f"{'、'.join(units)}（{where}）" for where, units in places.items())


def _data(table: TableSeen) -> str:
    if not table.data_span:
        return "没有数据"
    first, last = table.data_span
    numbered = f"，其中{len(table.numbered_rows)}行只有序号" if table.numbered_rows else ""
    span = f"第{first}行" if first == last else f"第{first}至{last}行"
    return f"{span}，共{table.data_rows}行{numbered}"


def _facts(table: TableSeen) -> list[tuple[str, str]]:
    years = "、".join(f"{year}年" for year in table.years)
    facts = [
        ("标题", f"{row_ranges(table.title_rows)}  {shortened(table.title, _TITLE_WIDTH)}".strip()),
        ("表头", row_ranges(range(table.head_rows[0], table.head_rows[1] + 1)) if table.head_rows else ""),
        ("数据", _data(table)),
        ("缺名称", row_ranges(table.nameless_rows)),
        ("子项目", row_ranges(table.child_rows)),
        ("合计行", row_ranges(table.total_rows)),
        ("分类行", row_ranges(table.section_rows)),
        ("说明行", row_ranges(table.note_rows)),
        ("重复表头", row_ranges(table.repeated_heads)),
        ("单位", _table_units(table)),
        ("年月", table.month or years),
    ]
    return [(name, value) for name, value in facts if value]


def _field(column: ColumnSeen) -> str:
    match column.treatment:
        case Treatment.READ:
            return column.field
        case Treatment.SUGGESTED:
            return f"像“{column.field}”，待确认"
        case Treatment.UNUSABLE:
            return f"{column.field}，不能用"
        case Treatment.ASIDE:
            return "不读取"
        case Treatment.NONE:
            return ""


def _content(column: ColumnSeen) -> str:
    counts = (("数字", column.numbers), ("日期", column.dates), ("文字", column.texts), ("空", column.blanks))
    return "，".join(f"{name}{count}" for name, count in counts if count)


def _time(column: ColumnSeen) -> str:
    years = "、".join(f"{year}年" for year in dict.fromkeys(column.years))
    months = "、".join(f"{month}月" for month in dict.fromkeys(column.months))
    return years + months


def _columns(table: TableSeen) -> str:
    shown = table.columns if table.ledger else table.columns[:_COLUMNS_SHOWN]
    rows = [
        [
            column.letter,
            shortened(column.heading, _HEADING_WIDTH) or "（无列名）",
            _field(column),
            _unit(column, table),
            _time(column),
            _content(column),
        ]
        for column in shown
    ]
    place, name = ("位置", "名称") if table.form is Form.CARD else ("列", "列名")
    head = (place, name, "读作", "单位", "年月", "内容（行数）")
    kept = [i for i, name in enumerate(head) if i in (0, 1) or any(row[i] for row in rows)]
    text = text_table([head[i] for i in kept], [[row[i] for i in kept] for row in rows])
    left_out = len(table.columns) - len(shown)
    return text + (f"\n另有{left_out}列，加--json可全部列出。" if left_out else "")


def _table_text(table: TableSeen, number: str) -> str:
    first, last = (table.columns[0].letter, table.columns[-1].letter) if table.columns else ("", "")
    where = table.form.value if table.form is Form.CARD else f"{first}至{last}列"
    kind = f"读作{table.ledger}" if table.ledger else f"不是台账：{table.why_not}"
    lines = [f"{number}  {where}  {kind}"]
    facts = _facts(table)
    width = max(shown_width(name) for name, _ in facts)
    lines += [f"{_INDENT}{name}{' ' * (width - shown_width(name))}  {value}" for name, value in facts]
    troubles = [column for column in table.columns if column.reason]
    lines += [
        f"{_INDENT}{column.letter}列“{shortened(column.heading, _HEADING_WIDTH)}”不能用：{column.reason}"
        for column in troubles
    ]
    lines += [f"{_INDENT}注意：{remark}" for remark in table.remarks]
    lines += ["", *(_INDENT + line for line in _columns(table).split("\n"))]
    return "\n".join(lines)


def _by_message(cells: Sequence[tuple[str, str]]) -> list[str]:
    """One line for each message, with the cells that it is about."""
    grouped: dict[str, list[str]] = {}
    for cell, message in cells:
        grouped.setdefault(message, []).append(cell)
    return [
        f"{_INDENT}{'、'.join(places[:_CELLS_SHOWN])}{f'等{len(places)}格' if len(places) > _CELLS_SHOWN else ''}"
        f"：{shortened(message, _TITLE_WIDTH)}"
        for message, places in grouped.items()
    ]


def _cell_lines(sheet: SheetSeen) -> list[str]:
    """What is to be said of single cells; the rest of many messages is counted."""
    lines = _by_message(sheet.flaws) + _by_message(sheet.remarks)
    more = f"{_INDENT}另有{len(lines) - _MESSAGES_SHOWN}种情况，加--json可全部列出。"
    return lines[:_MESSAGES_SHOWN] + ([more] if len(lines) > _MESSAGES_SHOWN else [])


def _sheet_text(sheet: SheetSeen) -> str:
    name = shortened(sheet.name, _TITLE_WIDTH)
    state = "（已隐藏，读取时跳过）" if sheet.hidden else ""
    if not sheet.rows:
        return f"【{name}】{state}空表"
    merges = f"，合并单元格{sheet.merges}处" if sheet.merges else ""
    formulas = f"，公式{sheet.formulas}个" if sheet.formulas else ""
    count = f"{len(sheet.tables)}张表" if sheet.tables else "没有看出表格"
    lines = [f"【{name}】{state}{sheet.rows}行{sheet.columns}列，{count}{merges}{formulas}"]
    if sheet.hidden_rows:
        lines.append(f"{_INDENT}{row_ranges(sheet.hidden_rows)}被隐藏或行高过小，已照常读取")
    lines += [f"{_INDENT}{shortened(notice, _TITLE_WIDTH)}" for notice in sheet.notices]
    lines += _cell_lines(sheet)
    tables = [_table_text(table, f"表{number}") for number, table in enumerate(sheet.tables, 1)]
    return "\n\n".join(["\n".join(lines), *tables])


def book_text(book: BookSeen) -> str:
    """One file for a person to read."""
    hidden = sum(sheet.hidden for sheet in book.sheets)
    lines = [
        shortened(book.file, 100),
        f"{_CONTENTS[book.content]}，工作表{len(book.sheets)}张" + (f"，其中隐藏{hidden}张" if hidden else ""),
    ]
    return "\n\n".join(["\n".join(lines), *map(_sheet_text, book.sheets)])


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return clean(value) if isinstance(value, str) else value


def books_json(books: Sequence[BookSeen], unread: Mapping[str, str]) -> str:
    """Every fact, for programs: a list of files; one that can't be read has ``unreadable`` in place of its sheets."""
    seen = [_plain(dataclasses.asdict(book)) for book in books]
    refused = [{"file": _plain(file), "unreadable": reason} for file, reason in unread.items()]
    return json.dumps([*seen, *refused], ensure_ascii=False, indent=1)
