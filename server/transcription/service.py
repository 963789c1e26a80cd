"""Asking for transcripts."""

from server.media.models import Media
from server.media.wishes import SpeechWish
from server.transcription.models import Transcript
from server.transcription.offer import Offer
from server.transcription.repository import TranscriptRepository
from server.unit_of_work import UnitOfWork


async def ask(work: UnitOfWork, offer: Offer, media: Media, wish: SpeechWish, language: str | None) -> Transcript:
    """Ask for a transcript of an item; it is open until an engine has finished or failed.

    At most one is open at a time: the item's row is locked by whoever calls this.

    Raises:
        Problem: no engine may have the recording; see `Offer.choose`.
    """
    engine = offer.choose(wish, language, media.duration_ms)
    transcript = Transcript(
        media_id=media.id,
        engine=engine.value,
        model=offer.model(engine, wish),
        asked_language=language,
        wish=wish.model_dump(mode="json", exclude_defaults=True),
        text="",
    )
    TranscriptRepository(work).add(transcript)
    await work.session.flush()
    return transcript


async def ask_once(work: UnitOfWork, offer: Offer, media: Media) -> Transcript:
    """Ask for the transcript that the owner wished for at first, unless one is asked for already.

    That one gets its engine anew, now that the recording's length is known.

    Raises:
        Problem: no engine may have the recording; see `Offer.choose`.
    """
    asked = await TranscriptRepository(work).open_of(media.id)
    if asked is None:
        return await ask(work, offer, media, media.speech_wish, media.language)
    engine = offer.choose(asked.speech_wish, asked.asked_language, media.duration_ms)
    if engine.value != asked.engine:
        asked.engine, asked.model = engine.value, offer.model(engine, asked.speech_wish)
    return asked


async def wanted(work: UnitOfWork, media: Media) -> tuple[SpeechWish, str | None]:
    """Return how the next transcript of an item is to be made, and the language that it is said to be in."""
    asked = await TranscriptRepository(work).open_of(media.id)
    return (asked.speech_wish, asked.asked_language) if asked else (media.speech_wish, media.language)
