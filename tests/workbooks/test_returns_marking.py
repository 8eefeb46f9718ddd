"""Marked workbooks: what must change does, everything else stays byte for byte."""

import contextlib
import io
import re
import warnings
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.styles import Font
from openpyxl.workbook import Workbook as Book
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.records.severity import Severity
from pipeline.spreadsheets.returned import LIST_MARK, NOTE_AUTHOR, NOTE_START
from pipeline.workbooks.marked_workbook import Entry, UnmarkableError, findings_workbook, mark_workbook
from pipeline.workbooks.marked_workbook.styles import DARK_COLOURS, FILL_COLOURS
from tests.rich_workbook import HIDDEN, OWN_COLOUR, OWN_NOTE, SECOND, SHEET, parts, repacked, rich_workbook

RICH = rich_workbook()
FIRST = "xl/worksheets/sheet1.xml"


def entry(cell: str, sheet: str = SHEET, severity: Severity = Severity.ERROR, **texts: str) -> Entry:
    stated = {"seen": "1", "problem": "金额不对", "basis": "《重点办法》第八条", "action": "请核对", **texts}
    return Entry(sheet, cell, severity=severity, **stated)


def marked(entries: list[Entry], data: bytes = RICH) -> bytes:
    return mark_workbook(data, "申报表问题清单", "请改正后报回。", entries).data


def loaded(data: bytes, *, data_only: bool = False) -> Book:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # openpyxl says that it will lose sparklines and data bars
        return openpyxl.load_workbook(io.BytesIO(data), data_only=data_only)


def fill(sheet: Worksheet, cell: str) -> str:
    found = sheet[cell].fill
    return str(found.fgColor.rgb) if found.fill_type == "solid" else ""


ENTRIES = [
    entry("C3"),
    entry("E4", severity=Severity.WARNING),
    entry("G9", severity=Severity.ADVICE),  # a cell that isn't there
    entry("C40"),  # a row that isn't there
    entry("F5"),  # inside a merged range
    entry("第7行", severity=Severity.WARNING),
    entry("A1", SECOND),
    entry("", SECOND, problem="整张表的问题"),
    entry("", "", problem="整个文件的问题"),
    entry("B2", HIDDEN),
]


def test_every_other_part_lies_as_it_lay() -> None:
    result = marked(ENTRIES)
    before, after = parts(RICH), parts(result)
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", FIRST,
        "xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml",
    }  # fmt: skip
    assert {"xl/sharedStrings.xml", "xl/drawings/drawing1.xml", "docProps/app.xml"} < set(before) - changed
    with zipfile.ZipFile(io.BytesIO(RICH)) as old, zipfile.ZipFile(io.BytesIO(result)) as new:
        for name in set(before) - changed:
            assert old.getinfo(name).compress_size == new.getinfo(name).compress_size
            assert old.getinfo(name).date_time == new.getinfo(name).date_time


def unmarked(sheet: bytes) -> bytes:
    """The sheet without what marking may change: formats, spans, empty cells and rows, the notes' drawing."""
    sheet = re.sub(rb"<(?:\w+:)?legacyDrawing [^>]*/>", b"", sheet)
    sheet = re.sub(rb'(<(?:\w+:)?(?:c|row)\b[^>]*?) (?:s|spans)="[^"]*"', rb"\1", sheet)
    sheet = re.sub(rb'<(?:\w+:)?c r="\w+"\s*/>', b"", sheet)
    return re.sub(rb'<(?:\w+:)?row r="\d+"(?:\s*/>|></(?:\w+:)?row>)', b"", sheet)


def test_in_a_sheet_only_formats_and_the_drawing_change() -> None:
    before, after = parts(RICH), parts(marked(ENTRIES))
    for number in (1, 2, 3):
        name = f"xl/worksheets/sheet{number}.xml"
        assert before[name] != after[name]
        assert unmarked(unmarked(before[name])) == unmarked(unmarked(after[name]))


