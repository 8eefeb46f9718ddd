"""One fault planted in a sound document: found, by the right rule, and nothing else reported."""

import re
from collections.abc import Callable

import pytest

from pipeline.cli.paper_reports import lint_report
from pipeline.lint.linting import lint
from tests import specimens
from tests.docx_reading import part, with_part, with_related
from tests.planted import DOCUMENT, SETTINGS, findings, notice, planted, rules_of, without

_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MARGINS = 'w:top="2098" w:right="1474"'
_SOUND = {
    "通知": notice,
    "请示": specimens.to_superior,
    "函": specimens.letter,
    "简报": specimens.bulletin,
    "报告": specimens.report,
    "联合": specimens.joint_notice,
    "三个机关": specimens.three_organs,
    "套红纸": specimens.SPECIMENS["套红纸"],
    "横排": specimens.landscape,
}


def _text(text: str, properties: str = "") -> str:
    return f'<w:r>{properties}<w:t xml:space="preserve">{text}</w:t></w:r>'


def _styled(style: str, inner: str = "") -> str:
    return f'<w:pPr><w:pStyle w:val="{style}"/>{inner}</w:pPr>'


_FIRST = _text("现将有关事项通知如下，请按《计划》“四个一批”落实。")
_BOLD = "<w:rPr><w:b/></w:rPr>"

