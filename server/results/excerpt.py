"""The beginning of a result's text, as lists show it."""

from sqlalchemy import func, select

from server.media.models import Media
from server.transcription.models import Transcript

MOST_CHARACTERS = 160

NEWEST = (
    # One character more than is shown tells whether the text goes on; the rest of it stays in the database.
    select(func.left(Transcript.text, MOST_CHARACTERS + 1).label("excerpt"), Transcript.language.label("heard"))
    .where(Transcript.media_id == Media.id, Transcript.finished_at.is_not(None))
    .order_by(Transcript.id.desc())
    .limit(1)
    .correlate(Media)
    .lateral("newest")
)
"""To be joined to media: how the newest finished text begins, and the language that was heard."""


def cut_at_a_word(beginning: str | None) -> str | None:
    """Shorten what `NEWEST` has read to whole words where the text goes on; of nothing, return None."""
    if not beginning or len(beginning) <= MOST_CHARACTERS:
        return beginning or None
    words, space, _ = beginning[:MOST_CHARACTERS].rpartition(" ")
    return f"{words if space else beginning[: MOST_CHARACTERS - 1]}…"
