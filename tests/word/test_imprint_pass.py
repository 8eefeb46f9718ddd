"""The second pass for the imprint, and what is fitted once the text is there; without any rendering."""

import re

import pytest
from lxml import etree

from pipeline.errors import TemplateError
from pipeline.word import house_style as house
from pipeline.word.heads import red_head, signed_number
from pipeline.word.imprint import imprint
from pipeline.word.imprint_pass import (
    has_imprint,
    imprint_height,
    with_even_last_page,
)
from pipeline.word.ooxml import Section, blank, body, docx, paragraph
from pipeline.word.page_estimate import estimate
from pipeline.word.signatures import joint_signature, signature
from tests.docx_reading import W, part, small_template, text_of, with_part
from tests.whole_papers import fitted, preprinted, with_estimated_last_page


def paper(*blocks: str) -> bytes:
    return docx((Section("portrait", blocks),))


def with_imprint(copied: str = "市委办公室") -> bytes:
    return paper(body("正文。"), imprint([("抄送", copied + "。", "")], "某办公室", "2027年1月1日印发"))


def sections(data: bytes) -> list[str]:
    root = etree.fromstring(part(data))
    return [kind.get(f"{W}val", "") for kind in root.iter(f"{W}type")]


def footer_ids(data: bytes) -> set[str]:
    last = list(etree.fromstring(part(data)).iter(f"{W}sectPr"))[-1]
    return {
        str(value)
        for reference in last.iter(f"{W}footerReference")
        for name, value in reference.items()
        if str(name).endswith("id")
    }


def test_an_even_last_face_with_room_keeps_the_imprint() -> None:
    assert sections(with_even_last_page(with_imprint(), 2, 100)) == ["nextPage"]
    assert sections(with_even_last_page(with_imprint(), 4)) == ["nextPage"]


def test_after_an_odd_face_the_imprint_has_its_own_and_keeps_the_number() -> None:
    data = with_even_last_page(with_imprint(), 3, 100)
    assert sections(data) == ["nextPage", "evenPage"]
    assert "rIdGWBlankFooter" not in footer_ids(data)


def test_without_room_a_blank_face_comes_before_and_neither_has_a_number() -> None:
    data = with_even_last_page(with_imprint(), 2, 5)
    assert sections(data) == ["nextPage", "evenPage"]
    assert footer_ids(data) == {"rIdGWBlankFooter"}
    assert b"footer90.xml" in part(data, "word/_rels/document.xml.rels")
    assert b"/word/footer90.xml" in part(data, "[Content_Types].xml")
    assert b"PAGE" not in part(data, "word/footer90.xml")


@pytest.mark.parametrize("first", [(2, 100), (3, 100), (2, 5)])
@pytest.mark.parametrize("second", [(2, 100), (3, 100), (2, 5)])
def test_the_last_word_decides_whatever_was_said_before(first: tuple[int, float], second: tuple[int, float]) -> None:
    corrected = with_even_last_page(with_even_last_page(with_imprint(), *first), *second)
    assert text_of(corrected) == text_of(with_imprint()) or text_of(corrected).strip().startswith("正文。")
    direct = with_even_last_page(with_imprint(), *second)
    assert part(corrected) == part(direct)
    assert ("word/footer90.xml" in str(part(corrected, "[Content_Types].xml"))) == (second == (2, 5))


def test_a_paper_without_imprint_comes_back_as_it_was() -> None:
    data = small_template("正文")
    assert not has_imprint(data)
    assert with_estimated_last_page(data) == data
    assert with_even_last_page(data, 3) == data
    assert imprint_height(data) == 0


def test_a_longer_list_makes_a_taller_imprint() -> None:
    assert has_imprint(with_imprint())
    short, long = imprint_height(with_imprint()), imprint_height(with_imprint("某委员会，" * 40))
    assert 17 < short < 19
    assert long > short + 40


def test_the_same_input_gives_the_same_bytes() -> None:
    assert with_estimated_last_page(with_imprint()) == with_estimated_last_page(with_imprint())


def test_what_is_no_package_is_refused() -> None:
    with pytest.raises(TemplateError):
        with_even_last_page(b"no zip", 2)


@pytest.mark.parametrize(("lines", "pages"), [(1, 1), (22, 1), (23, 2), (44, 2), (45, 3)])
def test_full_lines_fill_pages(lines: int, pages: int) -> None:
    assert estimate(paper(*[paragraph(house.ADDRESSEE, "字" * 28) for _ in range(lines)])).pages == pages


def test_wrapped_lines_count() -> None:
    assert estimate(paper(body("字" * 26 + "字" * 28 * 21))).pages == 1
    assert estimate(paper(body("字" * 27 + "字" * 28 * 21))).pages == 2
    assert estimate(paper(body("字" * 26))).room_mm > 210


def indents(data: bytes) -> list[int]:
    return [int(indent.get(f"{W}left", "0")) for indent in etree.fromstring(part(data)).iter(f"{W}ind")]


