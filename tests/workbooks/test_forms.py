"""Every form on the rendered page, measured against GB/T 9704-2012 in millimetres."""

import itertools
import os
from pathlib import Path
from typing import TypeVar

import pytest

from pipeline.errors import PdfError
from pipeline.outputs.office_process import find_office
from pipeline.outputs.pdf import convert
from pipeline.word.imprint_pass import has_imprint, with_even_last_page
from pipeline.word.page_estimate import estimate
from pipeline.word.rendered_faces import rendered_faces
from tests.rendered_page import Band, Page, dark, pages, red
from tests.specimens import SPECIMENS, write_specimens

Thing = TypeVar("Thing")
CELL = 156 / 28
TOP, BOTTOM, LEFT, RIGHT = 37, 262, 28, 184
HEADS = {
    "通知（两个机关联合）": "示党发〔2027〕1号",
    "通知（三个机关联合）": "示党发〔2027〕1号",
    "通知（单独）": "示政发〔2027〕8号",
    "上行文（一个签发人）": "示政发〔2027〕9号",
    "上行文（两个签发人）": "示政发〔2027〕9号",
    "上行文（三个签发人）": "示政发〔2027〕9号",
    "最长内容": "示高管发〔2027〕128号",
}


def within(found: float, wanted: float, tolerance: float = 1.0) -> bool:
    return abs(found - wanted) <= tolerance


def sure(found: Thing | None) -> Thing:
    assert found is not None
    return found


@pytest.fixture(scope="module")
def pdfs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    try:
        find_office()
    except PdfError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(f"没有LibreOffice：{error}")
    folder = tmp_path_factory.mktemp("forms")
    write_specimens(folder)
    results = convert([folder / f"{name}.docx" for name in SPECIMENS])
    assert all(result.pdf for result in results), [result.reason for result in results]
    return {Path(result.path).stem: result.pdf or b"" for result in results}


@pytest.fixture(scope="module")
def rendered(pdfs: dict[str, bytes]) -> dict[str, list[Page]]:
    return {name: pages(pdf) for name, pdf in pdfs.items()}


@pytest.fixture(scope="module")
def built() -> dict[str, bytes]:
    return {name: build() for name, build in SPECIMENS.items()}


@pytest.mark.parametrize("name", HEADS)
def test_red_head(rendered: dict[str, list[Page]], name: str) -> None:
    page = rendered[name][0]
    (rule,) = page.rules(red)
    mark = sure(page.ink(red, bottom=rule.top - 1))
    number = page.place(HEADS[name])
    assert within(mark.top, 72)
    assert within(mark.middle, 106)
    assert mark.width <= 156
    assert within(rule.left, LEFT, 0.5)
    assert within(rule.right, RIGHT, 0.5)
    assert within(rule.top - number.bottom, 4)
    if name.startswith("上行文"):
        assert within(number.left, LEFT + CELL)
    else:
        assert within(number.middle, 106)
        assert within(number.top - mark.bottom, 2 * 10.2 + 5.5, 2)  # two blank lines


@pytest.mark.parametrize("name", ["通知（两个机关联合）", "通知（三个机关联合）"])
def test_stacked_names_are_equally_wide_and_the_suffix_stands_in_their_middle(
    rendered: dict[str, list[Page]], name: str
) -> None:
    page = rendered[name][0]
    (rule,) = page.rules(red)
    mark = sure(page.ink(red, bottom=rule.top - 1))
    suffix = page.place("文件")
    names = ["中共示例区委员会", "示例区人民政府", "示例区人大常委会"]
    rows = [page.place(organ) for organ in names if organ in page.text[: page.text.index("号")]]
    assert len(rows) == (2 if "两个" in name else 3)
    assert all(within(row.left, rows[0].left) and within(row.right, rows[0].right) for row in rows)
    assert all(row.right < suffix.left for row in rows)
    assert within((suffix.top + suffix.bottom) / 2, (mark.top + mark.bottom) / 2)


def test_notices_stand_in_their_order_at_the_top_left(rendered: dict[str, list[Page]]) -> None:
    page = rendered["通知（三个机关联合）"][0]
    places = [page.place(text) for text in ("000001", "机密★1年", "特急")]
    assert [place.top for place in places] == sorted(place.top for place in places)
    assert all(within(place.left, LEFT) for place in places)
    assert places[0].top < TOP + 10.3
    assert places[-1].bottom < 72


@pytest.mark.parametrize("count", ["一", "两", "三"])
def test_signers(rendered: dict[str, list[Page]], count: str) -> None:
    page = rendered[f"上行文（{count}个签发人）"][0]
    names = {"一": ["王建国"], "两": ["王建国", "李　伟"], "三": ["王建国", "李　伟", "欧阳建"]}[count]
    places = [page.place(name) for name in names]
    assert within(max(place.right for place in places), RIGHT - CELL, 1.5)
    assert within(page.place("签发人：").bottom, places[0].bottom)
    assert within(page.place("示政发〔2027〕9号").bottom, places[-1].bottom)  # on the last name's row
    if count == "三":
        assert within(places[2].left, places[0].left)


