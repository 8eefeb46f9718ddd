"""styles.xml, settings.xml and fontTable.xml, written from the house style."""

from pipeline.word.house_style import FANGSONG, FONT_FALLBACKS, KAITI, LEAD_IN, NORMAL, SAN_HAO, STYLES, Style
from pipeline.word.namespaces import HEAD, W


def fonts(family: str) -> str:
    """All four font slots, so that quotes and dashes come from the Han font in every engine."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{family}" w:hAnsi="{family}" '
        f'w:eastAsia="{family}" w:cs="Times New Roman"/>'
    )


def _indent(style: Style) -> str:
    if style.first_line_cells:
        # Word reads the number of characters, other engines the length: both are written.
        return (
            f'<w:ind w:firstLineChars="{style.first_line_cells * 100}" w:firstLine="{style.first_line_cells * 316}"/>'
        )
    if style.left or style.right:
        hanging = f' w:hanging="{style.hanging}"' if style.hanging else ""
        return f'<w:ind w:left="{style.left}" w:right="{style.right}"{hanging}/>'
    return ""


def _paragraph_properties(style: Style) -> str:
    keep = "<w:keepNext/>" if style.keep_next else ""
    grid = "" if style.on_grid else '<w:snapToGrid w:val="0"/>'
    rule = f'w:line="{style.line}" w:lineRule="exact"' if style.line else 'w:line="240" w:lineRule="auto"'
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline is not None else ""
    return (
        # overflowPunct is always written: where it is absent LibreOffice hangs, and loses, a mark at the line's end.
        f'<w:pPr>{keep}<w:widowControl w:val="0"/><w:kinsoku/><w:overflowPunct w:val="1"/>{grid}'
        f'<w:spacing w:before="{style.before}" w:after="0" {rule}/>{_indent(style)}'
        f'<w:jc w:val="{style.align}"/>{outline}</w:pPr>'
    )


def _style(style: Style) -> str:
    default = ' w:default="1"' if style is NORMAL else ' w:customStyle="1"'
    based = "" if style is NORMAL else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{style.identifier}"><w:name w:val="{style.name}"/>'
        f"{based}<w:qFormat/>{_paragraph_properties(style)}"
        f'<w:rPr>{fonts(style.font)}<w:color w:val="{style.colour}"/><w:spacing w:val="{style.spacing}"/>'
        f'<w:kern w:val="0"/><w:sz w:val="{style.size}"/><w:szCs w:val="{style.size}"/></w:rPr></w:style>'
    )


def styles_xml() -> str:
    """Every named style; the document defaults equal 正文, so that nothing falls out of the house style."""
    return (
        f'{HEAD}<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>{fonts(FANGSONG)}'
        f'<w:kern w:val="0"/><w:sz w:val="{SAN_HAO}"/><w:szCs w:val="{SAN_HAO}"/>'
        # The Latin language decides where LibreOffice may break a line: with zh-CN there it splits 18.4% in two.
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>"
        + "".join(_style(style) for style in STYLES)
        + f'<w:style w:type="character" w:customStyle="1" w:styleId="{LEAD_IN}"><w:name w:val="楷体引语"/>'
        f"<w:qFormat/><w:rPr>{fonts(KAITI)}</w:rPr></w:style>"
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/>'
        '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
        "</w:tblCellMar></w:tblPr></w:style></w:styles>"
    )


def settings_xml() -> str:
    """Odd and even footers, no punctuation compression, Word 2013 layout; no mirrored margins."""
    return (
        f'{HEAD}<w:settings xmlns:w="{W}"><w:zoom w:percent="100"/><w:evenAndOddHeaders/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
        '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        'w:val="15"/></w:compat><w:themeFontLang w:val="zh-CN" w:eastAsia="zh-CN"/></w:settings>'
    )


def font_table_xml() -> str:
    """The fonts with the name that a reader without them should try."""
    entries = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/>'
        '<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, other in FONT_FALLBACKS.items()
    )
    return f'{HEAD}<w:fonts xmlns:w="{W}">{entries}</w:fonts>'
