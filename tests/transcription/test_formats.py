"""Transcripts as files, read back by parsers of others."""

import io
import json
import random
import re
import unicodedata
from dataclasses import asdict
from datetime import timedelta
from html import unescape

import pytest
import srt
import webvtt

from server.transcription.engines.base import Segment, Word
from server.transcription.formats import FORMATS, Transcription, clock, text_of

TRICKY = [
    "plain words",
    "שלום עולם",
    "مرحبا بالعالم",
    "👩‍👩‍👧 and 🇮🇱",
    "cafe\u0301 caf\u00e9",
    "-->",
    "00:00:01.000 --> 00:00:02.000",
    "7\n00:00:01,000 --> 00:00:02,000\nfalse cue",
    "<b>bold</b> <v Eve>",
    "Tom & Jerry &amp; co; &lt;",
    "\n\n",
    "\r\n\r\n",
    "\r",
    "\u2028\u2029",
    "\x0b\x0c\x1e\x85",
    "NOTE nothing",
    "WEBVTT",
    "STYLE",
    "12",
    "{\\an8}",
    '"quoted" \\ back',
    "\t",
    "",
]


def transcription(*segments: Segment) -> Transcription:
    """Make a transcription of an hour."""
    return Transcription("en", 3_600_000, segments)


def written(name: str, *segments: Segment) -> str:
    """Write segments in one format."""
    return "".join(FORMATS[name].write(transcription(*segments)))


def random_segments(seed: int) -> list[Segment]:
    """Make segments of any times, with text and speakers put together of what is difficult."""
    chance = random.Random(seed)  # noqa: S311 - a test that can be repeated
    segments, now = [], 0

    def text() -> str:
        return chance.choice(["", " ", "\n"]).join(chance.choices(TRICKY, k=chance.randint(0, 5)))

    for _ in range(chance.randint(0, 30)):
        now += chance.choice([0, 1, 999, 61_000, 3_599_999, 90_000_000])
        end = now + chance.choice([0, 1, 1_500])
        speaker = chance.choice([None, None, text()])
        segments.append(Segment(now, end, text(), (Word(now, end, "word", 0.5),), chance.random(), speaker))
        now = end
    return segments


def essence(text: str) -> list[str]:
    """Leave out spaces and line ends."""
    return text.split()


def led(segment: Segment) -> str:
    """Put the speaker's name before the text, if there is one."""
    name = " ".join(essence(segment.speaker or ""))
    return f"{name}: {segment.text}" if name else segment.text


@pytest.mark.parametrize("seed", range(25))
def test_vtt_says_what_was_said(seed: int) -> None:
    """Any text comes through WebVTT: one cue a segment, in time, nothing broken out, nothing lost."""
    segments = random_segments(seed)
    said = [segment for segment in segments if essence(segment.text)]
    file = written("vtt", *segments)
    captions = webvtt.from_buffer(io.StringIO(file)).captions
    assert [cue.start_in_seconds * 1000 + cue.start_time.milliseconds for cue in captions] == [
        segment.start_ms for segment in said
    ]
    assert [essence(unescape(cue.text)) for cue in captions] == [essence(segment.text) for segment in said]
    assert [essence(unescape(cue.voice or "")) for cue in captions] == [
        essence(segment.speaker or "") for segment in said
    ]


@pytest.mark.parametrize("seed", range(25))
def test_vtt_is_strictly_formed(seed: int) -> None:
    """Every block is timings with the end after the start, then text in which `<` begins nothing but a voice."""
    header, *blocks = written("vtt", *random_segments(seed)).rstrip("\n").split("\n\n")
    assert header == "WEBVTT"
    for block in blocks:
        timing, *lines = block.split("\n")
        times = re.fullmatch(r"(\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)\.(\d{3})", timing)
        assert times
        numbers = [int(number) for number in times.groups()]
        assert numbers[:4] < numbers[4:]
        text = re.sub(r"\A<v [^<>\n]+>(.*)</v>\Z", r"\1", "\n".join(lines), flags=re.DOTALL)
        assert text.strip()
        assert not re.search(r"[<>]|&(?!amp;|lt;|gt;)|^\s*$", text, flags=re.MULTILINE)


