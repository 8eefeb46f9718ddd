"""Whether the text that a template gave still stands on the finished pages: nothing lost, nothing added."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.errors import TemplateError
from pipeline.word.package import Member
from pipeline.word.template_parts import TAGGED
from pipeline.word.titles import OWN_BREAK

_TEXT = re.compile(r"<w:t(?: [^<>]*)?>([^<]*)")
_ADDED = "主送：。："  # what moving crowded 主送 into the imprint may add or drop


def words(xml: str) -> str:
    """The text of a part in its order, characters written as references or plainly alike."""
    text = "".join(_TEXT.findall(xml))
    return text.replace("&#34;", '"').replace("&#39;", "'").replace("&#13;", "\r") if "&#" in text else text


def is_kept(before: str, after: str) -> bool:
    """Whether ``after`` has the text of ``before``; white space and the office's own line breaks may go."""
    return before == after or _bare(before) == _bare(after)


def require_kept(before: Sequence[Member], after: Sequence[Member], *, mark_removed: bool) -> None:
    """Compare a filled package with the finished one, part by part.

    Raises TemplateError where a part is gone or its text differs by more than the passes in between knowingly
    change: 主送 moved into the imprint, and with ``mark_removed`` the red mark.
    """
    finished = {member.name: member.data for member in after}
    for member in before:
        if not TAGGED.fullmatch(member.name) or finished.get(member.name) is member.data:
            continue
        data = finished.get(member.name)
        if data is None:
            raise TemplateError(f"文书的{member.name}在排版时丢失，没有生成文书。")
        was, now = words(member.data.decode()), words(data.decode())
        if not (is_kept(was, now) or _moved_only(was, now, mark_removed)):
            raise TemplateError(f"文书排版前后文字不一致（{_difference(was, now)}），没有生成文书。")


def _bare(text: str) -> str:
    return "".join(text.replace(OWN_BREAK, "").split())


def _moved_only(was: str, now: str, mark_removed: bool) -> bool:
    before, after = Counter(_bare(was)), Counter(_bare(now))
    lost, added = before - after, after - before
    return set(added) <= set(_ADDED) and (mark_removed or set(lost) <= set(_ADDED))


def _difference(was: str, now: str) -> str:
    lost, added = Counter(_bare(was)) - Counter(_bare(now)), Counter(_bare(now)) - Counter(_bare(was))
    parts = [f"{word}“{''.join(sorted(found))[:20]}”" for word, found in (("少了", lost), ("多了", added)) if found]
    return "，".join(parts) or "次序不同"
