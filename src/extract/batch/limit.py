"""A time limit around a piece of work: by a signal in the main thread, by an exception sent to any other one."""

from __future__ import annotations

import ctypes
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from extract.errors import ReadError


@contextmanager
def time_limit(where: str, seconds: float | None) -> Iterator[None]:
    """Give up what stands inside after so many seconds; None for no limit.

    Both ways end Python code between two of its steps: a single long call into a C library is left to finish first.

    Raises
    ------
    ReadError
        Naming ``where``.
    """
    if seconds is None:
        yield
    elif hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread():
        with _by_signal(_late(where, seconds), seconds):
            yield
    else:
        try:
            with _by_thread(seconds):
                yield
        except _Overtime as error:
            raise _late(where, seconds) from error


def _late(where: str, seconds: float) -> ReadError:
    return ReadError(where, f"took longer than {seconds:g} s", "raise --limit or leave it out")


@contextmanager
def _by_signal(error: ReadError, seconds: float) -> Iterator[None]:
    def give_up(number: int, frame: FrameType | None) -> None:
        raise error

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Overtime(Exception):  # noqa: N818 (raised inside other code, never shown)
    """What the clock sends into a thread."""


@contextmanager
def _by_thread(seconds: float) -> Iterator[None]:
    # Workers of a cluster run their tasks in threads, where no signal arrives.
    thread = ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc
    lock, done = threading.Lock(), False

    def give_up() -> None:
        with lock:
            if not done:
                raise_in(thread, ctypes.py_object(_Overtime))

    clock = threading.Timer(seconds, give_up)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        with lock:
            done = True
            # What was sent and has not arrived yet must not arrive in the next piece of work.
            raise_in(thread, None)
        clock.cancel()
