"""Templates tampered with, each with one word planted that must reach no paper: families of tricks, drawn by a seed.

Payloads are inert: addresses end in .invalid, programs don't exist.
"""

import io
import random
import re
import zipfile
from collections.abc import Callable

from pipeline.word.namespaces import A, R, V, W
from tests.docx_reading import small_template
from tests.tampered_drawings import OF_DRAWINGS
from tests.tampering import HEAD, MAIN, MICROSOFT, OFFICE, PACKAGE, RELS, WORD_TYPE, Tampered

STRICT = {W: "http://purl.oclc.org/ooxml/wordprocessingml/main", R: "http://purl.oclc.org/ooxml/officeDocument/relationships"}  # fmt: skip
_BASE = small_template("{{ 标题 }}", "正文一段", "正文二段")

FIELDS = (
    'DDEAUTO c:\\\\{}.exe "x"', 'DDE {} "x"', 'INCLUDETEXT "http://{}.invalid/a.docx"', 'INCLUDEPICTURE "http://{}.invalid/a.png" \\d',
    'LINK Excel.Sheet.8 "\\\\\\\\{}\\\\a.xlsx"', "MACROBUTTON {} 点这里", "AUTOTEXT {}", 'HYPERLINK "http://{}.invalid/"', 'QUOTE "{}"',
    'DOCPROPERTY "{}"', 'ASK 名 "{}"', 'FILLIN "{}"', 'IF 1 = 1 "{}" ""', "= {} + 1", 'IMPORT "{}"', "EMBED {}", 'DATABASE \\d "{}"',
    'PAGE "http://{}.invalid/"', "PAGE \\* MERGEFORMAT {}", 'TOC \\o "1-3" {}', "REF 名 {}", 'GOTOBUTTON {} x', 'ADDIN {}', 'RD "{}"', "dde {}",
)  # fmt: skip


def _hidden(code: str, word: str, chance: random.Random) -> str:
    """Runs that hold a field's code, whole or in one of the ways of hiding it; the planted word stays whole."""
    start = code.index(word)
    at = chance.choice([at for at in range(1, len(code)) if not start < at < start + len(word)])
    a, b = (piece.replace("&", "&amp;").replace("<", "&lt;") for piece in (code[:at], code[at:]))
    whole = a + b
    return chance.choice([
        f"<w:r><w:instrText>{whole}</w:instrText></w:r>",
        f"<w:r><w:instrText><!--x-->{whole}</w:instrText></w:r>",
        f"<w:r><w:instrText><?x y?>{whole}</w:instrText></w:r>",
        f"<w:r><w:instrText>{a}<!-- x -->{b}</w:instrText></w:r>",
        f"<w:r><w:instrText>{a}</w:instrText></w:r><w:r><w:instrText>{b}</w:instrText></w:r>",
        f"<w:r><w:instrText>PAGE </w:instrText></w:r><w:r><w:instrText><!--x-->{whole}</w:instrText></w:r>",
        f"<w:r><w:instrText><w:noBreakHyphen/>{whole}</w:instrText></w:r>",
        f"<w:r><w:instrText><![CDATA[{code}]]></w:instrText></w:r>",
        f"<w:r><w:instrText>{''.join(f'&#{ord(letter)};' for letter in code)}</w:instrText></w:r>",
        f"<w:r><w:t>{whole}</w:t></w:r>",
        f"<w:r><w:delInstrText>{whole}</w:delInstrText></w:r>",
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="w"><w:r>'
        f"<w:instrText>PAGE</w:instrText></w:r></mc:Choice><mc:Fallback><w:r><w:instrText>{whole}</w:instrText></w:r></mc:Fallback>"
        "</mc:AlternateContent>",
    ])  # fmt: skip


def field_markup(word: str, chance: random.Random) -> str:
    """A field that does what no paper may do."""
    code = chance.choice(FIELDS).format(word)
    if chance.random() < 0.15:
        quoted = code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
        return f'<w:fldSimple w:instr=" {quoted} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
    inner = f"{begin}{_hidden(code, word, chance)}{separate}<w:r><w:t>1</w:t></w:r>{end}"
    if chance.random() < 0.2:
        return f"{begin}<w:r><w:instrText>PAGE </w:instrText></w:r>{inner}{end}"
    return inner


