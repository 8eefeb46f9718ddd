"""Packages (打包项目): one project whose parts stand below it and must not be counted beside it.

Amounts are in 万元. Parts are known by serial number and name (``part_rows``); here also by their sum.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from pipeline.ledgers.row import Column, SheetFacts
from pipeline.ledgers.values import Unreadable, amount
from pipeline.records.field_catalogue import TOTAL_INVESTMENT, Kind
from pipeline.records.finding import Finding
from pipeline.records.severity import Severity
from pipeline.spreadsheets.grid import Cell, address
from pipeline.spreadsheets.shown_number import number_text
from pipeline.tables.part_rows import says_package, stated_parts
from pipeline.tables.part_serials import Style
from pipeline.tables.row_roles import Line, RowRole

AmountOf = Callable[[int, Column], Decimal | None]  # of a 0-based row; None where none can be read


def amounts_in(rows: Sequence[Sequence[Cell]], rates: Mapping[str, Decimal]) -> AmountOf:
    """The amounts of a spread sheet; one that is merged over several rows is no row's own."""

    def amount_of(number: int, column: Column) -> Decimal | None:
        cell = rows[number][column.index]
        if cell.covered or cell.shared:
            return None
        try:
            found = amount(cell, column.unit, rates)
        except Unreadable:
            return None
        return found.wan if found else None

    return amount_of


