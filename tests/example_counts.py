"""How many examples the property tests try: many where the whole suite runs for the record, fewer at the desk."""

import os

from hypothesis import settings

COUNT = 2000 if os.environ.get("CI") == "true" else 150
LONG = os.environ.get("GONGWEN_LONG") == "1"  # make long: what takes its time, in full
PROPERTY = settings(max_examples=COUNT, deadline=None)


def tries(most: int) -> int:
    """How many of a long run's tries are made: all of them by ``make long``, else a tenth."""
    return most if LONG else most // 10
