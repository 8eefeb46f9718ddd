"""What an XML document cannot hold, or a page would show in another order, made visible."""

import re

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "["
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"  # control characters
    "\ud800-\udfff"  # half a character
    "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"  # private use
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # they turn the direction of the text
    "\ufff9-\ufffb\U000e0001\U000e0020-\U000e007f"  # text that no page shows
    "\ufdd0-\ufdef"  # no characters at all, and the last two of each plane
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# Where the private places of GBK and GB 18030-2000 have characters of their own since Unicode 3.0, 4.1 and 5.2
_MOVED = str.maketrans({
    0xE78D: 0xFE10, 0xE78E: 0xFE12, 0xE78F: 0xFE11, 0xE790: 0xFE13, 0xE791: 0xFE14, 0xE792: 0xFE15, 0xE793: 0xFE16,
    0xE794: 0xFE17, 0xE795: 0xFE18, 0xE796: 0xFE19, 0xE7C7: 0x1E3F, 0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC,
    0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7, 0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F,
    0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
})  # fmt: skip
SUSPECT = re.compile(f"{_LINE_ENDS.pattern}|{_UNPRINTABLE.pattern}")
REPLACEMENT = "�"


def clean(text: str) -> str:
    """``text`` with every line end as ``\\n`` and every character that cannot be printed as ``�``.

    Nothing vanishes silently: a reader sees that something stood there, and what stands in a ledger was named with
    its cell when it was read. Old private places of Chinese character sets become the characters that they mean.
    """
    if not SUSPECT.search(text):
        return text
    return _UNPRINTABLE.sub(REPLACEMENT, _LINE_ENDS.sub("\n", text).translate(_MOVED))
