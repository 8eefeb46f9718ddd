"""Families of tampering with drawings, pictures, declarations, identifiers and the zip itself."""

import random
import re
import struct
import zlib

from pipeline.word.namespaces import MC, WP, WPS, A, C, R, V, W
from tests.tampering import MAIN, MICROSOFT, OFFICE, RELS, TYPES, Tampered

_SPACES = {
    "a": A, "v": V, "wp": WP, "c": C,
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture", "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    "wps": WPS, "wpg": f"{MICROSOFT}word/2010/wordprocessingGroup", "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word", "mc": MC, "w": W, "r": R,
    "wp14": f"{MICROSOFT}word/2010/wordprocessingDrawing", "w15": f"{MICROSOFT}word/2012/wordml",
}  # fmt: skip
_HOSTS = (
    "a:ln", "a:off", "a:theme", "v:rect", "v:stroke", "wp:anchor", "wp:docPr", "c:chart", "pic:pic", "pic:spPr", "m:oMath", "m:r", "wps:wsp", "wps:bodyPr",
    "wpg:wgp", "o:lock", "w10:wrap", "w:r", "w:p", "w:tbl", "w:drawing",
)  # fmt: skip
_OWN_NAMES = (
    "foo",
    "data-x",
    "Macro",
    "onload",
    "rsidR",
    "rsidRPr",
    "gfxdata",
    "base",
    "unheard",
    "codebase",
    "附",
)


def of_drawn_words(package: Tampered) -> None:
    """Elements and attributes of nobody's in the vocabularies of drawings, charts and formulas."""
    chance, word = package.chance, package.word
    host, space = chance.choice(_HOSTS), chance.choice(list(_SPACES))
    name = chance.choice([*_OWN_NAMES, word])
    declared = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in _SPACES.items() if prefix != "w")
    markup = chance.choice([
        f'<{host} {declared} {name}="{word}"/>', f'<{host} {declared} {space}:{name}="{word}"/>', f'<{host} {declared} xml:lang="{word}"/>',
        f'<{host} {declared} xml:space="{word}"/>', f'<{host} {declared} xml:id="{word}"/>', f'<{host} {declared} mc:Ignorable="a {word}"/>',
        f"<{host} {declared}><{space}:{name}>{word}</{space}:{name}></{host}>", f'<{host} {declared}><{space}:{name} {name}="{word}"/></{host}>',
        f"<{host} {declared}><{space}:x{word}/></{host}>", f"<{host} {declared}>{word}</{host}>", f"<{host} {declared}><![CDATA[{word}]]></{host}>",
        f'<mc:AlternateContent {declared}><mc:Choice Requires="{word}"/><mc:Fallback {name}="{word}"/></mc:AlternateContent>',
    ])  # fmt: skip
    package.insert(chance.choice([MAIN, MAIN, "word/footer1.xml"]), f"<w:r>{markup}</w:r>")


def of_declarations(package: Tampered) -> None:
    """Names given to nothing, in any part; sections of raw text, which say the same in other bytes."""
    chance, word, name = package.chance, package.word, package.chance.choice(list(package.parts))
    way = chance.randrange(4)
    if way == 0:
        package.into_root(name, f'xmlns:{chance.choice(["q", word])}="{chance.choice(["urn:", "http://"])}{word}"')
    elif way == 1:
        package.into_root(name, f'mc:Ignorable="{word}" xmlns:{word}="urn:x" xmlns:mc="{_SPACES["mc"]}"')
    elif way == 2:
        package.parts[name] = package.parts[name].replace("?>", f' {chance.choice(["xmlns", word])}="{word}"?>', 1)
    else:
        package.insert(name, f"<![CDATA[{chance.choice(['', ' '])}]]><!--{word}-->")


def of_identifiers(package: Tampered) -> None:
    """A relation whose identifier says something, in use or not."""
    chance, word = package.chance, package.word
    name = chance.choice([RELS, "word/_rels/document.xml.rels"])
    old = chance.choice(re.findall(r'Id="([^"]+)"', package.parts[name]))
    new = chance.choice([word, f"rId{word}", f"rId1{word}", f"rIdFooter{word}", f"rId-{word}", f"_{word}"])
    for each in (name, MAIN):
        package.parts[each] = package.parts[each].replace(f'"{old}"', f'"{new}"')


def of_types(package: Tampered) -> None:
    """Content types of parts that are not there, and of suffixes that no part has."""
    line = package.chance.choice([
        '<Override PartName="/word/{}.xml" ContentType="application/xml"/>', '<Default Extension="{}" ContentType="image/png"/>',
        '<Default Extension="jpeg" ContentType="image/{}"/>', '<Override PartName="/docProps/core.xml" ContentType="application/{}"/>',
        '<Default Extension="png" ContentType="image/png" x="{}"/>', "<{}/>",
    ])  # fmt: skip
    text = package.parts[TYPES]
    package.parts[TYPES] = text.replace("</Types>", line.replace("{}", package.word) + "</Types>")


_PNG = b"\x89PNG\r\n\x1a\n"


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _picture(word: bytes, chance: random.Random) -> bytes:
    """A png of one pixel that says more than its pixel."""
    said = _chunk(chance.choice([b"tEXt", b"iTXt", b"eXIf", b"zTXt", b"tIME", b"iCCP", b"prVt"]), b"x\0" + word)
    pixel = _chunk(b"IDAT", zlib.compress(b"\0\0"))
    head, end = _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)), _chunk(b"IEND", b"")
    return _PNG + chance.choice([head + said + pixel + end, head + pixel + said + end, head + pixel + end + word])


def of_pictures(package: Tampered) -> None:
    """A picture that the text shows, with a note in it, under a name that says something."""
    chance, word = package.chance, package.word
    name = chance.choice(["word/media/image1.png", f"word/media/{word}.png", f"media/{word}"])
    package.raw[name] = _picture(word.encode(), chance)
    package.declare(name, "image/png")
    package.relate(MAIN, f"{OFFICE}image", f"/{name}")
    identifier = re.findall(r'Id="(rIdAdded\d+)"', package.parts["word/_rels/document.xml.rels"])[-1]
    package.insert(
        MAIN,
        f'<w:r><w:drawing><a:blip xmlns:a="{A}" xmlns:r="{R}" r:embed="{identifier}"/></w:drawing></w:r>',
    )


def of_entries(package: Tampered) -> None:
    """What the zip itself can say: notes, extra fields, folders, entries that nobody asks for, bytes around it."""
    package.tricks = package.chance.choice(
        ["note", "extra", "folder", "entry note", "stray", "twice", "before", "after"]
    )


OF_DRAWINGS = (
    of_drawn_words, of_drawn_words, of_declarations, of_identifiers, of_types, of_pictures, of_entries,
)  # fmt: skip