def test_title_and_body_follow_the_rule(rendered: dict[str, list[Page]]) -> None:
    for name in HEADS:
        page = rendered[name][0]
        (rule,) = page.rules(red)
        text = sure(page.ink(dark, top=rule.bottom + 2))
        assert within(text.top - rule.bottom, 2 * 10.2 + 2, 2)  # two blank lines
        assert any(line.bottom < BOTTOM + 1 for line in page.lines(top=rule.bottom + 40))
    title = rendered["最长内容"][0]
    assert within(title.place("建设用地审批、资金保障和安全生产").middle, 106)


def test_sealed_signature(rendered: dict[str, list[Page]]) -> None:
    page = rendered["通知（单独）"][1]
    name, day = page.place("示例区人民政府"), page.place("2027年1月15日")
    assert within(day.right, RIGHT - 4 * CELL, CELL / 2)
    assert within(name.middle, day.middle, 1.5)
    above = page.place("附件：示例区2027年经济社会发展重点项目计划")
    assert within(name.top - above.bottom, 2 * 10.2 + 5, 2)  # the seal's room


def test_unsealed_signature(rendered: dict[str, list[Page]]) -> None:
    page = rendered["报告"][0]
    name, day = page.place("区重大项目领导小组办公室", 1), page.place("2027年12月31日")
    assert within(name.right, RIGHT - 2 * CELL)
    assert within(day.left, name.left + 2 * CELL)


def test_joint_signature(rendered: dict[str, list[Page]]) -> None:
    page = rendered["通知（三个机关联合）"][1]
    names = [page.place(text) for text in ("中共示例区委员会", "示例区人民政府", "示例区人大常委会")]
    assert all(within(first.bottom, second.bottom) for first, second in itertools.pairwise(names))
    assert all(second.middle - first.middle > 42 for first, second in itertools.pairwise(names))
    assert within(page.place("2027年1月15日").middle, names[-1].middle)


@pytest.mark.parametrize("name", [name for name in SPECIMENS if name not in ("报告", "方案")])
def test_the_imprint_stands_on_the_foot_of_an_even_last_page(rendered: dict[str, list[Page]], name: str) -> None:
    faces = rendered[name]
    assert len(faces) % 2 == 0
    rules = [rule for rule in faces[-1].rules(dark) if rule.width > 150]
    if name == "函":
        assert not rules
        assert within(faces[-1].place("抄送：市人民政府办公室").bottom, BOTTOM, 3)
        return
    assert within(rules[-1].bottom, BOTTOM, 0.5)
    assert all(within(rule.left, LEFT, 0.5) and within(rule.right, RIGHT, 0.5) for rule in rules)
    thick, thin = (rules[0], rules[-1]), rules[1:-1]
    assert all(within(rule.bottom - rule.top, 0.35, 0.11) for rule in thick)
    assert all(within(rule.bottom - rule.top, 0.25, 0.11) for rule in thin)
    last_text = list(faces[-1].lines(top=TOP, bottom=rules[0].top - 1))
    assert all(line.bottom < rules[0].top for line in last_text)


def test_a_blank_face_takes_the_numbers_away(rendered: dict[str, list[Page]]) -> None:
    faces = rendered["简报"]
    blank = [number for number, face in enumerate(faces, 1) if face.ink(dark) is None]
    assert blank == [len(faces) - 1]
    assert faces[-1].ink(dark, top=264) is None
    assert rendered["横排附件"][-1].ink(dark, top=264) is not None  # no blank face before it


def test_a_long_imprint_is_whole_and_aligned(rendered: dict[str, list[Page]]) -> None:
    last = rendered["最长内容"][-1]
    assert "2027年1月16日印发" in last.text
    rules = [rule for rule in last.rules(dark) if rule.width > 150]
    lines = last.lines(top=rules[0].top, bottom=rules[1].bottom)
    first = last.place("主送：示例区第1街道办事处")  # they would leave no text on page one
    names = last.place("示例区第1街道办事处")
    assert within(last.place("抄送：").left, first.left)
    lines = [line for line in lines if line.width > 10 and not within(line.left, first.left)]
    assert len(lines) > 15
    assert first.left < names.left - 10
    assert all(within(line.left, names.left, 1.2) for line in lines)
    assert "为全面落实" in rendered["最长内容"][0].text


def test_annex_names_align_when_they_wrap(rendered: dict[str, list[Page]]) -> None:
    text = rendered["最长内容"]
    page = next(face for face in text if "附件：1." in face.text)
    start = page.place("示例区2027年第1批").left
    assert within(page.place("人、完成时限和具体任务分解安排一览表").left, start, 0.6)
    later = next(face for face in text if "12.示例区" in face.text)
    assert within(later.place("示例区2027年第12批").left, start, 0.6)


