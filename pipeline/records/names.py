"""When two spellings are the same name."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=65536)  # a year asks for each of its names dozens of times
def name_key(name: str) -> str:
    """Fold width, case and all white space; nothing else, for a near name is another name."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
