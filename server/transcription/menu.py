"""What is on offer, told to those who choose."""

from collections.abc import Collection, Iterable

from server.configuration.processing import EngineName
from server.transcription.engines import amazon_languages, language
from server.transcription.engines.amazon_limits import LONGEST_S
from server.transcription.engines.catalogue import Catalogue
from server.transcription.offer import Offer
from server.transcription.offer_schemas import EngineShown, EnginesShown, ModelShown

AMAZONS = sorted({amazon_languages.language_tag(code) for code in amazon_languages.CODES})
AMAZON = EngineShown(
    name=EngineName.AWS,
    languages=AMAZONS,
    models=[],
    options=["speakers", "vocabulary", "redact"],
    redacts=[tag for tag in AMAZONS if amazon_languages.language_code(tag) in amazon_languages.REDACTABLE],
    longest_ms=LONGEST_S * 1000,
)


def show(offer: Offer) -> EnginesShown:
    """Tell what may be asked for, so that nothing is chosen that would be refused."""
    unasked = [name for name in (offer.default, offer.fallback) if name is not None]
    named = sorted(offer.engines, key=lambda name: (name is not offer.default, name))
    return EnginesShown(
        languages=_union(_engine(name, offer.models).languages for name in unasked),
        engines=[_engine(name, offer.models) for name in named],
    )


def _engine(name: EngineName, models: Catalogue | None) -> EngineShown:
    if name is EngineName.AWS or models is None:
        return AMAZON
    shown = [ModelShown(name=model.name, languages=_tags(models.languages(model))) for model in models]
    return EngineShown(
        name=name, languages=shown[0].languages, models=shown, options=["model"], redacts=[], longest_ms=None
    )


def _tags(codes: Collection[str] | None) -> list[str] | None:
    return None if codes is None else sorted(language.language_tag(code) for code in codes)


def _union(known: Iterable[list[str] | None]) -> list[str] | None:
    """All languages of several; where one may know any, nothing can be told of all."""
    languages: set[str] = set()
    for some in known:
        if some is None:
            return None
        languages.update(some)
    return sorted(languages)
