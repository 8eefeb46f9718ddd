"""A template's parts as text, for tampering with, and packed again."""

import io
import random
import re
import struct
import warnings
import zipfile
from dataclasses import dataclass, field

from pipeline.word.namespaces import RELATIONSHIPS, R

OFFICE, PACKAGE, MICROSOFT = f"{R}/", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/", "http://schemas.microsoft.com/office/"  # fmt: skip
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN, RELS, TYPES = "word/document.xml", "_rels/.rels", "[Content_Types].xml"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_RELS = f'{HEAD}<Relationships xmlns="{RELATIONSHIPS}"></Relationships>'


@dataclass
class Tampered:
    """A template's parts as text, its entries' names changed at will, and the encodings that parts are written in."""

    word: str
    chance: random.Random
    parts: dict[str, str] = field(default_factory=dict)
    raw: dict[str, bytes] = field(default_factory=dict)
    encodings: dict[str, str] = field(default_factory=dict)
    tricks: str = ""  # of the zip itself

    def insert(self, name: str, markup: str) -> None:
        """Put markup into a part: at the end of one of its paragraphs, or last in its root."""
        text = self.parts[name]
        ends = [found.start() for found in re.finditer("</w:p>", text)]
        at = self.chance.choice(ends) if ends else text.rindex("</")
        self.parts[name] = text[:at] + markup + text[at:]

    def into_root(self, name: str, attributes: str) -> None:
        head, root, rest = re.split(r"(<[a-zA-Z][^?>]*?)(?=/?>)", self.parts[name], maxsplit=1)
        self.parts[name] = f"{head}{root} {attributes}{rest}"

    def relate(self, source: str, kind: str, target: str, mode: str = "", rels: str = "") -> None:
        folder, _, base = source.rpartition("/")
        name = rels or f"{folder}/_rels/{base}.rels".removeprefix("/")
        text = self.parts.setdefault(name, _NO_RELS)
        mode = f' TargetMode="{mode}"' if mode else ""
        line = f'<Relationship Id="rIdAdded{text.count("<Relationship ")}" Type="{kind}" Target="{target}"{mode}/>'
        self.parts[name] = text.replace("</Relationships>", f"{line}</Relationships>")

    def declare(self, name: str, content_type: str) -> None:
        line = f'<Override PartName="/{name}" ContentType="{content_type}"/></Types>'
        self.parts[TYPES] = self.parts[TYPES].replace("</Types>", line)

    def packed(self) -> bytes:
        target, word = io.BytesIO(), self.word.encode()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for name, text in self.parts.items():
                entry = zipfile.ZipInfo(name)
                entry.extra = struct.pack("<HH", 0x7A71, len(word)) + word if self.tricks == "extra" else b""
                entry.comment = word if self.tricks == "entry note" else b""
                package.writestr(entry, _encoded(text, self.encodings.get(name, "utf-8")))
            for name, data in self.raw.items():
                package.writestr(name, data)
            self._said_by_the_zip(package)
        around = {"before": (word, b""), "after": (b"", word)}.get(self.tricks, (b"", b""))
        return target.getvalue().join(around)

    def _said_by_the_zip(self, package: zipfile.ZipFile) -> None:
        if self.tricks == "note":
            package.comment = self.word.encode()
        elif self.tricks == "folder":
            package.writestr(zipfile.ZipInfo(f"word/{self.word}/"), b"")
        elif self.tricks == "stray":
            package.writestr(f"word/{self.word}.xml", self.word)
        elif self.tricks == "twice":
            with warnings.catch_warnings(action="ignore"):
                package.writestr(MAIN, self.parts[MAIN].replace("正文一段", self.word))


def _encoded(text: str, encoding: str) -> bytes:
    """The part as bytes that say their own encoding; ``utf-8-sig`` and ``utf-16`` begin with a byte order mark."""
    said = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "utf-16-be": "UTF-16"}.get(encoding, encoding.upper())
    text = text.replace('encoding="UTF-8"', f'encoding="{said}"', 1)
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    return mark + text.encode(encoding, "xmlcharrefreplace")
