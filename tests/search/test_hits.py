"""Where in long texts, and in unfinished ones, something was said."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from server.auth.principal import Principal
from server.db.cursors import BadCursor
from server.problems import NotFound
from server.results.hits import HitsWish, find_hits
from server.results.schemas import HitPage
from server.search.vectors import STRETCH
from server.transcription.models import Transcript, TranscriptSegment
from tests.search.conftest import WORD_MS, Library

TEN = "nine words that are not what we look for"


async def hits(library: Library, result_id: UUID, **wish: Any) -> HitPage:
    """Return the first page of hits in one result."""
    return await find_hits(library.work, library.reader, result_id, HitsWish(**wish))


async def test_long_texts_are_found_in_all_their_length(library: Library) -> None:
    """Every phrase at its time, also where two parts of the index meet; words far from each other; exclusions."""
    last = 2 * STRETCH + 999
    words = [f"word{number}" for number in range(last + 1)]
    made = await library.add(*(" ".join(words[start : start + 10]) for start in range(0, len(words), 10)))
    for number in (0, STRETCH - 1, STRETCH, STRETCH + 50, 2 * STRETCH - 2, last - 2):
        [hit] = (await library.one(q=f'"word{number} word{number + 1} word{number + 2}"')).hits
        assert (hit.segment, hit.start_ms, hit.end_ms - hit.start_ms) == (number // 10, number * WORD_MS, 3 * WORD_MS)
    assert [hit.segment for hit in (await library.one(q=f"word{last} word17")).hits] == [1, last // 10]
    assert await library.ids(q=f'"word{last} word17"') == await library.ids(q=f"word17 -word{last}") == []
    assert await library.ids(q=f'word17 -"word{last - 1} word{last}"') == []
    assert await library.ids(q=f'word17 -"word{last} word{last - 1}"') == [made]


async def test_hits_in_one_text_are_paged(library: Library) -> None:
    """In the order of time; a cursor is for its own text and question."""
    made = await library.add(*[TEN, "here it is, here", "not there", "HERE again"] * 2)
    first = await hits(library, made, q="here", limit=3)
    assert [(hit.segment, hit.end_ms - hit.start_ms) for hit in first.items] == [
        (1, 4 * WORD_MS),
        (3, WORD_MS),
        (5, 4 * WORD_MS),
    ]
    rest = await hits(library, made, q="here", limit=3, cursor=first.next_cursor)
    assert ([hit.segment for hit in rest.items], rest.next_cursor) == ([7], None)
    with pytest.raises(BadCursor):
        await hits(library, made, q="there", cursor=first.next_cursor)
    assert (await hits(library, await library.add(), q="here")).items == []


async def test_text_is_searched_before_it_is_whole(library: Library) -> None:
    """While it is being heard, and when another has been heard since: whichever text is meant."""
    made = await library.add("here it is")
    newer = Transcript(media_id=made, engine="whisper", model="", language="he")
    library.work.session.add(newer)
    await library.work.session.flush()
    library.work.session.add(
        TranscriptSegment(transcript_id=newer.id, index=0, start_ms=0, end_ms=900, text="הנה זה כאן", words=[])
    )
    assert [hit.segment for hit in (await hits(library, made, q="here")).items] == [0]
    [hit] = (await hits(library, made, q="כאן", transcript_id=newer.id)).items
    assert (hit.start_ms, hit.end_ms) == (630, 900)
    for viewer, transcript_id in ((library.reader, uuid4()), (Principal(uuid4(), sees_all=False), None)):
        with pytest.raises(NotFound):
            await find_hits(library.work, viewer, made, HitsWish(q="here", transcript_id=transcript_id))


async def test_time_is_told_where_words_are_not_those_of_the_text(library: Library) -> None:
    """A segment whose timed words are others than its text's is divided by its letters."""
    made = await library.add("aaaa bbbb cccc dddd", title="Letters")
    of_it = select(Transcript.id).where(Transcript.media_id == made).scalar_subquery()
    changed = update(TranscriptSegment).where(TranscriptSegment.transcript_id == of_it)
    await library.work.session.execute(changed.values(words=[], start_ms=1_000, end_ms=2_900))
    [hit] = (await library.one(q="cccc")).hits
    assert (hit.start_ms, hit.end_ms) == (2_000, 2_400)


async def test_snippets_are_short(library: Library) -> None:
    """Of a long segment, what was said around the first hit is shown, in whole words."""
    words = [f"word{number}" for number in range(200)]
    await library.add(" ".join(words), title="Many")
    [hit] = (await library.one(q="word100 or word101 or word199")).hits
    shown = [piece.text for piece in hit.snippet]
    assert (shown[0], shown[-1]) == ("…", "…")
    assert shown[1].startswith("word92 word93 ")
    assert [piece.text for piece in hit.snippet if piece.is_hit] == ["word100", "word101"]
    assert (hit.start_ms, hit.end_ms) == (100 * WORD_MS, 200 * WORD_MS)
    assert sum(map(len, shown)) < 250
