"""What is to be said of a table's columns: not read, in doubt, unusable, two of one meaning."""

import re
from collections.abc import Iterator, Mapping, Sequence

from pipeline.ledgers.row import COMBINED, Column, SheetFacts
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Field, Kind
from pipeline.records.finding import Finding
from pipeline.records.level import without_level
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import address
from pipeline.tables.columns import ColumnView, views_of
from pipeline.tables.form_mark import FormMark, is_reference
from pipeline.tables.head import Head, other_period
from pipeline.tables.heading_words import ADJUSTED, VERSION
from pipeline.tables.headings import amount_of_version, amounts_in_doubt
from pipeline.tables.packages import AmountOf
from pipeline.tables.row_roles import PROJECT_ROWS, Line

_NOT_NEEDED = "如不需要，可不处理"
_ESTIMATE = re.compile("计划|估算|概算|规划|预算")  # of a total: another figure with good reason
_ADJUSTMENT = Citation("K", 7, 3)
# What tells the amounts apart that a heading with 累计 or 完成 may mean.
_SPAN = {
    f.INVESTED_BEFORE: "截至上年底", f.YEAR_DONE: "本年1月以来", f.SINCE_START: "开工以来，含以前年度", f.MONTH_DONE: "只算当月",
    f.YEAR_PLAN: "全年计划", f.MONTH_PLAN: "当月计划",
}  # fmt: skip


