"""What may stand in a Word package: the one list of relations, content types, namespaces, elements and fields.

Whatever is not named here is refused or left out, wherever it stands and whatever its part is called. The list has
profiles: what a template may carry, what a paper may that is made from it, what a review copy may, and what may stand
in a clerk's own file. Sources: ISO/IEC 29500-1 (the vocabulary), 29500-2 (the package), 29500-3 (ignorable content).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.word import namespaces
from pipeline.word.allowed_words import W_ATTRIBUTES, W_ELEMENTS

_OFFICE = f"{namespaces.R}/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_MICROSOFT = "http://schemas.microsoft.com/office/"
_OFFICE_TYPE = "application/vnd.openxmlformats-officedocument."
_MICROSOFT_TYPE = "application/vnd.ms-office."
_WORD = f"{_OFFICE_TYPE}wordprocessingml."
_DRAWING = f"{_OFFICE_TYPE}drawingml."
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
STRICT = "http://purl.oclc.org/ooxml/"  # what the names of ISO's strict vocabulary begin with


@dataclass(frozen=True)
class Kind:
    """What a relation may lead to: its content types, the first of which is written, and where it is written.

    ``place`` holds ``{}`` where there may be several; ``""`` keeps the part's own name.
    """

    name: str
    types: tuple[str, ...]
    place: str = ""


MAIN = Kind(
    "正文", (f"{_WORD}document.main+xml", f"{_WORD}template.main+xml"), "word/document.xml"
)  # a template saved as .dotx becomes a document
IMAGES = {  # content type → file suffix, and what such a file begins with
    "image/png": ("png", (b"\x89PNG\r\n\x1a\n",)),
    "image/jpeg": ("jpeg", (b"\xff\xd8\xff",)),
    "image/jpg": ("jpeg", (b"\xff\xd8\xff",)),
    "image/gif": ("gif", (b"GIF87a", b"GIF89a")),
    "image/bmp": ("bmp", (b"BM",)),
    "image/tiff": ("tiff", (b"II*\0", b"MM\0*")),
}
IMAGE = Kind("图片", tuple(IMAGES), "word/media/image{}")
_DRAWN_BY_WINDOWS = ("image/x-emf", "image/emf", "image/x-wmf", "image/wmf")
_CHART = Kind("图表", (f"{_DRAWING}chart+xml",), "word/charts/chart{}.xml")
_BOOK = Kind("图表的数据", (f"{_OFFICE_TYPE}spreadsheetml.sheet",), "word/embeddings/chart{}.xlsx")
_COMMENTS = Kind("批注", (f"{_WORD}comments+xml",), "word/comments.xml")
HYPERLINK = f"{_OFFICE}hyperlink"
CUSTOM_DATA = f"{_OFFICE}customXml"
MAIN_RELATION = f"{_OFFICE}officeDocument"

_OF_TEMPLATES: dict[str, Kind] = {
    MAIN_RELATION: MAIN,
    f"{_OFFICE}styles": Kind("样式", (f"{_WORD}styles+xml",), "word/styles.xml"),
    f"{_OFFICE}settings": Kind("设置", (f"{_WORD}settings+xml",), "word/settings.xml"),
    f"{_OFFICE}fontTable": Kind("字体表", (f"{_WORD}fontTable+xml",), "word/fontTable.xml"),
    f"{_OFFICE}numbering": Kind("编号", (f"{_WORD}numbering+xml",), "word/numbering.xml"),
    f"{_OFFICE}footnotes": Kind("脚注", (f"{_WORD}footnotes+xml",), "word/footnotes.xml"),
    f"{_OFFICE}endnotes": Kind("尾注", (f"{_WORD}endnotes+xml",), "word/endnotes.xml"),
    f"{_OFFICE}header": Kind("页眉", (f"{_WORD}header+xml",), "word/header{}.xml"),
    f"{_OFFICE}footer": Kind("页脚", (f"{_WORD}footer+xml",), "word/footer{}.xml"),
    f"{_OFFICE}theme": Kind("主题", (f"{_OFFICE_TYPE}theme+xml",), "word/theme/theme{}.xml"),
    f"{_OFFICE}image": IMAGE,
}
#: Who wrote the file, where and with what: left out of everything that is issued, whatever the part is called.
PERSONAL = frozenset({
    f"{_PACKAGE}core-properties", f"{_OFFICE}metadata/core-properties", f"{_OFFICE}extended-properties",
    f"{_OFFICE}custom-properties", f"{_PACKAGE}thumbnail", f"{_OFFICE}metadata/thumbnail", CUSTOM_DATA,
    f"{_MICROSOFT}2011/relationships/people",
})  # fmt: skip
#: What other programs add and no page shows: left out of papers without a word.
_UNSEEN = frozenset({
    f"{_OFFICE}webSettings", f"{_OFFICE}font", f"{_OFFICE}printerSettings", f"{_OFFICE}glossaryDocument",
    f"{_MICROSOFT}2007/relationships/stylesWithEffects",
})  # fmt: skip
_REMARKS_ON_COMMENTS = frozenset({
    f"{_MICROSOFT}2011/relationships/commentsExtended", f"{_MICROSOFT}2016/09/relationships/commentsIds",
    f"{_MICROSOFT}2018/08/relationships/commentsExtensible",
})  # fmt: skip
_OF_A_CLERK: dict[str, Kind] = {
    f"{_OFFICE}image": Kind("图片", (*IMAGES, *_DRAWN_BY_WINDOWS)),
    f"{_OFFICE}webSettings": Kind("网页设置", (f"{_WORD}webSettings+xml",)),
    f"{_OFFICE}glossaryDocument": Kind("文档部件", (f"{_WORD}document.glossary+xml",)),
    f"{_OFFICE}font": Kind("嵌入字体", (f"{_OFFICE_TYPE}obfuscatedFont", "application/x-fontdata")),
    f"{_OFFICE}printerSettings": Kind("打印设置", (f"{_WORD}printerSettings", f"{_MICROSOFT_TYPE}printerSettings")),
    f"{_MICROSOFT}2007/relationships/stylesWithEffects": Kind(
        "样式", ("application/vnd.ms-word.stylesWithEffects+xml",)
    ),
    f"{_OFFICE}chartUserShapes": Kind("图表里的图形", (f"{_DRAWING}chartshapes+xml",)),
    f"{_OFFICE}themeOverride": Kind("主题", (f"{_OFFICE_TYPE}themeOverride+xml",)),
    f"{_MICROSOFT}2011/relationships/chartStyle": Kind("图表样式", (f"{_MICROSOFT_TYPE}chartstyle+xml",)),
    f"{_MICROSOFT}2011/relationships/chartColorStyle": Kind("图表样式", (f"{_MICROSOFT_TYPE}chartcolorstyle+xml",)),
    **{
        f"{_OFFICE}diagram{what}": Kind("图示", (f"{_DRAWING}diagram{what}+xml",))
        for what in ("Data", "Layout", "Colors")
    },
    f"{_OFFICE}diagramQuickStyle": Kind("图示", (f"{_DRAWING}diagramStyle+xml",)),
    f"{_MICROSOFT}2007/relationships/diagramDrawing": Kind("图示", (f"{_MICROSOFT_TYPE}drawingml.diagramDrawing+xml",)),
    **{
        f"{_MICROSOFT}{year}/relationships/comments{what}": Kind("批注", (f"{_WORD}comments{what}+xml",))
        for year, what in (("2011", "Extended"), ("2016/09", "Ids"), ("2018/08", "Extensible"))
    },
}
#: What a foreign relation is called to a person, by the last words of its type.
RELATION_LABELS: Mapping[str, str] = {
    "vbaProject": "宏", "wordVbaData": "宏", "keyMapCustomizations": "快捷键宏", "extensibility": "自定义功能区", "ui/extensibility": "自定义功能区",
    "webextension": "加载项", "webextensiontaskpanes": "加载项", "control": "控件", "activeXControlBinary": "控件",
    "oleObject": "嵌入对象", "package": "嵌入对象", "attachedTemplate": "所附模板", "aFChunk": "外部文档块", "subDocument": "外部文档块",
    "frame": "框架网页", "mailMergeSource": "邮件合并", "mailMergeHeaderSource": "邮件合并", "comments": "批注", "commentsExtended": "批注",
    "commentsIds": "批注", "commentsExtensible": "批注", "chart": "图表", "hyperlink": "超链接", "video": "影音", "audio": "影音", "media": "影音",
    "attachedToolbars": "自定义工具栏", "recipientData": "邮件合并", "transform": "XSLT转换",
}  # fmt: skip

#: Prefix → namespace, each under its usual prefix: docxtpl and our own passes know elements by it.
SPACES: Mapping[str, str] = {
    "w": namespaces.W, "r": namespaces.R, "mc": namespaces.MC, "wp": namespaces.WP, "a": namespaces.A, "c": namespaces.C,
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture", "wps": namespaces.WPS,
    "wpg": f"{_MICROSOFT}word/2010/wordprocessingGroup", "wpc": f"{_MICROSOFT}word/2010/wordprocessingCanvas",
    "v": namespaces.V, "o": "urn:schemas-microsoft-com:office:office", "w10": "urn:schemas-microsoft-com:office:word",
    "m": "http://schemas.openxmlformats.org/officeDocument/2006/math", "xml": "http://www.w3.org/XML/1998/namespace",
}  # fmt: skip
#: Later additions of Word and WPS, which every older reader passes over: left out of papers, kept in a clerk's own file.
ADDITIONS = frozenset({
    *(f"{_MICROSOFT}word/{name}" for name in (
        "2010/wordml", "2012/wordml", "2018/wordml", "2015/wordml/symex", "2016/wordml/cid", "2018/wordml/cex",
        "2020/wordml/sdtdatahash", "2023/wordml/word16du", "2024/wordml/sdtformatlock", "2010/wordprocessingDrawing",
        "2010/wordprocessingInk",
    )),
    *(f"{_MICROSOFT}drawing/{name}" for name in (
        "2010/main", "2014/main", "2014/chartex", "2015/9/8/chartex", "2015/10/21/chartex", "2016/5/9/chartex",
        "2016/5/10/chartex", "2016/5/11/chartex", "2016/5/12/chartex", "2016/5/13/chartex", "2016/5/14/chartex",
        "2016/ink", "2017/model3d", "2013/main/command", "2012/chart", "2007/8/2/chart", "2014/chart", "2008/diagram",
        "2016/11/main", "2017/decorative", "2018/hyperlinkcolor",
    )),
    f"{_MICROSOFT}thememl/2012/main", f"{_MICROSOFT}mac/office/2008/main", "urn:schemas-microsoft-com:mac:vml",
    "http://www.wps.cn/officeDocument/2013/wpsCustomData", "http://www.wps.cn/officeDocument/2016/svg",
    "http://www.wps.cn/officeDocument/2017/etCustomData", "http://web.wps.cn/et/2018/main",
})  # fmt: skip
_DIAGRAM = "http://schemas.openxmlformats.org/drawingml/2006/"
_CLERK_SPACES = frozenset({
    *SPACES.values(), *ADDITIONS, f"{_DIAGRAM}diagram", f"{_DIAGRAM}chartDrawing", f"{_DIAGRAM}lockedCanvas",
    "http://schemas.openxmlformats.org/officeDocument/2006/bibliography", f"{_MICROSOFT}drawing/2012/chartStyle",
    "http://www.w3.org/2001/XMLSchema-instance",
})  # fmt: skip

TRACKED = frozenset({
    "ins", "del", "moveFrom", "moveTo", "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd",
    "delText", "delInstrText", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tblPrExChange", "trPrChange",
    "tcPrChange", "tblGridChange", "numberingChange", "cellIns", "cellDel", "cellMerge", "trackRevisions",
})  # fmt: skip
COMMENTED = frozenset({
    "comments", "comment", "commentRangeStart", "commentRangeEnd", "commentReference", "annotationRef",
})  # fmt: skip
#: Active in whatever file it stands: element of the main vocabulary → what a person calls it.
ACTIVE: Mapping[str, str] = {
    "altChunk": "外部文档块", "subDoc": "外部文档块", "object": "嵌入对象或控件", "objectEmbed": "嵌入对象或控件",
    "objectLink": "嵌入对象或控件", "control": "嵌入对象或控件", "attachedTemplate": "所附模板或邮件合并",
    "mailMerge": "所附模板或邮件合并", "entryMacro": "宏", "exitMacro": "宏", "attachedSchema": "外部架构",
    "saveThroughXslt": "外部架构", "sourceFileName": "框架网页", "frameset": "框架网页", "movie": "影音",
}  # fmt: skip
#: Not active, but nothing for an official paper.
_UNFIT: Mapping[str, str] = {
    **dict.fromkeys(TRACKED, "修订痕迹"), **dict.fromkeys(COMMENTED, "批注"),
    **dict.fromkeys(("vanish", "specVanish", "webHidden", "hidden"), "隐藏文字"), "docVars": "文档变量", "docVar": "文档变量",
    "linkStyles": "所附模板或邮件合并",
    **dict.fromkeys(("customXml", "smartTag", "dataBinding"), "自定义数据"), "ffData": "窗体域", "fldData": "窗体域",
    **dict.fromkeys(("documentProtection", "writeProtection", "permStart", "permEnd"), "文档保护"),
}  # fmt: skip
#: Elements of other vocabularies that load, run or open something.
ACTIVE_ELSEWHERE: Mapping[str, str] = {
    "hlinkClick": "图形上的链接", "hlinkHover": "图形上的链接", "hlinkMouseOver": "图形上的链接", "snd": "影音", "audioCd": "影音",
    "audioFile": "影音", "videoFile": "影音", "wavAudioFile": "影音", "quickTimeFile": "影音", "OLEObject": "嵌入对象或控件",
    "signatureline": "签名行", "include": "外部内容", "ocx": "嵌入对象或控件", "taskpane": "加载项", "webextension": "加载项",
    "customUI": "自定义功能区", "keymaps": "快捷键宏", "tcg": "快捷键宏", "schemaLibrary": "外部架构", "svg": "svg图片", "svgBlip": "svg图片",
}  # fmt: skip
ACTIVE_ATTRIBUTES = frozenset({"href", "src", "althref", "action"})  # addresses, whatever the vocabulary
REMEDIES: Mapping[str, str] = {
    "修订痕迹": "请接受或拒绝全部修订，并关闭修订", "批注": "请删除批注", "隐藏文字": "请取消隐藏或删除这些文字",
    "文档保护": "请在“审阅”中停止保护", "窗体域": "请删除窗体域，要填写的地方写成{{ 名称 }}",
    "所附模板或邮件合并": "请在“开发工具—文档模板”中改为Normal，并结束邮件合并", "所附模板": "请在“开发工具—文档模板”中改为Normal",
    "宏": "请另存为不带宏的.docx", "快捷键宏": "请另存为不带宏的.docx", "svg图片": "请换成png或jpg图片",
}  # fmt: skip
REMEDY = "请去掉这些内容"
#: Traces of editing that no page shows; left out of papers. Bookmarks among them: a program's own, with a name.
_TRACES = frozenset({
    "bookmarkStart", "bookmarkEnd", "smartTagType", "doNotEmbedSmartTags", "rsids", "rsidRoot", "rsid", "proofErr", "proofState", "lastRenderedPageBreak", "activeWritingStyle", "printerSettings",
    "embedRegular", "embedBold", "embedItalic", "embedBoldItalic", "embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts",
})  # fmt: skip

_SWITCHES = r'(?:\s+\\[*#@!\w]+(?:\s*"[^"\\/:]*"|\s+[\w.\-]+)?)*'
#: They read the document itself only; a longer instruction is none of these.
_PAPER_FIELDS = re.compile(
    rf"(?:PAGE|NUMPAGES|SECTIONPAGES|TOC|(?:REF|PAGEREF|SEQ)\s+\w+|HYPERLINK\s+\\l\s+(?:\w+|\"\w+\")){_SWITCHES}",
    re.IGNORECASE,
)
_CLERK_FIELDS = re.compile(
    r"""=.*|(?:PAGE|NUMPAGES|SECTION|SECTIONPAGES|TOC|TC|TOA|TA|INDEX|XE|REF|PAGEREF|NOTEREF|FTNREF|SEQ|STYLEREF|LISTNUM
    |AUTONUM|AUTONUMLGL|AUTONUMOUT|DATE|TIME|CREATEDATE|SAVEDATE|PRINTDATE|EDITTIME|AUTHOR|LASTSAVEDBY|TITLE|SUBJECT
    |KEYWORDS|COMMENTS|DOCPROPERTY|DOCVARIABLE|INFO|FILENAME|FILESIZE|REVNUM|TEMPLATE|NUMCHARS|NUMWORDS|USERNAME
    |USERINITIALS|USERADDRESS|EQ|SYMBOL|ADVANCE|QUOTE|IF|COMPARE|SET|MERGEFIELD|MERGEREC|MERGESEQ|FORMTEXT|FORMCHECKBOX
    |FORMDROPDOWN|BIBLIOGRAPHY|CITATION|ADDRESSBLOCK|GREETINGLINE|BARCODE|DISPLAYBARCODE|SHAPE)(?:\s.*|\\.*|".*)?
    |HYPERLINK\s+(?:\\l\s.*|"?(?:https?://|mailto:|\#).*)""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
FIELD_LIMIT = 2000  # characters of an instruction; none that a person writes is longer


@dataclass(frozen=True)
class Profile:
    """What may stand in one sort of package.

    ``relations`` lead to parts that are taken over, ``left_out`` to parts that are not, whatever they hold. With
    ``spaces`` every element must be of one of these namespaces. ``words`` names the elements of the main vocabulary
    that may stand, empty where all may but ``refused``. ``author`` replaces the authors of revisions and comments.
    ``rewritten``: parts get the usual names, and lose traces of editing; else their text stays byte for byte.
    """

    relations: Mapping[str, Kind]
    left_out: frozenset[str]
    spaces: frozenset[str]
    refused: Mapping[str, str]
    fields: re.Pattern[str]
    words: frozenset[str] = frozenset()
    attributes: frozenset[str] = frozenset()
    traces: frozenset[str] = frozenset()
    rewritten: bool = True
    links: bool = False  # web and mail addresses that only a click opens
    nested_fields: bool = False
    author: str = ""


TEMPLATE = Profile(
    relations=_OF_TEMPLATES,
    left_out=PERSONAL | _UNSEEN,
    spaces=frozenset(SPACES.values()),
    refused={**ACTIVE, **_UNFIT},
    fields=_PAPER_FIELDS,
    words=W_ELEMENTS,
    attributes=W_ATTRIBUTES,
    traces=_TRACES,
)
#: A finished paper: a template's content, and the charts that we draw, with their figures.
PAPER = replace(TEMPLATE, relations={**_OF_TEMPLATES, f"{_OFFICE}chart": _CHART, f"{_OFFICE}package": _BOOK})
_REVIEWED = TRACKED | COMMENTED
#: A copy for review: a paper with revisions or comments under one fixed name, without a moment.
REVIEW = replace(
    PAPER,
    relations={**PAPER.relations, f"{_OFFICE}comments": _COMMENTS},
    left_out=PAPER.left_out | _REMARKS_ON_COMMENTS,
    refused={word: label for word, label in TEMPLATE.refused.items() if word not in _REVIEWED},
    words=W_ELEMENTS | _REVIEWED,
    attributes=W_ATTRIBUTES | {"author"},
    author="办公室",
)
#: A clerk's own file: the text stays as it is, personal properties go, active or remote content is refused.
CLERK = Profile(
    relations={**REVIEW.relations, **_OF_A_CLERK},
    left_out=PERSONAL,
    spaces=_CLERK_SPACES,
    refused=ACTIVE,
    fields=_CLERK_FIELDS,
    rewritten=False,
    links=True,
    nested_fields=True,
)
