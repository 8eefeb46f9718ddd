"""``gongwen inspect``: what it tells of ledgers and of other workbooks, and that it tells what reading does."""

import json
from pathlib import Path

import openpyxl
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.cli.inspect_reports import row_ranges, shortened
from pipeline.ledgers.kinds import LEDGER_KINDS
from pipeline.records.settings import OfficeSettings
from pipeline.tables.seen import Form, TableSeen, Treatment
from pipeline.tables.table import Surroundings, read_sheet
from pipeline.tables.tables_seen import look, look_all
from tests.grids_read import read_grids
from tests.ledger_sheets import HEAD, project, write

REPOSITORY = Path(__file__).parents[2]
SAMPLES = sorted((REPOSITORY / "inputs").rglob("*.xlsx"))[::9]  # some of each kind; all agree


def gongwen(*args: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, args)))


def only_table(path: Path, settings: OfficeSettings | None = None) -> TableSeen:
    (sheet,) = look(path, settings).sheets
    (table,) = sheet.tables
    return table


def test_rows_of_a_ledger_with_nothing_but_a_number_are_told(tmp_path: Path) -> None:
    rows = [HEAD, project("示例一项目"), *((number, *[None] * (len(HEAD) - 1)) for number in (2, 3))]
    table = only_table(write(tmp_path, rows))
    assert (table.data_span, table.data_rows, table.numbered_rows) == ((2, 4), 3, (3, 4))
    assert [column.numbers for column in table.columns if column.heading == "序号"] == [1]


def test_a_ledger_with_all_that_is_around_it(tmp_path: Path) -> None:
    table = only_table(
        write(
            tmp_path,
            [
                ("2027年重大项目申报台账",),
                ("填报单位：示例镇", None, None, None, None, "单位：万元"),
                HEAD,
                ("一、加快建设",),
                project("示例一项目"),
                project("示例二项目", number=2),
                (None, "合计", None, None, None, 100000, 40000),
                ("注：数据为样例。",),
            ],
        )
    )
    assert (table.ledger, table.why_not, table.years) == ("申报台账", "", (2027,))
    assert (table.title_rows, table.head_rows, table.data_span, table.data_rows) == (
        (1, 2),
        (3, 3),
        (5, 6),
        2,
    )
    assert (table.section_rows, table.total_rows, table.note_rows) == ((4,), (7,), (8,))
    read = {column.heading: column for column in table.columns}
    assert read["总投资"].unit is not None
    assert (read["总投资"].letter, read["总投资"].unit.unit, read["总投资"].unit.where) == (
        "F",
        "万元",
        "表头上方",
    )
    assert (read["项目名称"].field, read["项目名称"].treatment, read["项目名称"].texts) == (
        "项目名称",
        Treatment.READ,
        2,
    )


def test_columns_suggested_left_alone_and_unusable(tmp_path: Path) -> None:
    rows = [(*HEAD, "资金筹集来源", "吉祥物", "2026年计划投资"), (*project("示例项目"), "自筹", "示例", 5)]
    rows = [tuple("2027年计划投资" if v == "当年计划投资" else v for v in row) for row in rows]
    (tmp_path / "2027").mkdir()
    table = only_table(write(tmp_path / "2027", rows))
    columns = {column.heading: column for column in table.columns}
    assert (columns["资金筹集来源"].treatment, columns["资金筹集来源"].field) == (
        Treatment.SUGGESTED,
        "资金来源",
    )
    assert columns["吉祥物"].treatment is Treatment.ASIDE
    assert columns["2026年计划投资"].treatment is Treatment.ASIDE  # 2027's stands beside it
    assert columns["2026年计划投资"].years == (2026,)
    assert columns["2026年计划投资"].reason
    assert columns["总投资"].unit is not None
    assert columns["总投资"].unit.where == "没有写明，按默认单位"


def test_a_column_that_reading_leaves_aside_for_its_content_is_not_shown_as_read(tmp_path: Path) -> None:
    head = tuple("项目类别" if heading == "四个一批" else heading for heading in HEAD)
    rows = [head, tuple("直升机停机坪" if value == "加快建设" else value for value in project("示例项目"))]
    (column,) = (each for each in only_table(write(tmp_path, rows)).columns if each.heading == "项目类别")
    assert (column.treatment, column.reason) == (Treatment.ASIDE, "内容都不是“四个一批”的选项")


def test_two_amounts_that_a_heading_may_mean_are_both_shown(tmp_path: Path) -> None:
    rows = [
        ("项目名称", "责任单位", "本月完成投资", "形象进度", "累计完成投资"),
        ("示例项目", "示例局", 1, "主体", 3),
    ]
    column = only_table(write(tmp_path, rows)).columns[-1]
    assert (column.treatment, column.field) == (Treatment.SUGGESTED, "本年累计完成投资、开工以来累计完成投资")


