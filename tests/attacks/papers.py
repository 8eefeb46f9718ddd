"""Papers that hold up, swell or fetch: for ``lint``, ``lint --pdf`` and ``pdf``."""

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

from tests.attacks.pictures import ENTITIES, png, svg
from tests.attacks.room import Case, Room, Wrong

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_P = "http://schemas.openxmlformats.org/package/2006"
_MIMES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LINE = "<w:p><w:r><w:t>关于样例事项的通知</w:t></w:r></w:p>"
_CHUNK = 1 << 20
Parts = dict[str, bytes | Iterator[bytes]]  # by name; a giant one comes in pieces


def _inline(relation: str, kind: str = "embed") -> str:
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<wp:extent cx="999999" cy="999999"/><wp:docPr id="1" name="x"/>'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr><pic:cNvPr id="0" name="x"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_R}" r:{kind}="{relation}"/><a:stretch><a:fillRect/>'
        '</a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="999999" cy="999999"/></a:xfrm>'
        '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def _relations(*entries: str) -> str:
    return f'<Relationships xmlns="{_P}/relationships">{"".join(entries)}</Relationships>'


def _relation(name: str, kind: str, target: str, *, outside: bool = False) -> str:
    mode = ' TargetMode="External"' if outside else ""
    return f'<Relationship Id="{name}" Type="{_R}/{kind}" Target="{target}"{mode}/>'


def _paper(body: str = _LINE, *relations: str, **more: bytes) -> Parts:
    """The parts of a plain paper; of ``more`` the part's name is spelt with ``__`` for a slash and ``_`` for the dot."""
    return {
        "[Content_Types].xml": f'<Types xmlns="{_P}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Default Extension="svg" ContentType="image/svg+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_MIMES}.document.main+xml"/>'
        f'<Override PartName="/word/fontTable.xml" ContentType="{_MIMES}.fontTable+xml"/></Types>'.encode(),
        "_rels/.rels": _relations(_relation("rId1", "officeDocument", "word/document.xml")).encode(),
        "word/document.xml": f'<w:document {_W} xmlns:r="{_R}"><w:body>{body}</w:body></w:document>'.encode(),
        "word/_rels/document.xml.rels": _relations(*relations).encode(),
        **{name.replace("__", "/").replace("_", "."): data for name, data in more.items()},
    }  # fmt: skip


