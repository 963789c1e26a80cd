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

    Raises:
        Problem: no engine may have the recording; see `Offer.choose`.
    """
    asked = await TranscriptRepository(work).open_of(media.id)
    return asked or await ask(work, offer, media, media.speech_wish, media.language)
