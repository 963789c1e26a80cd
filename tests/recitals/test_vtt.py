"""The text of a recital with its times."""

from html import unescape

import webvtt

from server.recitals import vtt
from server.recitals.segments import Stretch

DAY_MS = 24 * 3_600_000


def test_cues_are_the_kept_stretches() -> None:
    """What is kept is there to the millisecond, whatever its text has in it; what isn't leaves its time empty."""
    nasty = "1 < 2 & 3 > 2 --> so\r\n\r\nNOTE it\x85goes\u2028on"
    read = [
        Stretch(0, 0, 1234, nasty, is_kept=True),
        Stretch(1, 1234, 2000, "again", is_kept=False),
        Stretch(2, 2000, 3001, "שלום עולם", is_kept=True),
        Stretch(3, DAY_MS + 1, DAY_MS + 61_007, "late", is_kept=True),
    ]
    written = vtt.write(read)
    cues = webvtt.from_string(written).captions
    assert [(cue.start, cue.end) for cue in cues] == [
        ("00:00:00.000", "00:00:01.234"),
        ("00:00:02.000", "00:00:03.001"),
        ("24:00:00.001", "24:01:01.007"),
    ]
    assert unescape(cues[0].text).split("\n") == ["1 < 2 & 3 > 2 --> so", "NOTE it", "goes", "on"]
    assert written.count("-->") == len(cues) == written.count("\n\n")
    assert [cue.text for cue in cues[1:]] == ["שלום עולם", "late"]


def test_nothing_kept() -> None:
    """Without a cue it is a file all the same."""
    assert vtt.write([]) == "WEBVTT\n"
