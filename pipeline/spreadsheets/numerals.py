"""Numbers in digits or Chinese numerals."""

_DIGITS = {digit: number for number, digits in enumerate(("〇零○", *"一二三四五六七八九")) for digit in digits}


def figure(text: str) -> int:
    """12 of ``12`` or ``十二``, 2027 of ``二〇二七``; the text holds nothing but a numeral."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[digit]) for digit in text))
    return 10 * figure(tens or "一") + figure(ones or "〇")