def test_values_formulas_widths_and_formats_stay() -> None:
    before, after = loaded(RICH), loaded(marked(ENTRIES))
    cached = loaded(marked(ENTRIES), data_only=True)
    assert cached[SHEET]["E3"].value == 990.5 * 2
    for name in (SHEET, SECOND, HIDDEN):
        old, new = before[name], after[name]
        assert old.merged_cells.ranges == new.merged_cells.ranges
        assert old.print_area == new.print_area
        assert {k: v.width for k, v in old.column_dimensions.items()} == {
            k: v.width for k, v in new.column_dimensions.items()
        }
        assert (old.freeze_panes, old.auto_filter.ref) == (new.freeze_panes, new.auto_filter.ref)
        assert old.protection.sheet == new.protection.sheet
        assert old.sheet_state == new.sheet_state
        for cells in old.iter_rows():
            for cell in cells:
                other = new[cell.coordinate]
                assert cell.value == other.value
                for part in ("number_format", "font", "border", "alignment", "protection"):
                    assert repr(getattr(cell, part)) == repr(getattr(other, part))


def test_the_mistaken_cells_and_only_they_are_coloured() -> None:
    before, after = loaded(RICH), loaded(marked(ENTRIES))
    asked = {"C3": Severity.ERROR, "E4": Severity.WARNING, "G9": Severity.ADVICE, "C40": Severity.ERROR,
             "F4": Severity.ERROR, "A7": Severity.WARNING}  # fmt: skip
    for name, severity in asked.items():
        assert fill(after[SHEET], name) == FILL_COLOURS[severity]
    for row in before[SHEET].iter_rows():
        for cell in row:
            if cell.coordinate not in asked:
                assert fill(after[SHEET], cell.coordinate) == fill(before[SHEET], cell.coordinate)
    assert after[SHEET]["C40"].number_format == "General"


def test_the_weightiest_finding_colours_and_all_are_noted() -> None:
    book = loaded(marked([entry("B4", severity=Severity.ADVICE), entry("B4"), entry("B4", severity=Severity.WARNING)]))
    assert fill(book[SHEET], "B4") == FILL_COLOURS[Severity.ERROR]
    note = book[SHEET]["B4"].comment
    assert note is not None
    assert note.author == NOTE_AUTHOR
    assert [note.text.count(f"【{each.value}】") for each in Severity] == [1, 1, 1]
    assert "依据：《重点办法》第八条" in note.text
    assert "怎样修改：请核对" in note.text


def test_white_text_gets_a_dark_fill() -> None:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = SHEET
    book.active["A1"].font, book.active["A2"].font = Font(color="FFFFFFFF"), Font(color="FF000000")
    book.save(target)
    sheet = loaded(marked([entry("A1"), entry("A2")], target.getvalue()))[SHEET]
    assert fill(sheet, "A1") == DARK_COLOURS[Severity.ERROR]
    assert fill(sheet, "A2") == FILL_COLOURS[Severity.ERROR]


def test_the_units_own_notes_stay() -> None:
    sheet = loaded(marked([entry("C3")]))[SHEET]
    joined, other = sheet["C3"].comment, sheet["D4"].comment
    assert joined is not None
    assert other is not None
    assert joined.text.startswith(f"{OWN_NOTE}\n{NOTE_START}")
    assert joined.author == "张某甲"
    assert other.text == "第二条批注"
    drawing = parts(marked([entry("C3"), entry("C5")]))["xl/drawings/vmlDrawing1.vml"]
    assert drawing.count(b"<x:ClientData") == 3  # two of theirs, one new
    assert len(set(re.findall(rb'id="(_x0000_s\d+)"', drawing))) == 3


