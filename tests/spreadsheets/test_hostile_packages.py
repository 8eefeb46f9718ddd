"""Files that lie about what they are: bombs, zip tricks, XML tricks, disguises, compound files. Each made here."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest
import xlwt
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.records.limits import DEFAULT_LIMITS, ReadingLimits
from pipeline.spreadsheets.grid import Grid
from pipeline.spreadsheets.package_guard import open_package
from pipeline.spreadsheets.refusals import FILE_REASONS, UnreadableFile
from tests.grids_read import read_data
from tests.raw_workbook import (
    BOOK,
    HEAD,
    SHEET,
    STRINGS,
    TYPES,
    cell,
    directory_entry,
    package,
    parts,
    patched,
    sheet,
    table,
    text,
    workbook,
)

ROWS = table(("项目名称", "总投资"), ("甲项目", cell("B2", "15000")))
HONEST = workbook(ROWS)


def read(data: bytes, suffix: str = ".xlsx", limits: ReadingLimits = DEFAULT_LIMITS) -> list[Grid]:
    return read_data(data, "台账", suffix, limits)


def refusal(data: bytes, suffix: str = ".xlsx", limits: ReadingLimits = DEFAULT_LIMITS) -> str:
    """The code of the refusal, whose sentence says what to do."""
    with pytest.raises(UnreadableFile) as refused:
        read(data, suffix, limits)
    assert "，请" in str(refused.value)
    return refused.value.code


def renamed(*names: str) -> bytes:
    return package(parts(ROWS) | dict.fromkeys(names, b"x"))


def with_part(name: str, content: bytes | str) -> bytes:
    return package(parts(ROWS) | {name: content.encode() if isinstance(content, str) else content})


def test_the_honest_package_is_read() -> None:
    (grid,) = read(HONEST)
    assert [[each.text for each in row] for row in grid.rows] == [["项目名称", "总投资"], ["甲项目", "15000"]]
    assert read(package(parts(ROWS), zipfile.ZIP_STORED)) == [grid]


def test_every_sentence_says_what_to_do() -> None:
    for code, sentence in FILE_REASONS.items():
        assert "，请" in sentence, code
        assert not sentence.endswith("。")
        assert len(sentence.partition("，请")[0]) <= 60


# --- zip --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"junk" + HONEST, "junk-around"), (HONEST + b"junk", "junk-around"), (HONEST + HONEST, "junk-around"),
        (HONEST[:-30], "truncated"), (HONEST[: len(HONEST) // 2], "truncated"),
        (renamed("../../evil.xml"), "part-path"), (renamed("xl/..\\evil.xml"), "part-path"), (renamed("/evil.xml"), "part-path"),
        (renamed("C:evil.xml"), "part-path"), (renamed("xl/%2e%2e/evil.xml"), "part-path"), (renamed("xl/./a.xml"), "part-path"),
        (renamed("xl/Workbook.XML"), "duplicate-part"), (package(parts(ROWS), zipfile.ZIP_LZMA), "compression"),
        (package(parts(ROWS), zipfile.ZIP_BZIP2), "compression"), (renamed(*(f"xl/{n}.xml" for n in range(2001))), "too-many-parts"),
        (package({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}), "is-ods"),
        (package({"a.txt": b"x"}), "is-archive"), (with_part("xl/vbaProject.bin", b"\0"), "macro-renamed"),
        (with_part("xl/macrosheets/sheet1.xml", "<x/>"), "macro-renamed"),
    ],
)  # fmt: skip
def test_zip_tricks(data: bytes, code: str) -> None:
    assert refusal(data) == code


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name() -> None:
    buffer = io.BytesIO(HONEST)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr(SHEET, sheet(table(("甲",))))
    assert refusal(buffer.getvalue()) == "duplicate-part"


def test_what_the_directory_says_must_be_so() -> None:
    entry = directory_entry(HONEST, SHEET)
    local = struct.unpack_from("<L", HONEST, entry + 42)[0]
    assert refusal(patched(HONEST, entry + 24, "<L", 20)) == "size-lie"
    assert refusal(patched(HONEST, entry + 16, "<L", 1)) == "checksum"
    assert refusal(patched(HONEST, entry + 8, "<H", 1)) in ("header-conflict", "encrypted")
    assert refusal(patched(HONEST, entry + 10, "<H", 0)) == "header-conflict"
    assert refusal(patched(HONEST, local + 30, "<B", ord("z"))) == "header-conflict"
    assert refusal(patched(HONEST, entry + 42, "<L", local + 1)) in ("damaged", "header-conflict")
    other = directory_entry(HONEST, BOOK)
    both = patched(HONEST, entry + 42, "<L", struct.unpack_from("<L", HONEST, other + 42)[0])
    assert refusal(both) in ("header-conflict", "overlapping-parts")


def test_parts_that_share_bytes() -> None:
    """A member whose data begin inside another's, as in a quoted-overlap bomb."""
    data = package(parts(ROWS), zipfile.ZIP_STORED)
    entry = directory_entry(data, SHEET)
    size = struct.unpack_from("<L", data, entry + 20)[0]
    assert refusal(patched(data, entry + 20, "<LL", size + 60, size + 60)) in (
        "overlapping-parts",
        "checksum",
    )