@pytest.mark.parametrize("seed", range(25))
def test_srt_says_what_was_said(seed: int) -> None:
    """Any text comes through SubRip, but for arrows: one numbered cue a segment, in time."""
    segments = random_segments(seed)
    said = [segment for segment in segments if essence(segment.text)]
    cues = list(srt.parse(written("srt", *segments)))
    assert [cue.index for cue in cues] == list(range(1, len(said) + 1))
    assert [cue.start for cue in cues] == [timedelta(milliseconds=segment.start_ms) for segment in said]
    assert all(cue.end > cue.start for cue in cues)
    assert [essence(cue.content.replace("→", "-->")) for cue in cues] == [essence(led(segment)) for segment in said]


@pytest.mark.parametrize("seed", range(25))
def test_json_is_exact(seed: int) -> None:
    """JSON gives everything back, to the character and the millisecond."""
    segments = random_segments(seed)
    read = json.loads(written("json", *segments))
    assert read == {
        "language": "en",
        "duration_ms": 3_600_000,
        "text": text_of(segments),
        "segments": [asdict(segment) | {"words": [asdict(word) for word in segment.words]} for segment in segments],
    }


@pytest.mark.parametrize("seed", range(25))
def test_txt_has_a_line_for_each_segment(seed: int) -> None:
    """In plain text the lines are the segments."""
    segments = [Segment(s.start_ms, s.end_ms, s.text) for s in random_segments(seed)]
    lines = written("txt", *segments).split("\n")
    assert lines.pop() == ""
    assert [essence(line) for line in lines] == [essence(s.text) for s in segments if essence(s.text)]


def test_txt_names_speakers_when_they_change() -> None:
    """A name stands where another speaker begins, not before every sentence."""
    said = [("Ada", "One."), ("Ada", "Two."), ("Ben", "Three."), (None, "Four.")]
    segments = [Segment(0, 1, text, speaker=speaker) for speaker, text in said]
    assert written("txt", *segments) == "Ada: One.\nTwo.\nBen: Three.\nFour.\n"


def test_vtt_to_the_letter() -> None:
    """A cue is times, then escaped text in the span of its voice."""
    assert written("vtt", Segment(1_234, 5_678, "a < b & c --> d\n\nnext", speaker="Tom > Jerry\n2")) == (
        "WEBVTT\n\n00:00:01.234 --> 00:00:05.678\n<v Tom &gt; Jerry 2>a &lt; b &amp; c --&gt; d\nnext</v>\n"
    )


def test_srt_to_the_letter() -> None:
    """A cue is a number, times and one line, led by the speaker's name."""
    assert written("srt", Segment(0, 0, ""), Segment(1_234, 1_234, "a --> b\r\n\r\nc", speaker="Tom")) == (
        "1\n00:00:01,234 --> 00:00:01,235\nTom: a → b c\n\n"
    )


@pytest.mark.parametrize(
    ("milliseconds", "shown"),
    [
        (0, "00:00:00.000"),
        (59_999, "00:00:59.999"),
        (86_400_001, "24:00:00.001"),
        (359_999_999, "99:59:59.999"),
        (360_000_000, "100:00:00.000"),
    ],
)
def test_clock_has_no_end(milliseconds: int, shown: str) -> None:
    """Times after a day and after a hundred hours are right, and are never rounded."""
    assert clock(milliseconds, ".") == shown


@pytest.mark.parametrize("name", FORMATS)
def test_letters_stay_as_they_were(name: str) -> None:
    """No format composes or decomposes letters, or adds marks to right-to-left text."""
    text = "cafe\u0301 caf\u00e9 שָׁלוֹם مرحبا"
    assert not unicodedata.is_normalized("NFC", text)
    assert text in written(name, Segment(0, 1, text))


@pytest.mark.parametrize(("name", "empty"), [("txt", ""), ("vtt", "WEBVTT\n"), ("srt", "")])
def test_nothing_said_is_an_empty_file(name: str, empty: str) -> None:
    """A recording without speech has files all the same."""
    assert written(name) == empty


def test_nothing_said_is_an_empty_list() -> None:
    """A recording without speech has JSON all the same."""
    nothing = json.loads("".join(FORMATS["json"].write(Transcription(None, 5, []))))
    assert nothing == {"language": None, "duration_ms": 5, "text": "", "segments": []}
