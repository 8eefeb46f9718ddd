"""What LibreOffice is not given: files that are no Word documents, and those that it would labour at without end."""

import zipfile
import zlib
from pathlib import Path
from typing import IO
from xml.parsers import expat

from pipeline.files.bounded_bytes import TooLargeError, require_within
from pipeline.records.limits import TEMPLATE_BYTES

_MEGABYTES = 256  # unpacked, of all parts
_XML_MEGABYTES = (
    32  # of one XML part; an annex of 2,000 rows has 5, and a parser may look at one long value again and again
)
_PARTS = 4_000  # a paper with pictures has some 50
_ELEMENTS = 1_000_000  # of all parts; an annex of 2,000 rows has some 200,000, and its pages take a minute
_DEEPEST = 256  # elements one in another; tables in tables in text boxes reach some 60
_CHUNK = 1 << 20


class _Unfit(Exception):
    """The message says why."""


class _Counts:
    """Counts what stands in the parts, whatever they are called, while they are unpacked."""

    def __init__(self) -> None:
        self.bytes = self.elements = self._depth = 0

    def take(self, stream: IO[bytes]) -> None:
        """One part; what is no XML is counted by its bytes alone. Raises ``_Unfit``."""
        parser: expat.XMLParserType | None = self._parser()
        before = self.bytes
        while piece := stream.read(_CHUNK):
            self.bytes += len(piece)
            if self.bytes > _MEGABYTES * _CHUNK:
                raise _Unfit(f"解压后超过{_MEGABYTES}MB，不予转换")
            if parser and self.bytes - before > _XML_MEGABYTES * _CHUNK:
                raise _Unfit(f"一个部件解压后超过{_XML_MEGABYTES}MB，不予转换")
            try:
                if parser:
                    parser.Parse(piece)
            except expat.ExpatError:
                parser = None

    def _parser(self) -> expat.XMLParserType:
        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartDoctypeDeclHandler = self._defines
        parser.StartElementHandler = self._begin
        parser.EndElementHandler = self._end
        return parser

    def _defines(self, *_: object) -> None:
        raise _Unfit("里面有自定义的实体（DOCTYPE），可能有害，不予转换")

    def _begin(self, *_: object) -> None:
        self.elements += 1
        self._depth += 1
        if self.elements > _ELEMENTS:
            raise _Unfit(f"内容过多（超过{_ELEMENTS // 10_000}万个元素），不予转换，请分成几份")
        if self._depth > _DEEPEST:
            raise _Unfit(f"层层嵌套超过{_DEEPEST}层，不予转换")

    def _end(self, _: str) -> None:
        self._depth -= 1


def refusal(path: Path) -> str:
    """Why a file is not even tried: LibreOffice would print garbage as text and call it a success."""
    try:
        require_within(path, TEMPLATE_BYTES)
        with zipfile.ZipFile(path) as package:
            return _refusal_of(package)
    except FileNotFoundError:
        return "文件不存在"
    except TooLargeError:
        return f"文件超过{TEMPLATE_BYTES >> 20}MB，不予转换"
    except OSError as problem:
        return f"文件读不出来（系统错误{problem.errno}）"
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, ValueError, EOFError):
        return "不是Word文档（docx），或文件已损坏、加密"


def _refusal_of(package: zipfile.ZipFile) -> str:
    names = package.namelist()
    if "[Content_Types].xml" not in names:
        return "不是Word文档（docx）"
    if len(names) > _PARTS:
        return f"文件里的部件超过{_PARTS}个，不予转换"
    counts = _Counts()
    for name in names:
        try:
            with package.open(name) as part:
                counts.take(part)
        except _Unfit as unfit:
            return str(unfit)
        except (zipfile.BadZipFile, zlib.error, EOFError):
            return f"文件已损坏（{name}）"
    return ""
