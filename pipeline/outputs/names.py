"""File names that Windows, Linux and Kylin all accept."""

import hashlib
import re
import unicodedata

_ILLEGAL = re.compile(r'[\ud800-\udfff\x00-\x1f\x7f<>:"/\\|?*]')
_RESERVED = frozenset(
    ["CON", "PRN", "AUX", "NUL", *(f"COM{n}" for n in range(1, 10)), *(f"LPT{n}" for n in range(1, 10))]
)
_LONGEST_BYTES = 120  # leaves room for a prefix, a suffix and a deep folder within Windows' limits
_STANDS_FOR = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")


def safe_name(text: str) -> str:
    """A readable file stem for ``text``; forbidden marks become their full-width twins.

    A name that had to be cut or changed otherwise gets a short hash of the whole, so that two different
    names never meet.
    """
    normal = unicodedata.normalize("NFC", text)
    stem = _ILLEGAL.sub("", normal.translate(_STANDS_FOR)).strip(" .")
    changed = stem != normal.translate(_STANDS_FOR)
    encoded = stem.encode("utf-8", "ignore")
    if len(encoded) > _LONGEST_BYTES:
        stem, changed = encoded[:_LONGEST_BYTES].decode("utf-8", "ignore"), True
    if not stem or stem.split(".")[0].upper() in _RESERVED:
        stem, changed = f"_{stem}", True
    if changed:
        stem += "-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return stem
