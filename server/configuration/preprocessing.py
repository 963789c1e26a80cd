"""Recordings that are prepared for other services, or by them."""

from enum import StrEnum

from pydantic import Field

from server.configuration.base import CommaList, Group, Secret


class Where(StrEnum):
    """Who makes the beginning of a recording, and what engines listen to."""

    HERE = "here"
    QUEUE = "queue"


class Preprocessing(Group):
    """The queue by which recordings are prepared, for others or by them."""

    where: Where = Field(
        Where.HERE,
        alias="PREPROCESSING",
        description="here: we prepare our recordings. queue: another service does, told by the queue.",
    )
    consumes: bool | None = Field(
        None,
        alias="PREPROCESSING_CONSUME",
        description="Whether our workers prepare what others ask for by the queue; by default unless another one does.",
    )
    buckets: CommaList = Field(
        default_factory=list,
        alias="PREPROCESSING_BUCKETS",
        description="The buckets, by commas, that a message may name; by default our own three.",
    )
    callback_key: Secret | None = Field(
        None,
        alias="PREPROCESSING_CALLBACK_KEY",
        description="What our callbacks bring as X-Webhook-Api-Key, 24 characters at least; without, they bring none.",
    )
    give_up_minutes: float = Field(
        60,
        alias="PREPROCESSING_GIVE_UP_MINUTES",
        gt=0,
        description="A recording that another service has not prepared by then has failed.",
    )

    @property
    def takes_messages(self) -> bool:
        """Whether our workers receive from the queue."""
        return self.where is Where.HERE if self.consumes is None else self.consumes
