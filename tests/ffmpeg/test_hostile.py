"""Files that try to have other files opened: nothing of the canary ever gets out."""

import subprocess
from pathlib import Path

import av
import pytest

from server.ffmpeg import audio
from server.ffmpeg.confine import Limits
from server.ffmpeg.failures import FfmpegFailure
from server.ffmpeg.probe import AudioStream, probe
from server.ffmpeg.render import render
from server.ffmpeg.sniff import identify
from server.ffmpeg.source import Source
from server.ffmpeg.tap import Tap
from tests.ffmpeg.conftest import Make
from tests.ffmpeg.quicktime import borrowing

LIMITS = Limits(seconds=30, memory=2 * 1024**3, file_size=50_000_000)
DEMUXERS = ("mp3", "aac", "wav", "mov", "matroska", "mpegts", "ogg")
HOUR_MS = 3_600_000
NAMES = ("input", "input.mp3", "input.wav", "input.m3u8", "input.mp4")
ADDRESSES = (
    "{canary}",
    "canary.wav",
    "file:{canary}",
    "concat:{canary}|{canary}",
    "subfile,,start,0,end,0,,:{canary}",
    "data:audio/wav;base64,UklGRg==",
    "inner.m3u8",
)
PLAYLISTS = {
    "hls": "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:7,\n{address}\n#EXT-X-ENDLIST\n",
    "concat": "ffconcat version 1.0\nfile '{address}'\n",
    "sdp": "v=0\nc=IN IP4 127.0.0.1\nm=audio 9 RTP/AVP 0\na=control:{address}\n",
}


@pytest.fixture
def canary(speech: Path, tmp_path: Path) -> Path:
    """Give a file of sound that nobody sent, right beside the one that somebody did."""
    path = tmp_path / "canary.wav"
    path.write_bytes(speech.read_bytes())
    (tmp_path / "inner.m3u8").write_text(PLAYLISTS["hls"].format(address=path))
    return path


async def heard(ffmpeg: Path, source: Source) -> bytes:
    """Give all samples that a source lets out, and all else that is said of it."""
    stream, samples = AudioStream(0, "pcm_s16le", 16_000, 1), bytearray()
    folder = source.path.parent / "made"
    folder.mkdir(exist_ok=True)
    tap = Tap(audio.samples(stream), samples.extend, HOUR_MS)
    try:
        await render(ffmpeg, source, [audio.speech("a", stream)], folder, LIMITS, tap=tap)
    except FfmpegFailure:
        return bytes(samples)
    return bytes(samples)


def carelessly_heard(ffmpeg: Path, path: Path, demuxer: str) -> bytes:
    """Decode a playlist as it would be without any of our options."""
    trusting = ("-allowed_extensions", "ALL", "-extension_picky", "0") if demuxer == "hls" else ("-safe", "0")
    argv = (str(ffmpeg), "-v", "error", *trusting, "-f", demuxer, "-i", str(path), "-f", "s16le", "-")
    return subprocess.run(argv, check=True, capture_output=True, timeout=30).stdout


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("playlist", PLAYLISTS.values(), ids=PLAYLISTS)
async def test_playlists_are_refused_by_content(canary: Path, tmp_path: Path, playlist: str, address: str) -> None:
    """Whatever a playlist is called and whatever it refers to, it is no container."""
    for name in NAMES:
        path = tmp_path / name
        path.write_text(playlist.format(address=address.format(canary=canary)))
        assert await identify(path) is None


@pytest.mark.parametrize("demuxer", DEMUXERS)
async def test_no_demuxer_of_ours_follows_a_playlist(ffmpeg: Path, canary: Path, tmp_path: Path, demuxer: str) -> None:
    """Were a playlist taken for a container all the same, nothing would be read from it."""
    for name, playlist in PLAYLISTS.items():
        path = tmp_path / f"{name}.{demuxer}"
        path.write_text(playlist.format(address=canary))
        with pytest.raises(FfmpegFailure):
            await probe(Source(path, demuxer))
        assert await heard(ffmpeg, Source(path, demuxer)) == b""


@pytest.mark.parametrize("demuxer", ["hls", "concat"])
async def test_even_a_playlist_that_is_followed_leads_nowhere(
    ffmpeg: Path, canary: Path, tmp_path: Path, demuxer: str
) -> None:
    """With the playlist's own demuxer the canary does come out; the whitelist of formats alone keeps it in."""
    path = tmp_path / "input"
    path.write_text(PLAYLISTS[demuxer].format(address=canary.name))
    assert carelessly_heard(ffmpeg, path, demuxer) == canary.read_bytes()[-7100 * 32 :]
    with pytest.raises(FfmpegFailure):
        await probe(Source(path, demuxer))
    assert await heard(ffmpeg, Source(path, demuxer)) == b""


@pytest.fixture
def borrower(make: Make, tmp_path: Path) -> Path:
    """Give a QuickTime file without samples of its own: its tracks lie in another file, named by its full path."""
    secret = make("secret.mov", "-c:a", "pcm_s16le")
    path = tmp_path / "input"
    path.write_bytes(borrowing(secret))
    return path


async def test_a_track_in_another_file_is_not_opened(ffmpeg: Path, borrower: Path) -> None:
    """External references work when they are asked for, and we never do."""
    careless = {"enable_drefs": "1", "use_absolute_path": "1"}
    with av.open(str(borrower), options=careless) as container:
        assert sum(frame.samples for frame in container.decode(audio=0)) == 7100 * 16
    assert await identify(borrower) is not None
    assert await heard(ffmpeg, Source(borrower, "mov")) == b""


async def test_a_name_is_never_a_protocol_or_a_pattern(ffmpeg: Path, speech: Path, tmp_path: Path) -> None:
    """Even if a sender's name got that far, it would be a name."""
    for name in ("concat:canary.wav", "-y", "%03d.wav"):
        path = tmp_path / name
        path.symlink_to(speech)
        assert (await probe(Source(path, "wav"))).duration_ms == 7100
        assert len(await heard(ffmpeg, Source(path, "wav"))) == 7100 * 32
