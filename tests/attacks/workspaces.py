"""Folders, registers, settings and records that are missing, tampered with or not what they seem."""

import hashlib
import os
import pickle
import re
import shutil
import sqlite3
import zlib
from collections.abc import Callable
from pathlib import Path

from tests.attacks.room import MONTH, Case, Room, Wrong
from tests.docx_reading import text_of
from tests.intake import UNIT, report

_REGISTER, _END = "inputs/收件登记簿.sqlite3", "inputs/收件登记簿.链尾.txt"
_MARCH = "月报/2027-03"


def _issued(room: Room) -> None:
    """A workspace whose papers of March are made."""
    room.has_report()
    room.run("run").ends(0, 1)


# --- folders that are not seen ------------------------------------------------------------------------------


def _unseen(name: str, spoil: Callable[[Room], object], says: str = "2027-03") -> Case:
    """Nothing is concluded from a folder that can't be read: the run says so, and the papers stay."""

    def act(room: Room) -> None:
        _issued(room)
        spoil(room)
        try:
            room.run("run", powers=False).ends(1, 2).says(says).says_not("没有收到任何月报")
            room.run("verify", powers=False).says_not("遗留")
            room.run("archive", "--yes", powers=False).says_not("移入")
            if not list((room.root / "outputs").rglob("*简报*.docx")):
                raise Wrong("the briefing is gone")
        finally:
            for each in room.root.rglob("*"):
                if each.is_dir() and not each.is_symlink():
                    each.chmod(0o755)

    return Case(f"folder: {name}", act)


def _replaced(room: Room, make: Callable[[Path], object], place: str = MONTH) -> Path:
    """Something else where a folder was; the folder stands elsewhere."""
    old, elsewhere = room.root / place, room.folder / "share"
    shutil.move(old, elsewhere)
    make(old)
    return elsewhere


def _linked(room: Room) -> None:
    """A folder on a share, linked into the workspace, is read or at least named."""
    _issued(room)
    _replaced(room, lambda old: old.symlink_to(room.folder / "share"), "inputs/2027/月报")
    measured = room.run("run")
    if "读取台账  3份" not in measured.said:
        measured.ends(1, 2).says("月报")
    room.run("archive", "--yes").says_not("移入")


def _circle(room: Room) -> None:
    """A link to a folder above it ends the walk at some depth."""
    _issued(room)
    (room.root / MONTH / "回").symlink_to(room.root / "inputs")
    room.run("run").ends(0, 1, 2).says("读取台账|2027-03|回")


def _deep(room: Room) -> None:
    place = room.root / "inputs/2027"
    for _ in range(60):
        place /= "很深的文件夹"
    (place).mkdir(parents=True)
    room.run("check").ends(0, 1, 2)
    room.run("run").ends(0, 1, 2)


def _odd_ledger(name: str, make: Callable[[Path], object]) -> Case:
    def act(room: Room) -> None:
        path = room.root / MONTH / "区住建局.xlsx"
        path.parent.mkdir(parents=True)
        make(path)
        room.run("check", powers=False).ends(1, 2).says("区住建局.xlsx")

    return Case(f"ledger: {name}", act)


# --- the register -------------------------------------------------------------------------------------------


def _swapped(name: str, spoil: Callable[[Room], object]) -> Case:
    """The register is not what the noted end says: nothing is written, and it is said how to restore it."""

    def act(room: Room) -> None:
        for number in (1, 2):
            room.run("receive", report(room.mail, title=f"{UNIT}2026年{number}月重点项目月报")).ends(0)
            if number == 1:
                shutil.copy(room.root / _REGISTER, room.mail / "older.sqlite3")
        spoil(room)
        before = _state(room.root / _REGISTER)
        sent = report(room.mail, title=f"{UNIT}2026年3月重点项目月报")
        for command in (("receive", str(sent)), ("register",), ("run",)):
            room.run(*command).ends(1, 2).says("链尾|登记簿")
        if _state(room.root / _REGISTER) != before:
            raise Wrong("it is written to")

    return Case(f"register: {name}", act)


