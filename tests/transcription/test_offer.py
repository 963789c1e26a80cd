"""Which engine a recording is given to."""

from collections.abc import Sequence
from typing import Any

import pytest

from server.configuration.processing import EngineName, Transcription, Whisper
from server.media.wishes import SpeechWish
from server.problems import Problem
from server.settings import Settings
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.offer import Offer

WHISPER, AWS = EngineName.WHISPER, EngineName.AWS
FIVE_HOURS_MS = 5 * 60 * 60 * 1000


def make_offer(settings: Settings, *, models: Sequence[str | None] = (None,), **changed: Any) -> Offer:
    """Make the offer of a service that is set up differently."""
    transcription = Transcription.model_validate(changed)
    whisper = Whisper.model_validate({"model": models[0], "other_models": models[1:]})
    return Offer.of(settings.model_copy(update={"transcription": transcription, "whisper": whisper}), {})


@pytest.mark.parametrize(
    ("default", "wish", "language", "duration_ms", "chosen"),
    [
        (WHISPER, {}, None, None, WHISPER),
        (AWS, {}, None, None, AWS),
        (AWS, {"engine": "whisper"}, "en", FIVE_HOURS_MS, WHISPER),
        (WHISPER, {"engine": "aws"}, "he", 60_000, AWS),
        # What the default can't take goes to the fallback: the length, the language, an option of the other's.
        (AWS, {}, "en", FIVE_HOURS_MS, WHISPER),
        (AWS, {}, None, 400, WHISPER),
        (AWS, {"model": "tiny.en"}, None, None, WHISPER),
        (WHISPER, {}, "he", None, AWS),
        (WHISPER, {"speakers": 2}, None, None, AWS),
    ],
)
def test_engine_that_can_is_chosen(
    settings: Settings,
    default: EngineName,
    wish: dict[str, Any],
    language: str | None,
    duration_ms: int | None,
    chosen: EngineName,
) -> None:
    """The one that was named, else the default, else the fallback."""
    fallback = WHISPER if default is AWS else AWS
    offer = make_offer(settings, engine=default, fallback=fallback)
    assert offer.choose(SpeechWish(**wish), language, duration_ms) is chosen


@pytest.mark.parametrize(
    ("fallback", "wish", "language", "duration_ms", "code"),
    [
        (None, {}, "he", None, "language_not_supported"),
        (AWS, {"engine": "whisper"}, "he", None, "language_not_supported"),
        (AWS, {}, "tlh", None, "language_not_supported"),
        (AWS, {}, "he", FIVE_HOURS_MS, "language_not_supported"),
        (AWS, {"engine": "aws"}, None, FIVE_HOURS_MS, "engine_too_long"),
        (AWS, {"model": "tiny.en", "speakers": 2}, None, None, "option_not_supported"),
        (AWS, {"model": "huge"}, None, None, "model_not_available"),
    ],
)
def test_what_no_engine_may_have_is_refused(
    settings: Settings,
    fallback: EngineName | None,
    wish: dict[str, Any],
    language: str | None,
    duration_ms: int | None,
    code: str,
) -> None:
    """The reason is that of the engine that was meant; whoever names one is never given another."""
    offer = make_offer(settings, fallback=fallback)
    with pytest.raises(Problem) as problem:
        offer.choose(SpeechWish(**wish), language, duration_ms)
    assert problem.value.code == code


def test_only_what_is_offered_can_be_named(settings: Settings) -> None:
    """An operator may keep an engine to the service's own choice, or have it for fallback alone."""
    offer = make_offer(settings, engines="whisper", fallback=AWS)
    assert offer.choose(SpeechWish(), "he") is AWS
    with pytest.raises(Problem, match="choose among: whisper") as problem:
        make_offer(settings, engines="whisper").choose(SpeechWish(engine=AWS), None)
    assert problem.value.code == "engine_not_offered"


def test_service_whose_models_are_set_up_wrongly_offers_amazon_alone(settings: Settings) -> None:
    """The other engine still works; where a model is needed by default, the operator hears of it at the start."""
    alike = ["/one/tiny", "/other/tiny"]
    offer = make_offer(settings, models=alike, engine=AWS, fallback=WHISPER)
    assert set(offer.engines) == {AWS}
    assert offer.fallback is None
    with pytest.raises(Problem) as problem:
        offer.choose(SpeechWish(engine=WHISPER), None)
    assert problem.value.code == "engine_not_offered"
    with pytest.raises(EngineUnavailable):
        make_offer(settings, models=alike)


def test_transcripts_name_their_model(settings: Settings) -> None:
    """The one that was asked for, or the engine's own."""
    offer = make_offer(settings)
    assert offer.model(WHISPER, SpeechWish()) == "tiny.en"
    assert offer.model(AWS, SpeechWish()) == "amazon-transcribe"
