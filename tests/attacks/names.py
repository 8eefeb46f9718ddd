"""Names of units, projects and files that become names of files and folders: nothing leaves its folder or meets another."""

import unicodedata
from pathlib import Path, PurePath

from tests.attacks.room import MONTH, Case, Room, Wrong
from tests.docx_reading import text_of
from tests.intake import HEAD, UNIT

_DIRECTORY = "inputs/2027/名册/责任单位名册.csv"
_DECLARED = "inputs/2027/申报/申报表.csv"
_LONGEST_BYTES = 255  # of one name, on nearly every file system
_RESERVED = {"CON", "PRN", "AUX", "NUL", "COM1", "LPT1"}
_ILLEGAL = set('<>:"|?*\\') | {chr(code) for code in range(32)}


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _unit(room: Room, name: str, *others: str) -> None:
    """Units of these names in the directory, each with a declared project and a report that has a mistake."""
    units = [f"{number},{_quoted(each)},钱某乙,项目科,孙某丙,李某丁" for number, each in enumerate((name, *others), 1)]
    room.put(
        _DIRECTORY,
        "\n".join(["2027年责任单位名册", "序号,单位名称,分管领导,责任科室,责任人,联络员", *units]) + "\n",
    )
    text = (room.root / _DECLARED).read_text("utf-8")
    head, columns, row = text.splitlines()[:3]
    rows = [
        row.replace(UNIT, _quoted(each)).replace("甲厂房项目", f"样例{number}项目")
        for number, each in enumerate((name, *others))
    ]
    room.put(_DECLARED, "\n".join([head, columns, *rows]) + "\n")
    for number, each in enumerate((name, *others)):
        told = f"1,样例{number}项目,{_quoted(each)},100,约100,300,主体施工,,,无"
        room.put(f"{MONTH}/月报{number}.csv", f"2027年3月重点项目月报\n{HEAD}\n{told}\n")


def _all_well_named(room: Room) -> None:
    """Every name below outputs is one that every system takes, and nothing lies outside the workspace's folders."""
    seen: set[str] = set()
    for path in (room.root / "outputs").rglob("*"):
        relative = path.relative_to(room.root).as_posix()
        _well_named(path)
        folded = unicodedata.normalize("NFKC", relative).casefold()
        if folded in seen:
            raise Wrong(f"two files meet at {relative}")
        seen.add(folded)
    strangers = {each.name for each in room.root.iterdir()} - {"inputs", "outputs", "templates"}
    strangers |= {each.name for each in room.folder.iterdir()} - {
        "office",
        "mail",
        "said.txt",
        "errors.txt",
        "report.json",
        "share",
    }
    if strangers:
        raise Wrong(f"there is {strangers}")


def _well_named(path: PurePath) -> None:
    name = path.name
    shown = ascii(name[:40])
    if len(name.encode()) > _LONGEST_BYTES - 30:
        raise Wrong(f"too long a name: {shown}")
    if set(name) & _ILLEGAL or name.endswith((" ", ".")) or name.split(".")[0].upper() in _RESERVED:
        raise Wrong(f"no name on Windows: {shown}")
    if any(unicodedata.category(each) in ("Cc", "Cf", "Cs") for each in name):
        raise Wrong(f"unseen characters in {shown}")


def _units(what: str, *names: str) -> Case:
    def act(room: Room) -> None:
        _unit(room, *names)
        for command in ("run", "forms 2027-03", "return 2027-03"):
            room.run(command).ends(0, 1, 2)
        _all_well_named(room)

    return Case(f"units: {what}", act, worked=15)


def _projects(what: str, *names: str) -> Case:
    """Declared and sponsored projects of these names: a plan's paper shows each, whole, or it is told why not."""

    def act(room: Room) -> None:
        text = (room.root / _DECLARED).read_text("utf-8")
        head, columns, row = text.splitlines()[:3]
        room.put(
            _DECLARED,
            "\n".join([head, columns, row, *(row.replace("甲厂房项目", _quoted(each)) for each in names)]) + "\n",
        )
        columns = "序号,项目名称,所属行业,项目阶段,建设任务,总投资（万元）,年度计划投资（万元）,项目单位,责任地区,包联领导,牵头单位,项目进展,建设年限,需领导协调事项"
        rows = [
            f"{n},{_quoted(each)},工业,重大实施,厂房,50000,20000,示例公司,示例街道,王某甲,{UNIT},施工,2026年—2028年,无"
            for n, each in enumerate(names, 1)
        ]
        room.put("inputs/2027/包联/清单.csv", "\n".join(["2027年重大项目包联清单", columns, *rows]) + "\n")
        room.run("run").ends(0, 1, 2)
        room.run("run").ends(0, 1, 2).says_not("新增")
        _all_well_named(room)
        plan = "".join(text_of(each.read_bytes()) for each in (room.root / "outputs").rglob("*计划.docx"))
        said = room.run("check").ends(0, 1).said
        for each in names:
            if each not in plan and each[:20] not in said and "〔U+" not in said:
                raise Wrong(f"neither in the plan nor told: {each!a}")

    return Case(f"projects: {what}", act, worked=15)


