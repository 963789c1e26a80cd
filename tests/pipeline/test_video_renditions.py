"""What is to be seen of a video, beside its text."""

import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import av
import pytest
from sqlalchemy import select, update

from server.auth.principal import Principal
from server.ffmpeg.binary import find_ffmpeg
from server.media.kinds import MediaKind, Pictures
from server.media.models import Media, Rendition
from server.media.state import Status
from server.pipeline import video_renditions
from server.pipeline.endings import fail_media
from server.pipeline.pictures import fail_pictures, pictures
from server.pipeline.places import Places
from server.pipeline.remake import remake
from server.pipeline.rendered import Rendered
from server.pipeline.transcode import Transcoded, transcode
from server.results.renditions import Renditions
from server.tasks import service as tasks
from server.tasks.models import Kind, Task
from server.tasks.queues import Queue
from server.tasks.stage import Unworkable
from server.transcription.engines import amazon_limits
from tests.conftest import SAMPLE
from tests.pipeline.conftest import Bench

TEST_PICTURE = ("-f", "lavfi", "-i", "testsrc=s=160x120:r=10:d=2")
SEEN = ("-map", "1:v", "-c:v", "mpeg4")
HEARD = ("-map", "0:a", "-c:a", "aac")
BECAUSE = Unworkable("engine_refused", "Choose another engine.")


