"""What other programs honestly write into a template or a paper is no reason to refuse it."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from PIL import Image

from pipeline.lint.lint_rule import Severity
from pipeline.lint.linting import lint
from pipeline.word.allowed_content import CLERK, REVIEW, SPACES, TEMPLATE
from pipeline.word.clearing import cleared
from pipeline.word.namespaces import A, W
from pipeline.word.package import Member, unpack
from pipeline.word.template import Template
from pipeline.word.template_check import sentences
from tests.docx_reading import (
    part,
    problems_of,
    small_template,
    text_of,
    with_part,
    with_related,
    with_relation,
)
from tests.office_present import all_saved_by_office
from tests.papers.sample_facts import BLUEPRINTS, sample
from tests.specimens import SPECIMENS
from tests.tampered_packages import ELEMENTS, FIELDS, SETTINGS
from tests.tampering import MICROSOFT, PACKAGE, WORD_TYPE
from tests.tasks.test_acceptance import REPOSITORY

REAL = REPOSITORY.parent / "shared" / "real-docx"
_MAIN = "word/document.xml"
_WPS = "http://www.wps.cn/officeDocument/2013/wpsCustomData"


def test_templates_that_libreoffice_saved_again_are_used(tmp_path: Path) -> None:
    """The shipped ones must still print; specimens of every form stand for templates that an office makes."""
    paths = [REPOSITORY / "templates" / name for name in sorted(BLUEPRINTS)]
    for name, build in SPECIMENS.items():
        paths.append(tmp_path / f"{name}.docx")
        paths[-1].write_bytes(build())
    saved = all_saved_by_office(paths, "docx", tmp_path)
    assert len(saved) >= 20
    refused = {}
    for path in saved:
        blueprint = BLUEPRINTS.get(path.name)
        if problems := problems_of(path.read_bytes(), path.name, blueprint.names if blueprint else {}):
            refused[path.name] = sentences(problems)
        elif blueprint:
            made = Template.compile(path.read_bytes(), path.name).render(sample(blueprint.facts))
            assert "2027" in text_of(made)
    print(f"\nLibreOffice另存的模板{len(saved)}个：误拒{len(refused)}个")
    assert refused == {}


def of_wps() -> bytes:
    """A template as WPS and Word save one: additions, save numbers, custom properties, their own fonts and settings."""
    data = small_template("{{ 标题 }}")
    body = part(data).decode()
    body = body.replace(
        "<w:document ",
        f'<w:document xmlns:wpsCustomData="{_WPS}" xmlns:w14="{MICROSOFT}word/2010/wordml" xmlns:w15="{MICROSOFT}word/2012/wordml" '
        f'xmlns:wp14="{MICROSOFT}word/2010/wordprocessingDrawing" xmlns:cx="{MICROSOFT}drawing/2014/chartex" mc:Ignorable="w14 w15 wp14" ',
        1,
    )
    body = body.replace(
        "<w:p>",
        '<w:p w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00AB12CD" w:rsidRDefault="00AB12CD">',
        1,
    )
    noise = (
        '<w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/><w:proofErr w:type="spellStart"/></w:p>'
    )
    data = with_part(data, _MAIN, body.replace("</w:p>", noise, 1).encode())
    settings = part(data, "word/settings.xml").decode()
    more = (
        '<w:hdrShapeDefaults><o:shapedefaults xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:v="urn:schemas-microsoft-com:vml" '
        'v:ext="edit" spidmax="2050"/></w:hdrShapeDefaults><w:rsids><w:rsidRoot w:val="00AB12CD"/><w:rsid w:val="00AB12CD"/></w:rsids>'
        f'<w15:docId xmlns:w15="{MICROSOFT}word/2012/wordml" w15:val="{{00000000-0000-0000-0000-000000000000}}"/></w:settings>'
    )
    compat = "<w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting "
    settings = settings.replace("<w:compatSetting ", compat, 1).replace("</w:settings>", more)
    data = with_part(data, "word/settings.xml", settings.encode())
    fonts = part(data, "word/fontTable.xml").decode()
    font = '<w:font w:name="WPS灵秀黑"><w:panose1 w:val="02010600030101010101"/><w:sig w:usb0="00000003" w:usb1="00000000" w:usb2="00000000" w:usb3="00000000" w:csb0="00040000" w:csb1="00000000"/></w:font></w:fonts>'
    data = with_part(data, "word/fontTable.xml", fonts.replace("</w:fonts>", font).encode())
    for name, kind, content, content_type, source in (
        ("docProps/custom.xml", "custom-properties", "<x>KSOProductBuildVer</x>", "application/xml", ""),
        ("docProps/app.xml", "extended-properties", "<x>WPS Office</x>", "application/xml", ""),
        ("docProps/core.xml", f"{PACKAGE}core-properties", "<x>张某某</x>", "application/xml", ""),
        ("customXml/item1.xml", "customXml", f'<x xmlns="{_WPS}"/>', "application/xml", _MAIN),
        (
            "word/people.xml",
            f"{MICROSOFT}2011/relationships/people",
            "<x>张某某</x>",
            "application/xml",
            _MAIN,
        ),
        (
            "word/webSettings.xml",
            "webSettings",
            f'<w:webSettings xmlns:w="{W}"/>',
            f"{WORD_TYPE}webSettings+xml",
            _MAIN,
        ),
        (
            "word/glossary/document.xml",
            "glossaryDocument",
            f'<w:glossaryDocument xmlns:w="{W}"/>',
            f"{WORD_TYPE}document.glossary+xml",
            _MAIN,
        ),
    ):
        data = with_related(data, name, content.encode(), kind, content_type, source)
    return with_relation(data, "customXmlProps", "itemProps1.xml", "customXml/item1.xml")


def test_what_wps_adds_is_left_out_without_a_word() -> None:
    template = Template.compile(of_wps(), "测试.docx")
    made = template.render({"标题": "题目"})
    assert text_of(made) == "题目"
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        everything = b"".join(name.encode() + package.read(name) for name in package.namelist())
    assert "WPS灵秀黑".encode() in everything
    for trace in (
        "rsid",
        "w14",
        "w15",
        "KSOProduct",
        "张某某",
        "_GoBack",
        "customXml",
        "docProps",
        "wps.cn",
        "people",
    ):
        assert trace.encode() not in everything


def test_a_template_keeps_its_picture_by_whatever_identifier() -> None:
    target = io.BytesIO()
    Image.new("RGB", (3, 2), (200, 0, 0)).save(target, "png")
    shown = f'<w:r><w:drawing><a:blip xmlns:a="{A}" r:embed="logo"/></w:drawing></w:r>'
    data = with_related(_with_markup(shown), "word/media/标志.png", target.getvalue(), "image", "image/png", _MAIN)
    relations = part(data, "word/_rels/document.xml.rels").decode()
    added = re.findall(r'Id="([^"]+)"[^>]*image', relations)[-1]
    data = with_part(data, "word/_rels/document.xml.rels", relations.replace(f'"{added}"', '"logo"').encode())
    made = Template.compile(data, "测试.docx").render({})
    identifier = re.findall(r'embed="(rId\d+)"', part(made).decode())[0]
    line = next(
        each for each in part(made, "word/_rels/document.xml.rels").decode().split("<") if f'"{identifier}"' in each
    )
    assert 'Target="media/image1.png"' in line
    assert part(made, "word/media/image1.png") == target.getvalue()


def test_a_drawing_keeps_every_word_that_word_writes() -> None:
    old = (
        '<v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e">'
        '<v:formulas><v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/></v:formulas>'
        '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800" o:connectangles="270,180,90,0"/>'
        '<v:textpath on="t" fitshape="t"/><v:handles><v:h position="#0,bottomRight" xrange="6629,14971"/></v:handles>'
        '<o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
        '<v:shape id="_x0000_s1026" o:spid="_x0000_s1026" type="#_x0000_t136" style="width:10pt;height:20pt" fillcolor="red" strokeweight="1pt">'
        '<v:stroke joinstyle="miter"/><v:textpath style="font-family:宋体" string="样例"/><w10:wrap type="square" anchorx="page"/></v:shape>'
    )
    new = (
        '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:spPr bwMode="auto">'
        '<a:xfrm rot="5" flipH="1"><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:custGeom><a:avLst/><a:gdLst><a:gd name="g" fmla="val 1"/>'
        '</a:gdLst><a:rect l="0" t="0" r="r" b="b"/><a:pathLst><a:path w="9" h="9" fill="none"><a:moveTo><a:pt x="0" y="1"/></a:moveTo>'
        '<a:arcTo wR="1" hR="1" stAng="0" swAng="1"/><a:close/></a:path></a:pathLst></a:custGeom><a:ln w="9525" cap="flat" cmpd="sng" algn="ctr">'
        '<a:solidFill><a:scrgbClr r="1" g="2" b="3"><a:alpha val="5"/></a:scrgbClr></a:solidFill><a:miter lim="800000"/><a:tailEnd type="none" w="med"'
        ' len="med"/></a:ln></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    )
    data = _with_markup(f"<w:r><w:pict>{old}</w:pict></w:r><w:r><w:drawing>{new}</w:drawing></w:r>")
    data = with_part(data, _MAIN, _with_spaces(part(data).decode()).encode())
    found = cleared(unpack(data, "测试.docx"), TEMPLATE)
    assert found.objections == ()
    kept = next(member.data.decode() for member in found.members if member.name == _MAIN)
    assert kept == part(data).decode()


def _with_spaces(text: str) -> str:
    """The part with every usual namespace declared."""
    absent = [(prefix, space) for prefix, space in SPACES.items() if f"xmlns:{prefix}=" not in text]
    more = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in absent if prefix != "xml")
    return text.replace("<w:document ", f"<w:document {more} ", 1)


@pytest.mark.parametrize(
    "instruction",
    [
        "PAGE", " PAGE  \\* MERGEFORMAT ", "PAGE \\*CHINESENUM3 \\* MERGEFORMAT", "numpages", 'TOC \\o "1-3" \\h \\z \\u', 'TOC \\t "标题 样式,1"',
        "PAGEREF _Toc123456 \\h", "REF _Ref1 \\r \\h", "SEQ 表 \\* ARABIC \\s 1", 'HYPERLINK \\l "_Toc123456"', "HYPERLINK \\l _Toc123456",
        'PAGE \\# "0"',
    ],
)  # fmt: skip
def test_fields_that_read_the_document_itself_are_used(instruction: str) -> None:
    ends = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    code = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
    Template.compile(_with_markup(f"{ends[0]}{code}{ends[1]}<w:r><w:t>1</w:t></w:r>{ends[2]}"), "测试.docx")


def _with_markup(markup: str, name: str = _MAIN, before: str = "</w:p>") -> bytes:
    data = small_template("正文")
    return with_part(data, name, part(data, name).decode().replace(before, markup + before, 1).encode())


def test_a_review_copy_keeps_revisions_and_comments_under_one_name() -> None:
    revised = (
        '<w:ins w:id="1" w:author="张某某" w:date="2027-01-01T00:00:00Z"><w:r><w:t>增</w:t></w:r></w:ins><w:commentRangeStart w:id="0"/>'
        '<w:del w:id="2" w:author="李某"><w:r><w:delText>删</w:delText></w:r></w:del><w:commentRangeEnd w:id="0"/>'
    )
    remark = f'<w:comments xmlns:w="{W}"><w:comment w:id="0" w:author="张某某" w:initials="张" w:date="2027-01-01T00:00:00Z"><w:p/></w:comment></w:comments>'
    data = with_related(
        _with_markup(revised), "word/remarks.xml", remark.encode(), "comments", f"{WORD_TYPE}comments+xml"
    )
    found = cleared(unpack(data, "审阅.docx"), REVIEW)
    assert found.objections == ()
    texts = {member.name: member.data.decode() for member in found.members}
    assert "张" not in "".join(texts.values())
    assert 'w:author="办公室"' in texts["word/comments.xml"]
    assert texts[_MAIN].count('w:author="办公室"') == 2
    assert "w:date=" not in "".join(texts.values())
    assert "增" in texts[_MAIN]
    assert "删" in texts[_MAIN]
    active = cleared(unpack(_with_markup('<w:fldSimple w:instr="DDE a b"/>'), "审阅.docx"), REVIEW)
    assert [objection.label for objection in active.objections] == ["域"]


def clerks_own(data: bytes) -> tuple[tuple[Member, ...], set[str]]:
    found = cleared(unpack(data, "来文.docx"), CLERK)
    return found.members, {objection.label for objection in found.objections}


def test_a_clerks_own_file_keeps_its_text_byte_for_byte() -> None:
    data = of_wps()
    members, labels = clerks_own(data)
    assert labels == set()
    kept = {member.name: member.data for member in members}
    for name in (_MAIN, "word/settings.xml", "word/fontTable.xml", "word/styles.xml"):
        assert kept[name] == part(data, name)
    assert not {name for name in kept if name.startswith(("docProps/", "customXml/")) or "people" in name}
    assert b"docProps" not in kept["[Content_Types].xml"] + kept["_rels/.rels"]


@pytest.mark.parametrize(
    ("data", "label"),
    [
        (_with_markup('<w:fldSimple w:instr="DDEAUTO a b"/>'), "域"),
        (_with_markup("<w:r><w:instrText><!--x-->INCLUDETEXT a</w:instrText></w:r>"), "域"),
        (_with_markup("<w:r><w:object/></w:r>"), "嵌入对象或控件"),
        (with_relation(small_template("正文"), "image", "http://example.invalid/a.png", mode="External"), "外部内容"),
        (with_relation(small_template("正文"), "attachedTemplate", "file:///C:/a.dotm", "word/settings.xml", "External"), "所附模板"),
        (with_related(small_template("正文"), "word/a.bin", b"x", f"{MICROSOFT}2006/relationships/vbaProject"), "宏"),
    ],
)  # fmt: skip
def test_active_or_remote_content_of_a_clerks_own_file_is_refused(data: bytes, label: str) -> None:
    members, labels = clerks_own(data)
    assert members == ()
    assert labels == {label}


def test_a_link_to_a_page_in_a_clerks_own_file_is_left_and_noted() -> None:
    data = with_relation(small_template("正文"), "hyperlink", "https://example.invalid/", mode="External")
    members, labels = clerks_own(data)
    assert (labels, bool(members)) == (set(), True)
    noted = [finding for finding in lint(data, "来文.docx").findings if finding.rule == "XML-01d"]
    assert [(finding.severity, "链接" in finding.found) for finding in noted] == [(Severity.NOTE, True)]


@pytest.mark.skipif(not REAL.is_dir(), reason="没有共用的真实公文")
def test_real_papers_are_clerks_own_files() -> None:
    refused = {}
    for path in sorted(REAL.glob("*.do[ct]x")):
        members, labels = clerks_own(path.read_bytes())
        if labels:
            refused[path.name] = labels
        else:
            assert part(path.read_bytes()) == {member.name: member.data for member in members}[_MAIN]
    assert all(labels <= {"所附模板", "所附模板或邮件合并"} for labels in refused.values()), refused
    assert len(refused) <= 1  # one was made from a template on its author's disk


@pytest.mark.skipif(not REAL.is_dir(), reason="没有共用的真实公文")
def test_real_papers_would_do_as_templates() -> None:
    """What is refused of them is remarks, links, a date that changes, a template elsewhere: never how a program wrote it."""
    refused = {}
    for path in sorted(REAL.glob("*.do[ct]x")):
        labels = {each.label for each in cleared(unpack(path.read_bytes(), path.name), TEMPLATE).objections}
        if labels:
            refused[path.name] = labels
    reasons = {"批注", "修订痕迹", "外部内容", "域", "所附模板", "所附模板或邮件合并"}
    assert all(labels & reasons for labels in refused.values()), refused
    assert len(refused) <= 4


ACTIVE = (
    *(f'<w:fldSimple w:instr="{code.format("zz").replace(chr(34), "&quot;")}"/>' for code in FIELDS if code.startswith(("DDE", "INCLUDE", "LINK", "MACRO"))),
    *(each.replace("{}", "zz") for each in ELEMENTS if any(word in each for word in ("src=", "OLEObject", "control", "ax:ocx", "Macro", "altChunk", "subDoc", "ppaction", "svg:", "xi:"))),
)  # fmt: skip


@pytest.mark.parametrize("markup", ACTIVE)
def test_lint_names_what_is_active(markup: str) -> None:
    found = [finding for finding in lint(_with_markup(markup), "来文.docx").findings if finding.rule == "XML-01d"]
    assert any(finding.severity is Severity.ERROR for finding in found)
    assert all(finding.where and finding.found and finding.asked for finding in found)


@pytest.mark.parametrize(
    "setting", [each for each in SETTINGS if "Schema" in each or "Xslt" in each or "mailMerge" in each]
)
def test_lint_names_what_is_active_in_settings(setting: str) -> None:
    data = _with_markup(setting.replace("{}", "zz"), "word/settings.xml", "</w:settings>")
    assert "XML-01d" in {finding.rule for finding in lint(data, "来文.docx").findings}
