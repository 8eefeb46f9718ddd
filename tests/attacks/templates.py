"""Templates that carry what no paper may carry. Either the template is refused, or no paper holds the planted word."""

import io
import zipfile
from collections.abc import Callable, Mapping

from tests.attacks.room import Case, Room, Wrong

WORD = "QUOKKA7"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MIMES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_MAIN, _TYPES, _RELATIONS = "word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"
_TEMPLATE = "templates/简报.docx"
Parts = dict[str, bytes]


def _field(inside: str) -> str:
    return (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'{inside}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>x</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def _said(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def _shape(inside: str = "", attributes: str = "") -> str:
    return f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:9pt;height:9pt" {attributes}>{inside}</v:shape></w:pict></w:r></w:p>'


def _first(parts: Parts, markup: str) -> None:
    """At the beginning of the body."""
    parts[_MAIN] = parts[_MAIN].replace(b"<w:body>", b"<w:body>" + markup.encode(), 1)


def _body(name: str, markup: str) -> Case:
    return _case(name, lambda parts: _first(parts, markup))


def _related(parts: Parts, kind: str, target: str, *, where: str = _RELATIONS, outside: bool = False) -> None:
    mode = ' TargetMode="External"' if outside else ""
    kind = kind if ":" in kind else f"{_R}/{kind}"
    entry = f'<Relationship Id="rIdQ{len(parts)}" Type="{kind}" Target="{target}"{mode}/></Relationships>'
    if where not in parts:
        parts[where] = (
            b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        )
    parts[where] = parts[where].replace(b"</Relationships>", entry.encode(), 1)


def _typed(parts: Parts, name: str, mime: str) -> None:
    entry = f'<Override PartName="/{name}" ContentType="{mime}"/></Types>'
    parts[_TYPES] = parts[_TYPES].replace(b"</Types>", entry.encode(), 1)


def _added(name: str, part: str, content: str, kind: str, mime: str, target: str = "", where: str = _RELATIONS) -> Case:
    """A part of its own, with its relationship and type."""

    def change(parts: Parts) -> None:
        parts[part] = content.encode()
        _typed(parts, part, mime)
        _related(parts, kind, target or f"/{part}", where=where)

    return _case(name, change)


def _remote(name: str, kind: str, target: str = f"http://{WORD}.example/", where: str = _RELATIONS) -> Case:
    return _case(name, lambda parts: _related(parts, kind, target, where=where, outside=True))


def _in_settings(name: str, markup: str) -> Case:
    def change(parts: Parts) -> None:
        parts["word/settings.xml"] = parts["word/settings.xml"].replace(
            b"</w:settings>", f"{markup}</w:settings>".encode()
        )

    return _case(name, change)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


def _unpacked(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {each: package.read(each) for each in package.namelist()}


def _case(name: str, change: Callable[[Parts], object]) -> Case:
    def act(room: Room) -> None:
        parts = _unpacked((room.root / _TEMPLATE).read_bytes())
        change(parts)
        room.put(_TEMPLATE, _packed(parts))
        room.has_report()
        checked = room.run("templates check")
        if checked.code:
            checked.ends(1, 2).says("简报.docx")
        room.run("run").ends(0, 1, 2)
        papers = list((room.root / "outputs").rglob("*简报*.docx"))
        if not papers and not checked.code:
            raise Wrong("the template passes and no paper is made")
        for paper in papers:
            for part, content in _unpacked(paper.read_bytes()).items():
                if any(WORD.encode(code) in content or WORD in part for code in ("ascii", "utf-16-le", "utf-16-be")):
                    raise Wrong(f"the paper's {part} holds the planted word")

    return Case(f"template: {name}", act)


def _strict(parts: Parts) -> None:
    _first(parts, _field(_said(f"DDEAUTO {WORD}")))
    parts[_MAIN] = parts[_MAIN].replace(_W.encode(), _STRICT.encode())


def _upper(parts: Parts) -> None:
    name = "word/header9.XML"
    parts[name] = f'<w:hdr xmlns:w="{_W}">{_field(_said(f"DDEAUTO {WORD}"))}</w:hdr>'.encode()
    _typed(parts, name, f"{_MIMES}.header+xml")
    _related(parts, "header", "header9.XML")


def _upper_relations(parts: Parts) -> None:
    _related(
        parts,
        "attachedTemplate",
        f"http://{WORD}.example/a.dotm",
        where="word/_rels/settings.xml.RELS",
        outside=True,
    )


def _two_mains(parts: Parts) -> None:
    parts["word/evil.xml"] = parts[_MAIN].replace(
        b"<w:body>", f"<w:body><w:p><w:r><w:t>{WORD}</w:t></w:r></w:p>".encode(), 1
    )
    parts["_rels/.rels"] = parts["_rels/.rels"].replace(b"word/document.xml", b"word/evil.xml")
    _typed(parts, "word/evil.xml", f"{_MIMES}.document.main+xml")


def _utf16(parts: Parts) -> None:
    name = "word/header9.xml"
    parts[name] = (
        f'<?xml version="1.0" encoding="utf-16"?><w:hdr xmlns:w="{_W}">{_field(_said(f"DDEAUTO {WORD}"))}</w:hdr>'.encode(
            "utf-16"
        )
    )
    _typed(parts, name, f"{_MIMES}.header+xml")
    _related(parts, "header", "header9.xml")


_CORE = f'<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>{WORD}</dc:creator></cp:coreProperties>'
_CORE_KIND = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_CORE_MIME = "application/vnd.openxmlformats-package.core-properties+xml"
_ROOT = "_rels/.rels"
TEMPLATES = (
    _case("nothing is changed", lambda parts: parts),
    _body("a comment hides DDE", _field(_said(f"<!--x-->DDEAUTO {WORD}"))),
    _body("a processing instruction hides a remote text", _field(_said(f'<?x y?>INCLUDETEXT "http://{WORD}"'))),
    _body("an element hides DDE", _field(f"<w:r><w:instrText><w:x/>DDEAUTO {WORD}</w:instrText></w:r>")),
    _body("DDE in two pieces", _field(_said("DDE") + _said(f"AUTO {WORD}"))),
    _body("a macro button", _field(_said(f"MACROBUTTON {WORD} x"))),
    _case("the strict names hide DDE", _strict),
    _case("DDE in a part named .XML", _upper),
    _case("relationships named .RELS", _upper_relations),
    _case("DDE in UTF-16", _utf16),
    _case("another part is the main one", _two_mains),
    _added("DDE in a part named .dat", "word/header9.dat", f'<w:hdr xmlns:w="{_W}">{_field(_said(f"DDEAUTO {WORD}"))}</w:hdr>', "header", f"{_MIMES}.header+xml"),
    _added("a task pane", "word/webextensions/taskpanes.xml", f'<wetp:taskpanes xmlns:wetp="http://schemas.microsoft.com/office/webextensions/taskpanes/2010/11" x="{WORD}"/>', "http://schemas.microsoft.com/office/2011/relationships/webextensiontaskpanes", "application/vnd.ms-office.webextensiontaskpanes+xml", where=_ROOT),
    _added("a ribbon", "customUI/customUI.xml", f'<customUI xmlns="http://schemas.microsoft.com/office/2006/01/customui" onLoad="{WORD}"/>', "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility", "application/xml", where=_ROOT),
    _added("a map of keys", "word/customizations.xml", f'<wne:tcg xmlns:wne="http://schemas.microsoft.com/office/word/2006/wordml"><wne:keymaps><wne:keymap><wne:macro wne:macroName="{WORD}"/></wne:keymap></wne:keymaps></wne:tcg>', "http://schemas.microsoft.com/office/2006/relationships/keyMapCustomizations", "application/vnd.ms-word.keyMapCustomizations+xml"),
    _added("comments under another name", "word/remarks.xml", f'<w:comments xmlns:w="{_W}"><w:comment w:id="1" w:author="{WORD}"/></w:comments>', "comments", f"{_MIMES}.comments+xml"),
    _added("the author elsewhere", "meta/core.xml", _CORE, _CORE_KIND, _CORE_MIME, where=_ROOT),
    _added("the author in capitals", "DOCPROPS/core.xml", _CORE, _CORE_KIND, _CORE_MIME, where=_ROOT),
    _added("a people's list", "word/people.xml", f'<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"><w15:person w15:author="{WORD}"/></w15:people>', "http://schemas.microsoft.com/office/2011/relationships/people", f"{_MIMES}.people+xml"),
    _added("a picture that is a script (svg)", "word/media/p.svg", f'<svg xmlns="http://www.w3.org/2000/svg"><script>{WORD}</script></svg>', "image", "image/svg+xml"),
    _body("a shape that is a link", _shape(attributes=f'href="http://{WORD}.example/"')),
    _body("a shape's remote picture", _shape(f'<v:imagedata src="http://{WORD}.example/p.png"/>')),
    _body("ActiveX in the text", f'<w:p><ax:ocx xmlns:ax="http://schemas.microsoft.com/office/2006/activeX" ax:classid="{WORD}"/></w:p>'),
    _body("a form field's macro", f'<w:p><w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:entryMacro w:val="{WORD}"/></w:ffData></w:fldChar></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'),
    _body("an inclusion (xi)", f'<w:p><xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{WORD}"/></w:p>'),
    _body("a click that starts a program", f'<w:p><a:hlinkClick xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" action="ppaction://program" tooltip="{WORD}"/></w:p>'),
    _body("an author's change of format", f'<w:p><w:pPr><w:pPrChange w:id="1" w:author="{WORD}"><w:pPr/></w:pPrChange></w:pPr></w:p>'),
    _in_settings("a library of schemas", f'<sl:schemaLibrary xmlns:sl="http://schemas.openxmlformats.org/schemaLibrary/2006/main"><sl:schema sl:manifestLocation="http://{WORD}.example/"/></sl:schemaLibrary>'),
    _in_settings("a schema attached", f'<w:attachedSchema w:val="{WORD}"/>'),
    _in_settings("a transformation on saving", f'<w:saveThroughXslt w:solutionID="{WORD}"/>'),
    _in_settings("a mail merge's source", f'<w:mailMerge><w:query w:val="{WORD}"/></w:mailMerge>'),
    _remote("a remote template", "attachedTemplate"),
    _remote("a remote frame", "frame"),
    _remote("a picture behind a backslash", "image", f"\\\\{WORD}\\share\\x.png"),
    _remote("a file far above", "image", f"../../../../etc/{WORD}"),
)  # fmt: skip