_R, _A, _V = f'xmlns:r="{R}"', f'xmlns:a="{A}"', f'xmlns:v="{V}"'
_O = 'xmlns:o="urn:schemas-microsoft-com:office:office"'
ELEMENTS = (
    f'<w:r><w:pict><v:shape {_V} href="http://{{}}.invalid/"/></w:pict></w:r>',
    f'<w:r><w:pict><v:shape {_V}><v:imagedata src="http://{{}}.invalid/a.png"/></v:shape></w:pict></w:r>',
    f'<w:r><w:pict><v:shape {_V}><v:imagedata src="{{}}.png"/></v:shape></w:pict></w:r>',
    f'<w:r><w:pict><v:shape {_V} {_O} o:href="{{}}.htm"/></w:pict></w:r>',
    f'<w:r><w:pict><v:rect {_V} {_O} o:gfxdata="{{}}"/></w:pict></w:r>',
    f'<w:r><w:pict><v:rect {_V} style="background:url({{}})"/></w:pict></w:r>',
    f'<w:r><w:object><o:OLEObject {_O} ProgID="{{}}"/></w:object></w:r>', '<w:r><w:control w:name="{}"/></w:r>',
    '<w:r><ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{}"/></w:r>',
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="{}"/></w:ffData></w:fldChar></w:r>',
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:exitMacro w:val="{}"/></w:ffData></w:fldChar></w:r>',
    '<w:r><w:fldChar w:fldCharType="begin"><w:fldData>{}</w:fldData></w:fldChar></w:r>',
    '<w:smartTag w:element="{}"><w:r><w:t>甲</w:t></w:r></w:smartTag>', '<w:customXml w:element="{}"/>',
    '<w:sdt><w:sdtPr><w:dataBinding w:xpath="{}"/></w:sdtPr><w:sdtContent/></w:sdt>',
    f'<w:altChunk {_R} r:id="{{}}"/>', f'<w:subDoc {_R} r:id="{{}}"/>',
    f'<w:r><w:drawing><a:hlinkClick {_A} action="ppaction://program?{{}}"/></w:drawing></w:r>',
    f'<w:r><w:drawing><a:hlinkHover {_A} tooltip="{{}}"/></w:drawing></w:r>',
    f'<w:r><w:drawing><a:blip {_A} {_R} r:link="{{}}"/></w:drawing></w:r>',
    '<w:r><svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:script>{}</svg:script></svg:svg></w:r>',
    '<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///{}"/>',
    '<w:ins w:id="1" w:author="{}"><w:r><w:t>甲</w:t></w:r></w:ins>', '<w:del w:id="1"><w:r><w:delText>{}</w:delText></w:r></w:del>',
    '<w:r><w:rPr><w:rPrChange w:id="1" w:author="{}"/></w:rPr></w:r>', "<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>",
    '<w:r><w:rPr><w:webHidden w:val="true"/></w:rPr><w:t>{}</w:t></w:r>', '<w:commentRangeStart w:id="{}"/>',
    "<w:unheard>{}</w:unheard>", '<w:r w:unheard="{}"/>', '<w:r unheard="{}"/>', '<w:r w:rsidR="{}"/>',
    '<q:x xmlns:q="urn:{}"/>', '<w:r xmlns:q="urn:q" q:a="{}"/>', '<w:r xml:base="http://{}.invalid/"/>', '<w:r xmlns:q="urn:{}"/>',
    '<q:x xmlns:q="urn:q" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="q">{}</q:x>',
    '<w:r xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:ProcessContent="{}"/>',
    '<w14:x xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{}</w14:x>',
    f'<w:r><a:graphic {_A}><a:extLst><a:ext uri="x"><a:x>{{}}</a:x></a:ext></a:extLst></a:graphic></w:r>',
    '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" name="{}" '
    'hidden="1"/></w:drawing></w:r>', '<w:trPr><w:hidden/></w:trPr><w:r><w:t>{}</w:t></w:r>',
    f'<w:r><w:pict><v:rect {_V} style="visibility:hidden"><v:textbox><w:txbxContent><w:p><w:r><w:t>{{}}</w:t></w:r></w:p></w:txbxContent>'
    "</v:textbox></v:rect></w:pict></w:r>",
    "{}", "<!--{}-->", "<?x {}?>", '<w:proofErr w:type="{}"/>', '<w:hyperlink w:anchor="a" w:tooltip="{}" w:docLocation="{}"/>',
    '<w:bookmarkStart w:id="1" w:name="{}"/><w:bookmarkEnd w:id="1"/>', '<w:permStart w:id="1" w:ed="{}"/>',
    '<w:r><w:drawing><wp:docPr xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" id="1" '
    'name="a" descr="file:///C:/{}.png"/></w:drawing></w:r>',
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:am3d="http://schemas.microsoft.com/'
    'office/drawing/2017/model3d"><mc:Choice Requires="am3d"><am3d:x>{}</am3d:x></mc:Choice></mc:AlternateContent>',
)  # fmt: skip
SETTINGS = (
    '<w:attachedSchema w:val="{}"/>', '<w:saveThroughXslt w:solutionID="{}"/>', '<w:docVars><w:docVar w:name="a" w:val="{}"/></w:docVars>',
    '<sl:schemaLibrary xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"><sl:schema sl:manifestLocation="http://{}"/>'
    "</sl:schemaLibrary>", '<w:documentProtection w:edit="forms" w:hash="{}"/>', '<w:writeProtection w:hash="{}"/>',
    '<w:mailMerge><w:query w:val="{}"/></w:mailMerge>', f'<w:attachedTemplate {_R} r:id="{{}}"/>', '<w:rsids><w:rsid w:val="{}"/></w:rsids>',
    '<w:activeWritingStyle w:appName="{}"/>', '<w15:docId xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" w15:val="{}"/>',
    '<w:compat><w:compatSetting w:name="a" w:uri="http://{}.invalid/" w:val="1"/></w:compat>', "<!--{}-->", "{}", '<w:trackRevisions w:x="{}"/>',
    '<wne:keymaps xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"><wne:keymap wne:macroName="{}"/></wne:keymaps>',
)  # fmt: skip
RELATIONS = (
    f"{MICROSOFT}2006/relationships/vbaProject", f"{MICROSOFT}2006/relationships/keyMapCustomizations", f"{MICROSOFT}2006/relationships/ui/extensibility",
    f"{MICROSOFT}2007/relationships/ui/extensibility", f"{MICROSOFT}2011/relationships/webextensiontaskpanes",
    f"{MICROSOFT}2006/relationships/attachedToolbars", f"{MICROSOFT}2011/relationships/people", f"{MICROSOFT}2011/relationships/commentsExtended",
    f"{MICROSOFT}2007/relationships/stylesWithEffects", f"{PACKAGE}core-properties", f"{PACKAGE}thumbnail", "urn:example:{}",
    *(f"{OFFICE}{name}" for name in (
        "attachedTemplate", "oleObject", "package", "control", "aFChunk", "subDocument", "frame", "hyperlink", "image", "mailMergeSource",
        "recipientData", "comments", "extended-properties", "custom-properties", "customXml", "glossaryDocument", "font", "printerSettings",
        "webSettings", "chart", "diagramData", "video", "officeDocument", "styles", "settings",
    )),
    f"{STRICT[R]}/attachedTemplate", f"{STRICT[R]}/header",
)  # fmt: skip
TARGETS = (
    "http://{}.invalid/a.dotm", "file:///C:/{}.docx", "\\\\{}\\share\\a.docx", "//{}/a.docx", "C:\\{}.docx", "\\{}\\a.png", "../../../../{}/passwd",
    "..\\..\\{}.xml", "javascript:{}", "/{}/../../a.xml", "ms-word:ofe|u|http://{}.invalid/",
)  # fmt: skip
NAMES = (
    "word/added{}.xml", "word/added.XML", "word/added.dat", "WORD/added.xml", "word/extra/deep/added.xml", "meta/core.xml", "DOCPROPS/core.xml",
    "added", "word/embeddings/added.bin", "word/remarks.xml", "word/%61dded.xml", "word/附件.xml", "customUI/customUI.xml", "word/header9.XML",
)  # fmt: skip


