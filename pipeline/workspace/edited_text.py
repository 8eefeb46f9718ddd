"""Text files of the workspace that people edit with programs of their own."""

import codecs


def edited_text(data: bytes, errors: str = "strict") -> str:
    """UTF-8 with or without its mark, UTF-16 with it, or GB 18030 as programs on a Chinese system save it.

    Raises ``UnicodeDecodeError``.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors)


def is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