def _state(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _emptied(room: Room) -> None:
    (room.root / _REGISTER).write_bytes(b"")


def _dropped(room: Room) -> None:
    (room.root / _REGISTER).unlink()


def _older(room: Room) -> None:
    shutil.copy(room.mail / "older.sqlite3", room.root / _REGISTER)


def _a_folder(room: Room) -> None:
    _dropped(room)
    (room.root / _REGISTER).mkdir()


def _a_shortened(room: Room) -> None:
    """Cut by one line, with its own end set back, as somebody would who knows the file."""
    connection = sqlite3.connect(room.root / _REGISTER)
    connection.executescript("DROP TRIGGER lines_no_delete; DELETE FROM lines WHERE number = 2")
    connection.execute("UPDATE chain_end SET count = 1, hash = (SELECT hash FROM lines WHERE number = 1)")
    connection.commit()
    connection.close()


def _endless_view(room: Room) -> None:
    """A view in the table's place that never ends."""
    connection = sqlite3.connect(room.root / _REGISTER)
    connection.executescript(
        "ALTER TABLE lines RENAME TO old; CREATE VIEW lines(number, body, previous, hash) AS "
        "WITH RECURSIVE more(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more) SELECT n, 'x', 'y', 'z' FROM more;"
    )
    connection.close()


def _journal_of_another(room: Room) -> None:
    """A hot journal of some other database beside it."""
    (room.root / f"{_REGISTER}-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(4096))
    room.run("receive", report(room.mail)).ends(0)
    room.run("register", "--verify").ends(0)


# --- settings and records -----------------------------------------------------------------------------------


def _settings(name: str, text: str, says: str) -> Case:
    def act(room: Room) -> None:
        room.put("inputs/office.toml", text)
        room.run("check", powers=False).ends(2).says(says)

    return Case(f"office.toml: {name}", act)


def _setting(name: str, value: str) -> Case:
    """A value that nobody can mean is refused with its range."""

    def act(room: Room) -> None:
        path = room.root / "inputs/office.toml"
        text = re.sub(rf'"{name}" = \d+', f'"{name}" = {value}', path.read_text("utf-8"))
        path.write_text(text, "utf-8")
        room.run("check").ends(2).says(f"{name}.*(不小于|至)")

    return Case(f"office.toml: {name} = {value}", act)


def _many_renames(room: Room) -> None:
    lines = "\n".join(f'"项目{n}" = "项目{n + 1}"' for n in range(20_000))
    path = room.root / "inputs/office.toml"
    path.write_text(path.read_text("utf-8").replace('["项目更名"]', f'["项目更名"]\n{lines}'), "utf-8")
    room.run("check").ends(0, 1, 2)


def _spoilt(name: str, place: str, make: Callable[[Path], object], *commands: str, says: str = "") -> Case:
    """A file of the workspace, spoilt after a run: each command ends with a sentence."""

    def act(room: Room) -> None:
        _issued(room)
        path = room.root / place
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        make(path)
        try:
            for command in commands:
                room.run(command, powers=False).ends(0, 1, 2).says(says)
        finally:
            if path.is_dir():
                path.chmod(0o755)

    return Case(f"{', '.join(commands)}: {name}", act)


def _unreadable(path: Path) -> None:
    path.write_bytes(b"x")
    path.chmod(0)


def _unreadable_folder(path: Path) -> None:
    path.mkdir()
    path.chmod(0)


def _tampered(data: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """What the program remembers of ledgers, changed by somebody who knows how it was kept in pickles."""
    start = re.match(rb"(.*?)[0-9a-f]{64}", data, re.DOTALL)
    if start is None or not data[start.end() :].startswith(b"\x80"):
        return change(data)
    kept = pickle.loads(data[start.end() :])
    body = pickle.dumps(
        {place: (*rest, zlib.compress(change(zlib.decompress(packed)), 9)) for place, (*rest, packed) in kept.items()}
    )
    return start[1] + hashlib.sha256(body).hexdigest().encode() + body


def _remembered(name: str, change: Callable[[bytes], bytes]) -> Case:
    """Readings that somebody changed are not used, whatever the command."""

    def act(room: Room) -> None:
        _issued(room)
        path = room.root / "outputs/.gongwen-readings"
        path.write_bytes(_tampered(path.read_bytes(), change))
        room.run("run").ends(0, 1)
        paper = room.paper("*简报*.docx")
        if _FALSE in text_of(paper.read_bytes()):
            raise Wrong("the paper prints what the readings say")
        room.run("run --force").ends(0, 1)
        room.run("trace", paper).ends(0, 1)

    return Case(f"run, trace: readings with {name}", act)


_TRUE, _FALSE = "300", "987"  # of the year, in each of the two rows
_BOMB = 600 << 20  # bytes that packing makes small


def _outside(room: Room) -> None:
    """A record that names files outside the outputs: nothing of them is moved, changed or counted as ours."""
    _issued(room)
    manifest = next((room.root / "outputs").glob(".gongwen-*.json"))
    text = manifest.read_text("utf-8")
    victim = room.root / "inputs/2027/名册/责任单位名册.csv"
    paper = room.paper("*.docx").relative_to(room.root / "outputs").as_posix()
    manifest.write_text(text.replace(f'"{paper}"', '"2027/../../inputs/2027/名册/责任单位名册.csv"'), "utf-8")
    for command in (("run",), ("archive", "--yes"), ("verify",)):
        room.run(*command).ends(0, 1, 2)
    if not victim.is_file():
        raise Wrong("a ledger is moved")


def _full_device(room: Room) -> None:
    _issued(room)
    for command in ("check", "run", "register", "verify", "kinds"):
        if room.run(command, out=Path("/dev/full")).ends(0, 1, 2).code == 0:
            raise Wrong(f"{command} does not mind that nobody hears it")


WORKSPACES = (
    _unseen("a month that can't be read", lambda room: (room.root / MONTH).chmod(0)),
    _unseen("a year that can't be read", lambda room: (room.root / "inputs/2027").chmod(0), "2027"),
    _unseen("a link that leads nowhere", lambda room: _replaced(room, lambda old: old.symlink_to("/nowhere")), "2027-03|月报"),
    _unseen("a link to itself", lambda room: _replaced(room, lambda old: old.symlink_to(old)), "2027-03|月报"),
    _unseen("a pipe in its place", lambda room: _replaced(room, os.mkfifo), "2027-03|月报"),
    Case("folder: a link to a share", _linked),
    Case("folder: a link to a folder above", _circle),
    Case("folder: sixty deep", _deep),
    _odd_ledger("a folder named like one", lambda path: path.mkdir()),
    _odd_ledger("a pipe that nobody writes to", os.mkfifo),
    _odd_ledger("a broken link", lambda path: path.symlink_to("/nowhere.xlsx")),
    _odd_ledger("a link to a device without end", lambda path: path.symlink_to("/dev/zero")),
    _odd_ledger("one that can't be read", _unreadable),
    _swapped("emptied", _emptied),
    _swapped("deleted", _dropped),
    _swapped("an older copy", _older),
    _swapped("a folder in its place", _a_folder),
    _swapped("cut by its last line", _a_shortened),
    _swapped("a view without end in the table's place", _endless_view),
    Case("register: a journal of another database beside it", _journal_of_another),
    _settings("[[[… 5,000 deep", "a = " + "[" * 5_000, "office.toml"),
    _settings("a section twice", '["读取限额"]\n"秒数" = 20\n["读取限额"]\n"秒数" = 21\n', "读取限额|两次|重复"),
    _settings("no text", "\x00\x01", "office.toml"),
    _setting("秒数", "0"), _setting("秒数", "-1"), _setting("秒数", "9" * 20), _setting("内存兆字节", "1"),
    _setting("行数", "0"), _setting("文件兆字节", "0"), _setting("部件个数", "0"), _setting("内存兆字节", "9" * 20),
    Case("office.toml: a chain of 20,000 renames", _many_renames, worked=15),
    _spoilt("office.toml without the right to read", "inputs/office.toml", _unreadable, "check", "run", "receive x", says="office.toml|没有文件"),
    _spoilt("office.toml is a pipe", "inputs/office.toml", os.mkfifo, "check", says="office.toml"),
    _spoilt("a template without the right to read", "templates/简报.docx", _unreadable, "verify", "run", says="简报"),
    _spoilt("a template that is a pipe", "templates/简报.docx", os.mkfifo, "run", "templates check", says="简报"),
    _spoilt("outputs without the right to read", "outputs", _unreadable_folder, "verify", "run", "archive", says="outputs|文书"),
    _spoilt("inputs without the right to read", "inputs", _unreadable_folder, "check", "run", says="inputs"),
    _spoilt("a manifest 100,000 deep", "outputs/.gongwen-manifest.json", lambda path: path.write_text("[" * 100_000), "run", "verify", "archive", "trace 甲"),
    _spoilt("a journal 100,000 deep", "outputs/.gongwen-journal.json", lambda path: path.write_text('{"a":' * 100_000), "run", "verify"),
    _spoilt("a journal of another workspace", "outputs/.gongwen-journal.json", lambda path: path.write_text('{"documents": {"../../x": {"sha256": "00"}}}'), "run", "verify"),
    _spoilt("holidays without end", "inputs/节假日.csv", lambda path: path.symlink_to("/dev/zero"), "check", "calendar", says="节假日"),
    _spoilt("holidays that are a pipe", "inputs/节假日.csv", os.mkfifo, "check", says="节假日"),
    _remembered("another figure", lambda said: said.replace(_TRUE.encode(), _FALSE.encode())),
    _remembered("600 MB of nothing", lambda said: said + bytes(_BOMB)),
    _remembered("half of them cut off", lambda said: said[: len(said) // 2]),
    Case("archive: a record that names files outside", _outside),
    Case("check, run, …: nobody hears (a full device)", _full_device),
)  # fmt: skip
