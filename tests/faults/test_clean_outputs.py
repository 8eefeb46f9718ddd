"""Nothing but the text: no output carries a link to elsewhere, a trace of an editor, or a formula from a ledger."""

import io
import re
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from pipeline.errors import TemplateError
from pipeline.word.allowed_content import PAPER
from pipeline.word.clearing import cleared
from pipeline.word.package import unpack
from pipeline.word.template import Template
from pipeline.word.template_check import sentences
from pipeline.workbooks.promotion_ledger import project_ledger
from tests.docx_reading import part, problems_of, small_template, with_part, with_related, with_relation
from tests.papers.sample_facts import BLUEPRINTS, sample

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile" / "files"
PREFIXES = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "＋1", "－1", "＠A1", "{=1}", "=DDE(\"a\";\"b\")")  # fmt: skip
OUR_MARK = b'w:rsidR="00475700"'  # marks a paragraph that we added; no program's save number
# where the program, its user and its temporary files are, whatever machine the test runs on
OF_THIS_MACHINE = (Path(__file__).parents[2], Path.home(), Path(tempfile.gettempdir()))
FOUND_IN_PARTS = re.compile(
    rb'TargetMode="External"|attachedTemplate|altChunk|oleObject|<w:object\b|vbaProject|<w:(?:ins|del|moveFrom|moveTo)\b'
    rb"|<w:\w+Change\b|<w:comment|w:author=|lastModifiedBy>[^<]|<Company>[^<]|<dc:creator>[^<]|w:rsid|<w:vanish|<w:webHidden"
    rb"|\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|MACROBUTTON)\b|file:/|[A-Z]:\\|"
    + b"|".join(re.escape(str(place).encode()) for place in OF_THIS_MACHINE)
)
FOUND_IN_NAMES = re.compile(r"customXml|thumbnail|\.bin$|comments|people|vba|activeX", re.IGNORECASE)


