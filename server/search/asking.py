"""Questions as Postgres understands them, in every language at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from sqlalchemy import ColumnElement, and_, cast, func, not_, or_, select
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from server.search.models import SearchText
from server.search.questions import Alternative, Question, Term
from server.search.stems import Stemmed, stem, stem_in_all


@dataclass(frozen=True)
class Asked:
    """A question, and the stems of its words in each language that there are items in."""

    question: Question
    languages: Sequence[Stemmed]

    @property
    def is_empty(self) -> bool:
        """Whether it finds nothing, whatever there is."""
        return not self.question.alternatives

    @cached_property
    def whole(self) -> str:
        """The query for whole texts, where phrases are no more than words that are all there."""
        return _any(_all(self._words_of(terms)) for terms in self.question.alternatives)

    @property
    def is_answered(self) -> ColumnElement[bool]:
        """The condition on part 0 of an item; GIN finds what has the words, and only of that phrases are looked for."""
        has_words = SearchText.vector.bool_op("@@")(_query(self.whole))
        if not any(term.is_phrase for terms in self.question.alternatives for term in terms):
            return has_words
        return and_(has_words, or_(*map(self._is_true, self.question.alternatives)))

    def relevance(self, vector: ColumnElement[str]) -> ColumnElement[float]:
        """How well the vector of a whole item answers it: words of the title count ten times as much."""
        return func.ts_rank(vector, _query(self.whole))

    def terms_in(self, language: str | None) -> list[Term]:
        """Return the terms to look for in a text: of single words, not those that say nothing in its language."""
        stemmed = self.stemmed(language)
        telling = [t for t in self.question.wanted if t.is_phrase or t.words[0] not in stemmed.stop_words]
        return telling or self.question.wanted

    def stemmed(self, language: str | None) -> Stemmed:
        """Return the stems of its words in a language."""
        return next((s for s in self.languages if s.language == language), Stemmed(language, {}))

    def any_in(self, language: str | None) -> str:
        """Write the query for whatever has any of the terms, in a text of one language."""
        stemmed = [self.stemmed(language)]
        return _any(_phrase(term, stemmed) for term in self.terms_in(language))

    def _words_of(self, terms: Alternative) -> Iterable[str]:
        wanted = [word for term in terms if not term.is_excluded for word in term.words]
        for term in terms:
            if not term.is_excluded:
                yield from (self._word(word, () if term.is_phrase else wanted) for word in term.words)
            elif not term.is_phrase:
                yield f"!{_phrase(term, self.languages)}"

    def _word(self, word: str, company: Sequence[str]) -> str:
        """Write a word; where it says nothing by itself, its language will do, if others of its company say more."""
        lexemes = dict.fromkeys(lexeme for stemmed in self.languages for lexeme in stemmed.lexemes(word)) or [word]
        spared = [
            f"{s.language}/" for s in self.languages if word in s.stop_words and not s.stop_words.issuperset(company)
        ]
        return _any(_quoted([*lexemes, *(spared if company else ())]))

    def _is_true(self, terms: Alternative) -> ColumnElement[bool]:
        words = SearchText.vector.bool_op("@@")(_query(_all(self._words_of(terms))))
        phrases = (term for term in terms if term.is_phrase)
        return and_(words, *(not_(self._says(p)) if p.is_excluded else self._says(p) for p in phrases))

    def _says(self, phrase: Term) -> ColumnElement[bool]:
        """The condition that a part says it; an aggregate, so that it is never answered by going through all parts."""
        part = aliased(SearchText)
        says = part.vector.bool_op("@@")(_query(_phrase(phrase, self.languages)))
        query = select(func.coalesce(func.bool_or(says), False)).where(
            part.media_id == SearchText.media_id, part.starts.is_not(None)
        )
        return query.correlate(SearchText).scalar_subquery()


async def ask(session: AsyncSession, written: str) -> Asked:
    """Read a question to all items, and stem its words."""
    question = Question.read(written)
    return Asked(question, await stem_in_all(session, question.words) if question.alternatives else ())


async def ask_in(session: AsyncSession, written: str, language: str | None) -> Asked:
    """Read a question to one text, and stem its words in the language of that."""
    question = Question.read(written)
    return Asked(question, [await stem(session, language, question.words)])


def _phrase(term: Term, languages: Sequence[Stemmed]) -> str:
    forms = (dict.fromkeys(x for s in languages for x in s.lexemes(word)) or [word] for word in term.words)
    return f"({' <-> '.join(_any(_quoted(lexemes)) for lexemes in forms)})"


def _quoted(lexemes: Iterable[str]) -> Iterable[str]:
    return (f"'{lexeme}'" for lexeme in lexemes)  # they have nothing in them that would need to be escaped


def _any(queries: Iterable[str]) -> str:
    return f"({' | '.join(queries)})"


def _all(queries: Iterable[str]) -> str:
    return f"({' & '.join(queries)})"


def _query(written: str) -> ColumnElement[str]:
    return cast(written, TSQUERY)
