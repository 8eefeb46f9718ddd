"""No pattern takes more than a moment for the longest text that a cell can hold, whatever stands in it."""

import os
import random
import re
import signal
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any, NoReturn

import pytest

from tests.patterns_in_use import all_patterns, worst_for

_LENGTH = 32_767  # characters: what Excel and WPS can put into a cell
_SECONDS = 0.1  # of the processor
_LONG = os.environ.get("GONGWEN_LONG") == "1"
_ENDS = ("", "\0", "\n甲")
_ANY = (
    "9", " ", "a b", "建设", "（", "([", ",", "，", "-", "—", ".", "共1", "9,", "1.", "9 ", " 9", "\n", "x\n", "月", "1月",
    "2027年", "、", "九", "A1", "“", "《", "〔2027〕", "{", "{{", "<", "<a ", '="', "万元", "第1", "\t", "　", "e9", "%", "1个",
)  # fmt: skip
_PATTERNS = all_patterns()


class _TooSlow(Exception):
    pass


def _stop(_: int, __: FrameType | None) -> NoReturn:
    raise _TooSlow


def _texts(name: str, pattern: re.Pattern[Any]) -> Iterator[str]:
    worst = [(lead, repeated, end) for lead, repeated in worst_for(pattern) for end in _ENDS]
    usual = [("", repeated, end) for repeated in _ANY for end in _ENDS]
    if not _LONG:
        draw = random.Random(name.rpartition("-")[0])
        worst = draw.sample(worst, max(5, len(worst) // 40))[:10]
        usual = draw.sample(usual, 3)
    for lead, repeated, end in dict.fromkeys(usual + worst):
        room = _LENGTH - len(lead) - len(end)
        yield lead + (repeated * (room // len(repeated) + 1))[:room] + end


def _exhaust(found: object) -> None:
    if isinstance(found, Iterator):
        for _ in found:
            pass


def _is_quick(work: Callable[[Any], object], text: str | bytes) -> bool:
    signal.setitimer(signal.ITIMER_VIRTUAL, _SECONDS)
    try:
        _exhaust(work(text))
    except _TooSlow:
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return True


@pytest.mark.skipif(sys.platform == "win32", reason="no alarm")
@pytest.mark.parametrize("name", _PATTERNS)
def test_a_pattern_is_linear(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern, methods = _PATTERNS[name]
    before = signal.signal(signal.SIGVTALRM, _stop)
    try:
        for text in _texts(name, pattern):
            given = text if isinstance(pattern.pattern, str) else text.encode("latin-1", "replace")
            slow = [method for method in methods if not _is_quick(getattr(pattern, method), given)]
            assert not slow, (slow, pattern.pattern, given[:40], given[-3:])
    finally:
        signal.signal(signal.SIGVTALRM, before)
