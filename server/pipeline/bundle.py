"""The texts of many results as one zip file.

There is a file for each text and format, `{title}.{extension}`, and `manifest.json`: `{formats, results}`, where each
of the results is `{id, title, files, missing}`, in the order in which they were wanted. Of one that has no text
`missing` is `{code, message}`, of the others null.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from server.exports.models import Export
from server.media.file_names import Names, stem_of
from server.media.models import Media
from server.media.state import HIDDEN, UNDER_WAY, Status
from server.pipeline.archive import Archive
from server.pipeline.packing import add_texts, pack
from server.pipeline.tools import Tools
from server.tasks.models import Taken
from server.tasks.stage import Outcome
from server.transcription.formats import Transcription
from server.transcription.repository import TranscriptRepository

MANIFEST = "manifest"
Reason = Mapping[str, str | None]
DELETED = {"code": "deleted", "message": "It has been deleted meanwhile."}
NOT_FINISHED = {"code": "not_finished", "message": "It has no text yet. Export it again once it is completed."}
NO_SOUND = {"code": "no_sound", "message": "There is no sound in it, and so no text."}


@dataclass(frozen=True, slots=True)
class Found:
    """What there is of a result: its text, or why it has none."""

    title: str | None
    text: Transcription | None
    missing: Reason | None


async def bundle(tools: Tools, taken: Taken) -> Outcome:
    """Put the newest texts of all results that are wanted into one object."""
    return await pack(tools, taken, partial(_fill, tools))


async def _fill(tools: Tools, archive: Archive, wanted: Export) -> None:
    names = Names([MANIFEST])
    told: list[dict[str, Any]] = []
    for result_id in wanted.wanted:
        found = await _find(tools, result_id)
        files = [] if found.text is None else await _add(archive, names, found.text, wanted.formats)
        told.append({"id": result_id, "title": found.title, "files": files, "missing": found.missing})
    manifest = {"formats": wanted.formats, "results": told}
    await archive.add_whole(f"{MANIFEST}.json", to_json(manifest, indent=1))


async def _add(archive: Archive, names: Names, text: Transcription, formats: list[str]) -> list[str]:
    return await add_texts(archive, names.free(stem_of(text.title)), text, formats)


async def _find(tools: Tools, result_id: UUID) -> Found:
    """Read one text; no more than one is held in memory at a time."""
    async with tools.units.begin() as work:
        media = await work.session.get(Media, result_id)
        if media is None or media.status in HIDDEN:
            return Found(None, None, DELETED)
        transcripts = TranscriptRepository(work)
        transcript = await transcripts.newest_finished(media.id)
        if transcript is None:
            return Found(media.title, None, _why_missing(media))
        segments = await transcripts.spoken(transcript.id)
    text = Transcription(transcript.language, media.duration_ms or 0, segments, media.title)
    return Found(media.title, text, None)


def _why_missing(media: Media) -> Reason:
    if media.status is Status.FAILED:
        return {"code": media.error_code, "message": media.error_message}
    return NOT_FINISHED if media.status in UNDER_WAY else NO_SOUND
