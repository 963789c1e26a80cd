"""The engines on offer, and which of them a recording is given to."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Self

from fastapi import Depends, Request

from server.configuration.processing import EngineName
from server.media.wishes import SpeechWish
from server.problems import Problem
from server.settings import Settings
from server.transcription.engines import amazon_limits
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.errors import (
    EngineUnavailable,
    LanguageNotSupported,
    ModelNotAvailable,
    OptionNotSupported,
)


class EngineNotOffered(Problem):
    """The engine that was asked for is not among those of this service."""

    status = 422
    code = "engine_not_offered"

    def __init__(self, engine: EngineName, offered: Collection[EngineName]) -> None:
        able = ", ".join(sorted(offered))
        super().__init__(f"The engine {engine.value!r} is not offered here; choose among: {able}, or leave it out.")


REFUSALS = (EngineNotOffered, ModelNotAvailable, LanguageNotSupported, OptionNotSupported)
"""What a client may be told before a byte is sent."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What may be asked for.

    Attributes:
        default: the engine of those who name none.
        fallback: takes what the default can't, from those who name none.
        engines: all that may be named.
        models: those of `whisper`; None where there are none.
    """

    default: EngineName
    fallback: EngineName | None
    engines: frozenset[EngineName]
    models: Catalogue | None

    @classmethod
    def of(cls, settings: Settings, environment: Mapping[str, str]) -> Self:
        """Make the one that the settings describe.

        Raises:
            EngineUnavailable: the default engine can't be had here.
        """
        chosen = settings.transcription
        try:
            models = Catalogue.of(settings.whisper, environment)
        except EngineUnavailable:
            if chosen.engine is EngineName.WHISPER:
                raise
            models = None
        absent = frozenset[EngineName]() if models else frozenset({EngineName.WHISPER})
        named = {chosen.engine, *chosen.engines}
        fallback = None if chosen.fallback in absent else chosen.fallback
        return cls(default=chosen.engine, fallback=fallback, engines=frozenset(named) - absent, models=models)

    def choose(self, wish: SpeechWish, language: str | None, duration_ms: int | None = None) -> EngineName:
        """Choose the engine for a recording; called early, before its length is known, too.

        Raises:
            Problem: none may have it; what stands in the way of the one that was meant, and the way out.
        """
        first = wish.engine or self.default
        try:
            self._check(first, wish, language, duration_ms)
        except Problem as problem:
            if wish.engine or not self.fallback or not self._may(self.fallback, wish, language, duration_ms):
                raise problem from None
            return self.fallback
        return first

    def model(self, engine: EngineName, wish: SpeechWish) -> str:
        """Name the model that an engine listens with."""
        if engine is EngineName.AWS or self.models is None:
            return amazon_limits.MODEL
        return wish.model or self.models.default.name

    def _may(self, engine: EngineName, wish: SpeechWish, language: str | None, duration_ms: int | None) -> bool:
        try:
            self._check(engine, wish, language, duration_ms)
        except Problem:
            return False
        return True

    def _check(self, engine: EngineName, wish: SpeechWish, language: str | None, duration_ms: int | None) -> None:
        if engine not in self.engines and engine is not self.fallback:
            raise EngineNotOffered(engine, self.engines)
        if engine is EngineName.AWS:
            if wish.model is not None:
                raise OptionNotSupported("model", "is for the engine 'whisper' only: choose that")
            amazon_limits.check_wish(wish, language)
            if duration_ms is not None:
                amazon_limits.check_length(duration_ms)
        elif self.models is not None:
            _refuse_amazons_own(wish)
            self.models.check(wish.model, language)


def _refuse_amazons_own(wish: SpeechWish) -> None:
    for option in ("speakers", "vocabulary", "redact"):
        if getattr(wish, option):
            raise OptionNotSupported(option, "is for the engine 'aws' only: choose that")


def get_offer(request: Request) -> Offer:
    """Return the application's offer."""
    offer: Offer = request.app.state.offer
    return offer


CurrentOffer = Annotated[Offer, Depends(get_offer)]