class ColumnRemarks:
    """The remarks on one table's columns. ``columns`` are those that are read, ``others`` those of another content."""

    def __init__(
        self,
        head: Head,
        facts: SheetFacts,
        lines: Sequence[Line],
        columns: Sequence[Column],
        others: Sequence[Column],
        amount_of: AmountOf,
        mark: FormMark | None,
    ) -> None:
        self._head, self._facts, self._columns, self._others = head, facts, columns, others
        self._rows = [line for line in lines if line.role in PROJECT_ROWS]
        self._amount, self._mark = amount_of, mark
        self._bottom = head.first_data_row - 1

    def remarks(self, confirmed: Mapping[str, str]) -> Iterator[Finding]:
        """All but those on units. ``confirmed`` is what the office confirmed of headings."""
        used = {column.index for column in (*self._columns, *self._others)}
        for view in views_of(self._head, confirmed):
            if view.index in used or (self._mark and is_reference(view.heading)):
                continue
            yield from self._unread(view)
        yield from self._of_other_content()
        yield from self._troubled()
        yield from self._combined()

    def _unread(self, view: ColumnView) -> Iterator[Finding]:
        # 开工以来 may begin in any year: until when it runs is asked as of this year's sum.
        asked = (f.YEAR_DONE if field is f.SINCE_START else field for field in view.suggestions)
        period = next(filter(None, (self._other_period(view, field) for field in asked)), "")
        if view.field:
            yield from self._beside(view, view.field)
        elif view.suggestions and not period:
            yield self._near(view, view.suggestions)
        elif period:
            yield self._on(view, Severity.ADVICE, f"列“{view.heading.text}”没有读取：{period}", _NOT_NEEDED)
        elif ADJUSTED.search(view.heading.text):
            yield self._before_adjustment(view, self._version(view))
        elif version := self._version(view):
            yield from self._beside(view, version)
        elif in_doubt := self._amounts_in_doubt(view):
            yield self._in_doubt(view, in_doubt)
        else:
            message = f"列“{view.heading.text}”不属于{self._head.kind.name}，没有读取"
            yield self._on(view, Severity.ADVICE, message, _NOT_NEEDED)

    def _other_period(self, view: ColumnView, field: Field) -> str:
        return other_period(view.heading, field, self._facts.year, self._facts.month)

    def _on(self, view: ColumnView, severity: Severity, message: str, action: str, seen: str = "") -> Finding:
        return self._facts.finding(severity, message, action, address(self._bottom, view.index), seen)

    def _amounts_in_doubt(self, view: ColumnView) -> tuple[Field, ...]:
        """The amounts that the table lacks and an unknown heading about investment may stand for."""
        lacking = tuple(field for field in self._head.kind.fields if field not in self._head.fields)
        possible = amounts_in_doubt(view.heading, lacking)
        return tuple(field for field in possible if not self._other_period(view, field))

    def _near(self, view: ColumnView, fields: tuple[Field, ...]) -> Finding:
        """A heading that may mean one field or, of two amounts, either."""
        text = view.heading.text
        register = " 或 ".join(f'"{view.heading.key}" = "{field.label}"' for field in fields)
        if len(fields) == 1:
            message = f"列名“{text}”未登记，没有读取；与“{fields[0].label}”相近，但不能据此认定"
            action = f"如确为同一项，请在office.toml的[列名确认]中登记：{register}"
        else:
            message = f"列名“{text}”没有写明从何时算起，没有读取；可能是{_named(fields)}，不能据此认定"
            action = f"请按实际含义改列名，或核实后在office.toml的[列名确认]中登记其中一条：{register}"
        return self._on(view, Severity.WARNING, message, action, text)

    def _in_doubt(self, view: ColumnView, fields: tuple[Field, ...]) -> Finding:
        message = f"列“{view.heading.text}”没有读取，看不出是哪一项投资；本表没有认出{_named(fields)}"
        example = f'"{view.heading.key}" = "{fields[0].label}"'
        action = f"如就是其中一项，请改用该项的列名，或由办公室在office.toml的[列名确认]中登记，如：{example}；如都不是，可不处理"
        return self._on(view, Severity.WARNING, message, action, view.heading.text)

    # --- two columns of one meaning -----------------------------------------------------------------------

    def _beside(self, view: ColumnView, field: Field) -> Iterator[Finding]:
        """A column that is left aside because another is read for its field."""
        text = view.heading.text
        if period := self._other_period(view, field):
            message = f"列“{text}”没有读取：{period}，“{field.label}”另有本期的一列"
            yield self._on(view, Severity.ADVICE, message, _NOT_NEEDED)
            return
        differing = list(self._differing(view, field))
        if not differing:
            yield self._on(view, Severity.ADVICE, f"“{field.label}”已有专列，列“{text}”没有读取", _NOT_NEEDED)
        yield from differing

    def _differing(self, view: ColumnView, field: Field) -> Iterator[Finding]:
        """The rows in which two columns of one amount state different figures."""
        read = next((column for column in self._columns if column.field is field), None)
        if read is None or field.kind is not Kind.AMOUNT or read.trouble:
            return
        unit = view.heading.unit or self._head.unit_line or read.unit
        aside = Column(view.index, field, view.heading.text, unit)
        estimate = VERSION.search(aside.heading) or (
            _ESTIMATE.search(aside.heading) and not _ESTIMATE.search(read.heading)
        )
        for line in self._rows:
            one, other = self._amount(line.number, read), self._amount(line.number, aside)
            if one is None or other is None or one == other:
                continue
            place = address(line.number, read.index)
            seen = f"{read.heading}{one:,f}万元，{aside.heading}{other:,f}万元"
            if estimate:
                message = f"“{field.label}”按列“{read.heading}”读取，与列“{aside.heading}”不同"
                yield self._facts.finding(
                    Severity.WARNING, message, "请核对应以哪一列为准", place, seen, read.field, line.name
                )
            else:
                message = f"列“{read.heading}”与列“{aside.heading}”是同一项，本行数字不同，无法确定用哪一列"
                action = "请核对后只保留一列，或使两列一致"
                yield self._facts.finding(Severity.ERROR, message, action, place, seen, read.field, line.name)

    def _version(self, view: ColumnView) -> Field | None:
        """The amount of the table of which the column states another version: 调整后总投资, 批复总投资."""
        field = amount_of_version(view.heading, self._head.kind.fields)
        return field if field in self._head.fields else None

    def _before_adjustment(self, view: ColumnView, field: Field | None) -> Finding:
        """``field`` is the one whose figures the column adjusts, None where the heading does not say."""
        read = f"“{field.label}”按调整前的一列读取" if field else "各项数字按其余各列读取"
        into = f"“{field.label}”列" if field else "原来的列"
        return self._facts.finding(
            Severity.WARNING,
            f"列“{view.heading.text}”没有读取，{read}",
            f"年度计划的调整另按计划调整的程序办理；批准后请把调整后的数字填入{into}",
            address(self._bottom, view.index),
            view.heading.text,
            citation=_ADJUSTMENT,
        )

    # --- columns that are read, or would be ---------------------------------------------------------------

    def _of_other_content(self) -> Iterator[Finding]:
        for column in self._others:
            choices = "、".join(map(without_level, column.field.choices))
            yield self._facts.finding(
                Severity.WARNING,
                f"列“{column.heading}”的内容都不是“{column.field.label}”的选项，没有读取",
                f"如是其他内容，可不处理；如是{column.field.label}，请填{choices}之一",
                address(self._bottom, column.index),
            )

    def _troubled(self) -> Iterator[Finding]:
        for column in self._columns:
            if column.trouble:
                own = column.field in self._head.kind.fields
                yield self._facts.finding(
                    Severity.ERROR if own else Severity.ADVICE,
                    f"“{column.field.label}”列不能使用：{column.trouble}", "请改正列名或单位行后重新报送",
                    address(self._bottom, column.index), column.heading, column.field,
                )  # fmt: skip

    def _combined(self) -> Iterator[Finding]:
        for field in COMBINED.intersection(self._head.kind.fields):
            parts = [column for column in self._columns if column.field is field]
            if len(parts) > 1:
                yield self._facts.finding(
                    Severity.ADVICE,
                    f"{'、'.join(f'“{part.heading}”' for part in parts)}{len(parts)}列合并读作“{field.label}”",
                    "如不应合并，请只保留一列",
                    address(self._bottom, parts[0].index),
                )


def _named(fields: Sequence[Field]) -> str:
    """The fields with what tells them apart: “本年累计完成投资”（本年1月以来）或…"""
    return "或".join(f"“{field.label}”" + (f"（{_SPAN[field]}）" if field in _SPAN else "") for field in fields)
