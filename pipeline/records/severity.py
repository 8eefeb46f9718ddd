"""The weight of a finding."""

from enum import Enum


class Severity(Enum):
    """How much a finding weighs; the value is what users see."""

    ERROR = "错误"  # 必须: what touches this must not be issued
    WARNING = "提醒"  # must be looked at; documents still come out
    ADVICE = "建议"  # 原则上, or a suggestion to confirm
