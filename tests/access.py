"""Who may do what: a row for each operation of the API, a column for each kind of caller."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

CALLERS = ("anonymous", "none", "speaker", "other", "admin", "base", "machine", "delegated", "key")
"""Nobody; a person without a role; a speaker, who owns what there is; another speaker; an admin; a machine with the
scope base; one with the scope admin; a tool that acts for the speaker; an API key of the speaker's."""


@dataclass(frozen=True)
class Row:
    """An operation as everybody tries it, and the status that each gets, in the order of `CALLERS`."""

    statuses: tuple[int, ...]
    body: Any = None
    form: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    query: str = ""


def anybody(status: int, body: Any = None, **more: Any) -> Row:
    """Open to all."""
    return Row((status,) * 9, body, **more)


def signed_in(status: int, body: Any = None, **more: Any) -> Row:
    """For whoever is known, about what is their own."""
    return Row((401, *(status,) * 8), body, **more)


def by_themselves(status: int, body: Any = None, **more: Any) -> Row:
    """For whoever is known, but not by a key that they have made."""
    return Row((401, *(status,) * 7, 403), body, **more)


def owner(status: int, body: Any = None, **more: Any) -> Row:
    """For the owner, and for whoever sees all; others are told that there is no such thing."""
    return Row((401, 404, status, 404, status, 404, status, status, status), body, **more)


def owner_alone(status: int, body: Any = None, **more: Any) -> Row:
    """For the owner; not even admins have it."""
    return Row((401, 404, status, 404, 404, 404, 404, status, status), body, **more)


def people(status: int, body: Any = None, *, by_key: int | None = None, **more: Any) -> Row:
    """For people; machines are told that it is not for them."""
    return Row((401, *(status,) * 4, 403, 403, status, by_key or status), body, **more)


def admins(status: int, body: Any = None, **more: Any) -> Row:
    """For admins, and machines with that scope."""
    return Row((401, 403, 403, 403, status, 403, status, 403, 403), body, **more)


SIGN_UP = {"email": "new@example.com", "password": "Correct-horse-7", "name": "New"}
HOOK = {"url": "https://example.com/lectern", "events": ["result.completed"]}
FILE = {"filename": "a.wav", "content_type": "audio/wav", "size": 10}
ANY = {"if-match": "*"}
REMOVAL = {"operations": [{"op": "remove", "segment": 0}]}
TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()

