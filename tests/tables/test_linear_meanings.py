"""What was one pattern and takes a moment only as code means what the pattern says, on texts of a usual length."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.spreadsheets.unit_words import SCALE, is_like_money
from pipeline.tables.heading_words import NAME_LEAF, is_about_money, names_no_field
from pipeline.tables.row_roles import _ends_counted, stated_count
from pipeline.tables.totals import labelled_sums

_COUNTED = re.compile(
    r".*(?:[(][^()]*\d+(?:个|项)(?:项目)?(?:[,;、。:][^()]*)?[)]|(?<![第\d])\d+(?:个|项)(?:项目)?)。?"
)
_COUNT = re.compile(r"[(:]?(?:项目)?(?:总数|个数|共计|合计|共有|共|计)?[:]?(\d+)(?:个|项)(?:项目)?[)]?(?=$|[,、;。:(])")
_IN_TEXT = re.compile(rf"([^,;:、。()]*?投资额?)[:为]?(\d+(?:\.\d+)?)({SCALE}?元)")
_NO_FIELD = re.compile(
    r".*(?:代码|编码|编号|性质|照片|图片|简称|电话|传真|邮箱|用户|面积|用地|录入时间|开发区|园区|产业链|批复|"
    r"率|比例|比重|百分比|占比|产值|税收|效益)(?:\(.*\))?|占.*|其中.*|.*其中.*|上年(?:度)?(?:工作)?[-—]?(?:完成)?投资.*|"
    r".*(?:上旬|中旬|下旬|季度|半年|月度).*|.*力争.*|实际总投资.*|上年.*|.*[部省市县]投资|.*(?<!全)市.*投资.*"
)
_NAME_LEAF = re.compile(r"(.+(?:单位|部门))(?:单位|业主|部门)?名称")
_MONEY_TAIL = re.compile(r"投资(?:金额|总额|额|数|计划)?$|投资\(.*\)$")


def made_of(*words: str) -> st.SearchStrategy[str]:
    return st.lists(st.sampled_from(words), max_size=8).map("".join)


@settings(max_examples=400)
@given(made_of("(", ")", "1", "12", "个", "项", "项目", "第", "共", "。", ",", "加快建设", ":"))
def test_a_count_at_the_end(text: str) -> None:
    assert _ends_counted(text) == bool(_COUNTED.fullmatch(text))
    found = _COUNT.search(text)
    assert stated_count(text) == (int(found[1]) if found else None)


@settings(max_examples=400)
@given(made_of("总投资", "投资额", "为", ":", "1", "20.5", "万", "亿", "元", ",", "(", ")", "年度"))
def test_sums_in_a_sentence(text: str) -> None:
    assert [tuple(each) for each in labelled_sums(text)] == _IN_TEXT.findall(text)


@settings(max_examples=400)
@given(
    made_of(
        "全市",
        "市",
        "县",
        "投资",
        "率",
        "代码",
        "(",
        ")",
        "占",
        "其中",
        "上年",
        "度",
        "实际总投资",
        "季度",
        "甲",
    )
)
def test_what_is_no_field(text: str) -> None:
    assert names_no_field(text) == bool(_NO_FIELD.fullmatch(text))
    assert is_about_money(text) == bool(_MONEY_TAIL.search(text))


@given(made_of("项目", "单位", "部门", "业主", "名称"))
def test_the_name_of_a_unit(text: str) -> None:
    mine, before = NAME_LEAF.fullmatch(text), _NAME_LEAF.fullmatch(text)
    assert (mine and mine[1]) == (before and before[1])


def test_signs_of_money_anywhere() -> None:
    assert [is_like_money(text) for text in ("a$b", "€", "万英镑", "甲", "%")] == [
        True,
        True,
        True,
        False,
        False,
    ]
