"""What another service says of the recordings that it was asked to prepare."""

from fastapi import APIRouter, Depends, status

from server.auth.problems import AmbiguousCredentials, NoWebhooks, Unauthenticated
from server.auth.webhooks import check_webhook_key
from server.preprocessing import requests
from server.preprocessing.contract import Answer
from server.preprocessing.requests import OtherKeys
from server.problems import NotFound, problems
from server.unit_of_work import Work

router = APIRouter(
    prefix="/audio-files/webhooks",
    tags=["webhooks"],
    dependencies=[Depends(check_webhook_key)],
    responses=problems(Unauthenticated, AmbiguousCredentials, NoWebhooks),
)


@router.post("/preprocessing-result", status_code=status.HTTP_204_NO_CONTENT, responses=problems(NotFound, OtherKeys))
async def take_preprocessing_result(answer: Answer, work: Work) -> None:
    """Take note of what became of a recording that another service was asked to prepare; again changes nothing."""
    await requests.take_answer(work, answer)
