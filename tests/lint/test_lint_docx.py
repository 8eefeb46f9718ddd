"""Reading any .docx, ours or not: formats, roles, forms, reports; nothing in a file can stop the lint."""

import io
import random
import zipfile

import pytest
from lxml import etree

from pipeline.lint import package_parts
from pipeline.lint.docx_model import Docx, Form
from pipeline.lint.docx_reader import read_docx
from pipeline.lint.lint_rule import LintReport, Severity
from pipeline.lint.lint_rules import DOCX_RULES
from pipeline.lint.linting import NOT_RENDERED, UNREADABLE, lint
from pipeline.lint.roles_named import Role
from pipeline.lint.text_patterns import day_of, han_number, kind_of_title, unfilled
from pipeline.papers.paper_kinds import placeholder_names
from pipeline.word.namespaces import CONTENT_TYPES, DECLARATIONS, RELATIONSHIPS, A, W
from tests import specimens
from tests.planted import DOCUMENT, STYLES, findings, notice, planted, rules_of

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SECTION = (
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" w:footer="992" w:gutter="0"/>'
    "</w:sectPr>"
)


def line(text: str, *, size: int = 32, font: str = "仿宋", align: str = "both", colour: str = "", indent: bool = False,
         right: int = 0, extra: str = "") -> str:  # fmt: skip
    """A paragraph as other programs write it: no named style, everything direct."""
    ind = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent else ""
    ind = f'<w:ind w:right="{right}"/>' if right else ind
    paint = f'<w:color w:val="{colour}"/>' if colour else ""
    return (
        f'<w:p><w:pPr>{extra}<w:spacing w:line="579" w:lineRule="exact"/>{ind}<w:jc w:val="{align}"/></w:pPr>'
        f'<w:r><w:rPr><w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}"/>{paint}<w:sz w:val="{size}"/>'
        f"</w:rPr><w:t>{text}</w:t></w:r></w:p>"
    )


