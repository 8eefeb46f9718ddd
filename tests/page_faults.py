"""Papers with one fault each that only the printed page shows, and the rule that must find it."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.word.heads import title
from pipeline.word.ooxml import Section, body, docx, heading
from tests import specimens

DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
ODD = "word/footer1.xml"


@dataclass(frozen=True)
class Fault:
    """A specimen with ``edits`` (old → new) in one part; ``also``: rules that rightly complain too."""

    name: str
    rule: str
    base: Callable[[], bytes]
    edits: tuple[tuple[str, str], ...]
    part: str = DOCUMENT
    also: frozenset[str] = frozenset()
    everywhere: bool = False

    def build(self) -> bytes:
        """The faulty document; ValueError where the fault can't be planted any more."""
        data = self.base()
        for old, new in self.edits:
            data = changed(data, self.part, old, new, everywhere=self.everywhere)
        return data


def changed(data: bytes, part: str, old: str, new: str, *, everywhere: bool = False) -> bytes:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                text = content.decode("utf-8")
                if old not in text:
                    raise ValueError(f"{part} holds no {old!r}")
                content = text.replace(old, new, -1 if everywhere else 1).encode("utf-8")
            copy.writestr(name, content)
    return target.getvalue()


def _style(data: bytes, identifier: str, old: str, new: str) -> tuple[str, str]:
    """Old and new text that change one property of one style."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        styles = package.read(STYLES).decode("utf-8")
    start = styles.index(f'w:styleId="{identifier}"')
    whole = styles[start : styles.index("</w:style>", start)]
    if old not in whole:
        raise ValueError(f"{identifier} holds no {old!r}")
    return whole, whole.replace(old, new, 1)


def _styled(name: str, rule: str, base: Callable[[], bytes], identifier: str, old: str, new: str, *also: str) -> Fault:
    return Fault(name, rule, base, (_style(base(), identifier, old, new),), STYLES, frozenset(also))


def _in_text(
    name: str, rule: str, base: Callable[[], bytes], old: str, new: str, *also: str, part: str = DOCUMENT
) -> Fault:
    return Fault(name, rule, base, ((old, new),), part, frozenset(also))


def _all(
    name: str, rule: str, base: Callable[[], bytes], old: str, new: str, *also: str, part: str = DOCUMENT
) -> Fault:
    return Fault(name, rule, base, ((old, new),), part, frozenset(also), everywhere=True)


_BODY = '<w:p><w:pPr><w:pStyle w:val="GWBody"/></w:pPr><w:r><w:t xml:space="preserve">'
_BREAK = '<w:p><w:pPr><w:pStyle w:val="GWBody"/><w:pageBreakBefore/></w:pPr><w:r><w:t xml:space="preserve">'
_BLANK = '<w:p><w:pPr><w:pStyle w:val="Normal"/></w:pPr></w:p>'
_SPACING = '<w:spacing w:before="0" w:after="0" w:line="579"'
_OFF_GRID = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="{}"'
_TWO_CELLS = 'w:firstLineChars="200" w:firstLine="632"'
_LABEL = '<w:p><w:pPr><w:pStyle w:val="GWAnnexLabel"/>'
_LAST_BODY = '<w:p><w:pPr><w:pStyle w:val="GWBody"/><w:keepNext/>'
_LINE_END = '</w:t><w:br/><w:t xml:space="preserve">'
_LATIN = (
    '</w:t></w:r><w:r><w:rPr><w:rFonts w:ascii="Liberation Serif" w:hAnsi="Liberation Serif" w:hint="default"/></w:rPr>'
    "<w:t>“”</w:t></w:r><w:r><w:t>"
)


def three_pages() -> bytes:
    """One paragraph of nothing but 汉字, three pages long."""
    return docx([Section("portrait", (body("重点项目建设推进工作" * 190),))])


def _notice() -> bytes:
    return specimens.joint_notice(paragraphs=16)


def _headed() -> bytes:
    """A paper with a heading in its text."""
    texts = (body("重点项目建设推进工作" * 40), heading("二、工作要求"), body("各责任单位按月报送进度。" * 9))
    return docx([Section("portrait", (title("示例区重点项目推进方案"), *texts))])


def _landscape() -> bytes:
    return specimens.landscape()


def faults() -> list[Fault]:
    """Every planted fault."""
    single, joint, letter, superior, scheme = (
        specimens.single_notice, specimens.joint_notice, specimens.letter, specimens.to_superior, specimens.scheme,
    )  # fmt: skip
    return [
        _all("纸张", "PAGE-01", single, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"',
             "HEAD-01", "HEAD-03", "HEAD-04", "HEAD-06", "HEAD-08", "BODY-01", "PNUM-01", "PNUM-02", "PAGE-02",
             "PAGE-04", "PAGE-06"),
        _all("左边距", "PAGE-02", _notice, 'w:left="1587"', 'w:left="1787"', "BODY-01", "BODY-05", "HEAD-04", "HEAD-06",
             "HEAD-08", "IMPR-02", "PAGE-04", "PNUM-01"),
        _styled("行距", "PAGE-03", three_pages, "GWBody", _SPACING, _OFF_GRID.format(640)),
        _styled("字距", "PAGE-04", _notice, "GWBody", '<w:spacing w:val="-5"/>', '<w:spacing w:val="10"/>'),
        _styled("右缩进为负", "PAGE-06", _notice, "GWBody", "<w:ind ", '<w:ind w:right="-600" ', "PAGE-02", "PAGE-04"),
        _all("行高截字", "REND-01", scheme, 'w:val="400" w:hRule="atLeast"', 'w:val="300" w:hRule="exact"'),
        _in_text("占位符", "REND-02", single, "为全面落实", "{{ 单位 }}为全面落实"),
        _styled("行距过小", "REND-03", single, "GWBody", _SPACING, _OFF_GRID.format(160)),
        _in_text("标题在页末", "REND-06", _headed, _BODY + "各责任", _BREAK + "各责任"),
        _in_text("空白页", "REND-05", _notice, _BODY + "2027", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>' * 2 + _BODY + "2027"),
        _styled("标题字号", "FONT-02", single, "GWTitle", '<w:sz w:val="44"/>', '<w:sz w:val="36"/>'),
        _styled("正文加粗", "FONT-03", single, "GWBody", "<w:color ", "<w:b/><w:color "),
        _in_text("引号半角", "FONT-04", single, "为全面落实", _LATIN + "为全面落实"),
        _in_text("缺字", "FONT-05", single, "为全面落实", "为㐂㙟全面落实"),
        _styled("正文红色", "FONT-06", single, "GWBody", '<w:color w:val="auto"/>', '<w:color w:val="FF0000"/>'),
        _styled("份号靠右", "HEAD-01", single, "GWCopyNumber", '<w:jc w:val="left"/>', '<w:jc w:val="right"/>'),
        Fault("密级次序", "HEAD-02", single, (("机密★1年", "@"), ("特急", "机密★1年"), ("@", "特急"))),
        _in_text("标志太低", "HEAD-03", single, '<w:trHeight w:val="1853" ', '<w:trHeight w:val="2053" '),
        _in_text("标志靠左", "HEAD-04", single, '"GWMark"/><w:jc w:val="center"/>', '"GWMark"/><w:jc w:val="left"/>'),
        _in_text("联合标志不等宽", "HEAD-05", joint, '"GWMark"/></w:pPr><w:r><w:t xml:space="preserve">示例区人民政府',
                 '"GWMark"/><w:jc w:val="left"/></w:pPr><w:r><w:t xml:space="preserve">示例区人民政府'),
        _styled("字号靠左", "HEAD-06", single, "GWNumber", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
        _styled("签发人靠内", "HEAD-07", superior, "GWSigner", '<w:spacing w:val="0"/>', '<w:spacing w:val="-80"/>'),
        _styled("红线太低", "HEAD-08", single, "GWRedLine", 'w:line="150"', 'w:line="400"'),
        _in_text("红线缩进", "HEAD-08", single, "</w:pBdr>", '</w:pBdr><w:ind w:left="600"/>'),
        _in_text("标志下少空一行", "HEAD-09", single, _BLANK, ""),
        _styled("标题靠左", "BODY-01", single, "GWTitle", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>'),
        _in_text("标题末行过短", "BODY-02", single, "的通知</w:t>", f"的{_LINE_END}通知</w:t>"),
        _in_text("主送另页", "BODY-03", single, '"GWAddressee"/>', '"GWAddressee"/><w:pageBreakBefore/>', "BODY-04"),
        _in_text("正文另页", "BODY-04", single, _BODY + "为", _BREAK + "为"),
        _styled("段首不空", "BODY-05", single, "GWBody", _TWO_CELLS, 'w:firstLine="0"'),
        _in_text("数字断行", "BODY-09", single, "2027年全区", f"20{_LINE_END}27年全区"),
        _in_text("附件续行", "ANNX-01", specimens.longest, 'w:left="2133" w:hanging="553"', 'w:left="2633" w:hanging="1053"'),
        _in_text("附件不在首行", "ANNX-02", scheme, _LABEL, _BODY + "附表如下：</w:t></w:r></w:p>" + _LABEL),
        _in_text("日期两行", "SIGN-02", single, "2027年1月15日</w:t>", f"2027年{_LINE_END}1月15日</w:t>", "SIGN-03"),
        _in_text("日期靠左", "SIGN-03", single, '<w:pStyle w:val="GWSealedDate"/><w:ind w:left="', '<w:pStyle w:val="GWSealedDate"/><w:ind w:left="0" w:hanging="'),
        _in_text("署名另页", "SIGN-04", _notice, '"GWSignature"/>', '"GWSignature"/><w:pageBreakBefore/>', "PNUM-03"),
        _styled("附注缩进", "SIGN-05", superior, "GWRemark", _TWO_CELLS, 'w:firstLine="0"'),
        _in_text("版记线粗细", "IMPR-02", single, '<w:tcBorders><w:top w:val="single" w:sz="8"', '<w:tcBorders><w:top w:val="single" w:sz="24"'),
        _in_text("版记太高", "IMPR-03", single, "<wp:posOffset>2070720<", "<wp:posOffset>1870720<"),
        _in_text("版记在单页", "IMPR-04", single, _LAST_BODY,
                 _BREAK + "现将有关事项通知如下。</w:t></w:r></w:p>" + _LAST_BODY + "<w:pageBreakBefore/>"),
        _all("页码字号", "PNUM-01", single, '<w:pStyle w:val="GWPageNo"/>', '<w:pStyle w:val="GWTableCell"/>', part=ODD),
        _all("页码居中", "PNUM-01", single, '<w:jc w:val="right"/>', '<w:jc w:val="center"/>', part=ODD),
        _all("页码太低", "PNUM-02", single, 'w:footer="1434"', 'w:footer="1000"'),
        _in_text("页码重编", "PNUM-03", _landscape, 'w:footer="567" w:gutter="0"/>',
                 'w:footer="567" w:gutter="0"/><w:pgNumType w:start="8"/>'),
        _in_text("信函线", "LETT-01", letter, "<wp:posOffset>1666800<", "<wp:posOffset>1900000<", part="word/header1.xml"),
        _in_text("简报红线缩进", "BRIEF-01", specimens.bulletin, "</w:pBdr>", '</w:pBdr><w:ind w:left="600"/>'),
        _in_text("横排页码", "TABL-01", _landscape, 'r:id="rIdFooter3"', 'r:id="rIdFooter1"', "PNUM-01"),
        _in_text("表格过宽", "TABL-02d", _landscape, '<w:jc w:val="center"/><w:tblBorders>',
                 '<w:jc w:val="left"/><w:tblInd w:w="-1000" w:type="dxa"/><w:tblBorders>', "PAGE-06"),
    ]  # fmt: skip
