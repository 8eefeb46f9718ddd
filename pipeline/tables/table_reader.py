"""One table's rows to records; sections, totals and notes are told from projects by ``row_roles``.

Whether a form that came back says anything is decided in ``pipeline.tasks.answers``, which lists all steps.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pipeline.ledgers.row import Column, Row, SheetFacts, remedy
from pipeline.ledgers.values import states_bare_number
from pipeline.records import field_catalogue as f
from pipeline.records.citation import Citation
from pipeline.records.field_catalogue import Kind
from pipeline.records.finding import BLANK, UNANSWERED, Finding
from pipeline.records.limits import FINDINGS_OF_A_FILE
from pipeline.records.record import Record
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell, address, is_plain
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.shown_number import number_text
from pipeline.tables.cell_findings import as_name, flawed_subject, remarks_of, unread_flaws
from pipeline.tables.column_remarks import ColumnRemarks
from pipeline.tables.column_scales import doubts_of
from pipeline.tables.columns import holds_something_else
from pipeline.tables.form_mark import EXAMPLE, NOTHING, FormMark
from pipeline.tables.head import Block
from pipeline.tables.long_texts import cut_long
from pipeline.tables.packages import Packages, amounts_in
from pipeline.tables.row_roles import READ_ROWS, Line, RowRole, lines_of
from pipeline.tables.same_above import fill_in, without_above
from pipeline.tables.shifted import filled_beyond
from pipeline.tables.totals import Totals


class TableReader:
    """Reads the rows below one head; what it finds gathers in ``records`` and ``findings``."""

    def __init__(
        self,
        block: Block,
        rows: list[list[Cell]],
        facts: SheetFacts,
        columns: tuple[Column, ...],
        delimited: bool,
        mark: FormMark | None = None,
    ) -> None:
        self.block, self.head, self.facts = block, block.head, facts
        cut_long(rows[self.head.first_data_row : block.end], columns, block.head.kind.subject)
        lines = lines_of(block, rows)
        self.taken_over = fill_in(rows, lines, columns, block.head.kind.subject)
        self.rows = self.taken_over.rows
        self.lines = lines_of(block, self.rows) if self.taken_over.any_marked else lines
        self.others = tuple(column for column in columns if holds_something_else(column, self._cells(column)))
        self.columns = tuple(column for column in columns if column not in self.others)
        self._amounts = amounts_in(self.rows, facts.rates)
        self.delimited = delimited  # from a .csv
        self.mark = mark  # of one of our own forms
        self.answered = False  # a row says more than what we had filled in, or that there is nothing
        self.records: list[Record] = []
        self.findings: list[Finding] = []

    def _cells(self, column: Column) -> Iterator[Cell]:
        """A column's cells in the rows of projects."""
        return (self.rows[line.number][column.index] for line in self.lines if line.role is RowRole.DATA)

    def finding(
        self,
        severity: Severity,
        message: str,
        action: str,
        cell: str,
        seen: str = "",
        column: Column | None = None,
        project: str = "",
        code: str = "",
        citation: Citation | None = None,
    ) -> None:
        field = column.field if column else None
        self.findings.append(self.facts.finding(severity, message, action, cell, seen, field, project, code, citation))

    # --- columns ------------------------------------------------------------------------------------------

    def report_columns(self, confirmed: Mapping[str, str]) -> None:
        told = ColumnRemarks(self.head, self.facts, self.lines, self.columns, self.others, self._amounts, self.mark)
        self.findings += told.remarks(confirmed)
        self._report_default_unit([column for column in self.columns if self._leans_on_default(column)])

    def _report_default_unit(self, without: Sequence[Column]) -> None:
        """``without``: the amounts whose unit is stated nowhere."""
        if without:
            labels = "、".join(column.field.label for column in without)
            self.finding(
                Severity.WARNING,
                f"{labels}没有写明金额单位，按office.toml的默认单位{without[0].unit}读取",
                "请在表头写明“单位：万元”",
                address(*without[0].place_in(self.head.first_data_row - 1)),
            )

    def _leans_on_default(self, column: Column) -> bool:
        """Whether an amount column has a cell whose unit stands neither above it, nor in it, nor in the cell."""
        if column.field.kind is not Kind.AMOUNT or column.trouble or column.unit_stated:
            return False
        return any(
            states_bare_number(self.rows[number][column.index])
            for number in range(self.head.first_data_row, self.block.end)
        )

    # --- rows ---------------------------------------------------------------------------------------------

    def read(self) -> None:
        kind, totals = self.head.kind, Totals(self.columns, self.facts.rates)
        subject = next(column for column in self.columns if column.field is kind.subject)
        if subject.trouble:
            return  # reported with the columns: no row can be named
        packages = Packages(self.lines, self.columns, self._amounts)
        self.lines = packages.lines
        read: list[int] = []
        for line in self.lines:
            cells = self.rows[line.number]
            if line.role in (RowRole.SECTION, RowRole.TOTAL):
                totals.state(line, cells)
            elif line.role is RowRole.EXAMPLE:
                self._report_overwritten(line)
            elif line.role is RowRole.NOTHING:
                self.answered = True
            elif line.role in READ_ROWS and self._usable(line, cells, subject) and packages.counts(line):
                totals.add(cells)
                read.append(line.number)
                self._read_row(line, cells)
        self._report_merged()
        self._report_taken_over()
        self._report_scales(self.rows, read)
        self.findings += packages.remarks(self.facts)
        self._report_totals(totals)
        if self.mark and self.mark.unit and not self.answered:
            self._report_unanswered()

    def _usable(self, line: Line, cells: list[Cell], subject: Column) -> bool:
        """Whether a row can be read; what makes it unusable is reported."""
        if self._shifted(line, cells):
            return False
        if (name := as_name(cells[subject.index])).flaw:
            self._report_flawed(line.number, subject, name)
            return False
        if line.role is RowRole.NAMELESS:
            self.finding(
                Severity.ERROR, f"本行没有填“{subject.field.label}”，没有读取", f"请补填{subject.field.label}",
                address(line.number, subject.index), code="row-without-name",
            )  # fmt: skip
            return False
        return True

    def _report_merged(self) -> None:
        """Cells merged over several projects count for each of them, which is told; merged amounts are errors."""
        aside = (f.SERIAL, self.head.kind.subject)
        projects = (line.number for line in self.lines if line.role is RowRole.DATA)
        unlike = [number for number in projects if not all(map(is_plain, self.rows[number]))]
        for column in self.columns:
            if column.field.kind is Kind.AMOUNT or column.field in aside:
                continue
            filled = [
                number for number in unlike if (cell := self.rows[number][column.index]).covered and not cell.blank
            ]
            if filled:
                self.finding(
                    Severity.ADVICE, f"“{column.field.label}”有合并单元格，{_cells(filled, column)}按合并的内容读取",
                    "如各项目不同，请取消合并，逐行填写", address(filled[0], column.index), column=column,
                    code="merged-cells",
                )  # fmt: skip

    def _report_taken_over(self) -> None:
        for column, numbers in self.taken_over.cells.items():
            self.finding(
                Severity.WARNING, f"“{column.field.label}”{_cells(numbers, column)}写的是“同上”一类，按上一行的内容读取",
                "请核对，并逐行写明", address(numbers[0], column.index), column=column, code="same-above",
            )  # fmt: skip

    def _report_scales(self, rows: Sequence[Sequence[Cell]], numbers: Iterable[int]) -> None:
        name = next(column.index for column in self.columns if column.field is self.head.kind.subject)
        for row, column, reason in doubts_of(rows, numbers, self.columns):
            cell = rows[row][column.index]
            self.finding(
                Severity.WARNING, f"“{column.field.label}”{reason}", remedy(column), address(*column.place_in(row)),
                cell.text, column, rows[row][name].text, "doubtful-value",
            )  # fmt: skip

    def _read_row(self, line: Line, cells: list[Cell]) -> None:
        self._take(Row(self.facts, line.number, cells, self.columns, line.sections))
        self.answered = self.answered or self._says_more(cells)

    def _take(self, row: Row) -> None:
        self.records.append(self.head.kind.read(row))
        self.findings += row.findings
        if not all(map(is_plain, row.cells)):
            self.findings += remarks_of(row)
            self.findings += unread_flaws(row, self.head.headings)
        if len(self.findings) > FINDINGS_OF_A_FILE:
            raise UnreadableFile("too-many-findings", limit=FINDINGS_OF_A_FILE)

    def _report_flawed(self, row: int, subject: Column, cell: Cell) -> None:
        """A row whose name can't be used is not read."""
        if not cell.covered:
            message, action = flawed_subject(subject, cell)
            place = address(*subject.place_in(row))
            self.finding(Severity.ERROR, message, action, place, cell.text, subject, code=cell.flaw_code)

    def _says_more(self, cells: list[Cell]) -> bool:
        """Whether a row states anything beyond the project and what we know of it already."""
        kind = self.head.kind
        given = (kind.subject, f.LEAD_UNIT, f.SERIAL, f.REMARK, *kind.also_known)
        return any(not cells[column.index].blank for column in self.columns if column.field not in given)

    def _report_overwritten(self, line: Line) -> None:
        """Data that a unit wrote over the example of our form."""
        if not line.name.startswith(EXAMPLE):
            self.finding(
                Severity.ERROR, "本行序号为“示例”，内容却不像示例，没有读取", "请把本行内容改填到示例行以下",
                f"第{line.number + 1}行", line.name,
            )  # fmt: skip

    def _report_unanswered(self) -> None:
        name, subject = self.head.kind.name, self.head.kind.subject.label
        if self.records:
            self.finding(
                Severity.ERROR, f"{name}原样退回，一项都没有填写", "请逐行填写后重新报送", "", code=UNANSWERED
            )  # fmt: skip
        else:
            self.finding(
                Severity.WARNING, f"{name}没有填写", f"请填写后重新报送；确实没有的，请在“{subject}”第一个空行填“{NOTHING}”", "",
                code=BLANK,
            )  # fmt: skip

    def read_card(self, number: int, cells: list[Cell]) -> None:
        """One project's card as a row; ``cells`` holds the values by column index."""
        cells = [without_above(cell) for cell in cells]
        cut_long([cells], self.columns, self.head.kind.subject)
        row = Row(self.facts, number, cells, self.columns)
        subject = next(column for column in self.columns if column.field is self.head.kind.subject)
        if (name := as_name(row.cells[subject.index])).flaw:
            self._report_flawed(number, subject, name)
            return
        for column in self.columns:
            if column.trouble and column.place:
                self.finding(
                    Severity.ERROR, f"“{column.field.label}”不能使用：{column.trouble}", "请改正后重新报送",
                    address(*column.place), column.heading, column,
                )  # fmt: skip
        bare = [c for c in self.columns if c.field.kind is Kind.AMOUNT and not c.unit_stated and not c.trouble]
        self._report_default_unit([column for column in bare if states_bare_number(cells[column.index])])
        self._take(row)
        self._report_scales([row.cells], [0])

    def _shifted(self, line: Line, cells: list[Cell]) -> bool:
        """Whether a .csv row holds more values than the head has columns, so that any may have shifted."""
        if not self.delimited:
            return False
        last = filled_beyond(self.head, cells)
        if not last:
            return False
        self.finding(
            Severity.ERROR, f"本行到第{last}列，比表头多，各列可能错位，没有读取",
            "请检查本行是否多了逗号（金额中的千分位逗号须加引号），或另存为xlsx后重新报送", f"第{line.number + 1}行",
            code="csv-width",
        )  # fmt: skip
        return True

    def _report_totals(self, totals: Totals) -> None:
        for difference in totals.differences():
            line, column = difference.line, difference.column
            what = "分类行" if line.role is RowRole.SECTION else "合计行"
            if column is None:
                self.finding(
                    Severity.WARNING,
                    f"{what}写明{difference.stated}个项目，读到{difference.computed}个，以各行为准",
                    f"请核对{what}", f"第{line.number + 1}行", max(line.texts, key=len),
                )  # fmt: skip
                continue
            cell = self.rows[line.number][column.index]
            in_text = cell.covered or cell.blank
            self.finding(
                Severity.WARNING,
                f"{what}的“{column.field.label}”与各行之和{number_text(difference.computed)}万元不符，以各行为准",
                f"请核对{what}",
                f"第{line.number + 1}行" if in_text else address(line.number, column.index),
                max(line.texts, key=len) if in_text else cell.text,
                column,
                code="total-differs",
            )


def _cells(numbers: list[int], column: Column) -> str:
    """The first of a column's cells, and how many they are: F4、F5、F6等8格."""
    shown = "、".join(address(number, column.index) for number in numbers[:3])
    return shown + (f"等{len(numbers)}格" if len(numbers) > 3 else "")
