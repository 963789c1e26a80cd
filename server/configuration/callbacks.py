"""How other programs are told of what has happened."""

from typing import Annotated

from pydantic import BeforeValidator, Field
from pydantic_settings import NoDecode

from server.configuration.base import Group, WebAddress, split


class Callbacks(Group):
    """Messages to the programs of callers."""

    queues: Annotated[list[WebAddress], NoDecode, BeforeValidator(split)] = Field(
        default_factory=list,
        alias="CALLBACK_QUEUES",
        description="URLs of SQS queues, by commas, that callbacks may go to; one may end in * for all that begin so.",
    )
    seconds: float = Field(
        15, alias="CALLBACK_TIMEOUT_SECONDS", gt=0, le=60, description="How long a receiver may take to answer."
    )
    pauses: Annotated[list[Annotated[int, Field(ge=0)]], NoDecode, BeforeValidator(split)] = Field(
        # As the Standard Webhooks recommend: ten attempts within about three days.
        default_factory=lambda: [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400],
        alias="CALLBACK_RETRY_SECONDS",
        description="Seconds, by commas, after which a message that failed is sent again; then it is given up.",
    )
