"""The stems of words, as the dictionaries of Postgres have them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ARRAY, Text, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

DICTIONARIES = {
    "ar": "arabic_stem",
    "ca": "catalan_stem",
    "da": "danish_stem",
    "de": "german_stem",
    "el": "greek_stem",
    "en": "english_stem",
    "es": "spanish_stem",
    "eu": "basque_stem",
    "fi": "finnish_stem",
    "fr": "french_stem",
    "ga": "irish_stem",
    "hi": "hindi_stem",
    "hu": "hungarian_stem",
    "hy": "armenian_stem",
    "id": "indonesian_stem",
    "it": "italian_stem",
    "lt": "lithuanian_stem",
    "nb": "norwegian_stem",
    "ne": "nepali_stem",
    "nl": "dutch_stem",
    "nn": "norwegian_stem",
    "no": "norwegian_stem",
    "pt": "portuguese_stem",
    "ro": "romanian_stem",
    "ru": "russian_stem",
    "sr": "serbian_stem",
    "sv": "swedish_stem",
    "ta": "tamil_stem",
    "tr": "turkish_stem",
    "yi": "yiddish_stem",
}
"""By language, those that every Postgres has that we run on. Other languages are searched as they are written."""

STEMS = text("""
    SELECT word, ts_lexize(CAST(:dictionary AS regdictionary), word) AS stems FROM unnest(:words) AS word
""").bindparams(bindparam("words", type_=ARRAY(Text)), bindparam("dictionary", type_=Text))

IN_USE = text("""
    SELECT known.language, asked.word, ts_lexize(CAST(known.dictionary AS regdictionary), asked.word)
    FROM unnest(:languages, :dictionaries) AS known(language, dictionary), unnest(:words) AS asked(word)
    WHERE known.language = (
        SELECT base_language FROM media
        WHERE base_language >= known.language AND status NOT IN ('deleting', 'gone') ORDER BY base_language LIMIT 1
    )
""").bindparams(*(bindparam(name, type_=ARRAY(Text)) for name in ("languages", "dictionaries", "words")))
"""Each language is looked up in the index: there may be many items, and are few languages."""


@dataclass(frozen=True, slots=True)
class Stemmed:
    """Words of one language: their stems, and which of them say nothing by themselves."""

    language: str | None
    stems: Mapping[str, str]
    stop_words: frozenset[str] = frozenset()

    def lexemes(self, word: str) -> tuple[str, ...]:
        """Return what stands for a word: itself, and its stem where it has one."""
        stem = self.stems.get(word)
        return (word,) if stem is None else (word, f"{self.language}/{stem}")


def base_language(tag: str | None) -> str | None:
    """Return a language tag without its region and the like, as `Media.base_language` is."""
    return tag.partition("-")[0].lower() if tag else None


async def stem(session: AsyncSession, language: str | None, words: Collection[str]) -> Stemmed:
    """Stem words of a language, a lower-case primary subtag; of one without a dictionary, no word has a stem."""
    dictionary = DICTIONARIES.get(language or "")
    if dictionary is None or not words:
        return Stemmed(language, {})
    rows = await session.execute(STEMS, {"dictionary": dictionary, "words": list(words)})
    return _stemmed(language, {row.word: row.stems for row in rows})


async def stem_in_all(session: AsyncSession, words: Collection[str]) -> list[Stemmed]:
    """Stem words in every language that there are items in and that has a dictionary."""
    parameters = {"languages": [*DICTIONARIES], "dictionaries": [*DICTIONARIES.values()], "words": list(words)}
    found: dict[str, dict[str, list[str] | None]] = {}
    for language, word, stems in await session.execute(IN_USE, parameters):
        found.setdefault(language, {})[word] = stems
    return [_stemmed(language, stems) for language, stems in found.items()]


def _stemmed(language: str | None, found: Mapping[str, list[str] | None]) -> Stemmed:
    stop_words = frozenset(word for word, stems in found.items() if stems == [])
    return Stemmed(language, {word: stems[0] for word, stems in found.items() if stems}, stop_words)