def test_page_numbers(rendered: dict[str, list[Page]]) -> None:
    for name in ("通知（单独）", "通知（两个机关联合）", "方案"):
        odd, even = rendered[name][:2]
        first, second = sure(odd.ink(dark, top=264)), sure(even.ink(dark, top=264))
        assert within(first.right, RIGHT - 4.94)  # one cell of 4号
        assert within(second.left, LEFT + 4.94)
        dash = odd.ink(dark, top=264, left=first.left - 0.1, right=first.left + 2.5)
        assert within(sure(dash).top, 269)


def test_landscape_pages_keep_the_number_where_upright_pages_have_it(rendered: dict[str, list[Page]]) -> None:
    faces = rendered["横排附件"]
    turned = [(number, face) for number, face in enumerate(faces, 1) if face.width > face.height]
    assert len(turned) == 3
    for number, face in turned:
        ink = sure(face.ink(dark, right=33))
        assert within((ink.left + ink.right) / 2, 28, 1.5)
        if number % 2:
            assert within(ink.bottom, RIGHT - 4.94, 1.5)
        else:
            assert within(ink.top, LEFT + 4.94, 1.5)
        assert "年度计划投资" in face.text  # the table's head


def test_letter(rendered: dict[str, list[Page]]) -> None:
    first, second = rendered["函"]
    rules = first.rules(red)
    mark = sure(first.ink(red, bottom=rules[0].top - 1))
    assert within(mark.top, 30)
    assert within(rules[0].top - mark.bottom, 4)
    assert within(rules[3].bottom, 277)
    thickness = [rule.bottom - rule.top for rule in rules]
    assert thickness[0] > 2 * thickness[1]
    assert thickness[3] > 2 * thickness[2]
    assert all(within(rule.left, 20) and within(rule.right, 190) for rule in rules)
    number = first.place("示政函〔2027〕3号")
    assert within(number.right, RIGHT)
    assert within(sure(first.ink(dark, left=130, bottom=57)).top - rules[1].bottom, 4.9)
    assert within(first.place("000001").bottom, number.bottom, 1.5)
    assert first.ink(dark, top=264) is None
    assert not second.rules(red)
    assert second.ink(dark, top=264) is not None


def test_preprinted_paper_has_the_same_places_and_no_red(rendered: dict[str, list[Page]]) -> None:
    plain, printed = rendered["套红纸"], rendered["通知（两个机关联合）"]
    assert len(plain) == len(printed)
    assert all(face.ink(red) is None for face in plain)
    for text in ("示党发〔2027〕1号", "关于印发《", "各镇、街道"):
        ours, theirs = plain[0].place(text), printed[0].place(text)
        assert within(ours.top, theirs.top, 0.1)
        assert within(ours.left, theirs.left, 0.1)


def test_a_long_project_name_stays_inside_its_cell(rendered: dict[str, list[Page]]) -> None:
    page = rendered["方案"][1]
    start, end = page.place("1新能源").right - 12, page.place("示例区工信局").left
    assert page.place("新能源汽车零部件产业园标准化厂房及配套基础设施建设项目", 1).right < end
    assert start > LEFT


@pytest.mark.parametrize("name", SPECIMENS)
def test_the_estimate_equals_the_rendered_count(
    rendered: dict[str, list[Page]], built: dict[str, bytes], name: str
) -> None:
    faces = rendered[name]
    bare = [face.ink(dark, top=TOP - 5, bottom=BOTTOM + 1) is None for face in faces]
    text_faces = len(faces)
    if has_imprint(built[name]):
        rules = [rule.top for rule in faces[-1].rules(dark) if rule.width > 150] or [BOTTOM - 10]
        if not faces[-1].lines(top=TOP, bottom=rules[0] - 2):
            text_faces -= 2 if bare[-2] else 1
    assert estimate(built[name]).pages == text_faces


@pytest.mark.parametrize("name", [name for name in SPECIMENS if name not in ("最长内容", "简报", "横排附件")])
def test_no_signature_stands_without_text(rendered: dict[str, list[Page]], name: str) -> None:
    for face in rendered[name]:
        if "2027年1月15日" in face.text or "2027年1月9日" in face.text:
            assert len(face.text[: face.text.index("2027年1月")]) > 25


def test_band_measures() -> None:
    assert Band(10, 0, 30, 5).middle == 20
    assert Band(10, 0, 30, 5).width == 20


def test_the_rendered_page_confirms_the_estimate_and_corrects_a_wrong_one(
    pdfs: dict[str, bytes], built: dict[str, bytes]
) -> None:
    for name, data in built.items():
        if name != "套红纸" and has_imprint(data):
            faces = rendered_faces(data, pdfs[name])
            assert with_even_last_page(data, faces.pages, faces.room_mm) == data
    wrong = with_even_last_page(built["通知（单独）"], 1)
    assert wrong != built["通知（单独）"]
    faces = rendered_faces(built["通知（单独）"], pdfs["通知（单独）"])
    assert with_even_last_page(wrong, faces.pages, faces.room_mm) == built["通知（单独）"]
