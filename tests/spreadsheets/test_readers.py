"""The reading processes: order, speed of recovery, limits, and what a file may do to its reader."""

import gc
import io
import os
import random
import signal
import struct
import subprocess
import sys
import threading
import time
import zipfile
import zlib
from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from pathlib import Path

import pytest
import xlsxwriter
import xlwt
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cli import main
from pipeline.errors import GongwenError
from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.spreadsheets import reader_child
from pipeline.spreadsheets.agreement import SecondReader
from pipeline.spreadsheets.compact import CompactGrid
from pipeline.spreadsheets.grid import BLANK, Cell, Grid, Merge, Notice, Remark, plain_cell
from pipeline.spreadsheets.readers import Read, Readers
from pipeline.spreadsheets.refusals import UnreadableFile
from pipeline.spreadsheets.transport import pack, unpack
from pipeline.tables.reader import read_ledgers
from pipeline.workspace.office_toml_writing import office_toml_text
from tests.grids_read import read_data, read_grids
from tests.raw_workbook import SHEET, cell, directory_entry, package, parts, patched, table, workbook

posix = pytest.mark.skipif(sys.platform == "win32", reason="信号与资源限制只在类Unix系统上有")
FILES = 30


@pytest.fixture
def folder(tmp_path: Path) -> list[Path]:
    """Thirty small ledgers, each with a figure of its own."""
    paths = []
    for number in range(FILES):
        path = tmp_path / f"{number:02}.xlsx"
        path.write_bytes(workbook(table(("项目名称", "总投资"), (f"项目{number}", cell("B2", str(1000 + number))))))
        paths.append(path)
    return paths


def codes(found: list[Read]) -> list[str]:
    return [each.refusal.code if each.refusal else "" for each in found]


@pytest.mark.parametrize("processes", [1, 2, 5])
def test_results_come_in_the_order_of_the_files(folder: list[Path], processes: int) -> None:
    with Readers(processes=processes) as readers:
        found = list(readers.read_all(folder))
        assert len(readers.pids) <= processes
    assert [each.path for each in found] == folder
    assert [each.grids[0].at(1, 1).value for each in found] == [1000 + number for number in range(FILES)]
    assert [list(each.grids) for each in found] == [read_grids(path) for path in folder]
    assert readers.pids == ()


def kill(readers: Readers) -> None:
    for pid in readers.pids:
        os.kill(pid, signal.SIGKILL)