def foreign(body: str, styles: str = "", theme: str = "", section: str = _SECTION) -> bytes:
    """A package with the least that Word needs."""
    relations = "".join(
        f'<Relationship Id="{name}" Type="{_REL}/{name}" Target="{name}.xml"/>' for name in ("styles", "theme")
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{CONTENT_TYPES}"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="r" '
        f'Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        DOCUMENT: f"<w:document {DECLARATIONS}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONSHIPS}">{relations}</Relationships>',
        STYLES: f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
        "word/theme.xml": f'<a:theme xmlns:a="{A}">{theme}</a:theme>',
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return target.getvalue()


def read(body: str, styles: str = "", theme: str = "") -> Docx:
    return read_docx(foreign(body, styles, theme), "试.docx")


def roles(document: Docx) -> list[Role]:
    return [item.role for item in document.paragraphs if item.plain]


def _zip(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return target.getvalue()


_NEW_PAGE = "<w:pageBreakBefore/>"
PAPER = "".join(
    [
        line("示例区人民政府文件", size=90, font="方正小标宋简体", align="center", colour="FF0000"),
        line(""), line(""),
        line("示政发〔2027〕8号", align="center"),
        line("", extra='<w:pBdr><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:pBdr>'),
        line(""), line(""),
        line("关于下达计划的通知", size=44, font="方正小标宋简体", align="center"),
        line(""),
        line("各镇、街道："),
        line("现将有关事项通知如下。", indent=True),
        line("一、总体要求", font="黑体", indent=True),
        line("（一）加强领导", font="楷体", indent=True),
        line("1.明确责任。各单位要明确专人，按月报送。", indent=True),
        line("附件：任务表", indent=True),
        line("示例区人民政府", align="right", right=1209),
        line("2027年1月15日", align="right", right=1264),
        line("（此件公开发布）", indent=True),
        line("附件", font="黑体", extra=_NEW_PAGE),
        line("任务表", size=44, font="方正小标宋简体", align="center"),
        line("抄送：市委办公室。", size=28),
        line("示例区人民政府办公室　2027年1月16日印发", size=28),
    ]
)  # fmt: skip


def test_parts_of_a_foreign_paper_are_known_by_how_they_read() -> None:
    assert roles(read(PAPER)) == [
        Role.MARK, Role.NUMBER, Role.TITLE, Role.ADDRESSEE, Role.BODY, Role.HEADING_1, Role.HEADING_2, Role.BODY,
        Role.ANNEX_NOTE, Role.SIGNATURE, Role.DATE, Role.REMARK, Role.ANNEX_LABEL, Role.ANNEX_TITLE, Role.IMPRINT,
        Role.IMPRINT_LINE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "form"),
    [
        ("", "", Form.DOWNWARD),
        ("8号", "8号　　签发人：王建国", Form.DOWNWARD),
        ("计划的通知", "计划的请示", Form.UPWARD),
        ("人民政府文件", "人民政府令", Form.ORDER),
        ("人民政府文件", "人民政府会议纪要", Form.MINUTES),
        ("人民政府文件", "重点项目简报", Form.BRIEFING),
    ],
)
def test_the_form_is_known_by_mark_and_title(old: str, new: str, form: Form) -> None:
    assert read(PAPER.replace(old, new) if old else PAPER).form is form


def test_a_letter_is_known_by_its_number_and_kind() -> None:
    body = PAPER.replace("人民政府文件", "人民政府").replace("计划的通知", "计划的函")
    assert read(body).form is Form.LETTER


def test_text_without_parts_of_a_paper_is_none() -> None:
    report = lint(foreign(line("Hello")), "x.docx")
    assert report.form == Form.FOREIGN.value
    assert "看不出是公文" in next(item.reason for item in report.not_run if item.rule == "FONT-01")


def test_official_text_without_a_red_head_is_plain() -> None:
    body = line("关于工作的报告", size=44, align="center") + line("区委：") + line("情况如下。" * 20)
    assert read(body).form is Form.PLAIN


def test_formats_come_from_defaults_then_ancestors_then_the_paragraph() -> None:
    styles = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:pPr><w:jc w:val="both"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="A"><w:name w:val="甲"/><w:basedOn w:val="N"/><w:pPr><w:ind w:left="100" w:hanging="50"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="C"><w:rPr><w:rFonts w:eastAsia="楷体"/></w:rPr></w:style>'
    )
    body = (
        '<w:p><w:pPr><w:pStyle w:val="A"/><w:ind w:firstLine="200"/></w:pPr><w:r><w:t>文</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="C"/><w:b w:val="0"/><w:sz w:val="32"/></w:rPr><w:t>字</w:t></w:r></w:p>'
    )
    item = read(body, styles).paragraphs[0]
    assert (item.style, item.format.align, item.format.left, item.format.first_line) == (
        "甲",
        "both",
        100,
        200,
    )
    plain, styled = (run.format for run in item.runs)
    assert (plain.han, plain.size, plain.bold) == ("宋体", 28, True)
    assert (styled.han, styled.size, styled.bold) == ("楷体", 32, False)


def test_styles_that_are_based_on_each_other_do_not_hang() -> None:
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:basedOn w:val="{other}"/></w:style>'
        for one, other in ("AB", "BA")
    )
    assert read('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>', styles).paragraphs[0].format.align == "left"


def test_theme_fonts_are_looked_up_and_reported() -> None:
    theme = '<a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/><a:font script="Hans" typeface="等线"/></a:minorFont>'
    run = '<w:r><w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia" w:asciiTheme="minorAscii"/></w:rPr><w:t>文</w:t></w:r>'
    look = read(f"<w:p>{run}</w:p>", theme=theme).paragraphs[0].runs[0].format
    assert (look.han, look.latin, look.themed) == ("等线", "Calibri", True)


def test_text_boxes_and_lines_of_old_programs_are_read() -> None:
    box = (
        '<w:p><w:r><w:pict><v:shape style="position:absolute;margin-left:10pt;width:200pt;height:50pt;v-text-anchor:bottom">'
        f"<v:textbox><w:txbxContent>{line('示例区人民政府文件', size=110, colour='FF0000')}</w:txbxContent></v:textbox></v:shape>"
        '<v:line from="0,0" to="442pt,0" strokecolor="red" strokeweight="1.5pt"/></w:pict></w:r></w:p>'
    )
    document = read(box + line("示政发〔2027〕8号", align="center"))
    assert [item.plain for item in document.of(Role.MARK)] == ["示例区人民政府文件"]
    frame, rule = document.boxes
    assert frame.width == pytest.approx(70.56, abs=0.1)
    assert (frame.anchor, frame.bottom) == ("b", None)
    assert rule.is_line
    assert rule.is_red
    assert rule.width == pytest.approx(155.9, abs=0.1)


