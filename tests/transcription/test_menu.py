"""What those who choose are told of the engines."""

import pytest

from server.configuration.processing import EngineName
from server.media.wishes import SpeechWish
from server.settings import Settings
from server.transcription.menu import show
from tests.transcription.test_offer import make_offer


@pytest.mark.parametrize("fallback", [None, EngineName.AWS])
def test_what_is_shown_may_be_chosen(settings: Settings, fallback: EngineName | None) -> None:
    """Every engine is let pass with every language and model of its list, and so is every language without one."""
    offer = make_offer(settings, engines=["whisper", "aws"], fallback=fallback)
    menu = show(offer)
    assert [engine.name for engine in menu.engines] == [EngineName.WHISPER, EngineName.AWS]
    assert menu.languages is not None
    assert ("he" in menu.languages) is (fallback is not None)
    for engine in menu.engines:
        for language in engine.languages or []:
            assert offer.choose(SpeechWish(engine=engine.name), language) is engine.name
        for model in engine.models:
            assert offer.choose(SpeechWish(engine=engine.name, model=model.name), "en") is engine.name
        for language in engine.redacts:
            assert offer.choose(SpeechWish(engine=engine.name, redact=True), language) is engine.name
    for language in menu.languages:
        offer.choose(SpeechWish(), language)
