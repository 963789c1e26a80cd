"""News of uploaded objects from those who call our webhooks."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel, Field

from server.auth.problems import AmbiguousCredentials, NoWebhooks, Unauthenticated
from server.auth.webhooks import check_webhook_key
from server.problems import problems
from server.unit_of_work import Work
from server.uploads import service
from server.uploads.events import Told

router = APIRouter(
    prefix="/webhooks",
    tags=["webhooks"],
    dependencies=[Depends(check_webhook_key)],
    responses=problems(Unauthenticated, AmbiguousCredentials, NoWebhooks),
)


class Accepted(BaseModel):
    """What became of the news."""

    accepted: int = Field(description="How many of the objects belong to uploads of ours.", examples=[1])


@router.post("/upload-notification")
async def take_upload_notification(news: Told, work: Work) -> Accepted:
    """Take note that objects have arrived: an event of S3 by itself, from a queue or by EventBridge, or one object."""
    return Accepted(accepted=await service.confirm_all(work, news.created()))