class Packages:
    """A table's packages; ``lines`` are its rows, parts that only their sum shows among them."""

    def __init__(self, lines: Sequence[Line], columns: Iterable[Column], amount_of: AmountOf) -> None:
        self._columns = [c for c in columns if c.field.kind is Kind.AMOUNT and not c.trouble]
        self._total = next((c for c in self._columns if c.field is TOTAL_INVESTMENT), None)
        self._amount = amount_of
        self._numbered = any(line.serial.text for line in lines)
        self._by_number = {line.number: line for line in lines}
        self.by_sum: set[int] = set()  # packages
        # Of each project without known parts: the one that follows, and the rows below that add up to it.
        self._below: dict[int, list[Line]] = {}
        self._adding_up: dict[int, list[Line]] = {}
        self.lines = self._with_parts_by_sum(tuple(lines))
        self._parts: dict[int, list[Line]] = {}
        for line in self.lines:
            if line.package is not None:
                self._parts.setdefault(line.package, []).append(line)
        self.split = frozenset(package for package in self._parts if self._is_split(package))

    def _with_parts_by_sum(self, lines: tuple[Line, ...]) -> tuple[Line, ...]:
        known = {line.package for line in lines}
        parts: dict[int, int] = {}
        for run in _runs(lines):
            totals = [self._total_of(line) for line in run]
            for index, line in enumerate(run):
                if line.number in known:
                    continue
                self._below[line.number] = run[index + 1 : index + 2]
                if not (count := _adding_up(totals, index)):
                    continue
                self._adding_up[line.number] = rows = run[index + 1 : index + 1 + count]
                if says_package(line.name) and self._are_parts(line, rows):
                    self.by_sum.add(line.number)
                    parts |= {part.number: line.number for part in rows}
        return tuple(map(partial(_as_part, parts), lines)) if parts else lines

    def _total_of(self, line: Line) -> Decimal | None:
        return self._amount(line.number, self._total) if self._total else None

    def _are_parts(self, package: Line, rows: Sequence[Line]) -> bool:
        """Whether rows that add up to a package are its parts: as many as it states, none numbered as a project."""
        stated = stated_parts(package.name)
        if any(row.serial.style is Style.PLAIN for row in rows) and self._goes_on(package, rows):
            return False
        return stated == len(rows) or (stated is None and self._numbered)

    def _goes_on(self, package: Line, rows: Sequence[Line]) -> bool:
        """Whether the rows' numbers go on from the package's, as projects' do."""
        numbers = [row.serial.number for row in (package, *rows)]
        return numbers == list(range(numbers[0], numbers[0] + len(numbers)))

    def _is_split(self, package: int) -> bool:
        """A package that states no amount while its parts do: there the parts are the projects."""
        own = any(self._amount(package, column) for column in self._columns)
        theirs = any(self._amount(part.number, column) for part in self._parts[package] for column in self._columns)
        return theirs and not own

    def counts(self, line: Line) -> bool:
        """Whether a row is a project: one of its own, or a part of a package that is split into its parts."""
        if line.package is not None:
            return line.package in self.split
        return line.role is RowRole.DATA and line.number not in self.split

    # --- what is to be said -------------------------------------------------------------------------------

    def remarks(self, facts: SheetFacts) -> Iterator[Finding]:
        for number, parts in self._parts.items():
            package = self._by_number[number]
            yield self._counted(facts, package, parts)
            yield from self._other_count(facts, package, parts)
            if number not in self.split:
                yield from self._differences(facts, package, parts)
        for line in self.lines:
            if line.role is RowRole.DATA and line.number not in self._parts:
                yield from self._doubts(facts, line)

    def _counted(self, facts: SheetFacts, package: Line, parts: Sequence[Line]) -> Finding:
        count, rows = f"其{len(parts)}个子项目（{_rows(parts)}）", _rows([package])
        severity = Severity.ADVICE
        if package.number in self.split:
            message = f"“{package.name}”没有金额，{count}各按1个项目计，打包项目本身不另计"
        elif package.number in self.by_sum:
            message = f"“{package.name}”按1个项目计，{_rows(parts)}的总投资之和正好等于它，按子项目不另计"
            severity = Severity.WARNING
        else:
            message = f"“{package.name}”含子项目，按1个项目计，{count}不另计"
        return facts.finding(severity, message, "如计法不对，请调整为各自独立的项目行", rows, package.name)

    def _other_count(self, facts: SheetFacts, package: Line, parts: Sequence[Line]) -> Iterator[Finding]:
        stated = stated_parts(package.name)
        if stated is not None and stated != len(parts):
            message = f"“{package.name}”写明{stated}个子项目，读到{len(parts)}个（{_rows(parts)}），其余各行按项目计"
            yield facts.finding(Severity.WARNING, message, _NUMBER_PARTS, _rows([package]), package.name)

    def _differences(self, facts: SheetFacts, package: Line, parts: Sequence[Line]) -> Iterator[Finding]:
        for column in self._columns:
            stated = self._amount(package.number, column)
            amounts = [found for part in parts if (found := self._amount(part.number, column)) is not None]
            total = sum(amounts, Decimal(0))
            if stated is not None and len(amounts) == len(parts) and total != stated:
                yield facts.finding(
                    Severity.WARNING,
                    f"打包项目的“{column.field.label}”与子项目之和{number_text(total)}万元不符，以打包项目为准",
                    "请核对打包项目与子项目的金额",
                    address(package.number, column.index),
                    number_text(stated),
                    column.field,
                    package.name,
                )

    def _doubts(self, facts: SheetFacts, line: Line) -> Iterator[Finding]:
        """A package whose parts are not known, and rows that look like the parts of the one above them."""
        says, place = says_package(line.name), _rows([line])
        below, adding_up = self._below[line.number], self._adding_up.get(line.number)
        if says and adding_up:
            message = f"“{line.name}”其下{_rows(adding_up)}的总投资之和正好等于它，疑为其子项目而重复计入"
            action = f"如是子项目，{_NUMBER_PARTS}；如不是，请在它下面另列各子项目，或核对总投资"
            code = "package-in-doubt"
            yield facts.finding(Severity.ERROR, message, action, place, line.name, project=line.name, code=code)
        elif says and below and self._total_of(line):
            message = f"“{line.name}”按1个项目计，其下没有认出子项目，{_rows(below)}起按各自独立的项目计"
            action = f"如其下各行是子项目，{_NUMBER_PARTS}；没有列出子项目的，可不处理"
            yield facts.finding(Severity.WARNING, message, action, place, line.name)
        elif adding_up and self._adds_up_throughout(line, adding_up):
            message = f"{_rows(adding_up)}的各项金额之和正好等于本行“{line.name}”，现按各自独立的项目计"
            action = f"如是它的子项目，{_NUMBER_PARTS}，以免重复计算；如不是，可不处理"
            yield facts.finding(Severity.WARNING, message, action, place, line.name)

    def _adds_up_throughout(self, line: Line, rows: Sequence[Line]) -> bool:
        """Whether every amount of the line is the sum of the rows': one sum alone may be chance."""
        own = {column: self._amount(line.number, column) for column in self._columns}
        return all(
            amount == sum((self._amount(row.number, column) or Decimal(0) for row in rows), Decimal(0))
            for column, amount in own.items()
            if amount
        )


_MOST_PARTS = 99  # looked at for a sum; nobody has been seen to list more
_NUMBER_PARTS = "请把子项目的序号写成1.1、1.2（1为打包项目的序号）"


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The projects that follow one another directly; blank rows end no run, any other row does."""
    run: list[Line] = []
    for line in lines:
        if line.role is RowRole.DATA:
            run.append(line)
        elif line.role is not RowRole.BLANK:
            yield run
            run = []
    yield run


def _adding_up(totals: Sequence[Decimal | None], index: int) -> int:
    """How many of the totals after one, two at least, add up exactly to it; 0 where none do."""
    rest = totals[index]
    if not rest:
        return 0
    for count, total in enumerate(totals[index + 1 : index + 1 + _MOST_PARTS], 1):
        if total is None or total > rest:
            return 0
        rest -= total
        if not rest:
            return count if count > 1 else 0
    return 0


def _as_part(packages: Mapping[int, int], line: Line) -> Line:
    """The line as a part of its package, where it has one."""
    package = packages.get(line.number)
    return line if package is None else replace(line, role=RowRole.CHILD, package=package)


def _rows(lines: Sequence[Line]) -> str:
    first, last = lines[0].number + 1, lines[-1].number + 1
    return f"第{first}行" if first == last else f"第{first}—{last}行"