def test_signatures_are_placed_by_their_widths() -> None:
    name, day = indents(fitted(paper(signature("某某区人民政府", "2027年1月15日"))))
    assert day < house.TYPE_WIDTH - 4 * house.CELL
    assert name > 14 * house.CELL
    long_name, _ = indents(fitted(paper(signature("某" * 27, "2027年1月15日"))))
    assert abs(long_name - house.CELL) <= 5  # as far left as its length asks, never past the edge
    name, day = indents(fitted(paper(signature("某某区人民政府办公室", "2027年1月15日", sealed=False))))
    assert (name, day) == ((28 - 2 - 10) * house.CELL, (28 - 2 - 10 + 2) * house.CELL)
    name, day = indents(fitted(paper(signature("某局", "2027年11月15日", sealed=False))))
    assert day - name == 2 * house.CELL


def test_unsealed_joint_names_begin_below_one_another() -> None:
    *names, day = indents(
        fitted(paper(joint_signature(("某某区委员会", "某某区人民政府"), "2027年1月5日", sealed=False)))
    )
    assert names[0] == names[1]
    assert day == names[0] + 2 * house.CELL


def test_many_seals_stand_in_rows_of_three() -> None:
    data = paper(joint_signature([f"某{number}局" for number in range(5)], "2027年1月5日"))
    rows = [
        ["".join(map(str, cell.itertext())) for cell in row.iter(f"{W}tc")]
        for row in etree.fromstring(part(data)).iter(f"{W}tr")
    ]
    assert rows[0] == ["某0局", "某1局", "某2局"]
    assert rows[4] == ["某3局", "某4局", ""]
    assert rows[5] == ["", "2027年1月5日", ""]


def test_what_still_holds_a_tag_is_left() -> None:
    data = paper(
        red_head(("{{ 区委 }}" * 5,)),
        signature("{{ 甲 }}", "{{ 乙 }}"),
        paragraph(house.TITLE, "{{ 很长 }}" * 9),
    )
    assert part(fitted(data)) == part(data)


def widths(data: bytes) -> list[int]:
    return [int(value) for value in re.findall(r'<w:w w:val="(\d+)"/>', part(data).decode())]


@pytest.mark.parametrize(
    ("organs", "narrow"), [(("某某区人民政府",), False), (("某" * 20,), True), (("某" * 20, "某某区"), True)]
)
def test_long_marks_are_narrowed(organs: tuple[str, ...], narrow: bool) -> None:
    found = widths(fitted(paper(red_head(organs))))
    assert bool(found) == narrow
    for scale in found:
        assert 33 <= scale < 100
        assert scale / 100 * len(max(organs, key=len)) * house.MARK_SIZE / 2 < house.TYPE_WIDTH / 20


def test_titles_are_broken_inside_their_runs() -> None:
    title = "某某区人民政府关于审定2027年度|重大项目计划的请示"
    data = fitted(paper(paragraph(house.TITLE, title)))
    assert text_of(data).strip() == title.replace("|", "\n")


def test_styles_are_known_by_name_where_a_program_renamed_them() -> None:
    data = paper(paragraph(house.TITLE, "甲|乙"))
    renamed = with_part(data, "word/styles.xml", part(data, "word/styles.xml").replace(b'"GWTitle"', b'"a7"'))
    renamed = with_part(renamed, "word/document.xml", part(data).replace(b'"GWTitle"', b'"a7"'))
    assert text_of(fitted(renamed)).strip() == "甲\n乙"


def test_preprinted_paper_keeps_all_but_the_red() -> None:
    data = paper(red_head(("某某区人民政府",)), body("正文。"))
    plain = preprinted(data)
    assert "某某区" not in text_of(plain)
    assert "正文。" in text_of(plain)
    assert part(plain).count(b"<w:trHeight") == part(data).count(b"<w:trHeight")


def test_heads_refuse_what_cannot_be() -> None:
    with pytest.raises(ValueError, match="organ"):
        red_head(())
    with pytest.raises(ValueError, match="signer"):
        signed_number("某发〔2027〕1号", ())


def crowded(addressees: str, copied: str = "市委办公室") -> str:
    """The text of a paper with these addressees after the second pass."""
    foot = imprint([("抄送", copied + "。", "")], "某办公室", "2027年1月1日印发")
    return text_of(
        with_estimated_last_page(
            paper(blank(lines=10), paragraph(house.ADDRESSEE, addressees + "："), body("正文。"), foot)
        )
    )


def test_addressees_move_to_the_imprint_only_where_they_crowd_out_the_text() -> None:
    few, many = "各镇", "某某区某某街道办事处，" * 40 + "各镇"
    assert "主送" not in crowded(few)
    moved = crowded(many)
    assert f"主送：{many}。" in moved
    assert f"{many}：" not in moved
    assert moved.index("主送：") < moved.index("抄送：")
    assert "主送" not in crowded(many, many)  # no room for both


def test_text_that_fills_its_last_face_does_not_push_out_a_further_one() -> None:
    data = with_even_last_page(with_imprint(), 3)
    root = etree.fromstring(part(data))
    closing = [each for each in root.iter(f"{W}p") if each.find(f"{W}pPr/{W}sectPr") is not None]
    assert ["".join(map(str, each.itertext())) for each in closing] == ["正文。"]
