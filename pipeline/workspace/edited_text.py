"""Text files of the workspace that people edit with programs of their own."""


def edited_text(data: bytes, errors: str = "strict") -> str:
    """UTF-8 with or without its mark, or GB 18030 as programs on a Chinese system save it. Raises ``UnicodeDecodeError``."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", errors)
