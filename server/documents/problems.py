"""What can be wrong with a document, or with what is asked of it."""

from server.problems import Problem


class WrongCharset(Problem):
    """The bytes are not in the charset that is said of them."""

    status = 422
    code = "wrong_charset"

    def __init__(self, charset: str) -> None:
        super().__init__(
            f"The text is not in {charset}. Save it as UTF-8, or name its charset in the Content-Type.", charset=charset
        )


class NotText(Problem):
    """There are control characters in it."""

    status = 422
    code = "not_text"

    def __init__(self) -> None:
        super().__init__("This has control characters, as no text has them. Save it as plain text, and send that.")


class NothingToRead(Problem):
    """No sentence came of it."""

    status = 422
    code = "nothing_to_read"

    def __init__(self) -> None:
        super().__init__("There is nothing to read aloud in it: no paragraph with a letter or a digit.")


class TooLong(Problem):
    """It has more sentences than a document may have."""

    status = 422
    code = "too_many_sentences"

    def __init__(self, most: int) -> None:
        super().__init__(f"A document has at most {most:,} sentences. Divide it, and send the parts.")


class TooComplex(Problem):
    """It can't be read within bounds of time and memory."""

    status = 422
    code = "too_complex"

    def __init__(self) -> None:
        super().__init__("Reading this took too long or too much memory. Send it as plain text, or in parts.")


class LanguageNeeded(Problem):
    """Nobody says which language it is in, nor do its letters tell."""

    status = 422
    code = "language_needed"

    def __init__(self) -> None:
        super().__init__("Nothing tells which language the text is in. Say which it is, as in language=en.")


class TypeNotRead(Problem):
    """Files of this kind are not read."""

    status = 415
    code = "type_not_read"

    def __init__(self) -> None:
        super().__init__("Send a text with its Content-Type: text/plain, text/html or text/markdown.")


class NotAnArticle(Problem):
    """The address is not that of a Wikipedia article."""

    status = 422
    code = "not_an_article"

    def __init__(self) -> None:
        super().__init__("This is no address of a Wikipedia article, such as https://he.wikipedia.org/wiki/ירושלים.")


class NoSuchArticle(Problem):
    """That edition of Wikipedia has no such article, or none with prose in it."""

    status = 422
    code = "no_such_article"

    def __init__(self, title: str) -> None:
        super().__init__(f"Wikipedia has no article {title!r} in this language, or there is no prose in it.")


class WikipediaUnreachable(Problem):
    """Wikipedia can't be reached from here, or does not answer as it should."""

    status = 503
    code = "wikipedia_unreachable"

    def __init__(self) -> None:
        super().__init__(
            "Wikipedia can't be reached from here. Try again later, or copy the article and send it as text.",
            headers={"Retry-After": "60"},
        )


class NothingToSuggest(Problem):
    """There is no document with a sentence that this reader has not read."""

    status = 404
    code = "nothing_to_suggest"

    def __init__(self) -> None:
        super().__init__("You have read all there is, or there is nothing yet. Add a document.")
