"""Workbooks that are to be marked and given back, and that carry what a marker must not stumble over."""

import io
import zipfile
from collections.abc import Callable

import xlsxwriter

from tests.attacks.pictures import png
from tests.attacks.room import MONTH, Case, Room, Wrong
from tests.intake import HEAD, PROJECTS, UNIT, row
from tests.rich_workbook import parts, repacked

_SHEET, _STYLES, _BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"
_SHEET_RELATIONS = "xl/worksheets/_rels/sheet1.xml.rels"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "[Content_Types].xml"


def monthly_report(sheet: str = "月报") -> bytes:
    """A month's report with one mistake: an amount that is only about right."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        written = book.add_worksheet(sheet)
        rows = (row(1, PROJECTS[0], "约100"), row(2, PROJECTS[1]))
        written.write_string(0, 0, f"{UNIT}2027年3月重点项目月报")
        for number, line in enumerate((HEAD, *rows), 1):
            written.write_row(number, 0, line.split(","))
        written.write_comment("E3", "本单位的批注")
    return target.getvalue()


def _changed(name: str, part: str, change: Callable[[bytes], bytes]) -> Case:
    return _given_back(name, lambda: repacked(monthly_report(), {part: change(parts(monthly_report())[part])}))


def _added(name: str, added: dict[str, bytes]) -> Case:
    return _given_back(name, lambda: repacked(monthly_report(), added))


def _given_back(name: str, build: Callable[[], bytes]) -> Case:
    """It goes back marked, or as it came with a list beside it; either way it opens as a package."""

    def act(room: Room) -> None:
        data = build()
        room.put(f"{MONTH}/月报.xlsx", data)
        checked = room.run("check").ends(1).says("月报.xlsx")
        measured = room.run("return 2027-03").ends(0)
        back = next((room.root / "outputs").rglob("月报.xlsx"), None)
        if back is None:
            units_own = checked.said.partition(f"【{UNIT}】")[2].partition("【")[0]
            if "月报.xlsx" in measured.said + units_own:
                raise Wrong(f"nothing goes back: {measured.said[-300:]}")
            return  # a file that can't be read is nobody's yet
        with zipfile.ZipFile(back) as package:
            if broken := package.testzip():
                raise Wrong(f"{broken} is damaged")
            if not {info.filename for info in package.infolist()} >= {
                info.filename for info in zipfile.ZipFile(io.BytesIO(data)).infolist()
            }:
                raise Wrong("a part of the unit's is lost")

    return Case(f"return: {name}", act, worked=20)


def _with(before: bytes, added: bytes) -> Callable[[bytes], bytes]:
    """What comes before the closing mark."""
    return lambda part: part.replace(before, added + before, 1)


def _unmarked(name: str, file: str, data: bytes) -> Case:
    def act(room: Room) -> None:
        room.put(f"{MONTH}/{file}", data)
        room.run("return 2027-03").ends(0, 1, 2)

    return Case(f"return: {name}", act)


_STYLE = b'<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
_NAME = '<definedName name="n{}">1</definedName>'
RETURNED = (
    _given_back("nothing is odd", monthly_report),
    _added("a picture of 50,000 × 50,000", {"xl/media/p.png": png(50_000, 50_000, 20_000)}),
    _added("a part of 60 MB of nothing", {"xl/media/p.bin": bytes(60 << 20)}),
    _added("a part with a path upwards", {"xl/../../evil.xml": b"<x/>"}),
    _changed("64,000 styles", _STYLES, _with(b"</cellXfs>", _STYLE * 64_000)),
    _changed("400,000 conditional formats", _SHEET, _with(b"<legacyDrawing", b'<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>' * 100_000)),
    _changed("100,000 names", _BOOK, _with(b"<calcPr", b"<definedNames>" + "".join(map(_NAME.format, range(100_000))).encode() + b"</definedNames>")),
    _changed("a remote picture in its relationships", _SHEET_RELATIONS, _with(b"</Relationships>", f'<Relationship Id="rId99" Type="{_R}/image" Target="http://127.0.0.1:9/x.png" TargetMode="External"/>'.encode())),
    _changed("relationships that name themselves", _SHEET_RELATIONS, _with(b"</Relationships>", f'<Relationship Id="rId98" Type="{_R}/worksheet" Target="sheet1.xml"/>'.encode() * 2)),
    _changed("a relationship far above", _SHEET_RELATIONS, lambda part: part.replace(b"../comments1.xml", b"../../../../../comments1.xml")),
    _changed("notes of 20 MB", "xl/comments1.xml", _with(b"</t>", b"x" * (20 << 20))),
    _changed("100,000 notes", "xl/comments1.xml", _with(b"</commentList>", b'<comment ref="Z9" authorId="0"><text><t>x</t></text></comment>' * 100_000)),
    _changed("notes one in another", "xl/comments1.xml", _with(b"</commentList>", b"<comment>" * 200 + b"</comment>" * 200)),
    _changed("a drawing of 20 MB", "xl/drawings/vmlDrawing1.vml", _with(b"</xml>", b"<!--" + b"x" * (20 << 20) + b"-->")),
    _changed("a drawing that is no XML", "xl/drawings/vmlDrawing1.vml", lambda part: part[: len(part) // 2]),
    _changed("entities in its notes", "xl/comments1.xml", lambda part: part.replace(b"<comments", b'<!DOCTYPE c [<!ENTITY a "b">]><comments', 1)),
    _changed("a type for every part of the world", _TYPES, _with(b"</Types>", b'<Default Extension="x" ContentType="x/y"/>' * 50_000)),
    _given_back("a sheet named like a formula", lambda: monthly_report("=cmd'&calc!A1".replace("'", "").replace("!", ""))),
    _given_back("a sheet turned round", lambda: monthly_report("月\u202e报")),
    _unmarked("a lock file of a spreadsheet program", "~$月报.xlsx", b"\0" * 165),
    _unmarked("an empty workbook", "空.xlsx", b""),
    _unmarked("a picture called .xlsx", "图.xlsx", png(9, 9)),
)  # fmt: skip