@cache
def film(*streams: str) -> bytes:
    """Make two seconds of an MP4 file out of the sample."""
    argv = (str(find_ffmpeg(None)), "-loglevel", "error", "-i", str(SAMPLE), *TEST_PICTURE, *streams, "-t", "2")
    muxer = ("-movflags", "frag_keyframe+delay_moov", "-f", "mp4", "-")
    run = subprocess.run((*argv, *muxer), check=True, timeout=60, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    return run.stdout


async def video(
    bench: Bench, folder: Path, content: bytes = b"film", status: Status = Status.RECEIVED, **changed: object
) -> Media:
    """Make an item as an upload of a video becomes one."""
    given: dict[str, object] = {"kind": MediaKind.VIDEO, "pictures": Pictures.UNDER_WAY}
    return await bench.media(content, folder, status, **given | changed)


async def do(bench: Bench, kind: Kind, media: Media) -> Media:
    """Do one task, and read the item anew."""
    taken = await bench.take(kind, media.id)
    stage = {Kind.TRANSCODE: transcode, Kind.PICTURES: pictures, Kind.REMAKE: remake}[kind]
    await bench.write(taken, await stage(bench.tools, taken))
    return await bench.read(media.id)


async def stored(bench: Bench, media: Media) -> dict[str, bytes]:
    """Read all that lies of an item in the bucket of renditions, by the names of the files."""
    aws, found = bench.tools.settings.aws, {}
    async for page in bench.tools.store.pages(aws.processed_bucket, f"{media.owner_id}/{media.id}/"):
        for listed in page:
            name = listed.address.key.rpartition("/")[2]
            assert name not in found
            found[name] = await bench.tools.store.read_start(listed.address, 10_000_000)
    return found


async def delete(bench: Bench, media: Media, *names: str) -> None:
    """Have the objects of renditions expire."""
    query = select(Rendition).where(Rendition.media_id == media.id, Rendition.name.in_(names))
    async with bench.tools.units.begin() as work:
        rows = (await work.session.execute(query)).scalars().all()
    assert len(rows) == len(names)
    await bench.tools.store.delete(row.address for row in rows)


async def ask(bench: Bench, media: Media, name: str) -> str | None:
    """Ask for a rendition, as a page does."""
    async with bench.tools.units.begin() as work:
        viewer = Principal(bench.owner, sees_all=False)
        return await Renditions(work, bench.tools.store, viewer).url(media.id, name, to_save=False)


async def test_video_is_seen_and_heard_apart(bench: Bench, tmp_path: Path) -> None:
    """Its text is begun before its picture; an attempt that lost leaves nothing, and the next makes the very same."""
    media = await video(bench, tmp_path, film(*SEEN, *HEARD))
    media = await do(bench, Kind.TRANSCODE, media)
    assert (media.status, media.kind, media.pictures) == (Status.TRANSCRIBING, MediaKind.VIDEO, Pictures.UNDER_WAY)
    assert {*await bench.waiting(media.id)} == {Kind.TRANSCRIBE, Kind.PICTURES}
    heard = await stored(bench, media)
    taken = await bench.take(Kind.PICTURES, media.id)
    late = await pictures(bench.tools, taken)
    both = await stored(bench, media)
    assert both.keys() - heard.keys() == {"web.mp4", "poster.jpg"}
    async with bench.tools.units.begin() as work:
        await tasks.hand_back(work.session, taken)
        queue = await work.session.scalar(select(Task.queue).where(Task.id == taken.id))
    assert queue == Queue.PICTURES
    await late.discard()
    assert await stored(bench, media) == heard
    media = await do(bench, Kind.PICTURES, media)
    assert (media.status, media.pictures, media.width, media.height) == (
        Status.TRANSCRIBING,
        Pictures.READY,
        160,
        120,
    )
    assert await stored(bench, media) == both
    await expire_and_ask_again(bench, media, both)


async def expire_and_ask_again(bench: Bench, media: Media, before: dict[str, bytes]) -> None:
    """Delete some renditions, ask for them, and find every byte in its place again."""
    async with bench.tools.units.begin() as work:
        await work.session.execute(update(Media).where(Media.id == media.id).values(status=Status.COMPLETED))
        await tasks.withdraw(work.session, media.id)
    await delete(bench, media, "light", "peaks", "poster")
    for name in ("light", "peaks", "poster", "light"):
        assert await ask(bench, media, name) is None
    assert await ask(bench, media, "web") is not None
    assert sorted(await bench.waiting(media.id)) == [Kind.PICTURES, Kind.REMAKE]
    for kind in (Kind.REMAKE, Kind.PICTURES):
        assert (await do(bench, kind, media)).status is Status.COMPLETED
    assert await stored(bench, media) == before
    assert await ask(bench, media, "light") is not None


async def test_sound_in_a_container_of_videos_is_sound(bench: Bench, tmp_path: Path) -> None:
    """Whichever of the two stages looks at it first, and whatever its type said."""
    media = await video(bench, tmp_path, film(*HEARD))
    for kind in (Kind.PICTURES, Kind.TRANSCODE):
        seen = await do(bench, kind, media)
        assert (seen.kind, seen.pictures) == (MediaKind.AUDIO, Pictures.NONE)
    assert await bench.waiting(media.id) == [Kind.TRANSCRIBE]


async def test_sound_that_fails_leaves_the_picture(bench: Bench, tmp_path: Path) -> None:
    """A video whose sound can't be used fails, and is shown all the same."""
    media = await video(bench, tmp_path, status=Status.TRANSCODING)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    async with bench.tools.units.begin() as work:
        await fail_media(work, taken, BECAUSE)
    assert (await bench.read(media.id)).status is Status.FAILED
    assert Kind.PICTURES in await bench.waiting(media.id)


async def test_engine_that_refuses_leaves_the_picture(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What turns out too long for its engine once it is rendered is shown all the same."""
    monkeypatch.setattr(amazon_limits, "LONGEST_S", 5)
    guess, wish = MediaKind.AUDIO, {"engine": "aws"}
    media = await video(bench, tmp_path, status=Status.TRANSCODING, kind=guess, pictures=Pictures.NONE, wish=wish)
    taken = await bench.take(Kind.TRANSCODE, media.id)
    async with bench.tools.units.begin() as work:
        rendered = Rendered(await Places.find(work, bench.tools, taken, media), media.id, [])
        await Transcoded(rendered, taken, 6000, has_picture=True).write(work)
    media = await bench.read(media.id)
    assert (media.status, media.kind, media.pictures) == (Status.FAILED, MediaKind.VIDEO, Pictures.UNDER_WAY)
    assert Kind.PICTURES in await bench.waiting(media.id)


async def test_picture_is_shown_without_a_sound_that_spoils_it(bench: Bench, tmp_path: Path) -> None:
    """A track of which nothing can be decoded is left out."""
    content = bytearray(film(*SEEN, "-map", "0:a", "-c:a", "ac3"))
    with av.open(BytesIO(content), "r") as container:
        for packet in container.demux(audio=0):
            if packet.pos is not None:
                content[packet.pos : packet.pos + packet.size] = bytes(packet.size)
    media = await do(bench, Kind.PICTURES, await video(bench, tmp_path, bytes(content), status=Status.FAILED))
    assert (media.status, media.pictures) == (Status.FAILED, Pictures.READY)
    with av.open(BytesIO((await stored(bench, media))["web.mp4"])) as container:
        assert [stream.type for stream in container.streams] == ["video"]


@pytest.mark.parametrize("status", [Status.TRANSCRIBING, Status.COMPLETED, Status.FAILED, Status.DELETING])
async def test_picture_that_fails_leaves_the_text(bench: Bench, tmp_path: Path, status: Status) -> None:
    """Why a video can't be shown stands beside where its text is, and nothing is said of one that is being deleted."""
    media = await video(bench, tmp_path, status=status)
    taken = await bench.take(Kind.PICTURES, media.id)
    async with bench.tools.units.begin() as work:
        await fail_pictures(work, taken, BECAUSE)
    failed = await bench.read(media.id)
    assert (failed.status, failed.error_code) == (status, None)
    is_told = status is not Status.DELETING
    assert (failed.pictures is Pictures.FAILED, failed.pictures_error_code == BECAUSE.code) == (is_told, is_told)


async def test_videos_beyond_the_limits_are_refused(
    bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Too many pixels, or too many hours: each for its own reason, and before anything is decoded."""
    media = await video(bench, tmp_path, film(*SEEN, *HEARD))
    taken = await bench.take(Kind.PICTURES, media.id)
    bench.tools.settings.work.max_media_hours = 1 / 3600
    with pytest.raises(Unworkable) as too_long:
        await pictures(bench.tools, taken)
    monkeypatch.setattr(video_renditions, "MOST_MEGAPIXELS", 0)
    with pytest.raises(Unworkable) as too_large:
        await pictures(bench.tools, taken)
    assert (too_long.value.code, too_large.value.code) == ("too_long", "too_many_pixels")
