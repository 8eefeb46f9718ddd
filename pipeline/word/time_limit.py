"""How long one document may take to fill: a template or a value that asks for more stops itself, not the run.

Counted is the processor time of the thread at work, so that a busy machine refuses no document.
"""

import time

from pipeline.word.environment import TooMuchError

SECONDS = 10.0  # an annex of 20,000 rows takes less than one


class TimeLimit:
    """Runs from when it is made."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds, self._end = seconds, time.thread_time() + seconds

    def keep(self) -> None:
        """Raises TooMuchError once the time is used up."""
        if time.thread_time() > self._end:
            raise TooMuchError(f"用时超过{self._seconds:.0f}秒")
