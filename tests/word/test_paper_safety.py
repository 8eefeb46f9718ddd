"""The last look at a paper: what neither the template nor a value may have brought in stops it."""

import pytest

from pipeline.errors import TemplateError
from pipeline.word.allowed_content import PAPER
from pipeline.word.clearing import cleared
from pipeline.word.issuing import Paper, issue_document
from pipeline.word.package import Member, unpack
from pipeline.word.paper_safety import require_allowed
from pipeline.word.template import Template
from tests.docx_reading import small_template
from tests.papers.sample_facts import BLUEPRINTS, sample
from tests.tasks.test_acceptance import REPOSITORY

HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


@pytest.fixture(scope="module")
def members() -> tuple[Member, ...]:
    return Template.compile(small_template("正文"), "测试.docx").members


@pytest.mark.parametrize("hidden", [b"<!--x-->", b"<?x y?>", b"<![CDATA[x]]>"])
def test_what_no_page_shows_stops_a_paper(members: tuple[Member, ...], hidden: bytes) -> None:
    spoilt = [
        Member(each.name, each.data.replace(b"</w:body>", hidden + b"</w:body>"))
        if each.name == "word/document.xml"
        else each
        for each in members
    ]
    with pytest.raises(TemplateError, match=r"word/document\.xml里有不显示的内容，没有生成文书"):
        require_allowed(members, spoilt)


def test_marks_that_a_text_may_hold_stop_nothing() -> None:
    template = Template.compile(small_template("{{ 标题 }}"), "测试.docx")
    issue_document(template, {"标题": "如何？！怎样??!!<!--甲--><?乙?>"}, Paper())


def test_an_added_part_is_judged_whole(members: tuple[Member, ...]) -> None:
    field = b'<w:p><w:fldSimple w:instr="DDEAUTO a b"/></w:p>'
    space = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    line = f'<Override PartName="/word/header9.xml" ContentType="{HEADER}"/></Types>'.encode()
    relation = (
        b'<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" '
        b'Target="header9.xml"/></Relationships>'
    )
    paper = [
        Member(each.name, each.data.replace(b"</Types>", line).replace(b"</Relationships>", relation))
        if each.name in ("[Content_Types].xml", "word/_rels/document.xml.rels")
        else each
        for each in members
    ]
    good = Member("word/header9.xml", b"<w:hdr " + space + b"><w:p/></w:hdr>")
    require_allowed(members, [*paper, good])
    with pytest.raises(TemplateError, match="DDEAUTO"):
        require_allowed(members, [*paper, Member(good.name, good.data.replace(b"<w:p/>", field))])


@pytest.mark.parametrize("name", sorted(BLUEPRINTS))
@pytest.mark.parametrize("paper", [Paper(), Paper(strict=True), Paper(preprinted=True)])
def test_every_kind_of_paper_is_what_the_list_allows(name: str, paper: Paper) -> None:
    template = Template.compile((REPOSITORY / "templates" / name).read_bytes(), name)
    made = issue_document(template, sample(BLUEPRINTS[name].facts), paper)
    assert cleared(unpack(made, name), PAPER).objections == ()