@posix
def test_long_paths_and_small_pipes_block_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither side writes what the other is not about to take."""
    small = partial(subprocess.Popen, pipesize=4096)
    monkeypatch.setattr("pipeline.spreadsheets.reader_process.subprocess.Popen", small)
    monkeypatch.setattr("pipeline.spreadsheets.reader_process._may_copy", lambda: False)
    deep = tmp_path.joinpath(*["各单位报来的台账" * 9] * 3)
    deep.mkdir(parents=True)
    paths = [deep / f"{number}.csv" for number in range(32)]
    for path in paths:
        path.write_text("项目名称,总投资\n" + "示例项目,5000\n" * 2000, "utf-8")
    with Readers(processes=1) as readers:
        late = threading.Timer(20, kill, (readers,))
        late.start()
        found = list(readers.read_all(paths))
        late.cancel()
    assert codes(found) == [""] * len(paths)


@posix
@pytest.mark.parametrize("harm", [signal.SIGKILL, signal.SIGABRT, signal.SIGSEGV, signal.SIGSTOP])
def test_a_reader_that_dies_or_hangs_costs_one_file(folder: list[Path], harm: signal.Signals) -> None:
    """The reader meets a pipe in the place of file 10, amid others asked for with it, where it waits until it is killed or its time is up."""
    honest = [read_grids(path) for path in folder]
    folder[10].unlink()
    os.mkfifo(folder[10])
    with Readers(replace(DEFAULT_LIMITS, seconds=2), processes=1) as readers:
        if harm != signal.SIGSTOP:

            def strike() -> None:
                deadline = time.monotonic() + 20
                while not started.is_set() and time.monotonic() < deadline:
                    time.sleep(0.01)
                time.sleep(0.3)
                os.kill(readers.pids[0], harm)

            started = threading.Event()
            threading.Thread(target=strike).start()
            found = []
            for each in readers.read_all(folder):
                found.append(each)
                if len(found) == 5:  # results come in batches; the one with the pipe never ends
                    started.set()
        else:
            found = list(readers.read_all(folder))
    assert [list(each.grids) for number, each in enumerate(found) if number != 10] == honest[:10] + honest[11:]
    assert codes(found)[10] in ("reader-died", "too-slow")


def test_a_file_that_swells_its_reader_is_refused_and_the_next_is_read(
    tmp_path: Path, folder: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.spreadsheets.reader_process._may_copy", lambda: False)
    big = tmp_path / "big.xlsx"
    book = xlsxwriter.Workbook(big, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(20_000):
        sheet.write_row(row, 0, [row * 31 + column + 0.5 for column in range(25)])
    book.close()
    with Readers(replace(DEFAULT_LIMITS, memory_megabytes=100), processes=1) as readers:
        found = list(readers.read_all([folder[0], big, folder[1]]))
    assert codes(found)[0::2] == ["", ""]
    assert codes(found)[1] in (("too-much-memory", "reader-died") if sys.platform != "win32" else ("",))


def _with_long_compressed_part(number: int) -> bytes:
    """An honest workbook with a part of a few bytes, whose compressed form is long: empty blocks stand before them."""
    content = f"<x>{number}</x>".encode()
    compressor = zlib.compressobj(wbits=-15)
    written = b"\0\0\0\xff\xff" * 800_000 + compressor.compress(content) + compressor.flush()
    data = package(parts(table(("项目名称",))) | {"xl/x.xml": written}, zipfile.ZIP_STORED)
    entry = directory_entry(data, "xl/x.xml")
    local = struct.unpack_from("<L", data, entry + 42)[0]
    for at in (local + 8, entry + 10):
        data = patched(data, at, "<H", zipfile.ZIP_DEFLATED)
        data = patched(data, at + 6, "<L", zlib.crc32(content))
        data = patched(data, at + 14, "<L", len(content))
    return data


def _with_long_names(number: int) -> bytes:
    more = {f"xl/{number}/{place}/{'n' * 60_000}.xml": b"<x/>" for place in range(60)}
    return package(parts(table(("项目名称",))) | more)


@pytest.mark.parametrize("made", [_with_long_compressed_part, _with_long_names])
def test_what_is_remembered_of_files_takes_no_memory_from_the_next(
    tmp_path: Path, made: Callable[[int], bytes]
) -> None:
    path = tmp_path / "台账.xlsx"
    with Readers(replace(DEFAULT_LIMITS, memory_megabytes=160), processes=1) as readers:
        for number in range(40):
            path.write_bytes(made(number))
            assert readers.read(path)[0].at(0, 0).value == "项目名称"


def test_after_a_reader_could_not_be_started_nobody_waits_for_it(
    folder: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise GongwenError("无法启动")

    with Readers(processes=1) as readers:
        with monkeypatch.context() as broken:
            broken.setattr("pipeline.spreadsheets.reader_pool.start_reader", refuse)
            with pytest.raises(GongwenError):
                readers.read(folder[0])
        found: list[Grid] = []
        thread = threading.Thread(target=lambda: found.extend(readers.read(folder[0])), daemon=True)
        thread.start()
        thread.join(60)
        assert found == read_grids(folder[0])


def test_a_sheet_that_ends_in_a_million_brackets_is_read_in_time(tmp_path: Path) -> None:
    """Each could be the start of a text, if one looked for its end."""
    path = tmp_path / "brackets.xlsx"
    path.write_bytes(workbook(table(("项目名称",)) + ">" * 1_000_000))
    with Readers(processes=1) as readers:
        assert readers.read(path)[0].at(0, 0).value == "项目名称"


def test_reading_is_at_an_end_when_a_refusal_is_reported(tmp_path: Path) -> None:
    """Its pool must not be closed later by whichever thread collects garbage: that thread may hold what it waits for."""
    ended = []

    class Watched(Readers):
        def read_all(self, paths: Sequence[Path]) -> Generator[Read, None, None]:
            try:
                yield from super().read_all(paths)
            finally:
                ended.append(True)

    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK")
    gc.disable()
    try:
        with Watched(processes=1) as readers:
            ledgers = read_ledgers(tmp_path, 2027, [broken], OfficeSettings(), readers=readers)
            assert ended
    finally:
        gc.enable()
    assert len(ledgers.findings) == 1


def test_a_name_that_no_text_can_hold(tmp_path: Path, folder: list[Path]) -> None:
    odd = tmp_path / os.fsdecode(b"\xff\xfe\n.xlsx")
    folder[0].rename(odd)
    with Readers(processes=1) as readers:
        assert readers.read(odd)[0].at(1, 0).text == "项目0"
        with pytest.raises(UnreadableFile):
            readers.read(tmp_path / "absent.xlsx")


@posix
def test_names_of_files_that_no_terminal_takes(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs" / "2027" / "申报"
    inputs.mkdir(parents=True)
    (tmp_path / "inputs" / "office.toml").write_text(office_toml_text(), "utf-8")
    for name in (b"\xff\xfe.xlsx", b"a\nb.xlsx", "甲\u202exslx.exe.xlsx".encode(), "甲\x1b[31m.pdf".encode()):
        (inputs / os.fsdecode(name)).write_bytes(b"x")
    for options in ([], ["--json"]):
        result = CliRunner().invoke(main, ["check", "-C", str(tmp_path), *options])
        assert result.exit_code == 1, result.exception
        assert not {"\u202e", "\x1b"} & set(result.output)
        assert "U+202E" in result.output


def test_a_module_in_the_folder_of_the_command_is_not_imported(
    folder: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('taken')")
    monkeypatch.chdir(tmp_path)
    with Readers(processes=1) as readers:
        assert readers.read(folder[3])


@posix
def test_the_reading_process_opens_no_connection_and_writes_no_file(tmp_path: Path) -> None:
    probe = (
        "import socket, subprocess, os, pathlib\n"
        "from pipeline.spreadsheets import reader_child as child\n"
        "from pipeline.records.limits import DEFAULT_LIMITS\n"
        "child._confine(DEFAULT_LIMITS)\n"
        "def refused(act):\n"
        "    try: act()\n"
        "    except (OSError, PermissionError): return\n"
        "    raise SystemExit('not refused')\n"
        "refused(lambda: socket.create_connection(('127.0.0.1', 9), 1))\n"
        "refused(lambda: socket.getaddrinfo('example.invalid', 80))\n"
        "refused(lambda: subprocess.run(['true']))\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"refused(lambda: pathlib.Path({str(tmp_path / 'x')!r}).write_bytes(b'x'))\n"
    )
    root = Path(reader_child.__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", probe],
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


# --- transport --------------------------------------------------------------------------------------------

_CELLS = st.one_of(
    st.just(BLANK),
    st.text(min_size=1, max_size=4).map(lambda text: plain_cell(text, text)),
    st.integers(-(10**9), 10**9).map(lambda number: plain_cell(str(number), Decimal(number))),
    st.dates().map(lambda day: plain_cell(day.isoformat(), day)),
    st.datetimes().map(lambda moment: Cell("时刻", moment, note="注")),
    st.booleans().map(lambda answer: Cell("是", answer)),
    st.builds(
        Cell, st.text(max_size=3), st.decimals(allow_nan=False, allow_infinity=False), st.text(max_size=3), st.booleans(),
        flaw_code=st.text(max_size=3), formula=st.text(max_size=3), number_format=st.text(max_size=3), note=st.text(max_size=3),
        struck=st.booleans(), remarks=st.lists(st.builds(Remark, st.text(), st.text()), max_size=2).map(tuple),
    ),
)  # fmt: skip
_GRIDS = st.builds(
    Grid, st.text(), st.lists(st.lists(_CELLS, max_size=4).map(tuple), max_size=4).map(tuple), st.just((Merge(0, 0, 1, 1),)), st.booleans(),
    st.frozensets(st.integers(0, 9)), st.booleans(), st.frozensets(st.integers(0, 9)),
    st.lists(st.builds(Notice, st.text(), st.text(), st.text(), st.sampled_from(Severity), st.text()), max_size=2).map(tuple),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(_GRIDS, max_size=3))
def test_grids_arrive_as_they_were_sent(grids: list[Grid]) -> None:
    arrived = unpack(pack([CompactGrid.of(grid) for grid in grids]))
    assert arrived == grids
    values = [[cell.value.__class__ for row in grid.rows for cell in row] for grid in (*grids, *arrived)]
    assert values[: len(grids)] == values[len(grids) :]


# --- mutations --------------------------------------------------------------------------------------------

MUTATIONS = 150  # of each kind; the nightly run may take more


def _figures(grids: list[Grid]) -> list[Decimal]:
    return [
        cell.value
        for grid in grids
        for row in grid.rows
        for cell in row
        if isinstance(cell.value, Decimal) and not cell.flaw
    ]


def _as_seen_by_the_second(data: bytes) -> list[float]:
    second = SecondReader(data)
    return [
        float(value)
        for name, _ in second.sheets()
        for row in second.rows(name, DEFAULT_LIMITS.area)
        for value in row
        if isinstance(value, int | float) and not isinstance(value, bool)
    ]


def _source(folder: Path, kind: str) -> bytes:
    path = folder / f"source.{kind}"
    rows: list[list[object]] = [
        ["项目名称", "总投资", "当年计划投资"],
        *[[f"项目{n}", 1000.5 + n, 100 * n] for n in range(12)],
    ]
    if kind == "xls":
        old = xlwt.Workbook()
        page = old.add_sheet("台账")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
        old.save(str(path))
    else:
        book = xlsxwriter.Workbook(path)
        sheet = book.add_worksheet("台账")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
        book.close()
    return path.read_bytes()


def _mutated(data: bytes, kind: str, seed: int) -> bytes:
    """Bits flipped in an .xls; bytes of the sheet's XML changed, doubled or cut in an .xlsx, packed again."""
    chance = random.Random(seed)
    if kind == "xls":
        changed = bytearray(data)
        for _ in range(chance.randint(1, 4)):
            changed[chance.randrange(512, len(changed))] ^= 1 << chance.randrange(8)
        return bytes(changed)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = bytearray(old.read(name))
            if part and name == chance.choice(
                (SHEET, "xl/sharedStrings.xml", "xl/workbook.xml", "xl/styles.xml", name)
            ):
                at, length = chance.randrange(len(part)), chance.randint(1, 40)
                piece = part[at : at + length]
                action = chance.randrange(4)
                if action == 0:
                    part[at] = chance.randrange(256)
                elif action == 1:
                    part[at:at] = piece
                elif action == 2:
                    del part[at : at + length]
                else:
                    part[at : at + 1] = chance.choice((b"0", b"9", b"<", b"&amp;", b'"', b"-", b"."))
            new.writestr(name, bytes(part))
    return buffer.getvalue()


