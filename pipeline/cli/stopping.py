"""A command that the system ends (SIGTERM, SIGHUP) says so, and leaves its files as after a kill or whole."""

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator
from types import FrameType

import click

_NAMES = ("SIGTERM", "SIGHUP")  # a shutdown, a closed terminal; Windows has no SIGHUP
_NUMBERS = tuple(getattr(signal, name) for name in _NAMES if hasattr(signal, name))
_SIGNALLED = 128  # what a shell adds to the signal's number


class _Stopped(BaseException):
    """The system asks for the end; like KeyboardInterrupt no ``Exception``, so that nobody takes it for a fault."""


@contextlib.contextmanager
def stopping() -> Iterator[None]:
    """End the program with one sentence and 128 + the signal's number, after everything has been put in order.

    Only in the main thread: there is nowhere else where a signal arrives.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    arrived: list[int] = []

    def stop(number: int, _: FrameType | None) -> None:
        if not arrived:  # a second one must not disturb the putting in order
            arrived.append(number)
            raise _Stopped

    # ignored where the command was started with nohup
    before = {each: signal.getsignal(each) for each in _NUMBERS if signal.getsignal(each) != signal.SIG_IGN}
    for each in before:
        signal.signal(each, stop)
    try:
        yield
    except _Stopped:
        with contextlib.suppress(OSError):  # the terminal may be gone
            click.echo("已按系统的要求中止，没有做完的请重新运行。", err=True)
        sys.exit(_SIGNALLED + arrived[0])
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