def traces(data: bytes) -> Iterator[str]:
    """What a package carries that a reader of the page would not see."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            content = package.read(name)
            if FOUND_IN_NAMES.search(name):
                yield name
            if name.endswith(".xlsx"):
                yield from traces(content)
            elif found := FOUND_IN_PARTS.search(content.replace(OUR_MARK, b"")):
                yield f"{name}: {found.group().decode()}"


def test_no_output_of_the_sample_carries_a_trace(issued_year: Path) -> None:
    paths = [path for ending in ("docx", "xlsx") for path in (issued_year / "outputs").rglob(f"*.{ending}")]
    found = [(path.name, trace) for path in sorted(paths) for trace in traces(path.read_bytes())]
    print(f"\n{len(paths)}份输出：痕迹{len(found)}处")
    assert paths
    assert found == []


def test_every_paper_of_the_sample_is_what_the_list_allows(issued_year: Path) -> None:
    paths = sorted((issued_year / "outputs").rglob("*.docx"))
    assert paths
    for path in paths:
        assert cleared(unpack(path.read_bytes(), path.name), PAPER).objections == (), path.name


IN_TEXT = (
    '<w:ins w:id="1" w:author="x"><w:r><w:t>甲</w:t></w:r></w:ins>', '<w:del w:id="1"><w:r><w:delText>甲</w:delText></w:r></w:del>',
    '<w:moveTo w:id="1"><w:r><w:t>甲</w:t></w:r></w:moveTo>', '<w:commentRangeStart w:id="1"/>', "<w:object/>", "<w:control/>",
    "<w:r><w:rPr><w:vanish/></w:rPr><w:t>甲</w:t></w:r>", "<w:r><w:rPr><w:webHidden/></w:rPr><w:t>甲</w:t></w:r>",
    '<w:fldSimple w:instr=" DDEAUTO c "/>', '<w:fldSimple w:instr="INCLUDEPICTURE a"/>', '<w:fldSimple w:instr=" DATE "/>',
    "<w:r><w:instrText>INCLUDE</w:instrText></w:r><w:r><w:instrText>TEXT c:/a</w:instrText></w:r>",
    "<w:r><w:instrText> AUTHOR </w:instrText></w:r>", '<w:smartTag w:element="a"/>',
    "<w:r><w:rPr><w:rPrChange w:id='1'/></w:rPr></w:r>",
)  # fmt: skip
IN_PARTS = (
    ("word/vbaProject.bin", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "application/vnd.ms-office.vbaProject"),
    ("word/activeX/activeX1.xml", "control", "application/vnd.ms-office.activeX+xml"),
    ("word/embeddings/oleObject1.bin", "oleObject", "application/vnd.openxmlformats-officedocument.oleObject"),
    ("word/embeddings/a.xlsx", "package", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("word/comments.xml", "comments", "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"),
    ("word/afchunk.html", "aFChunk", "text/html"), ("word/a.xml", "aFChunk", "application/xml"),
    ("word/a.xml", "oleObject", "application/xml"),
)  # fmt: skip
IN_RELATIONS = (
    ("attachedTemplate", "a.dotm", "word/settings.xml", "External"), ("attachedTemplate", "a.dotm", "word/settings.xml", ""),
    ("image", "http://example.invalid/a.png", "word/document.xml", ""), ("image", "C:\\a.png", "word/document.xml", "External"),
    ("image", "\\\\server\\a.png", "word/document.xml", ""), ("styles", "../../a.xml", "word/document.xml", ""),
    ("hyperlink", "http://example.invalid/", "word/footer3.xml", "External"),
)  # fmt: skip


def refused(data: bytes) -> None:
    message = sentences(problems_of(data, "测试.docx", {}))
    assert message.startswith("模板“测试.docx”")
    assert message.endswith("。")
    with pytest.raises(TemplateError, match="模板“测试"):
        Template.compile(data, "测试.docx")


@pytest.mark.parametrize("markup", IN_TEXT)
@pytest.mark.parametrize("name", ["word/document.xml", "word/footer3.xml"])
def test_templates_with_traces_are_refused(name: str, markup: str) -> None:
    data = small_template("正文")
    refused(with_part(data, name, part(data, name).decode().replace("</w:p>", markup + "</w:p>", 1).encode()))


@pytest.mark.parametrize(("name", "relation", "content_type"), IN_PARTS)
def test_templates_with_foreign_parts_are_refused(name: str, relation: str, content_type: str) -> None:
    refused(with_related(small_template("正文"), name, b"<x/>", relation, content_type))


@pytest.mark.parametrize(("name", "relation", "content_type"), IN_PARTS)
def test_what_nothing_refers_to_does_not_reach_documents(name: str, relation: str, content_type: str) -> None:
    data = with_part(small_template("正文"), name, b"<x/>")
    assert Template.compile(data, "测试.docx").render({}) == Template.compile(
        small_template("正文"), "测试.docx"
    ).render({})


@pytest.mark.parametrize(("relation", "target", "source", "mode"), IN_RELATIONS)
def test_templates_that_refer_to_elsewhere_are_refused(relation: str, target: str, source: str, mode: str) -> None:
    refused(with_relation(small_template("正文"), relation, target, source, mode))


PERSONAL = (
    ("docProps/core.xml", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", ""),
    ("about/who.xml", "extended-properties", ""), ("docProps/custom.xml", "custom-properties", ""),
    ("docProps/thumbnail.jpeg", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/thumbnail", ""),
    ("customXml/item1.xml", "customXml", "word/document.xml"),
    ("word/people.xml", "http://schemas.microsoft.com/office/2011/relationships/people", "word/document.xml"),
)  # fmt: skip


def test_what_an_editor_notes_of_itself_does_not_reach_documents() -> None:
    data = small_template("正文")
    settings = part(data, "word/settings.xml").decode()
    noted = settings.replace("</w:settings>", '<w:rsids><w:rsid w:val="00AB12CD"/></w:rsids></w:settings>')
    assert noted != settings
    data = with_part(data, "word/settings.xml", noted.encode())
    for name, relation, source in PERSONAL:
        data = with_related(data, name, b"<Company>x</Company>", relation, "application/xml", source)
    body = part(data).decode().replace("<w:p>", '<w:p w:rsidR="00AB12CD">', 1)
    data = with_part(data, "word/document.xml", body.encode())
    made = Template.compile(data, "测试.docx").render({})
    assert list(traces(made)) == []
    assert set(zipfile.ZipFile(io.BytesIO(made)).namelist()).isdisjoint({name for name, *_ in PERSONAL})


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="没有共用的有害文件")
@pytest.mark.parametrize("number", range(21))
def test_the_hostile_templates_get_their_verdict(number: int) -> None:
    names = {"title": "", "total": "金额", "rows": [{"name": ""}]}
    path = next(HOSTILE.rglob(f"w{number:02d}_*.docx"), None)
    if path is None:
        pytest.skip("没有这个编号的文件")
    data = path.read_bytes()
    problems = problems_of(data, path.name, names)
    assert bool(problems) == (number != 0), path.name
    if number:
        with pytest.raises(TemplateError):
            Template.compile(data, path.name).render({"title": "甲", "total": 1, "rows": []})


def formulas(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_a_project_ledger_makes_no_formula_of_text(prefix: str) -> None:
    def spoiled(value: object) -> object:
        if isinstance(value, dict):
            return {key: spoiled(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [spoiled(inner) for inner in value]
        return f"{prefix}{value}" if isinstance(value, str) else value

    context = spoiled(dict(sample(BLUEPRINTS["推进方案.docx"].facts)))
    assert isinstance(context, dict)
    made = project_ledger(context)
    assert formulas(made) == []
    cells = [str(cell.value) for sheet in openpyxl.load_workbook(io.BytesIO(made)) for row in sheet for cell in row]
    assert any(prefix.strip() in cell for cell in cells)


def test_no_workbook_of_the_sample_holds_a_formula(issued_year: Path) -> None:
    paths = sorted((issued_year / "outputs").rglob("*.xlsx"))
    assert paths
    assert {path.name: found for path in paths if (found := formulas(path.read_bytes()))} == {}
