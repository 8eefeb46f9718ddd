"""Holding the register of receipts against its own chain, its noted ends and the archive."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.files.bounded_bytes import sha256_of
from pipeline.files.disk_trouble import reason
from pipeline.records.receipt_line import FIRST_PREVIOUS, RegisterLine, chain_hash
from pipeline.registers.noted_end import ChainEnd as ChainEnd
from pipeline.registers.received_archive import archived_files


@dataclass(frozen=True)
class StoredLine:
    """A row of the register as it stands in the file, true or not."""

    number: int
    body: str
    previous: str
    hash: str

    @cached_property
    def line(self) -> RegisterLine | None:
        """None where the body is no line's body any more."""
        try:
            return RegisterLine.from_body(self.body, self.previous, self.hash)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return None


@dataclass(frozen=True)
class Fault:
    """Something that does not fit; ``number`` is the line, 0 for the register as a whole."""

    number: int
    sentence: str  # without full stop


def audit(
    stored: Sequence[StoredLine], end: ChainEnd | None, noted: Sequence[ChainEnd], root: Path
) -> tuple[Fault, ...]:
    """Every fault, in the order of the lines. ``end`` is the register's own note, ``noted`` are those outside."""
    return (
        *chain_faults(stored),
        *_end_faults(stored, [end] if end else [], noted),
        *_archive_faults(stored, root),
    )


def chain_faults(stored: Sequence[StoredLine]) -> Iterator[Fault]:
    """Lines that were changed, removed, put elsewhere or put in between."""
    previous, expected = FIRST_PREVIOUS, 1
    for row in stored:
        number = row.number
        if number > expected:
            span = f"第{expected}行" if number == expected + 1 else f"第{expected}行至第{number - 1}行"
            yield Fault(expected, f"{span}不见了，可能被删除")
        line = row.line
        if line is not None and line.number != number:
            yield Fault(number, f"第{number}行原是第{line.number}行，行次被调换或中间插入、删除过行")
        elif line is None or chain_hash(row.body, row.previous) != row.hash:
            yield Fault(number, f"第{number}行的内容与登记时不同，被改动过")
        elif row.previous != previous:
            yield Fault(number, f"第{number}行与前一行接不上，前面有行被改动、删除、插入或调换")
        previous, expected = row.hash, number + 1


def _end_faults(stored: Sequence[StoredLine], own: Sequence[ChainEnd], noted: Sequence[ChainEnd]) -> Iterator[Fault]:
    by_number = {row.number: row for row in stored}
    last = stored[-1].number if stored else 0
    held = f"（{ChainEnd(last, stored[-1].hash).short}）" if stored else ""
    for end in dict.fromkeys((*own, *noted)):
        row = by_number.get(end.number)
        if row is None:
            yield Fault(
                end.number,
                f"记载过的链尾是{end.short}，即第{end.number}行，现在登记簿只到第{last}行{held}，末尾的行被删除",
            )
        elif not row.hash.startswith(end.hash):
            yield Fault(
                end.number,
                f"第{end.number}行是{ChainEnd(end.number, row.hash).short}，与记载过的链尾{end.short}不符，登记簿被换过或改过",
            )
    if stored and not own:
        yield Fault(0, "登记簿内的链尾记录不见了")
    elif own and last > own[0].number:
        yield Fault(own[0].number + 1, f"第{own[0].number + 1}行起不是本系统登记的，是后来添加的")


def _archive_faults(stored: Sequence[StoredLine], root: Path) -> Iterator[Fault]:
    lines = [line for row in stored if (line := row.line) is not None]
    for line in lines:
        try:
            same = sha256_of(root / line.archived) == line.sha256
        except FileNotFoundError:
            yield Fault(line.number, f"第{line.number}行的存档文件{line.archived}不见了")
        except OSError as problem:
            yield Fault(line.number, f"第{line.number}行的存档文件{line.archived}读不出来：{reason(problem)}")
        else:
            if not same:
                yield Fault(line.number, f"第{line.number}行的存档文件{line.archived}被改动过")
    known = {line.archived for line in lines}
    archive = archived_files(root)
    for each in archive.unseen:
        yield Fault(0, f"存档{each.path.relative_to(root).as_posix()}：{each.message}；{each.action}")
    for path in archive.files:
        relative = path.relative_to(root).as_posix()
        if relative not in known:
            yield Fault(0, f"存档中的{relative}没有登记：收件时中断，或它的登记行被删除；如是前者，请重新收一次该文件")
