"""The ledger (台账) beside a promotion plan: the same context as a workbook that the unit keeps up (B-8)."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pipeline.errors import OutputError
from pipeline.records.money import Figure
from pipeline.records.text_width import lines_needed
from pipeline.word.house_style import FANGSONG, HEITI, XIAOBIAOSONG
from pipeline.workbooks.book_writing import BookWriter, exact, lay_out, written

_OVERVIEW = (
    ("项目名称", ""), ("所属行业", ""), ("包联类型", ""), ("批次", ""), ("业主单位", ""), ("具体选址", ""), ("责任地区", ""),
    ("建设任务", ""), ("主要建设内容和规模", ""), ("建设年限", ""), ("总投资", "万元"), ("已累计完成投资", "万元"),
    ("当年计划投资", "万元"), ("剩余投资", "万元"), ("进度目标", ""), ("资金来源", ""), ("项目进展", ""), ("推进事项", ""),
    ("责任单位", ""), ("分管领导", ""), ("责任科室", ""), ("责任人", ""), ("联络员", ""), ("协办单位", ""),
)  # fmt: skip
# Sheet, list in the context, columns with their widths in characters; a unit in brackets marks an amount
_LISTS = (
    ("手续", "手续", (("序号", 6), ("手续名称", 34), ("办理部门", 26), ("办理状态", 12), ("计划办结时间", 20), ("经办人", 12))),
    (
        "问题",
        "问题",
        (("序号", 6), ("问题内容", 36), ("问题类型", 10), ("处理层级", 12), ("解决方式", 30), ("解决步骤", 30), ("解决时限", 18),
         ("责任人", 12)),
    ),
    ("工作清单", "工作清单", (("月份", 8), ("工作内容", 50), ("完成时限", 20), ("当月计划投资（万元）", 18), ("责任人", 14))),
)  # fmt: skip
_SHOWN = {"批次": "四个一批", "进度目标": "当年进度目标"}
_NOTHING = {
    "手续": "没有需要办理的手续",
    "问题": "没有尚未解决的问题",
    "工作清单": "责任单位尚未报送工作节点",
}


def project_ledger(context: Mapping[str, object]) -> bytes:
    """The .xlsx bytes of one sponsored project's ledger, from the context of its promotion plan.

    Amounts are numbers in 万元, everything else text exactly as it stands: nothing becomes a formula, a link or a
    number. Raises OutputError for a text that a cell cannot hold.
    """

    def fill(book: Any) -> None:
        ledger = _Ledger(book, f"{context['项目名称']}{context['年度']}年台账")
        ledger.overview(context)
        for sheet, name, columns in _LISTS:
            entries = context[name]
            ledger.listing(sheet, columns, entries if isinstance(entries, Sequence) else ())

    return written(fill)


def _height(cells: Sequence[tuple[object, int]]) -> int:
    """Points that a row needs so that wrapped text is not cut; widths in half-width characters."""
    lines = [lines_needed(value, width - 2) for value, width in cells if isinstance(value, str)]
    return 8 + 16 * max(lines, default=1)


class _Ledger(BookWriter):
    """The workbook being written, with its formats."""

    def __init__(self, book: Any, title: str) -> None:
        common = {"font_size": 11, "border": 1, "valign": "vcenter", "text_wrap": True, "font_name": FANGSONG}
        super().__init__(book, f"台账“{title}”")
        self._title = title
        large = {"font_name": XIAOBIAOSONG, "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True}
        self._title_format = book.add_format(large)
        self._head = book.add_format({**common, "font_name": HEITI, "align": "center"})
        self._text = book.add_format({**common, "align": "left", "num_format": "@"})
        self._common = common
        self._numbers: dict[int, Any] = {}

    def overview(self, context: Mapping[str, object]) -> None:
        sheet = self._sheet("项目概况", (("项目", 24), ("内容", 96)))
        rows = [(f"{label}（{unit}）" if unit else label, context[label]) for label, unit in _OVERVIEW]
        rows.append(("包联领导", self._people(context["包联领导"], ("姓名", "职务"))))
        rows.append(("手续办理团队", self._people(context["手续团队"], ("部门", "姓名"))))
        shown = {**_SHOWN, "推进事项": f"需{context['层级']}领导推动的事项"}
        for number, (label, value) in enumerate(rows, 2):
            self.text(sheet, number, 0, shown.get(label, label), self._head)
            self._write(sheet, number, 1, value, left=True)
            sheet.set_row(number, _height([(value, 96)]))
        sheet.fit_to_pages(1, 1)

    def listing(self, name: str, columns: Sequence[tuple[str, int]], entries: Sequence[object]) -> None:
        sheet = self._sheet(name, columns)
        for number, entry in enumerate(entries, 2):
            assert isinstance(entry, Mapping)
            for column, (label, _) in enumerate(columns):
                self._write(sheet, number, column, entry[label.removesuffix("（万元）")])
            sheet.set_row(number, _height([(entry[label.removesuffix("（万元）")], width) for label, width in columns]))
        if not entries:
            self.text(sheet, 2, 0, "—", self._text)
            self.text(sheet, 2, 1, _NOTHING[name], self._text)
            for column in range(2, len(columns)):
                self.text(sheet, 2, column, "—", self._text)

    def _sheet(self, name: str, columns: Sequence[tuple[str, int]]) -> Any:
        sheet = self.book.add_worksheet(name)
        self.across(sheet, 0, 0, len(columns) - 1, f"{self._title}（{name}）", self._title_format)
        sheet.set_row(0, 42)
        for column, (label, width) in enumerate(columns):
            sheet.set_column(column, column, width)
            self.text(sheet, 1, column, label, self._head)
        sheet.freeze_panes(2, 0)
        lay_out(sheet, (0, 1), side=0.6, edge=0.8)
        return sheet

    @staticmethod
    def _people(people: object, keys: tuple[str, str]) -> str:
        if not isinstance(people, Sequence) or not people:
            return "—"
        return "；".join(f"{person[keys[0]]} {person[keys[1]]}" for person in people)

    def _write(self, sheet: Any, row: int, column: int, value: object, *, left: bool = False) -> None:
        number = value.wan if isinstance(value, Figure) else value
        if isinstance(number, Decimal | int) and not isinstance(number, bool):
            number = exact(Decimal(number))
        if isinstance(number, Decimal):
            sheet.write_number(row, column, number, self._number_format(number, left=left))
            return
        if not isinstance(number, str):
            raise OutputError(f"{self.name}第{row + 1}行有无法写入的值，请检查对应的台账记录。")
        self.text(sheet, row, column, number, self._text)

    def _number_format(self, value: Decimal, *, left: bool) -> Any:
        places = max(0, -int(value.as_tuple().exponent))
        key = places * 2 + left
        if key not in self._numbers:
            pattern = "0." + "0" * places if places else "0"
            look = {**self._common, "num_format": pattern, "align": "left" if left else "right"}
            self._numbers[key] = self.book.add_format(look)
        return self._numbers[key]
