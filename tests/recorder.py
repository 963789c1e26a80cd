"""Sound as the recorders of browsers give it: a live file, cut anywhere."""

import subprocess
from functools import cache
from pathlib import Path

from server.ffmpeg.binary import find_ffmpeg
from tests.conftest import SAMPLE

OPUS = ("-c:a", "libopus", "-b:a", "64k", "-frame_duration", "60")
FORMS = {
    "webm": (*OPUS, "-f", "webm", "-live", "1", "-cluster_time_limit", "1000"),
    "mp4": ("-c:a", "aac", "-movflags", "frag_keyframe+empty_moov+default_base_moof", "-frag_duration", "1000000"),
    "ogg": (*OPUS, "-f", "ogg", "-page_duration", "500000"),
    "wav": ("-c:a", "pcm_s16le", "-f", "wav"),
}
"""Chromium's and Firefox's WebM, Safari's MP4, Firefox's Ogg, and plain samples."""


@cache
def record(container: str = "webm", *, source: Path = SAMPLE, channels: int = 1) -> bytes:
    """Record the sample as a browser would, and return the file."""
    form = ("-f", "mp4", *FORMS[container]) if container == "mp4" else FORMS[container]
    quiet = (str(find_ffmpeg(None)), "-hide_banner", "-loglevel", "error")
    argv = (*quiet, "-i", str(source), "-ar", "48000", "-ac", str(channels), *form, "-")
    return subprocess.run(argv, check=True, timeout=60, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE).stdout


def cut(recording: bytes, count: int) -> list[bytes]:
    """Cut a recording into so many slices, with no regard to what is in it."""
    size = -(-len(recording) // count)
    return [recording[start : start + size] for start in range(0, len(recording), size)]
