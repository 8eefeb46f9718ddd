"""File names that Windows, Linux and Kylin all accept."""

import hashlib
import re
import unicodedata

_ILLEGAL = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]')
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))  # they hide, turn or break a name
_RESERVED = frozenset(
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "0123456789¹²³"),
    ]
)
_LONGEST_BYTES = 120  # leaves room for a prefix, a suffix and a deep folder within Windows' limits
_STANDS_FOR = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_NEW_VERSION = re.compile(r"（新版\d*）$")  # so end the names that the store gives


def safe_name(text: str) -> str:
    """A readable file stem for ``text``; forbidden marks become their full-width twins.

    A name that had to be cut or changed otherwise gets a short hash of the whole, so that two different
    names never meet.
    """
    wanted = unicodedata.normalize("NFC", text).translate(_STANDS_FOR)
    seen = "".join(char for char in wanted if unicodedata.category(char) not in _UNSEEN)
    stem = unicodedata.normalize("NFC", _ILLEGAL.sub("", seen)).strip(" .")
    changed = stem != wanted
    encoded = stem.encode("utf-8")
    if len(encoded) > _LONGEST_BYTES:
        stem, changed = encoded[:_LONGEST_BYTES].decode("utf-8", "ignore"), True
    if not stem or stem[0] in "~-" or stem.split(".")[0].rstrip().upper() in _RESERVED:
        stem, changed = f"_{stem}", True
    if changed or _NEW_VERSION.search(stem):
        stem += "-" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return stem


def place_key(place: str) -> str:
    """Two places of one key are one file on some system: case, width and composition of letters are folded."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFC", place).casefold())
    return unicodedata.normalize("NFKC", folded.casefold())
