"""Transcripts as files, read back by parsers of others."""

import csv
import io
import json
import random
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from datetime import timedelta
from html import unescape
from itertools import groupby
from operator import itemgetter
from zipfile import ZipFile

import docx
import pytest
import srt
import webvtt
from docx.document import Document

from server.transcription.direction import Direction
from server.transcription.engines.base import Segment, Word
from server.transcription.formats import FORMATS, Transcription, clock, text_of, write_vtt

MILLISECOND = timedelta(milliseconds=1)
LINE_END = re.compile("\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
DASH = "\N{EN DASH}"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
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
    """Write segments in one format of text."""
    return b"".join(FORMATS[name].write(transcription(*segments))).decode()


def document(*segments: Segment) -> bytes:
    """Write segments as a document, with a title."""
    titled = replace(transcription(*segments), title="A <title> & שלום")
    return b"".join(FORMATS["docx"].write(titled))


def opened(*segments: Segment) -> Document:
    """Open a document of segments."""
    return docx.Document(io.BytesIO(document(*segments)))


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


def essence(text: str) -> str:
    """Leave out spaces and line ends, and what marks the direction of a line."""
    return "".join(text.split()).translate(dict.fromkeys(map(ord, Direction)))


def turns(said: Iterable[tuple[str | None, str]]) -> list[tuple[str, str]]:
    """Put together what each speaker says without another saying something in between."""
    plain = [(essence(speaker or ""), essence(text)) for speaker, text in said if essence(text)]
    return [(name, "".join(text for _, text in turn)) for name, turn in groupby(plain, key=itemgetter(0))]


def rises(times: Sequence[tuple[int, int]]) -> bool:
    """Say whether beginnings are in order, and every end is after its beginning."""
    return times == sorted(times, key=itemgetter(0)) and all(start < end for start, end in times)


@pytest.mark.parametrize("seed", range(25))
def test_vtt_says_what_was_said(seed: int) -> None:
    """Any text comes through WebVTT: each speaker's words, in time, nothing broken out, nothing lost."""
    segments = random_segments(seed)
    captions = webvtt.from_buffer(io.StringIO(written("vtt", *segments))).captions
    assert turns((cue.voice and unescape(cue.voice), unescape(cue.text)) for cue in captions) == turns(
        (segment.speaker, segment.text) for segment in segments
    )
    assert rises([(cue.start_time.in_milliseconds(), cue.end_time.in_milliseconds()) for cue in captions])


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
    """Any text comes through SubRip, but for arrows: in numbered cues, in time, with the names of speakers."""
    segments = random_segments(seed)
    cues = list(srt.parse(written("srt", *segments)))
    assert [cue.index for cue in cues] == list(range(1, len(cues) + 1))
    assert rises([(cue.start // MILLISECOND, cue.end // MILLISECOND) for cue in cues])
    said = turns((segment.speaker, segment.text) for segment in segments)
    assert essence("".join(cue.content for cue in cues)).replace("→", "-->") == "".join(
        f"{name}:{text}" if name else text for name, text in said
    ).replace("→", "-->")


@pytest.mark.parametrize("seed", range(25))
def test_tsv_is_exact(seed: int) -> None:
    """A table gives everything back, to the character and the millisecond."""
    segments = random_segments(seed)
    rows = csv.DictReader(io.StringIO(written("tsv", *segments), newline=""), dialect="excel-tab")
    assert [tuple(row.values()) for row in rows] == [
        (str(s.start_ms), str(s.end_ms), s.speaker or "", s.text) for s in segments
    ]


@pytest.mark.parametrize("seed", range(25))
def test_docx_says_what_was_said(seed: int) -> None:
    """A document has the title, then paragraphs of times, speaker and the very text, with its tabs and line ends."""
    segments = random_segments(seed)
    title, *paragraphs = opened(*segments).paragraphs
    assert (title.text, title.style and title.style.name) == ("A <title> & שלום", "Title")
    said = [segment for segment in segments if essence(segment.text)]
    heads, texts = zip(*(paragraph.text.split("\n", 1) for paragraph in paragraphs), strict=True) if said else ((), ())
    assert [essence(head) for head in heads] == [
        essence(f"{clock(s.start_ms, '.')}{DASH}{clock(s.end_ms, '.')}{s.speaker or ''}") for s in said
    ]
    assert list(texts) == [LINE_END.sub("\n", segment.text) for segment in said]


def test_times_are_kept_to_the_millisecond() -> None:
    """What can be read at once keeps its times in every format that has any, whatever the text."""
    segments = [Segment(at * 5_007 + 1, at * 5_007 + 4_999, text) for at, text in enumerate(TRICKY) if essence(text)]
    said = [(s.start_ms, s.end_ms, essence(s.text)) for s in segments]
    captions = webvtt.from_buffer(io.StringIO(written("vtt", *segments))).captions
    subtitles = srt.parse(written("srt", *segments))
    rows = csv.DictReader(io.StringIO(written("tsv", *segments), newline=""), dialect="excel-tab")
    parts = json.loads(written("json", *segments))["segments"]
    paragraphs = [p.text.split("\n", 1) for p in opened(*segments).paragraphs[1:]]
    read = {
        "vtt": [(c.start_time.in_milliseconds(), c.end_time.in_milliseconds(), unescape(c.text)) for c in captions],
        "srt": [(c.start // MILLISECOND, c.end // MILLISECOND, c.content.replace("→", "-->")) for c in subtitles],
        "tsv": [(int(row["start_ms"]), int(row["end_ms"]), row["text"]) for row in rows],
        "json": [(part["start_ms"], part["end_ms"], part["text"]) for part in parts],
    }
    assert {name: [(a, b, essence(text)) for a, b, text in read[name]] for name in read} == dict.fromkeys(read, said)
    assert [(head, essence(text)) for head, text in paragraphs] == [
        (f"{clock(start_ms, '.')} {DASH} {clock(end_ms, '.')}", text) for start_ms, end_ms, text in said
    ]


def test_docx_is_no_more_than_the_transcript() -> None:
    """The same transcript is the same bytes; of who wrote it, when and where, nothing is told."""
    segments = random_segments(1)
    assert document(*segments) == document(*segments)
    properties = opened(*segments).core_properties
    assert (properties.title, properties.language) == ("A <title> & שלום", "en")
    assert (properties.author, properties.last_modified_by, properties.created, properties.modified) == (
        "",
        "",
        None,
        None,
    )
    with ZipFile(io.BytesIO(document(*segments))) as archive:
        assert archive.testzip() is None
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_docx_has_directions_and_a_language() -> None:
    """Right-to-left paragraphs and runs say so, as word processors don't guess; what XML can't hold is replaced."""
    mixed = "שלום Ada"
    made = opened(Segment(0, 1, "One \x07 two"), Segment(1, 2, mixed, speaker="Ada"))
    _, latin, hebrew = made.paragraphs
    (language,) = made.styles.element.iter(f"{WORD}lang")
    assert latin.text.endswith("\nOne \N{REPLACEMENT CHARACTER} two")
    for paragraph, directed in ((latin, []), (hebrew, [f"\n{mixed}"])):
        assert len(paragraph._p.findall(f"{WORD}pPr/{WORD}bidi")) == len(directed)  # noqa: SLF001 - what it has no word for
        assert [run.text for run in paragraph.runs if run.font.rtl] == directed
    assert language.attrib == dict.fromkeys([f"{WORD}val", f"{WORD}eastAsia", f"{WORD}bidi"], "en")


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
    """A cue is times, then escaped text in the span of its voice; as subtitles it is broken where it is too long."""
    segment = Segment(1_234, 5_678, "a < b & c --> d\n\nnext", speaker="Tom > Jerry\n2")
    cue = "WEBVTT\n\n00:00:01.234 --> 00:00:05.678\n<v Tom &gt; Jerry 2>a &lt; b &amp; c --&gt; d{}next</v>\n"
    assert written("vtt", segment) == cue.format(" ")
    assert "".join(write_vtt(transcription(segment))) == cue.format("\n")


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


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "docx"])
def test_letters_stay_as_they_were(name: str) -> None:
    """No format composes or decomposes letters, or adds marks to right-to-left text."""
    text = "cafe\u0301 caf\u00e9 שָׁלוֹם مرحبا"
    assert not unicodedata.is_normalized("NFC", text)
    assert text in written(name, Segment(0, 1, text))


@pytest.mark.parametrize(
    ("name", "empty"), [("txt", ""), ("vtt", "WEBVTT\n"), ("srt", ""), ("tsv", "start_ms\tend_ms\tspeaker\ttext\r\n")]
)
def test_nothing_said_is_an_empty_file(name: str, empty: str) -> None:
    """A recording without speech has files all the same."""
    assert written(name) == empty


def test_nothing_said_is_an_empty_list() -> None:
    """A recording without speech has JSON all the same."""
    nothing = json.loads(b"".join(FORMATS["json"].write(Transcription(None, 5, []))))
    assert nothing == {"language": None, "duration_ms": 5, "text": "", "segments": []}