# rule, base, what stands in the sound document, what is put there, part
FAULTS = (
    ("PAGE-01", "通知", '<w:pgSz w:w="11906" w:h="16838"/>', '<w:pgSz w:w="12240" w:h="15840"/>', DOCUMENT),
    ("PAGE-02", "通知", _MARGINS, 'w:top="1440" w:right="1474"', DOCUMENT),
    ("PAGE-03a", "请示", 'w:linePitch="579"', 'w:linePitch="640"', DOCUMENT),
    ("PAGE-03b", "请示", _text("妥否，请批示。"), _text("妥否，请批示。"), "LINE"),
    ("PAGE-04", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:spacing w:val="0"/></w:rPr>'), DOCUMENT),
    ("PAGE-05", "请示", 'w:type="lines"', 'w:type="linesAndChars"', DOCUMENT),
    ("PAGE-06", "通知", _styled("GWBody") + _FIRST, _styled("GWBody", '<w:ind w:left="-300" w:firstLineChars="200" w:firstLine="632"/>') + _FIRST, DOCUMENT),
    ("PAGE-07a", "通知", _styled("GWBody") + _FIRST, _styled("GWBody", "<w:widowControl/>") + _FIRST, DOCUMENT),
    ("PAGE-07b", "通知", "<w:evenAndOddHeaders/>", "<w:mirrorMargins/><w:evenAndOddHeaders/>", SETTINGS),
    ("PAGE-07c", "通知", 'w:val="doNotCompress"', 'w:val="compressPunctuation"', SETTINGS),
    ("PAGE-08", "通知", _styled("GWBody") + _FIRST, _styled("GWBody", '<w:overflowPunct w:val="0"/>') + _FIRST, DOCUMENT),
    ("FONT-01", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/></w:rPr>'), DOCUMENT),
    ("FONT-02", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:sz w:val="28"/></w:rPr>'), DOCUMENT),
    ("FONT-03a", "通知", _FIRST, _FIRST.replace("<w:r>", f"<w:r>{_BOLD}"), DOCUMENT),
    ("FONT-03b", "通知", _FIRST, _FIRST.replace("<w:r>", "<w:r><w:rPr><w:i/></w:rPr>"), DOCUMENT),
    ("FONT-03c", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:u w:val="single"/></w:rPr>'), DOCUMENT),
    ("FONT-03d", "通知", _text("本通知自2027年1月20日起执行。"), _text("本通知自2027年1月20日起执行。", '<w:rPr><w:rFonts w:asciiTheme="minorHAnsi"/></w:rPr>'), DOCUMENT),
    ("FONT-04", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:rFonts w:hint="default" w:ascii="Times New Roman" w:hAnsi="Times New Roman"/></w:rPr>'), DOCUMENT),
    ("FONT-06a", "通知", _FIRST, _FIRST.replace("<w:r>", '<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr>'), DOCUMENT),
    ("FONT-06b", "通知", _text("示例区人民政府文件"), _text("示例区人民政府文件", '<w:rPr><w:color w:val="000000"/></w:rPr>'), DOCUMENT),
    ("HEAD-01", "通知", _text("000001"), _text("0001"), DOCUMENT),
    ("HEAD-02a", "通知", _text("机密★1年"), _text("机密★一年"), DOCUMENT),
    ("HEAD-02b", "通知", _text("机密★1年") + "</w:p><w:p>" + _styled("GWGrade") + _text("特急"), _text("特急") + "</w:p><w:p>" + _styled("GWGrade") + _text("机密★1年"), DOCUMENT),
    ("HEAD-03", "联合", '<w:trHeight w:val="1853" w:hRule="exact"/>', '<w:trHeight w:val="1500" w:hRule="exact"/>', DOCUMENT),
    ("HEAD-04", "函", _text("示例区人民政府"), _text("示例区人民政府文件"), "word/header1.xml"),
    ("HEAD-05", "联合", '<w:vMerge w:val="restart"/>', "", DOCUMENT),
    ("HEAD-06a", "通知", "示政发〔2027〕8号", "示政发[2027]8号", DOCUMENT),
    ("HEAD-06a", "通知", "示政发〔2027〕8号", "示政发〔2027〕08号", DOCUMENT),
    ("HEAD-06b", "通知", _styled("GWNumber"), _styled("GWNumber", '<w:jc w:val="left"/>'), DOCUMENT),
    ("HEAD-07a", "通知", "示政发〔2027〕8号", "示政发〔2027〕8号</w:t></w:r><w:r><w:t>　签发人：</w:t></w:r>" + '<w:r><w:rPr><w:rFonts w:eastAsia="楷体_GB2312"/></w:rPr><w:t>王建国', DOCUMENT),
    ("HEAD-07b", "请示", '<w:pStyle w:val="GWSigner"/></w:pPr><w:r>', '<w:pStyle w:val="GWSigner"/></w:pPr><w:r><w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:eastAsia="仿宋_GB2312"/></w:rPr>', DOCUMENT),
    ("HEAD-08", "通知", 'w:sz="12" w:space="0" w:color="FF0000"', 'w:sz="12" w:space="0" w:color="000000"', DOCUMENT),
    ("HEAD-09a", "通知", "</w:tbl><w:p>" + _styled("Normal") + "</w:p>", "</w:tbl>", DOCUMENT),
    ("HEAD-09b", "通知", f'<w:p>{_styled("Normal")}</w:p><w:p>{_styled("GWTitle")}{_text("示例区人民政府关于下达")}', f'<w:p>{_styled("GWTitle")}{_text("示例区人民政府关于下达")}', DOCUMENT),
    ("BODY-01b", "通知", "重点项目计划的通知", "重点项目计划有关要求", DOCUMENT),
    ("BODY-01c", "通知", "重点项目计划的通知", "重点项目计划的通知。", DOCUMENT),
    ("BODY-01d", "通知", _styled("GWTitle"), _styled("GWTitle", '<w:jc w:val="left"/>'), DOCUMENT),
    ("BODY-02a", "通知", _text("示例区人民政府关于下达") + f'</w:p><w:p>{_styled("GWTitle")}' + _text("重点项目计划的通知"), _text("示例区人民政府关于下达重点项目计") + f'</w:p><w:p>{_styled("GWTitle")}' + _text("划有关安排事项的通知"), DOCUMENT),
    ("BODY-02b", "通知", "示例区人民政府关于下达</w:t>", "示例区人民政府关于下达二〇二七年全区的重点工程和</w:t>", DOCUMENT),
    ("BODY-03a", "通知", "各镇、街道：", "各镇、街道", DOCUMENT),
    ("BODY-03b", "请示", "示例市人民政府：", "示例市人民政府、示例市发展和改革委员会：", DOCUMENT),
    ("BODY-03d", "通知", f'<w:p>{_styled("Normal")}</w:p><w:p>{_styled("GWAddressee")}', f'<w:p>{_styled("GWAddressee")}', DOCUMENT),
    ("BODY-05a", "通知", _styled("GWBody") + _FIRST, _styled("GWBody", '<w:ind w:firstLineChars="0" w:firstLine="0"/>') + _FIRST, DOCUMENT),
    ("BODY-05a", "通知", "现将有关事项", "　　现将有关事项", DOCUMENT),
    ("BODY-05b", "请示", f'<w:p>{_styled("GWBody", "<w:keepNext/>")}', f'<w:p>{_styled("Normal")}</w:p><w:p>{_styled("GWBody", "<w:keepNext/>")}', DOCUMENT),
    ("BODY-05c", "通知", _styled("GWBody") + _FIRST, _styled("GWBody", '<w:spacing w:after="200"/>') + _FIRST, DOCUMENT),
    ("BODY-06a", "通知", "二、附则", "三、附则", DOCUMENT),
    ("BODY-06b", "通知", "（二）要求", "（二）、要求", DOCUMENT),
    ("BODY-06c", "通知", "二、附则", "二、附则。", DOCUMENT),
    ("BODY-07", "报告", "请结合实际认真贯彻执行。", "妥否，请批示。", DOCUMENT),
    ("BODY-07", "请示", "妥否，请批示。", "特此说明。", DOCUMENT),
    ("BODY-08a", "通知", "事项通知如下，请按", "事项通知如下,请按", DOCUMENT),
    ("BODY-08b", "通知", "“四个一批”", "“四个一批", DOCUMENT),
    ("BODY-08c", "通知", "《计划》“", "《计划》、《方案》“", DOCUMENT),
    ("BODY-08d", "通知", "2027年1月20日起执行。", "2027年1月20日起执行。。", DOCUMENT),
    ("BODY-09", "通知", "完成60%～70%", "完成60～70%", DOCUMENT),
    ("BODY-09", "通知", "本通知自2027年", "本通知自27年", DOCUMENT),
    ("REND-02", "通知", "现将有关事项", "现将××事项", DOCUMENT),
    ("REND-02", "通知", "现将有关事项", "现将{{ 事项 }}", DOCUMENT),
    ("ANNX-01a", "通知", 'GWTableTitle"/></w:pPr>' + _text("项目计划表"), 'GWTableTitle"/></w:pPr>' + _text("计划总表"), DOCUMENT),
    ("ANNX-01b", "通知", "责任分解表</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Normal\"", "责任分解表。</w:t></w:r></w:p><w:p><w:pPr><w:pStyle w:val=\"Normal\"", DOCUMENT),
    ("ANNX-01c", "通知", "附件：1.", "附件1.", DOCUMENT),
    ("ANNX-02b", "通知", _styled("GWAnnexLabel"), _styled("GWAnnexLabel", '<w:jc w:val="center"/>'), DOCUMENT),
    ("ANNX-02c", "通知", _text("附件1") + f'</w:p><w:p>{_styled("Normal", "<w:keepNext/>")}</w:p>', _text("附件1") + "</w:p>", DOCUMENT),
    ("SIGN-01a", "请示", _text("示例区人民政府"), _text("示例区发改局委"), DOCUMENT),
    ("SIGN-02a", "请示", "2027年1月9日<", "2027年01月9日<", DOCUMENT),
    ("SIGN-02b", "请示", "2027年1月16日印发", "2027年1月8日印发", DOCUMENT),
    ("SIGN-02c", "通知", "本通知自2027年1月20日", "本通知自2027年01月20日", DOCUMENT),
    ("SIGN-04a", "通知", _styled("GWBody", "<w:keepNext/>") + _text("本通知自2027年1月20日起执行。") , _styled("GWBody", "<w:keepNext/>") + _text("本通知自2027年1月20日起执行。"), "LOOSE"),
    ("SIGN-04b", "通知", "本通知自2027年1月20日起执行。", "此页无正文。", DOCUMENT),
    ("SIGN-05a", "请示", _styled("GWRemark"), _styled("GWRemark", '<w:ind w:firstLineChars="0" w:firstLine="0"/>'), DOCUMENT),
    ("SIGN-05b", "请示", "联系人：张强，联系电话：0000-0000000", "此件公开发布", DOCUMENT),
    ("IMPR-01a", "通知", "2027年1月16日印发", "2027年1月16日", DOCUMENT),
    ("IMPR-01b", "通知", "区政协办公室。", "区政协办公室", DOCUMENT),
    ("IMPR-01c", "函", "抄送：市人民政府办公室。", "示例区人民政府办公室　2027年1月9日印发", DOCUMENT),
    ("IMPR-01e", "通知", _styled("GWImprint"), _styled("GWImprint", '<w:ind w:left="0" w:hanging="0"/>'), DOCUMENT),
    ("IMPR-02b", "通知", 'w:val="single" w:sz="8" w:space="0" w:color="000000"/></w:tcBorders>', 'w:val="single" w:sz="4" w:space="0" w:color="000000"/></w:tcBorders>', DOCUMENT),
    ("IMPR-03", "通知", 'anchor="b"', 'anchor="t"', DOCUMENT),
    ("PNUM-01a", "通知", " PAGE ", " NUMPAGES ", "word/footer2.xml"),
    ("PNUM-01b", "通知", "<w:evenAndOddHeaders/>", "", SETTINGS),
    ("PNUM-01c", "通知", '<w:jc w:val="right"/>', '<w:jc w:val="center"/>', "word/footer1.xml"),
    ("PNUM-01d", "通知", "— <", "- <", "word/footer1.xml"),
    ("PNUM-02", "通知", 'w:footer="1434"', 'w:footer="850"', DOCUMENT),
    ("PNUM-03a", "通知", '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>', "RESTART"),
    ("PNUM-03b", "函", "<w:titlePg/>", "", DOCUMENT),
    ("TABL-02a", "通知", "<w:tblHeader/>", "", DOCUMENT),
    ("TABL-02b", "通知", '<w:cantSplit/><w:trHeight w:val="400" w:hRule="atLeast"/></w:trPr>', '<w:trHeight w:val="400" w:hRule="atLeast"/></w:trPr>', DOCUMENT),
    ("TABL-02c", "通知", '<w:gridCol w:w="3402"/>', '<w:gridCol w:w="13402"/>', DOCUMENT),
    ("TABL-03a", "通知", 'w:val="400" w:hRule="atLeast"', 'w:val="200" w:hRule="exact"', DOCUMENT),
    ("LETT-01", "函", 'cx="6120000"', 'cx="5120000"', "word/header1.xml"),
    ("BRIEF-01a", "简报", "第3期（总第15期）", "第三期", DOCUMENT),
    ("BRIEF-01b", "简报", _text("第3期（总第15期）"), _text("第3期（总第15期）") + "</w:p><w:p>" + _styled("GWNumber") + _text("示重办〔2027〕3号"), DOCUMENT),
    ("BRIEF-01c", "简报", "2027年3月31日", "三月末", DOCUMENT),
    ("XML-01a", "通知", _styled("GWBody") + _FIRST, '<w:pPr><w:keepNext/><w:pStyle w:val="GWBody"/></w:pPr>' + _FIRST, DOCUMENT),
    ("XML-01c", "请示", "</mc:Choice>", "</mc:Choice>", "COPY"),
    ("XML-02a", "通知", _FIRST, f'<w:ins w:id="1" w:author="x" w:date="2027-01-01T00:00:00Z">{_FIRST}</w:ins>', DOCUMENT),
    ("XML-02b", "通知", _FIRST, _FIRST + '<w:r><w:commentReference w:id="1"/></w:r>', DOCUMENT),
    ("XML-02c", "通知", _FIRST, _FIRST + _text("草稿", "<w:rPr><w:vanish/></w:rPr>"), DOCUMENT),
    ("BODY-03c", "通知", f'<w:p>{_styled("GWAddressee")}{_text("各镇、街道：")}</w:p>', "", DOCUMENT),
    ("BODY-01a", "简报", f'<w:p>{_styled("GWTitle")}{_text("3月份全区重点项目推进情况")}</w:p>', "", DOCUMENT),
    ("IMPR-02a", "通知", '<w:gridCol w:w="8844"/>', '<w:gridCol w:w="8000"/>', DOCUMENT),
    ("TABL-01a", "通知", 'w:top="1587" w:right="2098" w:bottom="1474" w:left="1984"', 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"', DOCUMENT),
    ("TABL-01b", "通知", 'vert="vert"', 'vert="horz"', "word/footer3.xml"),
    ("TABL-03b", "通知", '<w:gridCol w:w="794"/>', "", DOCUMENT),
    ("XML-01d", "通知", "</Relationships>", f'<Relationship Id="x" Type="{_REL}/image" Target="http://a/b.png" TargetMode="External"/></Relationships>', "word/_rels/document.xml.rels"),
    ("SIGN-01b", "请示", _styled("GWSealedDate")[:-8], _styled("Normal")[:-8] + "<!---->", "DATELESS"),
    ("SIGN-03", "请示", "", "", "ASIDE"),
    ("ANNX-01d", "通知", f'<w:p>{_styled("Normal", "<w:keepNext/>")}</w:p><w:p><w:pPr><w:pStyle w:val="GWAnnexNote"/>', '<w:p><w:pPr><w:pStyle w:val="GWAnnexNote"/>', DOCUMENT),
    ("ANNX-01e", "通知", "GWAnnexNote", "", "NOTELESS"),
    ("ANNX-02a", "通知", '<w:type w:val="nextPage"/>', '<w:type w:val="continuous"/>', DOCUMENT),
    ("BRIEF-01d", "简报", "报：区委", "致：区委", "UNSENT"),
    ("LETT-01", "函", 'w="28575"', 'w="9000"', "word/header1.xml"),
    ("LETT-01", "函", "9957600", "9800000", "FOOT"),
    ("LETT-01", "函", "9912600", "5912600", "word/header1.xml"),
    ("PNUM-03c", "通知", '<w:docGrid w:type="lines"', '<w:titlePg/><w:docGrid w:type="lines"', DOCUMENT),
    ("XML-01b", "函", "docPr", "docPr", "TWICE"),
    ("XML-02d", "通知", "", "", "AUTHOR"),
)  # fmt: skip


@pytest.mark.parametrize("name", sorted(_SOUND))
def test_a_sound_document_has_no_findings(name: str) -> None:
    assert [finding.sentence for finding in findings(_SOUND[name]())] == []


@pytest.mark.parametrize(("rule", "base", "old", "new", "name"), FAULTS)
def test_a_planted_fault_is_found_by_its_rule_alone(rule: str, base: str, old: str, new: str, name: str) -> None:
    data = _SOUND[base]()
    faulty = _SPECIAL[name](data) if name in _SPECIAL else planted(data, old, new, name)
    assert [finding.sentence for finding in findings(faulty) if finding.rule != rule] == []
    assert rules_of(faulty) == {rule}
    assert all(finding.asked for finding in findings(faulty))


def test_what_loads_or_runs_is_said_before_placeholders_left_behind() -> None:
    unfilled = planted(_SOUND["通知"](), _FIRST, _text("现将{{ 事项 }}通知如下。"))
    remote = f'<Relationship Id="x" Type="{_REL}/image" Target="http://a/b.png" TargetMode="External"/></Relationships>'
    loading = planted(unfilled, "</Relationships>", remote, "word/_rels/document.xml.rels")
    shown = lint_report(lint(loading, "通知.docx"))
    errors = [line for line in shown.splitlines() if "【错误】" in line]
    assert len(errors) > 1
    assert "XML-01d" in errors[0]


def _copy_differs(data: bytes) -> bytes:
    """The imprint's older copy keeps the old text."""
    return planted(data, "抄送：市发展和改革委员会。", "抄送：市财政局和税务局。", times=1)


def _loose_line(data: bytes) -> bytes:
    """A blank line of the signature no longer kept with the next."""
    marked = f"<w:p>{_styled('Normal', '<w:keepNext/>')}</w:p><w:p>{_styled('GWSealedName')[:-8]}"
    return planted(data, marked, f"<w:p>{_styled('Normal')}</w:p><w:p>{_styled('GWSealedName')[:-8]}")


_SPECIAL: dict[str, Callable[[bytes], bytes]] = {
    "LINE": lambda data: planted(
        data, _styled("GWBody", "<w:keepNext/>"),
        _styled("GWBody", '<w:keepNext/><w:spacing w:line="700" w:lineRule="exact"/>'),
    ),
    "RESTART": lambda data: planted(
        data, 'w:footer="567" w:gutter="0"/>', 'w:footer="567" w:gutter="0"/><w:pgNumType w:start="1"/>'
    ),
    "DATELESS": lambda data: without(data, "GWSealedDate"),
    "NOTELESS": lambda data: without(without(data, "GWAnnexNote"), "GWAnnexNoteNext"),
    "UNSENT": lambda data: planted(planted(data, "报：区委", "致：区委"), "送：领导", "给：领导"),
    "FOOT": lambda data: planted(
        planted(data, "9957600", "9800000", "word/header1.xml"), "9912600", "9755000", "word/header1.xml"
    ),
    "TWICE": lambda data: with_part(
        data, "word/header1.xml", re.sub(rb'docPr id="\d+"', b'docPr id="7"', part(data, "word/header1.xml"))
    ),
    "AUTHOR": lambda data: with_related(
        data,
        "about/who.xml",  # its relation says what it is
        b'<a xmlns:d="http://purl.org/dc/elements/1.1/"><d:creator>x</d:creator></a>',
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
        source="",
    ),
    "ASIDE": lambda data: with_part(
        data, DOCUMENT, re.sub(rb'(GWSealedDate"/>.{0,60}?w:left=")\d+', rb"\g<1>3000", part(data, DOCUMENT))
    ),
    "LOOSE": _loose_line,
    "COPY": _copy_differs,
}  # fmt: skip