def test_the_list_can_be_filtered_and_leads_to_the_cells() -> None:
    book = loaded(marked(ENTRIES))
    sheet = book.worksheets[0]
    assert sheet.title == "问题清单"
    assert [cell.value for cell in sheet[3]] == [
        "序号",
        "工作表",
        "单元格",
        "表中内容",
        "问题",
        "依据",
        "怎样修改",
        "轻重",
    ]
    assert str(sheet["A2"].value).startswith(LIST_MARK)
    assert sheet.auto_filter.ref == f"A3:H{3 + len(ENTRIES)}"
    assert sheet.freeze_panes == "A4"
    assert (sheet.page_setup.orientation, str(sheet.page_setup.paperSize)) == ("landscape", "9")
    links = {(row or 0) - 4: place for row, place in _links(sheet)}
    doubled = SECOND.replace("'", "''")
    assert links == {
        0: f"'{SHEET}'!C3", 1: f"'{SHEET}'!E4", 2: f"'{SHEET}'!G9", 3: f"'{SHEET}'!C40", 4: f"'{SHEET}'!F4",
        5: f"'{SHEET}'!A7", 6: f"'{doubled}'!A1", 7: f"'{doubled}'!A1",
    }  # fmt: skip
    assert [sheet.cell(row, 8).value for row in range(4, 4 + len(ENTRIES))] == [e.severity.value for e in ENTRIES]


def _links(sheet: Worksheet) -> list[tuple[int | None, str | None]]:
    """Row and place of each link."""
    cells = (cell for row in sheet.iter_rows() for cell in row)
    return [(cell.row, cell.hyperlink.location) for cell in cells if cell.hyperlink]


def test_what_counts_sheets_moves_on_by_one() -> None:
    before, after = loaded(RICH), loaded(marked(ENTRIES))
    assert after.sheetnames == ["问题清单", *before.sheetnames]
    assert after.active is not None
    assert after.active.title == SECOND
    assert after.defined_names["合计"].value == before.defined_names["合计"].value
    assert set(after[SECOND].defined_names) == set(before[SECOND].defined_names) == {"本表"}
    assert after[SHEET].print_title_rows == before[SHEET].print_title_rows
    selected = [sheet.title for sheet in after if sheet.sheet_view.tabSelected]
    assert selected == [SECOND]  # two selected sheets would be edited together


@pytest.mark.parametrize(
    "text", ["=1+1", "<b>&amp;</b>", "]]>", "甲\x00\x0b\ufffe乙", "x" * 40_000, "一\n二\t三", "{{7*7}}", "'"]
)
def test_hostile_text_is_text(text: str) -> None:
    book = loaded(marked([entry("C5", seen=text, problem=text, basis=text, action=text)]))
    for column in "DEFG":
        cell = book.worksheets[0][f"{column}4"]
        assert cell.data_type != "f"
        assert len(str(cell.value)) <= 32_767
    note = book[SHEET]["C5"].comment
    assert note is not None
    assert 0 < len(note.text) <= 32_767


def test_the_same_workbook_gives_the_same_bytes() -> None:
    assert marked(ENTRIES) == marked(ENTRIES)


def test_a_second_return_replaces_the_first() -> None:
    once = marked([entry("A2"), entry("B5"), entry("C3")])
    twice = marked([entry("B6")], once)
    book = loaded(twice)
    assert book.sheetnames == loaded(once).sheetnames
    assert book.worksheets[0].max_row == 4
    assert fill(book[SHEET], "B5") == ""
    assert fill(book[SHEET], "A2") == OWN_COLOUR  # the unit's own colour is there again
    assert fill(book[SHEET], "B6") == FILL_COLOURS[Severity.ERROR]
    notes = {c.coordinate: c.comment.text for row in book[SHEET].iter_rows() for c in row if c.comment}
    assert notes["C3"] == OWN_NOTE
    assert {cell for cell, text in notes.items() if NOTE_START in text} == {"B6"}
    assert b"".join(parts(twice).values()).count(b"<x:Row>4</x:Row>") == 0