def _sent_as(what: str, name: str) -> Case:
    def act(room: Room) -> None:
        text = f"{UNIT}2027年3月重点项目月报\n{HEAD}\n1,甲厂房项目,{UNIT},100,100,300,主体施工,,,无\n"
        path = room.send(name, text)
        room.run("receive", path).ends(0).says_not("[\x1b\u202e]")
        room.run("register", "--verify").ends(0).says_not("[\x1b\u202e]")
        for each in (room.root / "inputs").rglob("*.csv"):
            _well_named(each)

    return Case(f"receive: a file named {what}", act)


def _links(room: Room) -> None:
    """Hard links: neither the other name's file nor a template is ever written through."""
    outside, template = room.mail / "别处.docx", room.root / "templates/简报.docx"
    room.has_report()
    room.run("run").ends(0, 1)
    paper = room.paper("*简报*.docx")
    before = template.read_bytes()
    for other in (template, outside):
        paper.unlink()
        outside.write_bytes(b"somebody's")
        paper.hardlink_to(other)
        room.run("run", "--force").ends(0, 1)
    paper.unlink()
    paper.symlink_to(template)
    room.run("run", "--force").ends(0, 1)
    if (template.read_bytes(), outside.read_bytes()) != (before, b"somebody's"):
        raise Wrong("a file was written through a link")


def _linked_ledger(room: Room) -> None:
    """One report under two names is not counted twice."""
    path = room.has_report()
    Path(path.with_name("又一份.csv")).hardlink_to(path)
    room.run("run").ends(1).says("数据待核：甲厂房项目、乙道路项目")


_BIDI = "示例\u202e目项\u202c"
NAMES = (
    _units("a way out of the folder", "../../逃出", "..\\..\\逃出", "/etc/逃出"),
    _units("devices of Windows", "CON", "nul", "COM1.局", "LPT1", "AUX "),
    _units("only dots and spaces", "...", ". .", "　"),
    _units("1,000 characters", "局" * 1000, "局" * 1001),
    _units("255 bytes and what follows", "局" * 85, "局" * 84 + "a"),
    _units("alike but for case and width", "ABC局", "abc局", "ＡＢＣ局"),
    _units("composed and not", "Caf\u00e9局", "Cafe\u0301局"),
    _units("turned round, unseen", _BIDI, "示例\u200b局", "示\ufeff例局"),
    _units("emoji and Arabic", "🏗️局", "مكتب المشاريع"),
    _units("formulas and marks", "=1+1", "@SUM(A1)", '<b>&"局"</b>', "{{7*7}}局", "{% for x in y %}"),
    _units("lines and tabs", "示例\n局", "示例\t局", "示例\x01局"),
    _projects("a way out of the folder", "../../逃出项目", "C:\\逃出项目", "逃/出/项目"),
    _projects("1,000 characters", "长" * 1000 + "项目", "长" * 1001 + "项目"),
    _projects("emoji, Arabic, turned round", "🏗️项目👷🏽‍♀️", "مشروع", f"{_BIDI}项目", "e\u0301\u0301\u0301项目"),
    _projects("braces, marks, formulas", "{{ 7*7 }}项目", "<w:p/>&amp;项目", "=cmd|'/c calc'!A1", "{%raw%}项目"),
    _projects("alike but for case and width", "ABC项目", "ａｂｃ项目", "Abc 项目"),
    _projects("devices of Windows", "CON", "NUL.项目", "COM1"),
    _sent_as("with 255 bytes", "报" * 83 + ".csv"),
    _sent_as("with lines, colours and turned round", "月\n报\x1b[31m\u202e.csv"),
    _sent_as("like an option", "--at.csv"),
    _sent_as("in bytes that are no text", "月报\udcff\udcfe.csv"),
    _sent_as("like a device", "CON.csv"),
    Case("run: papers that are hard links and links", _links, worked=15),
    Case("run: one report under two names (hard link)", _linked_ledger),
)  # fmt: skip