@pytest.mark.parametrize("kind", ["xlsx", "xls"])
def test_no_mutation_ends_the_run_or_changes_a_figure_unseen(tmp_path: Path, kind: str) -> None:
    source = _source(tmp_path, kind)
    paths = []
    for seed in range(MUTATIONS):
        path = tmp_path / f"{seed:04}.{kind}"
        path.write_bytes(_mutated(source, kind, seed))
        paths.append(path)
    with Readers() as readers:
        found = list(readers.read_all(paths))
    accepted = [each for each in found if not each.refusal]
    assert accepted
    assert len(accepted) < MUTATIONS
    for each in accepted:
        seen = _as_seen_by_the_second(each.path.read_bytes())
        own = [float(figure) for figure in _figures(list(each.grids))]
        assert not set(own) - {float(f"{value:.15g}") for value in seen}


def test_lengths_of_an_old_workbook_that_lie(tmp_path: Path) -> None:
    """Every record length of the stream, one after the other, written over with the longest."""
    source = _source(tmp_path, "xls")
    at, refused = 512, 0
    while at < 2048:
        length = struct.unpack_from("<H", source, at + 2)[0]
        lying = bytearray(source)
        struct.pack_into("<H", lying, at + 2, 0xFFFF)
        try:
            read_data(bytes(lying), "台账", ".xls", ReadingLimits())
        except UnreadableFile:
            refused += 1
        at += 4 + length
    assert refused


