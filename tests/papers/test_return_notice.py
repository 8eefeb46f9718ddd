"""退件通知: in the official form and on one page, however much there is to say."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.lint.lint_rule import Severity as Weight
from pipeline.lint.linting import lint
from pipeline.lint.page_reader import read_pages
from pipeline.outputs.pdf import convert
from pipeline.papers.return_notice import BLUEPRINT, Facts, Occasion, facts_of, shortened, template
from pipeline.records.citation import Citation
from pipeline.records.finding import Finding
from pipeline.records.settings import OfficeSettings
from pipeline.records.severity import Severity
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.template import Template
from tests.docx_reading import small_template
from tests.office_present import require_office

TEXT = "“新能源汽车零部件产业园标准化厂房及配套基础设施建设项目”的已累计完成投资16,400万元加当年计划投资3,700万元"
KINDS = ("申报台账", "手续办理团队", "项目月报", "问题台账")
LONGEST = OfficeSettings(office="示例高新技术产业开发区重大项目领导小组办公室")


def finding(number: int, severity: Severity = Severity.ERROR, text: str = TEXT * 3) -> Finding:
    file = f"inputs/2027/月报/高新技术产业开发区管理委员会{number}月重点项目进度月报表（第二次修改）.xlsx"
    return Finding(
        severity,
        "rule",
        text,
        text,
        file,
        "重点项目进度情况表（含前期）",
        f"AB{number}",
        "1",
        Citation("K", 8),
    )


def context(findings: list[Finding], elsewhere: int = 0) -> Facts:
    kinds = [KINDS[number % len(KINDS)] for number in range(len(findings))]
    occasion = Occasion("2027年12月", 2027, date(2027, 12, 30), date(2028, 1, 5))
    unit = "示例高新技术产业开发区管理委员会"
    return facts_of(LONGEST, occasion, unit, findings, kinds, len(findings) // 2, elsewhere)


def notice(findings: list[Finding], elsewhere: int = 0) -> bytes:
    compiled = Template.compile(template(), "退件通知.docx")
    return issue_document(compiled, context(findings, elsewhere), Paper())


MANY = [finding(number, list(Severity)[number % 3]) for number in range(1, 500)]


def test_errors_of_a_whole_file_weigh_most() -> None:
    whole = Finding(Severity.ERROR, "reading", "文件已损坏，没有读取", "请重新报送", "inputs/2027/月报/坏文件.xlsx")
    shown = context([finding(3, Severity.ADVICE), finding(2), whole, finding(1, Severity.WARNING)])["主要问题"]
    assert isinstance(shown, list)
    assert [entry["问题"][:4] for entry in shown] == ["文件已损", "“新能源", "“新能源"]
    assert [entry["位置"].rpartition(" ")[2] for entry in shown] == ["坏文件", "AB2", "AB1"]


ONE = "inputs/2027/月报/2027-03/经济技术开发区管理委员会2027年3月项目月报、包联项目清单、问题台账、手续台账.xlsx"


def test_the_name_of_one_workbook_is_whole_and_written_once() -> None:
    shown = context([replace(finding(number), file=ONE, sheet="项目月报") for number in (1, 2, 3, 4)])["主要问题"]
    assert isinstance(shown, list)
    assert [entry["位置"] for entry in shown] == [
        f"{Path(ONE).stem} 项目月报 AB1", "同上 项目月报 AB2", "同上 项目月报 AB3",
    ]  # fmt: skip
    several = context([finding(number) for number in (1, 2, 3)])["主要问题"]
    assert isinstance(several, list)
    assert all("……" in entry["位置"] for entry in several)


NAME = "新能源汽车零部件产业园标准化厂房及配套基础设施建设项目"


def test_a_long_problem_is_told_without_the_name_that_its_row_holds() -> None:
    told = "已累计完成投资16,400万元加当年计划投资3,700万元为20,100万元，超过总投资20,000万元"
    long = replace(finding(1, text=f"“{NAME}”的{told}"), project=NAME)
    shown = context([long, replace(long, message="“甲”的总投资读作0.5万元，过小", project="甲")])["主要问题"]
    assert isinstance(shown, list)
    assert [entry["问题"] for entry in shown] == [told, "“甲”的总投资读作0.5万元，过小"]


@pytest.mark.parametrize(
    ("text", "most", "shown"),
    [
        ("总投资未填，请补", 8, "总投资未填，请补"),
        ("总投资未填，请补填", 8, "总投资未填……"),
        ("未填，总投资和当年计划投资", 9, "未填，总投资和……"),  # less than half would be left
        ("总投资为16,400万元和其他各项", 9, "总投资为……"),
        ("总投资为16,400万元和其他各项", 10, "总投资为……"),
        ("总投资为16,400万元和其他各项", 11, "总投资为16,400万元……"),
        ("abcdefghijklmnopqrst", 8, "abcdefghijkl……"),
    ],
)
def test_a_text_is_cut_where_it_can_be(text: str, most: int, shown: str) -> None:
    assert shortened(text, most) == shown


def test_all_kinds_are_named_where_they_find_room() -> None:
    def kinds(*names: str) -> object:
        found = [finding(number) for number in range(1, len(names) + 1)]
        occasion = Occasion("2027年3月", 2027, date(2027, 3, 30), None)
        return facts_of(LONGEST, occasion, "甲局", found, names, 0, 0)["分类"]

    assert (
        kinds("申报台账", "申报台账", "包联项目清单", "责任单位名册") == "申报台账2条、包联项目清单1条、责任单位名册1条"
    )
    monthly = ("项目月报", "包联项目清单", "问题台账", "手续台账")
    assert kinds(*monthly) == "项目月报1条、包联项目清单1条、问题台账1条、手续台账1条"
    assert kinds(*monthly, "工作节点", "工作节点") == "工作节点2条、项目月报1条、其他3条"
    assert context(MANY)["分类"] == f"{KINDS[0]}125条、{KINDS[1]}125条、其他249条"


def test_one_page_without_a_remark(tmp_path: Path) -> None:
    require_office()
    one = [replace(each, file=ONE + "改" * 9) for each in MANY]
    papers = {"多.docx": notice(MANY, 120), "一份.docx": notice(one, 120), "两条.docx": notice(MANY[:2], 120)}
    papers |= {"各种.docx": notice(MANY[:4], 120)}  # as many kinds as the first paragraph has room for
    papers |= {"少.docx": notice([finding(1, text="没有填写总投资")])}
    for name, data in papers.items():
        (tmp_path / name).write_bytes(data)
    for made in convert([tmp_path / name for name in papers]):
        assert made.pdf is not None, made.reason
        pages = read_pages(made.pdf)
        report = lint(papers[made.path.name], made.path.name, pages, "")
        assert len(pages.pages) == 1
        assert [each for each in report.findings if each.severity in (Weight.ERROR, Weight.WARNING)] == []


def test_a_notice_that_an_edited_template_lets_grow_is_told() -> None:
    assert BLUEPRINT.overlong(notice(MANY, 120)) == ()
    longer = small_template("{{ 责任单位 }}", *("请按要求修改。" * 20 for _ in range(5)))
    compiled = Template.compile(longer, BLUEPRINT.file)
    (note,) = BLUEPRINT.overlong(issue_document(compiled, context(MANY), Paper()))
    assert note.what == "估计排成2页，应不超过1页"