@pytest.mark.parametrize("name", [SHEET, STRINGS, "xl/media/a.png", TYPES])
def test_bombs_are_counted_while_they_inflate(name: str) -> None:
    assert refusal(with_part(name, b" " * (DEFAULT_LIMITS.part_bytes + 1))) == "part-too-large"


def test_many_small_bombs() -> None:
    many = {f"xl/media/{n}.png": b"\0" * (20 << 20) for n in range(5)}
    assert refusal(package(parts(ROWS) | many)) == "part-too-large"


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.integers(0, 3_000_000), st.integers(0, 2**32 - 1), st.integers(0, 2**32 - 1), st.sampled_from([0, 8]))
def test_a_lying_header_never_inflates_beyond_the_limit(real: int, size: int, packed: int, method: int) -> None:
    limits = ReadingLimits(part_megabytes=1, inflated_megabytes=2)
    squeezer = zlib.compressobj(1, zlib.DEFLATED, -15)
    body = squeezer.compress(b"\0" * real) + squeezer.flush()
    data = package(parts(ROWS) | {"xl/media/a.png": b""})
    entry = directory_entry(data, "xl/media/a.png")
    start = struct.unpack_from("<L", data, entry + 42)[0] + 30 + len("xl/media/a.png")
    grown = data[:start] + body + data[start + 2 :]
    shift = len(body) - 2
    entry += shift
    grown = patched(grown, entry + 20, "<LL", packed if packed % 2 else len(body), size)
    grown = patched(grown, entry + 10, "<H", method)
    end = grown.rindex(b"PK\x05\x06")
    grown = patched(grown, end + 16, "<L", struct.unpack_from("<L", grown, end + 16)[0] + shift)
    try:
        found: Mapping[str, bytes] = open_package(grown, limits)
    except (UnreadableFile, zipfile.BadZipFile, zlib.error, struct.error):
        return
    assert sum(map(len, found.values())) <= limits.inflated_bytes


# --- XML --------------------------------------------------------------------------------------------------

_DTD = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.mark.parametrize(
    "name", [TYPES, BOOK, SHEET, "xl/_rels/workbook.xml.rels", "xl/styles.xml", "docProps/app.xml", "xl/odd"]
)
def test_no_part_may_define_entities(name: str) -> None:
    old = parts(ROWS).get(name, b"<x/>").decode().removeprefix(HEAD)
    assert refusal(with_part(name, HEAD + _DTD + old)) == "document-type"
    assert refusal(with_part(name, (_DTD + old).encode("utf-16"))) == "document-type"
    assert refusal(with_part(name, (_DTD + old).encode("utf-16-be"))) == "document-type"


def test_an_entity_in_another_encoding_is_not_read() -> None:
    for encoding in ("utf-7", "utf-32"):
        assert refusal(with_part(SHEET, (_DTD + sheet(ROWS).removeprefix(HEAD)).encode(encoding))) in (
            "xml",
            "xml-encoding",
            "document-type",
        )
    declared = sheet(ROWS).replace("UTF-8", "UTF-7")
    assert refusal(with_part(SHEET, declared)) == "xml-encoding"


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("<row>" * 300 + "</row>" * 300, "xml"), ("<row r='1'><x>" + "<y>" * 90 + "</y>" * 90 + "</x></row>", "xml"),
        (ROWS + "&undefined;", "xml"), (ROWS + "&#0;", "xml"), (ROWS + "&#xD800;", "xml"), (ROWS + "\x0b", "xml"), (ROWS + "<row>", "xml"),
        ("</sheetData><sheetData>" + ROWS, "xml"), ("<c r='A1'><v>1</v></c>", "xml"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "duplicate-cell"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "cell-order"),
        ('<row r="1"><c r="B1"><v>1</v></c><c r="A1"><v>2</v></c><c r="B1"><v>3</v></c></row>', "duplicate-cell"),
        ('<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>', "duplicate-cell"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="1"><c r="B1"><v>2</v></c></row>', "duplicate-cell"),
        ('<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c></row>', "cell-order"),
        ('<row r="1"><c r="A7"><v>1</v></c></row>', "cell-order"), ('<row r="0"><c r="A0"><v>1</v></c></row>', "cell-order"),
        ('<row r="-1"><c r="A1"><v>1</v></c></row>', "cell-order"), ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "cell-order"),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', "cell-order"), ('<row r="1"><c r="一1"><v>1</v></c></row>', "cell-order"),
        ('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', "string-index"), ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "string-index"),
        ('<row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row>', "string-index"),
        ('<row r="1"><c r="A1" t="s"><v>１</v></c></row>', "string-index"), ('<row r="1"><c r="A1" t="s"><v></v></c></row>', "string-index"),
        ('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>', "readers-differ"),
        ('<row r="1"><c r="A1"><is><t>甲</t></is></c></row>', "readers-differ"),
        ('<row r="1"><c r="A1" t="inlineStr"><v>1</v><is><t>甲</t></is></c></row>', "duplicate-cell"),
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "sheet-extent"),
        ('<row r="1"><c r="A1" t="inlineStr"><is><t>' + "字" * 32768 + "</t></is></c></row>", "cell-too-long"),
    ],
)  # fmt: skip
def test_sheets_that_two_readers_could_take_differently(rows: str, code: str) -> None:
    assert refusal(workbook(rows)) == code