@posix
def test_who_stops_early_waits_for_no_busy_reader(folder: list[Path]) -> None:
    honest = read_grids(folder[2])
    folder[1].unlink()
    os.mkfifo(folder[1])  # its reader waits in vain
    with Readers(DEFAULT_LIMITS, processes=1) as readers:
        found = readers.read_all(folder[:2])
        assert next(found).refusal is None
        begun = time.monotonic()
        found.close()
        assert time.monotonic() - begun < 2
        assert readers.read(folder[2]) == honest, "the next reader is a sound one"


_STOPPED = """
import sys
from pathlib import Path
from pipeline.cli.stopping import stopping
from pipeline.spreadsheets.readers import Readers
with stopping(), Readers() as readers:
    for _ in readers.read_all([Path(each) for each in sys.argv[1:]]):
        print("read", flush=True)
"""


def _hears_of_hanging_up() -> None:
    """Tests that run under nohup hand on that the signal is ignored."""
    signal.signal(signal.SIGHUP, signal.SIG_DFL)


@posix
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_command_that_is_to_end_waits_for_no_busy_reader(folder: list[Path], number: signal.Signals) -> None:
    folder[1].unlink()
    os.mkfifo(folder[1])
    command = [sys.executable, "-c", _STOPPED, str(folder[0]), str(folder[1])]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, preexec_fn=_hears_of_hanging_up
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "read\n"
        time.sleep(0.3)
        begun = time.monotonic()
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
        took = time.monotonic() - begun
    assert process.returncode == 128 + number, said
    assert took < 10  # left alone it would take its 20