def test_deleted_text_is_not_read_and_inserted_text_is() -> None:
    body = (
        '<w:p><w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>新</w:t></w:r></w:ins>'
        '<w:hyperlink><w:r><w:t>文</w:t><w:tab/><w:br/></w:r></w:hyperlink><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p>'
    )
    item = read(body).paragraphs[0]
    assert item.text == "新文\t\n1"
    assert item.fields == ("PAGE",)


def test_the_strict_profile_is_accepted() -> None:
    data = planted(
        specimens.report(),
        'w:top="2098" w:right="1474" w:bottom="1984"',
        'w:top="1960" w:right="1474" w:bottom="1847"',
    )
    data = planted(data, 'w:linePitch="579"', 'w:linePitch="592"')
    data = planted(data, 'w:line="579"', 'w:line="592"', STYLES)
    data = planted(data, 'w:footer="1434"', 'w:footer="1297"')
    report = lint(data, "x.docx")
    assert [finding.sentence for finding in report.findings] == []
    assert "33476" in report.profile


def test_a_margin_off_by_less_than_a_millimetre_is_a_warning() -> None:
    data = planted(notice(), 'w:top="2098"', 'w:top="2120"')
    assert [finding.severity for finding in findings(data)] == [Severity.WARNING, Severity.WARNING]


def test_other_programs_defaults_weigh_less_in_a_foreign_file() -> None:
    found = {finding.rule: finding.severity for finding in findings(foreign(PAPER))}
    assert found["PAGE-08"] is Severity.NOTE
    assert found["PAGE-07a"] is Severity.NOTE
    assert found["PNUM-01a"] is Severity.ERROR


def test_equal_findings_are_gathered_with_their_number() -> None:
    data = foreign(PAPER + line("正文", size=28) * 3)
    where = next(finding.where for finding in findings(data) if finding.rule == "PAGE-08")
    assert "等" in where
    assert where.endswith("处")


_MARK = line("示例区人民政府文件", size=90, font="方正小标宋简体", align="center", colour="FF0000")
_TITLE = line("关于下达计划的通知", size=44, font="方正小标宋简体", align="center")


def _title(*lines: str) -> str:
    return "".join(line(text, size=44, font="方正小标宋简体", align="center") for text in lines)