def test_what_only_looks_like_the_sheet_data_holds_no_cells() -> None:
    foreign = sheet(ROWS).replace("<sheetData>", '<x xmlns="urn:other"><sheetData>')
    foreign = foreign.replace("</sheetData>", "</sheetData></x>")
    assert refusal(workbook(foreign)) == "readers-differ"


def test_a_cell_after_the_sheet_data_is_no_cell() -> None:
    assert refusal(workbook(sheet(ROWS, after='<c r="A9"><v>1</v></c>'))) == "xml"


def test_another_name_for_the_same_namespace_is_read() -> None:
    prefixed = (
        sheet(ROWS).replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?").replace("xmlns=", "xmlns:x=")
    )
    assert [each.text for each in read(workbook(prefixed))[0].rows[1]] == ["甲项目", "15000"]


@pytest.mark.parametrize("reference", ["A0:K5", "A0", "", "K", "1:1", "A1:B2:C3", "a1:b2", "A1:B2", "A1"])
@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_dimension_that_is_none_says_nothing(reference: str, prefix: str) -> None:
    made = parts(sheet(ROWS, before=f'<{prefix}dimension ref="{reference}"/>'))
    if prefix:
        made[SHEET] = made[SHEET].replace(
            b" xmlns=", b' xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns='
        )
    assert read(package(made))[0].rows == read(HONEST)[0].rows


@pytest.mark.parametrize("spelt", ["xl/SharedStrings.xml", "xl/worksheets/Sheet1.xml", "XL/styles.xml"])
def test_the_names_of_parts_are_the_same_in_any_case(spelt: str) -> None:
    rows = table(("项目名称", cell("B1", "0", "s")))
    made = parts(rows, strings="<si><t>总投资</t></si>")
    (held,) = [name for name in made if name.casefold() == spelt.casefold()]
    other = package({spelt if name == held else name: content for name, content in made.items()})
    assert read(other) == read(package(made))


def test_positions_that_are_not_stated() -> None:
    bare = '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>5</v></c></row><row r="3"><c r="B3"><v>6</v></c><c><v>7</v></c></row>'
    (grid,) = read(workbook(bare))
    assert [[each.text for each in row] for row in grid.rows] == [["甲", "5"], [], ["", "6", "7"]]


def test_a_sheet_whose_name_tricks_the_eye() -> None:
    tricky = parts(ROWS)
    tricky[BOOK] = tricky[BOOK].replace("台账".encode(), "台账\u202egpj.exe".encode())
    assert read(package(tricky))[0].sheet == "台账〔U+202E〕gpj.exe"
    tricky[SHEET] = sheet('<row r="1"><c r="A1" t="zz"><v>1</v></c></row>').encode()
    with pytest.raises(UnreadableFile) as refused:
        read(package(tricky))
    assert "\u202e" not in str(refused.value)


