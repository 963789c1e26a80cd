"""What can go wrong between a client and the service."""

from http import HTTPStatus
from typing import Self, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

Answer = TypeVar("Answer", bound=BaseModel)


class _Told(BaseModel):
    """The members of a problem+json document that matter here (RFC 9457)."""

    code: str
    detail: str


class ApiProblem(Exception):  # noqa: N818 - RFC 9457 calls it a problem
    """The service, or the store that takes the bytes, has refused a request; `detail` says what to do."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(f"{detail} ({status} {code})")
        self.status = status
        self.code = code
        self.detail = detail

    @classmethod
    def of(cls, response: httpx.Response) -> Self:
        """Read a refusal, whoever wrote it: a proxy on the way doesn't speak problem+json."""
        try:
            told = _Told.model_validate_json(response.content)
        except ValidationError:
            phrase = _phrase(response.status_code)
            code = phrase.lower().replace(" ", "_")
            told = _Told(code=code, detail=f"{response.url.host} answered {response.status_code} {phrase}.")
        return cls(response.status_code, told.code, told.detail)


class NotSignedIn(ApiProblem):
    """There is no credential, or it doesn't hold."""


class Unreachable(Exception):  # noqa: N818 - what the server is
    """No answer, however often it was tried."""

    def __init__(self, host: str, cause: Exception) -> None:
        super().__init__(f"{host} can't be reached: {str(cause) or type(cause).__name__}.")


class NotTranscribed(Exception):  # noqa: N818 - what has become of the file
    """The bytes came, but no text has come of them; `code` and `detail` are the service's own."""

    def __init__(self, code: str, detail: str) -> None:
        super().__init__(f"{detail} ({code})")
        self.code = code
        self.detail = detail


class FileChanged(Exception):  # noqa: N818 - what has happened to it
    """The file on disk was cut while it was being sent."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} has become shorter while it was being sent.")


def check(response: httpx.Response) -> httpx.Response:
    """Pass a good answer on.

    Raises:
        NotSignedIn: 401.
        ApiProblem: any other refusal.
    """
    if response.is_success:
        return response
    kind = NotSignedIn if response.status_code == HTTPStatus.UNAUTHORIZED else ApiProblem
    raise kind.of(response)


def read_as(kind: type[Answer], response: httpx.Response) -> Answer:
    """Read the body of an answer.

    Raises:
        ApiProblem: it is something else; whoever answers, it isn't this service.
    """
    try:
        return kind.model_validate_json(response.content)
    except ValidationError as error:
        url = response.url
        detail = f"{url.scheme}://{url.netloc.decode()} doesn't speak this client's language."
        raise ApiProblem(response.status_code, "answer_not_understood", detail) from error


def _phrase(status: int) -> str:
    return HTTPStatus(status).phrase if status in HTTPStatus._value2member_map_ else "Unknown"