def test_a_workbook_saved_by_another_program_is_marked_again() -> None:
    """openpyxl writes the drawing with prefixes of its own."""
    target = io.BytesIO()
    loaded(marked([entry("B5")])).save(target)
    book = loaded(marked([entry("B6")], target.getvalue()))
    notes = {c.coordinate: c.comment.text for row in book[SHEET].iter_rows() for c in row if c.comment}
    assert {cell for cell, text in notes.items() if NOTE_START in text} == {"B6"}
    assert [fill(book[SHEET], cell) for cell in ("B5", "B6")] == ["", FILL_COLOURS[Severity.ERROR]]


def test_notes_without_author_and_back_colours_without_meaning_are_taken_away() -> None:
    """LibreOffice drops the authors of notes and writes back colours of its own."""
    once = marked([entry("A2"), entry("B5"), entry("C3")])
    saved = {
        name: part.replace("<author>台账检查程序</author>".encode(), b"<author> </author>")
        for name, part in parts(once).items()
        if name.startswith("xl/comments")
    }
    application = parts(once)["docProps/app.xml"].replace(b"Microsoft Excel", b"LibreOffice/24.8")
    again = marked([entry("B6")], repacked(once, {**saved, "docProps/app.xml": application}))
    sheet = loaded(again)[SHEET]
    assert [fill(sheet, cell) for cell in ("A2", "B5")] == ["", ""]
    notes = {c.coordinate: c.comment.text.strip() for row in sheet.iter_rows() for c in row if c.comment}
    assert set(notes) == {"B6", "C3", "D4"}
    assert notes["C3"] == OWN_NOTE


def test_a_units_own_sheet_of_that_name_stays() -> None:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = "问题清单"
    book.active["A1"] = "本单位的清单"
    book.save(target)
    result = loaded(marked([entry("A1", "问题清单")], target.getvalue()))
    assert result.sheetnames == ["问题清单（2）", "问题清单"]
    assert result["问题清单"]["A1"].value == "本单位的清单"


_PLAIN = (
    '<{p}worksheet xmlns{c}="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><{p}sheetData>{rows}'
    "</{p}sheetData></{p}worksheet>"
)


def handwritten(rows: str, prefix: str = "") -> bytes:
    text = _PLAIN.format(p=prefix, c=f":{prefix[:-1]}" if prefix else "", rows=rows)
    return repacked(RICH, {FIRST: text.encode()})


@pytest.mark.parametrize(
    ("rows", "prefix"),
    [
        ('<x:row r="3"><x:c r="C3"><x:v>1</x:v></x:c></x:row>', "x:"),
        ("<row/><row/><row><c/><c/><c><v>1</v></c></row>", ""),  # no addresses: they count on
        ("", ""),
        ('<row r="3" spans="4:4"><c r="D3"/></row>', ""),
        ('<row r="2"/><row r="3"/><row r="4"/>', ""),
        ("<row r='3'><c r='C3' s='0' t='inlineStr'><is><t>a &gt; b</t></is></c></row>", ""),
    ],
)
def test_other_ways_of_writing_a_sheet(rows: str, prefix: str) -> None:
    sheet = loaded(marked([entry("C3"), entry("A5")], handwritten(rows, prefix)))[SHEET]
    assert (fill(sheet, "C3"), fill(sheet, "A5")) == (FILL_COLOURS[Severity.ERROR],) * 2
    assert sheet["C3"].comment is not None
    assert sum(1 for row in sheet.iter_rows() for cell in row if cell.fill.fill_type) == 2


def test_an_empty_sheet_tag_is_opened() -> None:
    text = _PLAIN.format(p="", c="", rows="").replace("<sheetData></sheetData>", "<sheetData/>")
    sheet = loaded(marked([entry("C3")], repacked(RICH, {FIRST: text.encode()})))[SHEET]
    assert fill(sheet, "C3") == FILL_COLOURS[Severity.ERROR]


