"""What an XML document cannot hold, or a page would show in another order, made visible."""

import re

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_SUSPECT = re.compile(f"{_LINE_ENDS.pattern}|{_UNPRINTABLE.pattern}")
REPLACEMENT = "�"


def clean(text: str) -> str:
    """``text`` with every line end as ``\\n`` and every character that cannot be printed as ``�``.

    Nothing vanishes silently: a reader sees that something stood there.
    """
    if not _SUSPECT.search(text):
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text))