def test_parts_that_only_their_sum_shows_are_shown_as_parts(tmp_path: Path) -> None:
    rows = [
        HEAD[1:], project("示例打包项目（含2个子项目）", 50)[1:], project("一段", 20)[1:], project("二段", 30)[1:],
    ]  # fmt: skip
    table = only_table(write(tmp_path, rows))
    assert (table.data_rows, table.child_rows) == (1, (3, 4))


def test_the_reason_why_no_ledger_is_recognised(tmp_path: Path) -> None:
    near = only_table(write(tmp_path, [("序号", "项目名称", "总投资"), (1, "示例项目", 5)]))
    assert (near.ledger, near.why_not[:3]) == ("", "最接近")
    far = only_table(write(tmp_path, [("路段", "车道"), ("示例路", 4)]))
    assert far.why_not == "没有一列是台账的字段"
    without_name = only_table(write(tmp_path, [("序号", "总投资", "资金来源"), (1, 5, "自筹")]))
    assert without_name.why_not.endswith("但没有“项目名称”列")


def test_hidden_sheets_hidden_rows_and_flaws_are_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (HEAD, project("示例一"), project("示例二"), (3, "示例三", "加快建设", "=A1", "#REF!")):
        sheet.append(list(row))
    sheet["E4"].data_type = "e"
    sheet.row_dimensions[3].hidden = True
    other = book.create_sheet("旧数")
    other.append(["序号", "备注"])
    other.sheet_state = "hidden"
    book.create_sheet("空")
    book.save(tmp_path / "台账.xlsx")
    first, second, third = look(tmp_path / "台账.xlsx").sheets
    assert first.hidden_rows == (3,)
    assert {cell for cell, _ in first.flaws} == {"D4", "E4"}
    assert (second.hidden, third.rows) == (True, 0)
    text = gongwen("inspect", tmp_path / "台账.xlsx").output
    for words in (
        "其中隐藏1张",
        "第3行被隐藏或行高过小，已照常读取",
        "D4：公式没有保存计算结果",
        "【旧数】（已隐藏，读取时跳过）",
        "【空】空表",
    ):
        assert words in text


def test_two_ledgers_on_one_sheet(tmp_path: Path) -> None:
    rows = [
        HEAD,
        project("示例一项目"),
        (),
        ("二、手续办理团队",),
        ("序号", "项目名称", "规划", "国土", "环保", "发改", "经信"),
    ]
    path = write(tmp_path, [*rows, (1, "示例一项目", "甲某", "乙某", "丙某", "丁某", "戊某")])
    first, second = look(path).sheets[0].tables
    assert (first.ledger, first.data_span, first.remarks) == ("申报台账", (2, 2), ())
    assert (second.ledger, second.title, second.data_span) == ("手续办理团队", "二、手续办理团队", (6, 6))


def test_a_head_repeated_on_the_next_page_is_no_other_table(tmp_path: Path) -> None:
    rows = [HEAD, project("示例一项目"), (), HEAD, project("示例二项目", number=2)]
    table = only_table(write(tmp_path, rows))
    assert (table.data_span, table.data_rows, table.repeated_heads) == ((2, 5), 2, (4,))


def test_a_card_shows_where_each_value_stands(tmp_path: Path) -> None:
    rows = [
        ("重大项目推进卡",),
        ("项目名称", "示例项目", "责任单位", "示例局"),
        ("总投资（万元）", 50000, "当年计划投资（万元）", 20000),
        ("项目业主", "示例公司", "具体选址", "示例园区"),
        ("四个一批", "加快建设", "主要建设内容和规模", "道路3公里"),
    ]
    path = write(tmp_path, rows)
    table = only_table(path)
    assert (table.ledger, table.form, table.data_span, table.data_rows) == ("申报台账", Form.CARD, (2, 5), 1)
    values = {column.heading: (column.letter, column.treatment) for column in table.columns}
    assert values["当年计划投资"] == ("D3", Treatment.READ)
    assert "卡片  读作申报台账" in gongwen("inspect", path).output


def test_a_foreign_table_below_a_ledger_is_told(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        [
            ("2027年申报项目",),
            HEAD,
            project("示例一项目"),
            (),
            ("附表 道路",),
            ("序号", "路段", "长度（公里）"),
            (1, "示例路", 12),
        ],
    )
    first, second = look(path).sheets[0].tables
    assert (first.ledger, first.head_rows) == ("申报台账", (2, 2))
    assert first.remarks == ("第6行像另一张表的表头，它以下各行没有读取",)
    assert (second.ledger, second.title, second.data_span) == ("", "附表 道路", (7, 7))
    assert [unit.unit for unit in second.units] == ["公里"]