def _spelt(name: str, chance: random.Random) -> str:
    """The name as it is, or in other letters' case."""
    return chance.choice([name, name, name.upper(), name.title(), name.swapcase()])


def _hdr(inner: str, space: str = W) -> str:
    return f'{HEAD}<w:hdr xmlns:w="{space}"><w:p>{inner}</w:p></w:hdr>'


def of_fields(package: Tampered) -> None:
    package.insert(
        package.chance.choice([MAIN, "word/footer1.xml", "word/footer3.xml"]),
        field_markup(package.word, package.chance),
    )


def of_elements(package: Tampered) -> None:
    markup = package.chance.choice(ELEMENTS).replace("{}", package.word)
    package.insert(
        package.chance.choice([MAIN, MAIN, "word/footer1.xml", "word/styles.xml", "word/fontTable.xml"]),
        markup,
    )


def of_settings(package: Tampered) -> None:
    package.insert("word/settings.xml", package.chance.choice(SETTINGS).replace("{}", package.word))


def of_namespaces(package: Tampered) -> None:
    """The strict vocabulary, other prefixes, and namespaces of nobody's."""
    chance, name = package.chance, package.chance.choice([MAIN, "word/footer1.xml", "word/settings.xml"])
    if name == "word/settings.xml":
        of_settings(package)
    else:
        package.insert(name, field_markup(package.word, chance))
    way = chance.randrange(4)
    if way == 0:
        for part in [name] if chance.random() < 0.7 else list(package.parts):
            for usual, strict in STRICT.items():
                package.parts[part] = package.parts[part].replace(usual, strict)
    elif way == 1:
        package.parts[name] = (
            package.parts[name]
            .replace("xmlns:w=", "xmlns:n=")
            .replace("<w:", "<n:")
            .replace("</w:", "</n:")
            .replace(" w:", " n:")
        )
    elif way == 2:
        package.into_root(name, f'xmlns:{chance.choice(["q", "wne", "x1"])}="urn:{package.word}"')
    else:
        package.into_root(name, f'xmlns:x{package.word}="{W}"')


