"""Whose fault it is that ffmpeg ended as it did."""

import os
import signal
from errno import EACCES, EAGAIN, EDQUOT, EFBIG, EMFILE, ENFILE, ENOENT, ENOSPC, EROFS

from server.ffmpeg.confine import COULD_NOT_START
from server.ffmpeg.failures import Crashed, FfmpegFailure, MachineTrouble, OutputTooLarge, RenderFailed

CRASHES = frozenset(-number for number in (signal.SIGSEGV, signal.SIGBUS, signal.SIGFPE, signal.SIGILL, signal.SIGABRT))
"""Return codes of a child that stumbled over its input."""

# ffmpeg exits with the low byte of the negative errno that stopped it. ENOMEM is not among these: short of
# address space it is by our own limit, and would be again.
_MACHINE = frozenset(256 - number for number in (ENOSPC, EDQUOT, EMFILE, ENFILE, EROFS, EACCES, ENOENT, EAGAIN))
# Before version 6.1 it exited with 1 whatever it was, and only said it.
_MACHINE_WORDS = tuple(os.strerror(number) for number in (ENOSPC, EDQUOT, EMFILE, ENFILE, EROFS))
_TOO_LARGE = frozenset((-signal.SIGXFSZ, 256 - EFBIG))
_INTERRUPTED = 255  # by SIGTERM, SIGINT or SIGXCPU, which ffmpeg handles


def judge(code: int, tail: str) -> FfmpegFailure | None:
    """Tell the failure behind a return code of ffmpeg.

    Args:
        code: the exit status, or the negative number of the signal that killed it.
        tail: the end of its stderr.

    Returns:
        None when there is none; a `RenderFailed` when the input is the reason, `Crashed` among them when it may not be.
    """
    if code == 0:
        return None
    if code in _TOO_LARGE:
        return OutputTooLarge(tail)
    if _is_machines(code) or any(words in tail for words in _MACHINE_WORDS):
        return MachineTrouble(f"ffmpeg ended with {code}.", tail)
    failure = Crashed if code in CRASHES else RenderFailed
    return failure("The file's content can't be decoded. Export or record it again, and send that.", tail)


def _is_machines(code: int) -> bool:
    return code in _MACHINE or code in {COULD_NOT_START, _INTERRUPTED} or (code < 0 and code not in CRASHES)