def test_the_sample_ledgers_are_seen_as_they_are_read() -> None:
    for seen in look_all(SAMPLES, OfficeSettings()):
        around = Surroundings(seen.path.relative_to(REPOSITORY).as_posix(), 2027, OfficeSettings(), LEDGER_KINDS)
        assert seen.book is not None
        for grid, sheet in zip(read_grids(seen.path), seen.book.sheets, strict=True):
            reading = read_sheet(grid, around)
            assert reading.kind is not None
            assert [table.ledger for table in sheet.tables] == [reading.kind.name], seen.path
            assert sheet.tables[0].data_rows == len(reading.records), seen.path


def test_the_json_holds_every_fact(tmp_path: Path) -> None:
    path = write(tmp_path, [HEAD, project("示例项目")])
    result = gongwen("inspect", path, "--json")
    assert result.exit_code == 0
    (book,) = json.loads(result.output)
    assert set(book) == {"file", "content", "sheets"}
    (table,) = book["sheets"][0]["tables"]
    assert (table["ledger"], table["head_rows"], table["data_span"]) == ("申报台账", [1, 1], [2, 2])
    name = table["columns"][1]
    assert (name["letter"], name["field"], name["treatment"], name["unit"]) == ("B", "项目名称", "读取", None)


def test_what_can_not_be_read_is_one_sentence_and_exit_code_two(tmp_path: Path) -> None:
    good = write(tmp_path, [HEAD, project("示例项目")])
    bad = tmp_path / "坏\x1b[31m.xlsx"
    bad.write_bytes(b"PK\x03\x04 nothing")
    result = CliRunner().invoke(main, ["inspect", str(bad), str(good)])
    assert result.exit_code == 2
    assert "读作申报台账" in result.output
    assert "\x1b" not in result.output
    (sentence,) = [line for line in result.stderr.splitlines() if line]
    assert sentence.startswith("“坏�[31m.xlsx”：")
    seen, unread = json.loads(gongwen("inspect", bad, good, "--json").output)
    assert seen["sheets"]
    assert set(unread) == {"file", "unreadable"}
    missing = gongwen("inspect", tmp_path / "没有.xlsx")
    assert (missing.exit_code, missing.output.strip()[:4]) == (2, "没有文件")


def test_the_headings_that_a_workspace_confirms_are_used(tmp_path: Path) -> None:
    rows = [tuple("资金盘子" if value == "总投资" else value for value in HEAD), project("示例项目")]
    path = write(tmp_path, rows)
    confirmed = OfficeSettings(headings={"资金盘子": "总投资"})
    assert only_table(path).columns[5].treatment is not Treatment.READ
    assert only_table(path, confirmed).columns[5].field == "总投资"
    (tmp_path / "inputs").mkdir()
    (tmp_path / "inputs" / "office.toml").write_text('["列名确认"]\n"资金盘子" = "总投资"\n', encoding="utf-8")
    (book,) = json.loads(gongwen("inspect", path, "--json", "-C", tmp_path).output)
    assert book["sheets"][0]["tables"][0]["columns"][5]["field"] == "总投资"


def test_nothing_is_written(tmp_path: Path) -> None:
    path = write(tmp_path, [HEAD, project("示例项目")])
    before = path.read_bytes()
    assert gongwen("inspect", path).exit_code == 0
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_rows_and_texts_are_shortened_for_a_terminal() -> None:
    assert row_ranges((4, 5, 6, 9)) == "第4至6行、第9行"
    assert row_ranges(()) == ""
    assert row_ranges(tuple(range(1, 40, 2))).endswith("、第15行等20行")
    assert shortened("第一行\n第二行", 20) == "第一行 第二行"
    assert shortened("一二三四五六", 8) == "一二三…"


def test_a_csv_whose_columns_may_have_shifted_says_so(tmp_path: Path) -> None:
    """Reading refuses such a file whole."""
    path = tmp_path / "a.csv"
    lines = [
        ",".join(HEAD),
        ",".join(map(str, project("示例一项目"))),
        ",".join(map(str, project("示例二项目"))) + ",1,2",
    ]
    path.write_text("\n".join(lines).replace("None", ""), "utf-8")
    assert only_table(path).remarks == ("第3行比表头多出内容，各列可能错位，报送时整份不会读取",)
    path.write_text("\n".join(lines[:2]).replace("None", ""), "utf-8")
    assert only_table(path).remarks == ()