def of_relations(package: Tampered) -> None:
    """A reference that leads outside, or to a part that has no business in a paper."""
    chance, word = package.chance, package.word
    kind = chance.choice(RELATIONS).replace("{}", word)
    source = chance.choice(["", MAIN, "word/settings.xml", "word/footer1.xml", "word/styles.xml"])
    folder, _, base = source.rpartition("/")
    usual = f"{folder}/_rels/{base}.rels".removeprefix("/")
    rels = usual if usual in package.parts else _spelt(usual, chance)
    if chance.random() < 0.5:
        target = chance.choice(TARGETS).replace("{}", word)
        package.relate(source, kind, target, chance.choice(["External", "External", "", "external"]), rels)
        return
    name = chance.choice(NAMES).replace("{}", word)
    package.relate(source, kind, chance.choice([f"/{name}", f"/{name.lower()}"]), "", rels)
    if chance.random() < 0.7:
        package.declare(
            name,
            chance.choice(
                [
                    "application/xml",
                    f"{WORD_TYPE}comments+xml",
                    f"application/{word}",
                    "image/svg+xml",
                    "image/png",
                ]
            ),
        )
    content = chance.choice([f"{HEAD}<x>{word}</x>", _hdr(field_markup(word, chance)), f"MZ{word}"])
    package.raw[name] = content.encode()


