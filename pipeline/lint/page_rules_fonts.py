"""Rules on printed characters: family, size, weight and colour of each element (5.2.2, 5.2.4, 7)."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median

from pipeline.lint import page_measures as place
from pipeline.lint.docx_model import Form
from pipeline.lint.font_names import printed_font
from pipeline.lint.lint_rule import Remark, Severity
from pipeline.lint.page_model import is_han
from pipeline.lint.printed import Printed, asked_families
from pipeline.lint.roles_named import HEADINGS, MAIN_TEXT, Role
from pipeline.word.house_style import FANGSONG, KAITI

_FULL_MARKS = "“”‘’…·"
_SIZES = {  # points
    Role.TITLE: 22, Role.ANNEX_TITLE: 22, Role.BODY: 16, Role.ADDRESSEE: 16, Role.NUMBER: 16, Role.SIGNER: 16,
    Role.ANNEX_NOTE: 16, Role.SIGNATURE: 16, Role.DATE: 16, Role.REMARK: 16, Role.ANNEX_LABEL: 16,
    Role.IMPRINT: 14, Role.IMPRINT_LINE: 14, **dict.fromkeys(HEADINGS, 16),
}  # fmt: skip
_RED_ROLES = (Role.MARK, Role.BRIEF_NAME, Role.RED_LINE)
_FEW = 0.2  # share of a family's characters that may have fallen back to another font


def families(printed: Printed) -> Iterator[Remark]:
    """Each official family that was printed in another font; a substitute proves nothing about the paper."""
    found: dict[str, Counter[str]] = {}
    for (family, font), count in printed.fonts_of().items():
        name = printed_font(font)
        if family and not (name.genuine and name.family == family):
            found.setdefault(family, Counter())[font] += count
    for family, fonts in sorted(found.items()):
        shown = "、".join(f"{font}（{count}字）" for font, count in sorted(fonts.items()))
        yield Remark("全文", f"要求{family}，本机印成了{shown}", f"请在装有{family}的电脑上复核", Severity.UNVERIFIED)


def sizes(printed: Printed) -> Iterator[Remark]:
    for role, size in _SIZES.items():
        items = [item for item in printed.of_role(role) if item.paragraph.table is None or role in _ALSO_IN_TABLES]
        for item in items:
            found = median(glyph.size for glyph in item.glyphs)
            if abs(found - size) > 0.6:
                yield Remark(item.place, f"{role.value}印成{found:g}磅", f"应为{size}磅")
                break


_ALSO_IN_TABLES = frozenset({Role.NUMBER, Role.SIGNER, Role.SIGNATURE, Role.DATE, *place.IMPRINT_ROLES})


def weights(printed: Printed) -> Iterator[Remark]:
    """仿宋 and 楷体 are never bold."""
    for item in printed.placed:
        for family, glyph in asked_families(item):
            heavy = glyph.bold or "bold" in glyph.font.casefold()
            if heavy and family in (FANGSONG, KAITI) and item.paragraph.table is None:
                yield Remark(item.place, f"“{glyph.char}”印成了粗体", f"{family}不加粗")
                return


def full_marks(printed: Printed) -> Iterator[Remark]:
    """Quotes, dots and ellipses come from the Han font and take a whole cell."""
    for item in printed.of_role(*MAIN_TEXT):
        for line in item.lines:
            for glyph, after in pairwise(line.glyphs):
                if glyph.char in _FULL_MARKS and after.x - glyph.x < 0.72 * glyph.em:
                    yield Remark(item.place, f"“{glyph.char}”只占{(after.x - glyph.x) / glyph.em:.1f}字宽")
                    return


def fallbacks(printed: Printed) -> Iterator[Remark]:
    """Han characters that the font lacks, printed in some other one."""
    fonts: dict[str, Counter[str]] = {}
    chars: dict[tuple[str, str], dict[str, str]] = {}
    for item in printed.placed:
        for family, glyph in asked_families(item):
            if is_han(glyph.char):
                fonts.setdefault(family, Counter())[glyph.font] += 1
                chars.setdefault((family, glyph.font), {}).setdefault(glyph.char, item.place)
    for family, counts in sorted(fonts.items()):
        total = sum(counts.values())
        usual = counts.most_common(1)[0][0]
        for font, count in sorted(counts.items()):
            if font != usual and count <= _FEW * total and family:
                found = chars[family, font]
                shown, where = "".join(found)[:20], next(iter(found.values()))
                yield Remark(where, f"“{shown}”不在{family}中，印成了{font}")


def colours(printed: Printed) -> Iterator[Remark]:
    """Red only in mark and rules; everything else black (5.2.4)."""
    for item in printed.placed:
        if item.paragraph.role in _RED_ROLES:
            continue
        for glyph in item.glyphs:
            if not glyph.is_black and not (glyph.is_red and glyph.size >= place.MARK_LEAST and item.page == 1):
                yield Remark(
                    item.place,
                    f"“{glyph.char}”印成了{'红色' if glyph.is_red else '彩色'}",
                    "除发文机关标志和红色线外，文字应为黑色",
                )
                break
    for page in printed.pages:
        for rule in page.horizontal(red=True):
            if page.number > 1 and printed.docx.form is not Form.FOREIGN and rule.length > 20:
                yield Remark(page.place, f"距纸上边{rule.at:.0f}毫米处有红线", "红色线只用于首页版头")
                break