ACCESS: dict[str, Row] = {
    "GET /healthz": anybody(200),
    "GET /readyz": anybody(200),
    "GET /metrics": anybody(200),
    "GET /api/v1/auth/session": anybody(200),
    "GET /api/v1/auth/login": anybody(303),
    "GET /api/v1/auth/callback": anybody(400, query="state=x&code=y"),
    "GET /api/v1/auth/google": anybody(404),
    "POST /api/v1/auth/google": anybody(404, form={"credential": "x", "g_csrf_token": "y"}),
    "POST /api/v1/auth/sign-up": anybody(202, SIGN_UP),
    "POST /api/v1/auth/confirm": anybody(400, {"email": "nobody@example.com", "code": "123456"}),
    "POST /api/v1/auth/resend-code": anybody(202, {"email": "nobody@example.com"}),
    "POST /api/v1/auth/forgot-password": anybody(202, {"email": "nobody@example.com"}),
    "POST /api/v1/auth/reset-password": anybody(
        400, {"email": "nobody@example.com", "code": "123456", "password": "Correct-horse-7"}
    ),
    "POST /api/v1/auth/logout": signed_in(204),
    "POST /api/v1/auth/logout-all": by_themselves(204),
    "GET /api/v1/auth/keys": signed_in(200),
    "POST /api/v1/auth/keys": Row((401, *(201,) * 6, 403, 403), {"name": "a key"}),
    "DELETE /api/v1/auth/keys/{key_id}": Row((401, 404, 204, 404, 404, 404, 404, 204, 403)),
    "GET /api/v1/me": signed_in(200),
    "PATCH /api/v1/me": people(200, {"name": "Another"}),
    "DELETE /api/v1/me": Row((401, 202, 202, 202, 202, 403, 403, 403, 403)),
    "POST /api/v1/me/stay": people(409, by_key=403),
    "POST /api/v1/me/agreement": people(409, {"version": "none"}),
    "POST /api/v1/me/export": signed_in(202),
    "GET /api/v1/me/exports": signed_in(200),
    "GET /api/v1/me/exports/{export_id}": owner_alone(200),
    "GET /api/v1/me/usage": signed_in(200),
    "POST /api/v1/invites/look": anybody(200, {"secret": "{secret}"}),
    "POST /api/v1/invites/accept": people(200, {"secret": "{secret}"}, by_key=403),
    "POST /api/v1/documents": signed_in(422, {"url": "https://example.org/wiki/Article"}),
    "POST /api/v1/documents/file": signed_in(415, {}),
    "GET /api/v1/documents": signed_in(200),
    "GET /api/v1/documents/suggestion": signed_in(404),
    "GET /api/v1/documents/{document_id}": signed_in(200),
    "GET /api/v1/documents/{document_id}/sentences": signed_in(200),
    "GET /api/v1/documents/{document_id}/readers": owner(200),
    "PATCH /api/v1/documents/{document_id}": signed_in(428, {"title": "Another"}),
    "POST /api/v1/uploads": signed_in(201, FILE),
    "GET /api/v1/uploads/{upload_id}": owner(200),
    "DELETE /api/v1/uploads/{upload_id}": owner(204),
    "POST /api/v1/uploads/{upload_id}/sign": owner(200),
    "POST /api/v1/uploads/{upload_id}/parts": owner(409, {"part_numbers": [1]}),
    "GET /api/v1/uploads/{upload_id}/parts": owner(409),
    "POST /api/v1/uploads/{upload_id}/complete": owner(409),
    "POST /api/v1/webhooks/upload-notification": anybody(401, {"bucket": "b", "key": "k"}),
    "POST /api/v1/audio-files/webhooks/preprocessing-result": anybody(401, {}),
    "GET /api/v1/webhook-endpoints": signed_in(200),
    "POST /api/v1/webhook-endpoints": signed_in(201, HOOK),
    "GET /api/v1/webhook-endpoints/callback-secret": Row((401, *(200,) * 6, 403, 403)),
    "GET /api/v1/webhook-endpoints/{endpoint_id}": owner_alone(200),
    "PATCH /api/v1/webhook-endpoints/{endpoint_id}": owner_alone(200, {"description": "Another"}),
    "DELETE /api/v1/webhook-endpoints/{endpoint_id}": owner_alone(204),
    "POST /api/v1/webhook-endpoints/{endpoint_id}/secret": Row((401, 404, 200, *(404,) * 4, 403, 403)),
    "POST /api/v1/webhook-endpoints/{endpoint_id}/test": owner_alone(202),
    "GET /api/v1/deliveries": signed_in(200),
    "GET /api/v1/deliveries/{delivery_id}": owner_alone(200),
    "POST /api/v1/deliveries/{delivery_id}/redeliver": owner_alone(202),
    "GET /api/v1/results": signed_in(200),
    "GET /api/v1/results/counts": signed_in(200),
    "GET /api/v1/results/tags": signed_in(200),
    "POST /api/v1/results/tags": signed_in(200, {"ids": ["{result_id}"], "add": ["a tag"]}),
    "POST /api/v1/results/exports": owner(202, {"ids": ["{result_id}"], "formats": ["txt"]}),
    "GET /api/v1/results/exports": signed_in(200),
    "GET /api/v1/results/exports/{export_id}": owner_alone(200),
    "GET /api/v1/results/{result_id}": owner(200),
    "PATCH /api/v1/results/{result_id}": signed_in(428, {"title": "Another"}),
    "DELETE /api/v1/results/{result_id}": owner(202),
    "GET /api/v1/results/{result_id}/hits": owner(200, query="q=good"),
    "GET /api/v1/results/{result_id}/transcript.{extension}": owner(200),
    "GET /api/v1/results/{result_id}/renditions/{name}": owner(307),
    "POST /api/v1/results/{result_id}/retry": owner(409),
    "POST /api/v1/results/{result_id}/transcribe": owner(409, {}),
    "POST /api/v1/results/{result_id}/shares": owner(201, {"with_sound": False}),
    "GET /api/v1/results/{result_id}/shares": owner(200),
    "DELETE /api/v1/results/{result_id}/shares/{share_id}": owner(204),
    "POST /api/v1/shared/look": anybody(200, {"secret": "{share_secret}"}),
    "POST /api/v1/shared/transcript.{extension}": anybody(200, {"secret": "{share_secret}"}),
    "GET /api/v1/results/{result_id}/transcripts/{transcript_id}": owner(200),
    "POST /api/v1/results/{result_id}/transcripts/{transcript_id}/edits": owner(200, REMOVAL, headers=ANY),
    "GET /api/v1/results/{result_id}/transcripts/{transcript_id}/versions": owner(200),
    "GET /api/v1/results/{result_id}/transcripts/{transcript_id}/versions/{number}": owner(200),
    "GET /api/v1/results/{result_id}/transcripts/{transcript_id}/versions/{number}/compare": owner(200),
    "POST /api/v1/results/{result_id}/transcripts/{transcript_id}/versions/{number}/restore": owner(200, headers=ANY),
    "GET /api/v1/transcription/engines": signed_in(200),
    "POST /api/v1/recitals": Row((401, 403, *(201,) * 3, 403, *(201,) * 3), {"document_id": "{document_id}"}),
    "GET /api/v1/recitals": signed_in(200),
    "GET /api/v1/recitals/{recital_id}": owner(200),
    "PUT /api/v1/recitals/{recital_id}/audio/{sequence}": owner_alone(415),
    "POST /api/v1/recitals/{recital_id}/text-segments": owner_alone(204, {"index": 0, "seek_end": 1.5, "text": "A"}),
    "POST /api/v1/recitals/{recital_id}/end": owner_alone(200, {"last_sequence": None}),
    "DELETE /api/v1/recitals/{recital_id}": owner(204),
    "GET /api/v1/recitals/{recital_id}/preview": owner(409),
    "GET /api/v1/recitals/{recital_id}/files/{file}": owner(409),
    "GET /api/v1/recitals/statistics/mine": signed_in(200),
    "GET /api/v1/recitals/statistics/totals": signed_in(200),
    "GET /api/v1/recitals/statistics/days": signed_in(200),
    "GET /api/v1/recitals/statistics/leaderboard": signed_in(200),
    "GET /api/v1/events": signed_in(200),
    "GET /api/v1/admin/queues": admins(200),
    "GET /api/v1/admin/queues/{name}/dead-letters": admins(200),
    "DELETE /api/v1/admin/queues/{name}/dead-letters": admins(200),
    "POST /api/v1/admin/queues/{name}/redrive": admins(200),
    "POST /api/v1/admin/sweep": admins(202),
    "GET /api/v1/admin/tasks": admins(200),
    "GET /api/v1/admin/people": admins(200),
    "GET /api/v1/admin/people/{person_id}": admins(200),
    "PATCH /api/v1/admin/people/{person_id}": admins(200, {"role": "speaker"}),
    "GET /api/v1/admin/approvals": admins(200),
    "POST /api/v1/admin/approvals": admins(200, {"email": "ahead@example.com", "role": "speaker"}),
    "DELETE /api/v1/admin/approvals/{email}": admins(204),
    "GET /api/v1/admin/invites": admins(200),
    "POST /api/v1/admin/invites": admins(
        201, {"name": "class", "role": "speaker", "most_uses": 3, "expires_at": TOMORROW}
    ),
    "DELETE /api/v1/admin/invites/{invite_id}": admins(204),
    "GET /api/v1/admin/audit": admins(200),
}