def _written(path: Path, parts: Parts) -> Path:
    """The package; a part may come in pieces, so that a giant one is nowhere whole."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as package:
        for name, data in parts.items():
            with package.open(name, "w") as stream:
                for piece in (data,) if isinstance(data, bytes) else data:
                    stream.write(piece)
    return path


def _repeated(unit: bytes, count: int, before: bytes = b"", after: bytes = b"") -> Iterator[bytes]:
    yield before
    at_once = max(1, _CHUNK // len(unit))
    for start in range(0, count, at_once):
        yield unit * min(at_once, count - start)
    yield after


def _many_elements(count: int, element: bytes = b"<w:p/>", *, footer: bool = False) -> Parts:
    parts = _paper(_LINE, _relation("rId5", "footer", "footer1.xml"))
    before, after = (b"<w:ftr %s>", b"</w:ftr>") if footer else (b"<w:document %s><w:body>", b"</w:body></w:document>")
    name = "word/footer1.xml" if footer else "word/document.xml"
    parts[name] = _repeated(element, count, before % _W.encode(), after)
    return parts


def _linted(name: str, build: Callable[[], Parts], *codes: int) -> Case:
    def act(room: Room) -> None:
        path = _written(room.mail / "甲.docx", build())
        room.run("lint", path).ends(*codes or (1, 2)).says("甲.docx")

    return Case(f"lint: {name}", act)


def _sparse(room: Room) -> None:
    path = room.mail / "甲.docx"
    with path.open("wb") as stream:
        stream.write(b"PK\x03\x04")
        stream.truncate(6 << 30)
    room.run("lint", path).ends(1, 2).says("甲.docx")
    room.run("receive", path).ends(2)
    room.run("inspect", path).ends(2)
    room.run("pdf", path).ends(2).says("甲.docx")


def _odd_file(name: str, make: Callable[[Path], object]) -> Case:
    def act(room: Room) -> None:
        path = room.mail / "甲.docx"
        make(path)
        for command in ("lint", "pdf"):
            room.run(command, path).ends(2).says("甲.docx")

    return Case(f"lint, pdf: {name}", act)


# --- what LibreOffice is given ------------------------------------------------------------------------------


@contextmanager
def _listening() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and who asked there for what."""
    heard: list[str] = []

    class Hears(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815 - the same

        def log_message(self, *_: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hears)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", heard
    finally:
        server.shutdown()
        server.server_close()


def _fetching(name: str, build: Callable[[str], Parts], *commands: str) -> Case:
    """Whatever is said of the paper, nobody is asked for anything."""

    def act(room: Room) -> None:
        with _listening() as (address, heard):
            path = _written(room.mail / "甲.docx", build(address))
            for command in commands:
                room.run(command, path, seconds=100).ends(0, 1, 2)
        if heard:
            raise Wrong(f"fetches {heard[:3]}")

    return Case(f"{', '.join(commands)}: {name}", act, worked=60, megabytes=700, needs="office")


def _remote_picture(address: str) -> Parts:
    return _paper(_LINE + _inline("rId9", "link"), _relation("rId9", "image", f"{address}/p.png", outside=True))


def _remote_font(address: str) -> Parts:
    fonts = f'<w:fonts {_W} xmlns:r="{_R}"><w:font w:name="远字"><w:embedRegular r:id="rId1"/></w:font></w:fonts>'
    there = _relations(_relation("rId1", "font", f"{address}/f.odttf", outside=True))
    return _paper(
        _LINE.replace("<w:t>", '<w:rPr><w:rFonts w:eastAsia="远字"/></w:rPr><w:t>'),
        _relation("rId8", "fontTable", "fontTable.xml"),
        word__fontTable_xml=fonts.encode(), word___rels__fontTable_xml_rels=there.encode(),
    )  # fmt: skip


def _remote_everything(address: str) -> Parts:
    """A template, a sub-document, an included text, an object and a drawing's picture from elsewhere."""
    field = f'<w:p><w:fldSimple w:instr="INCLUDETEXT &quot;{address}/t.docx&quot;"/></w:p>'
    picture = f'<w:p><w:fldSimple w:instr="INCLUDEPICTURE &quot;{address}/i.png&quot;"/></w:p>'
    drawn = f'<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:9pt;height:9pt"><v:imagedata src="{address}/v.png"/></v:shape></w:pict></w:r></w:p>'
    return _paper(
        _LINE + field + picture + drawn + '<w:subDoc r:id="rId7"/>',
        _relation("rId7", "subDocument", f"{address}/s.docx", outside=True),
        _relation("rId6", "attachedTemplate", f"{address}/a.dotx", outside=True),
    )


def _pictured(data: bytes, suffix: str = "png") -> Parts:
    return _paper(
        _LINE + _inline("rId9"),
        _relation("rId9", "image", f"media/p.{suffix}"),
        **{f"word__media__p_{suffix}": data},
    )


def _converted(name: str, build: Callable[[], Parts], *commands: str, long: bool = False) -> Case:
    def act(room: Room) -> None:
        path = _written(room.mail / "甲.docx", build())
        for command in commands:
            room.run(command, path, seconds=100).ends(0, 1, 2).says("甲|新增")

    return Case(f"{', '.join(commands)}: {name}", act, worked=70, megabytes=700, long=long, needs="office")  # fmt: skip


_BOTH = ("pdf", "lint --pdf")

PAPERS = (
    _linted("7,500,000 paragraphs in 73 KB", lambda: _many_elements(7_500_000)),
    _linted("the same in a footer", lambda: _many_elements(7_500_000, footer=True)),
    _linted("4,000,000 runs in one paragraph", lambda: _many_elements(4_000_000, b"<w:r/>")),
    _linted("3,000,000 unknown elements", lambda: _many_elements(3_000_000, b'<x a="1"/>')),
    _linted("100,000 elements one in another", lambda: _many_elements(100_000, b"<w:sdt>")),
    _linted("a picture of 50,000 × 50,000", lambda: _pictured(png(50_000, 50_000, 1)), 0, 1),
    _linted("an svg of a thousand million entities", lambda: _pictured(svg("<text>&a9;</text>", ENTITIES), "svg"), 0, 1, 2),
    Case("lint, receive, inspect, pdf: 6 GB that are nowhere (sparse)", _sparse, worked=20),
    _odd_file("a folder", lambda path: path.mkdir()),
    _odd_file("a pipe that nobody writes to", os.mkfifo),
    _odd_file("a link to itself", lambda path: path.symlink_to(path)),
    _odd_file("a link to a device without end", lambda path: path.symlink_to("/dev/zero")),
    _fetching("a remote picture", _remote_picture, "pdf"),
    _fetching("a remote font", _remote_font, "pdf"),
    _fetching("remote template, parts, fields, drawing", _remote_everything, *_BOTH),
    _converted("a picture of 50,000 × 50,000 of which one row is there", lambda: _pictured(png(50_000, 50_000, 1)), "pdf"),
    _converted("a picture of 50,000 × 50,000 in 300 KB", lambda: _pictured(png(50_000, 50_000)), "pdf"),
    _converted("an svg of a thousand million entities", lambda: _pictured(svg("<text>&a9;</text>", ENTITIES), "svg"), "pdf"),
    _converted("an svg that uses itself", lambda: _pictured(svg('<g id="a"><use xlink:href="#a"/><use xlink:href="#a"/></g>'), "svg"), "pdf"),
    _converted("7,500,000 paragraphs in 73 KB", lambda: _many_elements(7_500_000), "pdf", "lint --pdf"),
    _converted("a table of 63 columns and 20,000 rows", lambda: _paper("<w:tbl>" + ("<w:tr>" + "<w:tc><w:p/></w:tc>" * 63 + "</w:tr>") * 20_000 + "</w:tbl>"), "pdf", long=True),
)  # fmt: skip