@pytest.mark.parametrize(
    "changed",
    [
        {FIRST: b"<worksheet"},
        {FIRST: _PLAIN.format(p="", c="", rows='<row r="2"/><row r="1"/>').encode()},
        {FIRST: _PLAIN.format(p="", c="", rows='<row r="3"><c r="B3"/><c r="A3"/></row>').encode()},
        {FIRST: _PLAIN.format(p="", c="", rows='<row r="3"><!-- <c r="C3"/> --></row>').encode()},
        {FIRST: _PLAIN.format(p="", c="", rows='<row r="3"><c r="C3"></row>').encode()},
        {FIRST: _PLAIN.format(p="", c="", rows="").replace("schemas.openxml", "purl.oclc.org/ooxml").encode()[:40]},
        {FIRST: parts(RICH)[FIRST].decode().encode("utf-16")},
        {"xl/styles.xml": b"<styleSheet/>"},
        {"xl/workbook.xml": b"<!DOCTYPE a><workbook/>"},
        {"xl/workbook.xml": b"<workbook xmlns='http://purl.oclc.org/ooxml/spreadsheetml/main'/>"},
        {"xl/comments1.xml": b"<comments/>"},
        {"xl/drawings/vmlDrawing1.vml": b"<html/>"},
        {"_rels/.rels": b"<Relationships/>"},
    ],
)  # fmt: skip
def test_what_cannot_be_patched_safely_is_said(changed: dict[str, bytes]) -> None:
    with pytest.raises(UnmarkableError, match=r"[\u4e00-\u9fff]"):
        marked([entry("C3"), entry("C4")], repacked(RICH, changed))


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"\xd0\xcf\x11\xe0" + RICH, RICH[:-300], b"a,b\n1,2\n"])
def test_other_files_are_no_workbooks(data: bytes) -> None:
    with pytest.raises(UnmarkableError, match=r"[\u4e00-\u9fff]"):
        marked([entry("C3")], data)


def test_a_list_of_its_own_for_other_files() -> None:
    sheet = loaded(findings_workbook("清单", "说明。", ENTRIES)).worksheets[0]
    assert (sheet.title, sheet.max_row, sheet.auto_filter.ref) == ("问题清单", 13, "A3:H13")
    assert _links(sheet) == []


PARTS = sorted(name for name in parts(RICH) if name.endswith((".xml", ".rels", ".vml")))


@settings(max_examples=150, deadline=None)
@given(
    name=st.sampled_from(PARTS),
    place=st.integers(0, 20_000),
    new=st.binary(max_size=12),
    cut=st.integers(0, 30),
)
def test_a_damaged_part_is_refused_or_marked(name: str, place: int, new: bytes, cut: int) -> None:
    part = parts(RICH)[name]
    place %= len(part)
    damaged = part[:place] + new + part[place + cut :]
    with contextlib.suppress(UnmarkableError):
        marked(ENTRIES, repacked(RICH, {name: damaged}))


CELLS = st.tuples(st.integers(1, 12), st.integers(1, 30))


@settings(max_examples=60, deadline=None)
@given(filled=st.dictionaries(CELLS, st.integers(0, 10**9), max_size=40), wanted=st.sets(CELLS, max_size=12))
def test_any_cells_of_any_sheet(filled: dict[tuple[int, int], int], wanted: set[tuple[int, int]]) -> None:
    target = io.BytesIO()
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.title = SHEET
    for (row, column), value in filled.items():
        book.active.cell(row, column, value)
    book.save(target)
    names = [book.active.cell(row, column).coordinate for row, column in sorted(wanted)]
    sheet = loaded(marked([entry(name) for name in names], target.getvalue()))[SHEET]
    there = {(cell.row, cell.column): cell for row in sheet.iter_rows() for cell in row}
    assert {place: cell.value for place, cell in there.items() if cell.value is not None} == filled
    assert {place for place, cell in there.items() if cell.fill.fill_type} == wanted
    assert {place for place, cell in there.items() if cell.comment} == wanted
