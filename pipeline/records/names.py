"""When two spellings are the same name."""

import unicodedata


def name_key(name: str) -> str:
    """Fold width, case and all white space; nothing else, for a near name is another name."""
    return "".join(unicodedata.normalize("NFKC", name).casefold().split())