@pytest.mark.parametrize(
    ("rule", "old", "new"),
    [
        ("HEAD-04", _MARK, _MARK.replace('w:val="center"', 'w:val="left"')),
        ("HEAD-04", _MARK, _MARK.replace('w:sz w:val="90"', 'w:sz w:val="220"')),
        ("HEAD-04", _MARK, ""),
        ("HEAD-05", _MARK, line("区委", size=90, colour="FF0000", align="center") + _MARK),
        ("HEAD-01", _MARK, line("机密★1年", font="黑体") + _MARK),
        ("HEAD-01", _MARK, line("000001", indent=True) + _MARK),
        ("HEAD-02a", _MARK, line("急件", font="黑体") + _MARK),
        ("HEAD-06a", "示政发〔2027〕8号", "示政发〔2027〕第8号"),
        ("HEAD-06a", "示政发〔2027〕8号", "示例区政发〔27〕8号"),
        ("HEAD-08", 'w:val="single" w:sz="12"', 'w:val="nil" w:sz="12"'),
        ("HEAD-08", '<w:pBdr><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:pBdr>',
         '<w:pBdr><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:pBdr><w:ind w:left="300"/>'),
        ("FONT-01", "方正小标宋简体", "华文中宋"),
        ("FONT-06a", "各镇、街道：</w:t>", '各镇、街道：</w:t></w:r><w:r><w:rPr><w:color w:val="0000FF"/></w:rPr><w:t>甲：</w:t>'),
        ("BODY-01b", "关于下达计划的通知", "关于下达计划的函"),
        ("BODY-02a", _TITLE, _title("关于下达2027", "年计划安排的通知")),
        ("BODY-02a", _TITLE, _title("关于下达计划（", "试行）和方案的通知")),
        ("BODY-02a", _TITLE, _title("关于贯彻《总", "体方案》的通知")),
        ("BODY-02b", _TITLE, _title("关于进一步做好全区重点项目计划", "的通知")),
        ("BODY-03a", line("各镇、街道："), line("各镇、街道：", indent=True)),
        ("BODY-06a", "1.明确责任", "2.明确责任"),
        ("BODY-06a", "（一）加强领导", "（三）加强领导"),
        ("BODY-08b", "按月报送。", "按月报送）。"),
        ("BODY-08b", "按月报送。", "（按月报送。"),
        ("ANNX-01c", "附件：任务表", "附件：1.任务表"),
        ("ANNX-02b", line("附件", font="黑体", extra=_NEW_PAGE), line("附件：", font="黑体", extra=_NEW_PAGE)),
        ("ANNX-02a", _NEW_PAGE, ""),
        ("SIGN-01a", line("示例区人民政府", align="right", right=1209), line("示例区财政局", align="right")),
        ("SIGN-02a", "2027年1月15日<", "二〇二七年一月十五日<"),
        ("SIGN-02a", "2027年1月15日<", "2027年2月30日<"),
        ("SIGN-03", line("2027年1月15日", align="right", right=1264), line("　　　　　　2027年1月15日")),
        ("SIGN-03", line("示例区人民政府", align="right", right=1209), line("　　　　　　示例区人民政府")),
        ("SIGN-05a", "（此件公开发布）", "(此件公开发布)"),
        ("IMPR-01b", "抄送：市委办公室。", "抄送:市委办公室。"),
        ("IMPR-01a", "2027年1月16日印发", "2027年01月16日印发"),
        ("IMPR-01a", "示例区人民政府办公室　2027", "2027"),
        ("REND-02", "任务表", "【待补充】"),
    ],
)  # fmt: skip
def test_faults_of_foreign_papers_are_found(rule: str, old: str, new: str) -> None:
    assert old in PAPER
    assert rule in rules_of(foreign(PAPER.replace(old, new))) - rules_of(foreign(PAPER))


@pytest.mark.parametrize(("name", "old"), [("word/footer3.xml", "— </w:t>"), ("word/document.xml", "000001</w:t>")])
def test_a_placeholder_is_found_wherever_it_stands(name: str, old: str) -> None:
    """In the foot, and in the text box that holds the copy's number."""
    assert "REND-02" in rules_of(planted(specimens.three_organs(), old, "{份号}" + old, name))


def test_a_template_is_not_blamed_for_its_placeholders() -> None:
    data = planted(notice(), "各镇、街道：", "{{ 主送机关 }}：")
    assert rules_of(data) == {"REND-02"}
    report = lint(data, "模板.docx", is_template=True)
    assert report.findings == ()
    assert "模板" in next(item.reason for item in report.not_run if item.rule == "REND-02")


def test_the_report_says_what_did_not_run_and_why() -> None:
    report = lint(specimens.report(), "报告.docx")
    reasons = {item.rule: item.reason for item in reversed(report.not_run)}
    assert "红头" in reasons["HEAD-04"]
    assert reasons["REND-01"] == NOT_RENDERED
    run_or_not = {*report.rules_run, *reasons}
    assert {rule.id for rule in DOCX_RULES} <= run_or_not


def test_every_rule_is_named_once_and_cites() -> None:
    identifiers = [rule.id for rule in DOCX_RULES]
    assert len(identifiers) == len(set(identifiers))
    assert len(identifiers) >= 50
    assert all(rule.clause and rule.title for rule in DOCX_RULES)


def test_a_finding_is_a_chinese_sentence_with_rule_and_clause() -> None:
    finding = findings(planted(notice(), "各镇、街道：", "各镇、街道"))[0]
    assert finding.sentence == (
        "【错误】正文第15段“各镇、街道”：主送机关以“道”结尾；末尾应标全角冒号（BODY-03a，GB/T 9704-2012 7.3.2）。"
    )


