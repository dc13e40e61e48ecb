"""How commands that go on and on are stopped: by the first signal, cleanly, whatever kind of shell started them."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def until_stopped() -> Iterator[Callable[[float], None]]:
    """Gives the pause between two rounds of work, in seconds; SIGINT or SIGTERM end the block without an error.

    They end it in a pause and in the middle of a round, which then rolls back what it has not committed. Python's own
    way would not do: a shell starts in its background with SIGINT ignored, and SIGTERM kills. A second signal kills.
    """
    stopped = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopped
        stopped = True
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)
        raise KeyboardInterrupt

    def pause(seconds: float) -> None:
        if stopped:  # the interrupt was lost: Python drops what is raised in a finalizer or a callback of C code
            raise KeyboardInterrupt
        time.sleep(seconds)

    before = {number: signal.signal(number, stop) for number in SIGNALS}
    try:
        yield pause
    except (KeyboardInterrupt, Exception):
        if not stopped:  # else it may be a driver's complaint that it was interrupted
            raise
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