def test_strict_and_foreign_workbooks() -> None:
    strict = parts(ROWS)
    strict[BOOK] = strict[BOOK].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert refusal(package(strict)) == "strict-ooxml"
    sheet_only = parts(ROWS)
    sheet_only[SHEET] = sheet_only[SHEET].replace(
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    assert refusal(package(sheet_only)) == "strict-ooxml"
    macro = parts(ROWS)
    macro[TYPES] = macro[TYPES].replace(b"spreadsheetml.sheet.main", b"ms-excel.sheet.macroEnabled.main")
    assert refusal(package(macro)) == "macro-renamed"
    assert [each.code for each in read(package(macro), ".xlsm")[0].notices] == ["macros"]
    lost = parts(ROWS)
    del lost[SHEET]
    assert refusal(package(lost)) == "missing-part"
    outside = parts(ROWS)
    outside["xl/_rels/workbook.xml.rels"] = outside["xl/_rels/workbook.xml.rels"].replace(
        b'Target="worksheets/sheet1.xml"', b'Target="file:///etc/passwd" TargetMode="External"'
    )
    assert refusal(package(outside)) == "missing-part"


def test_more_strings_declared_than_there_are() -> None:
    data = parts(ROWS, strings="<si><t>甲</t></si>")
    data[STRINGS] = data[STRINGS].replace(b"<sst ", b'<sst uniqueCount="4000000000" ')
    assert refusal(package(data)) == "string-count-lie"


def test_one_string_that_every_cell_repeats() -> None:
    rows = "".join(
        f'<row r="{n}">' + "".join(cell(f"{c}{n}", "0", "s") for c in "ABCDEFGHIJ") + "</row>" for n in range(1, 1001)
    )
    assert refusal(workbook(rows, strings=f"<si><t>{'字' * 32767}</t></si>")) == "too-much-text"


def test_merged_ranges_that_lie_over_one_another() -> None:
    merges = "".join(f'<mergeCell ref="A1:XFD{1048576 - n}"/>' for n in range(3))
    assert refusal(workbook(sheet(ROWS, after=f"<mergeCells>{merges}</mergeCells>"))) == "merge-area"
    one = sheet(ROWS, after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')
    assert len(read(workbook(one))[0].merges) == 1


def test_a_million_formatted_blank_rows() -> None:
    rows = ROWS + '<row><c s="1"/></row>' * 1_000_000
    (grid,) = read(workbook(rows))
    assert len(grid.rows) == 2
    assert [each.code for each in grid.notices] == ["blank-tail"]


def test_stray_cells_are_named_and_left_aside() -> None:
    (far_row,) = read(workbook(ROWS + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))
    assert [(each.code, each.cell) for each in far_row.notices] == [("stray-cell", "A1048576")]
    assert len(far_row.rows) == 2
    wide = table(("项目名称", "总投资"), ("甲项目", cell("B2", "15000") + cell("XFD2", "7")))
    (far_column,) = read(workbook(wide))
    assert [(each.code, each.cell) for each in far_column.notices] == [("stray-cell", "XFD2")]
    assert far_column.width == 2
    many = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(30_000, 30_020))
    assert refusal(workbook(ROWS + many)) == "too-many-rows"


# --- what it is -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "suffix", "code"),
    [
        (b"%PDF-1.7", ".xlsx", "is-pdf"), (b"Rar!\x1a\x07", ".xls", "is-archive"), (b"7z\xbc\xaf\x27\x1c", ".xlsx", "is-archive"),
        (b"{\\rtf1", ".xls", "is-rtf"), (b"\xff\xd8\xff\xe0", ".xlsx", "is-picture"), (b"\xef\xbb\xbf <HTML>", ".xls", "is-html"),
        (b"<table><tr>", ".xls", "is-html"), (b"<table><tr>", ".csv", "is-html"), (b"MIME-Version: 1.0", ".xls", "is-mht"),
        (b'{"a": 1}', ".csv", "is-json"), (b'\xef\xbb\xbf[\n {"a": 1}\n]\n', ".xlsx", "is-json"), (b"[[1,2],[3]]", ".csv", "is-json"),
        (b"<?xml version='1.0'?><?mso-application progid='Excel.Sheet'?><Workbook/>", ".xls", "is-xml"),
        (b"\x09\x08\x10\x00\x00\x06", ".xls", "old-excel"), ("甲\t乙\n".encode("gb18030"), ".xls", "is-text"),
        (b"a,b\n1,2\n", ".xlsx", "is-text"), (b"\0" * 100, ".xlsx", "not-a-spreadsheet"), (b"\0" * 100, ".csv", "csv-control"),
    ],
)  # fmt: skip
def test_disguises(data: bytes, suffix: str, code: str) -> None:
    assert refusal(data, suffix) == code


def test_the_content_decides_and_a_wrong_name_is_told() -> None:
    assert [each.code for each in read(HONEST, ".xls")[0].notices] == ["name-differs"]
    assert read(HONEST, ".et")[0].notices == ()