_RELS = f'<Relationships xmlns="{RELATIONSHIPS}"><Relationship Id="a" Type="{_REL}/officeDocument" Target="/word/document.xml"/></Relationships>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "空文件"),
        (b"\xd0\xcf\x11\xe0" + b"0" * 600, "旧版"),
        (b"not a zip", "不是完好"),
        (_zip(a_xml="<a/>"), "没有正文"),
        (_zip(word__document_xml="<a/>"), "没有正文"),
        (_zip(word__document_xml="<a"), "XML"),
        (_zip(word__document_xml="<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "XML"),
    ],
)
def test_an_unreadable_file_is_one_finding(data: bytes, reason: str) -> None:
    report = lint(data, "坏.docx")
    assert isinstance(report, LintReport)
    assert [finding.rule for finding in report.findings] == [UNREADABLE]
    assert reason in report.findings[0].found
    assert report.rules_run == ()
    assert len(report.not_run) >= len(DOCX_RULES)


@pytest.mark.parametrize("limit", ["PART_LIMIT", "PACKAGE_LIMIT", "MEMBER_LIMIT"])
def test_a_file_that_unpacks_too_large_is_refused(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_parts, limit, 3)
    assert "过大" in findings(foreign(PAPER))[0].found


def test_too_many_paragraphs_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.lint.docx_reader.PARAGRAPH_LIMIT", 3)
    assert "段落超过3个" in findings(foreign(PAPER))[0].found


def test_the_strict_vocabulary_of_iso_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = _zip(
        _rels__x="",
        word__document_xml=f'<w:document xmlns:w="{strict}"><w:body>{line("正文")}</w:body></w:document>',
    )
    assert read_docx(data, "x").paragraphs[0].text == "正文"


def test_an_absolute_target_names_the_main_part() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("_rels/.rels", _RELS)
        archive.writestr(DOCUMENT, f'<w:document xmlns:w="{W}"><w:body><w:p/></w:body></w:document>')
    assert len(read_docx(target.getvalue(), "x").paragraphs) == 1


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """The package with a few elements or attributes of its main part taken away or spoilt."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    root = etree.fromstring(parts[DOCUMENT])
    elements = [element for element in root.iter() if element.getparent() is not None]
    for _ in range(6):
        element = chance.choice(elements)
        parent = element.getparent()
        if chance.random() < 0.4 and parent is not None:
            parent.remove(element)
        elif element.attrib:
            element.attrib[chance.choice(list(element.attrib))] = chance.choice(["", "-1", "nan", "1e400", "abc", "0"])
    parts[DOCUMENT] = etree.tostring(root)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            if name == DOCUMENT or chance.random() > 0.03:
                archive.writestr(name, content)
    return target.getvalue()


@pytest.mark.parametrize("seed", range(12))
def test_damage_within_a_file_never_stops_the_lint(seed: int) -> None:
    chance = random.Random(seed)
    for base in (notice(), specimens.letter(), specimens.to_superior(), specimens.bulletin(), foreign(PAPER)):
        assert lint(_mutated(base, chance), "x.docx").rules_run


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("三十五", 35), ("廿", None), ("十廿", None)],
)
def test_han_numerals_have_their_value(text: str, value: int | None) -> None:
    assert han_number(text) == value


def test_a_day_that_does_not_exist_is_none() -> None:
    assert day_of("2027年2月30日") is None
    assert day_of("二月") is None


@pytest.mark.parametrize(
    ("title", "kind"), [("关于甲的通知（试行）", "通知"), ("关于乙的复函。", "函"), ("工作方案", "")]
)
def test_the_kind_stands_at_the_end_of_a_title(title: str, kind: str) -> None:
    assert kind_of_title(title) == kind


@pytest.mark.parametrize(
    "text",
    [
        "××局",
        "20XX年",
        "□□□",
        "[此处输入标题]",
        "【待补】",
        "[主送单位]",
        "{% if 甲 %}",
        "第{期号}期",
        "｛甲｝",
        "${期号}",
        "«甲»",
        "期号 }}",
        "【期号】",
        "【单位.责任单位】",
        "<项目名称>",
        "%期号%",
        "<%p if 甲 %>",
    ],
)
def test_placeholders_are_recognised(text: str) -> None:
    assert unfilled(text, placeholder_names())


@pytest.mark.parametrize(
    "text",
    [
        "3×4米",
        "□属实",
        "XXL码",
        "〔2027〕1号",
        "【小结】",
        "《计划》",
        "【问题】",
        "50%，60%",
        "A&B",
        "《年度》",
    ],
)
def test_marks_of_ordinary_text_are_no_placeholders(text: str) -> None:
    assert unfilled(text, placeholder_names()) == ""
