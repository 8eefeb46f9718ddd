"""What LibreOffice wrote: is it a whole PDF, and the same bytes for the same document."""

import hashlib
import re

import pypdfium2 as pdfium

from pipeline.files.pdfium import PDFIUM

# Every field below is as long as what it replaces, so that the PDF's own offsets stay right.
_DATE = re.compile(rb"/(CreationDate|ModDate)\(D:\d{14}(?:Z'|[+-]\d\d'\d\d'?)?\)")
_ID = re.compile(rb"(/ID\s*\[\s*<)([0-9A-F]{32})(>\s*<)([0-9A-F]{32})(>\s*\])")
_CHECKSUM = re.compile(rb"(/DocChecksum\s*/)([0-9A-F]{32})")
_XMP_DATE = re.compile(rb"(<xmp:(?:CreateDate|ModifyDate)>)(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)")
_DAY = b"20000101000000"


def page_count(data: bytes) -> int:
    """Pages of a PDF; 0 where it is none or is broken."""
    if not data.startswith(b"%PDF"):
        return 0
    with PDFIUM:
        try:
            document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError:
            return 0
        try:
            return len(document)
        finally:
            document.close()


def without_clock(data: bytes) -> bytes:
    """The same PDF without the moment of its making: fixed dates, an identity made from its content."""
    data = _DATE.sub(lambda found: found[0].replace(found[0].partition(b"D:")[2][:14], _DAY), data)
    data = _XMP_DATE.sub(rb"\g<1>2000-01-01T00:00:00", data)
    blank = b"0" * 32
    bare = _CHECKSUM.sub(rb"\g<1>" + blank, _ID.sub(rb"\g<1>" + blank + rb"\g<3>" + blank + rb"\g<5>", data))
    identity = hashlib.sha256(bare).hexdigest()[:32].upper().encode("ascii")
    bare = _ID.sub(rb"\g<1>" + identity + rb"\g<3>" + identity + rb"\g<5>", bare)
    return _CHECKSUM.sub(rb"\g<1>" + identity, bare)


def is_untouched(data: bytes) -> bool:
    """Whether these are the bytes that ``without_clock`` gave, so that no person signed or stamped them."""
    return bool(_ID.search(data)) and without_clock(data) == data