def of_part_names(package: Tampered) -> None:
    """A header that is a header by its relation alone, and carries what no header may."""
    chance = package.chance
    name = _spelt(chance.choice(NAMES).replace("{}", ""), chance)
    markup = (
        field_markup(package.word, chance)
        if chance.random() < 0.5
        else chance.choice(ELEMENTS).replace("{}", package.word)
    )
    package.parts[name] = _hdr(markup, chance.choice([W, W, STRICT[W]]))
    package.declare(chance.choice([name, name.lower()]), f"{WORD_TYPE}header+xml")
    package.relate(MAIN, f"{OFFICE}header", chance.choice([f"/{name}", f"/{name.lower()}"]))


def of_main_parts(package: Tampered) -> None:
    """Another main part, two whose names differ by case, or two of what there is one of."""
    chance, other = package.chance, package.parts[MAIN].replace("正文一段", package.word)
    way = chance.randrange(5)
    if way == 4:
        kind = chance.choice(["styles", "settings", "fontTable", "numbering"])
        for number in (1, 2):
            package.parts[f"word/other{number}.xml"] = f'{HEAD}<w:{kind} xmlns:w="{W}"/>'
            package.declare(f"word/other{number}.xml", f"{WORD_TYPE}{kind}+xml")
            package.relate(MAIN, f"{OFFICE}{kind}", f"other{number}.xml")
        package.parts["word/other2.xml"] = package.parts["word/other2.xml"].replace(
            "/>", f"><!--{package.word}--></w:{kind}>"
        )
    elif way == 0:
        package.parts["word/other.xml"] = other
        package.declare("word/other.xml", f"{WORD_TYPE}document.main+xml")
        package.parts[RELS] = package.parts[RELS].replace("word/document.xml", "word/other.xml")
    elif way == 1:
        package.parts["word/other.xml"] = other
        package.relate("", f"{OFFICE}officeDocument", "word/other.xml")
    elif way == 2:
        package.parts[_spelt("word/Document.xml", chance).replace("document", "docUment")] = other
    else:
        package.parts["word/other.xml"] = other
        package.relate(MAIN, f"{OFFICE}officeDocument", "other.xml")


def of_comments(package: Tampered) -> None:
    """Comments and instructions to programs anywhere in any part, also before and after its root; a name for nothing."""
    chance, name = package.chance, package.chance.choice(list(package.parts))
    if chance.random() < 0.2:
        package.into_root(name, f'xmlns:q="urn:{package.word}"')
        return
    markup = chance.choice(["<!--{}-->", "<?x {}?>", "<?mso-application {}?>"]).replace("{}", package.word)
    text = package.parts[name]
    places = [len(HEAD), len(text), *(found.end() for found in re.finditer(r"<[a-zA-Z][^<>]*>", text))]
    at = chance.choice(places)
    package.parts[name] = text[:at] + markup + text[at:]


_OTHER_FAMILIES: tuple[Callable[[Tampered], None], ...] = (
    of_fields, of_elements, of_settings, of_namespaces, of_relations, of_part_names, of_main_parts, of_comments,
)  # fmt: skip


def of_encodings(package: Tampered) -> None:
    """One of the other tricks, in a part that is not written in plain UTF-8."""
    package.chance.choice(_OTHER_FAMILIES)(package)
    encodings = ["utf-16", "utf-16-be", "utf-8-sig", "iso-8859-1", "us-ascii"]
    for name in package.parts:
        if package.chance.random() < 0.6:
            package.encodings[name] = package.chance.choice(encodings)


FAMILIES = (*_OTHER_FAMILIES, of_encodings, of_relations, *OF_DRAWINGS)  # relations have most to try


def tampered(number: int) -> tuple[str, str, bytes]:
    """The family, the planted word and the template; the same number gives the same."""
    chance = random.Random(number)
    word, family = f"zq{number:06d}xv", FAMILIES[number % len(FAMILIES)]
    with zipfile.ZipFile(io.BytesIO(_BASE)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    package = Tampered(word, chance, parts)
    family(package)
    return family.__name__, word, package.packed()