# --- compound files ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    book = xlwt.Workbook()
    made = book.add_sheet("台账")
    for row, cells in enumerate([("序号", "总投资"), (1, 15000.25), (2, 10), ("合计", 15010.25)]):
        for column, value in enumerate(cells):
            made.write(row, column, value)
    path: Path = tmp_path_factory.mktemp("old") / "a.xls"
    book.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("at", [40, 44, 64, 72])
def test_counts_of_a_compound_file_beyond_its_size(old: bytes, at: int) -> None:
    assert refusal(patched(old, at, "<L", 1 << 28), ".xls") == "compound-header"


def test_other_compound_files(old: bytes) -> None:
    assert refusal(old[:1000], ".xls") == "truncated"
    assert refusal(old[:-100], ".xls") == "truncated"
    assert refusal(patched(old, 30, "<H", 30), ".xls") == "compound-header"
    for name, code in (
        ("WordDocument", "is-word"),
        ("EncryptedPackage", "encrypted"),
        ("Something", "damaged"),
    ):
        at = old.index("Workbook".encode("utf-16-le"))
        other = bytearray(old)
        other[at : at + 64] = name.encode("utf-16-le").ljust(64, b"\0")
        struct.pack_into("<H", other, at + 64, 2 * len(name) + 2)
        assert refusal(bytes(other), ".xls") == code


def test_the_code_page_of_unicode_texts_says_nothing(old: bytes) -> None:
    """JXL writes 1252, which the second reader would believe."""
    at = old.index(b"\x42\0\2\0\xb0\4") + 4
    assert read(patched(old, at, "<H", 1252), ".xls") == read(old, ".xls")


@pytest.mark.parametrize("behind", [1, 100, 511, 512, 513])
def test_bytes_behind_an_old_workbook(old: bytes, behind: int) -> None:
    assert read(old + b"\0" * behind, ".xls") == read(old, ".xls")


def test_a_last_sector_that_is_cut_where_nothing_is_lost(tmp_path: Path) -> None:
    """The last sector of a stream need not be full; one byte less than the stream has is a truncated file."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    for row in range(300):
        sheet.write(row, 0, f"项目{row}")
    book.save(str(tmp_path / "long.xls"))
    old = (tmp_path / "long.xls").read_bytes()
    start, size = struct.unpack_from("<LQ", old, old.index("Workbook".encode("utf-16-le")) + 116)
    table = (struct.unpack_from("<L", old, 76)[0] + 1) * 512
    following = list(struct.unpack_from("<128L", old, table))
    last = start
    while following[last] < 0xFFFFFFFA:
        last = following[last]
    behind = len(old) // 512 - 1  # the last sector's copy, put at the end of the file
    before = following.index(last)
    moved = patched(patched(old, table + 4 * before, "<L", behind), table + 4 * behind, "<L", 0xFFFFFFFE)
    moved += old[(last + 1) * 512 : (last + 2) * 512]
    wanted = size - 1  # a stream that ends in the middle of the sector
    entry = old.index("Workbook".encode("utf-16-le"))
    shorter = patched(moved, entry + 120, "<L", wanted)
    kept = len(moved) - 512 + (wanted % 512)
    assert read(shorter[:kept], ".xls") == read(old, ".xls")
    assert refusal(shorter[: kept - 1], ".xls") == "truncated"


@pytest.mark.parametrize("name", ["WORKBOOK", "workbook"])
def test_the_case_of_a_stream_s_name(old: bytes, name: str) -> None:
    other = old.replace("Workbook".encode("utf-16-le"), name.encode("utf-16-le"))
    assert read(other, ".xls") == read(old, ".xls")


def test_chains_of_sectors_that_bite_their_tail(old: bytes) -> None:
    """xlrd would follow them without an end."""
    table = (struct.unpack_from("<L", old, 76)[0] + 1) * 512
    following = struct.unpack_from("<128L", old, table)
    linked = [number for number, then in enumerate(following) if then < 0xFFFFFFFA]
    for number in linked:
        assert refusal(patched(old, table + 4 * number, "<L", number), ".xls") in (
            "compound-header",
            "truncated",
        )
    start = struct.unpack_from("<L", old, 48)[0]
    tree = (start + 1) * 512 + 128 + 68  # the left neighbour of the first entry
    assert refusal(patched(old, tree, "<L", 1), ".xls") == "compound-header"


def test_an_old_workbook_asks_for_its_totals(old: bytes) -> None:
    (grid,) = read(old, ".xls")
    assert [(each.code, each.action) for each in grid.notices] == [("no-checksum", "请核对合计：总投资15010.25（B列）")]
    assert text("A1", "&").endswith("&amp;</t></is></c>")
