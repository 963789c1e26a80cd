"""The only list of routers."""

from fastapi import APIRouter

from server.account.exports_router import router as exports
from server.account.leaving_router import router as leaving
from server.account.router import router as account
from server.account.usage_router import router as usage
from server.admin.audit_router import router as audit
from server.admin.people_router import router as people
from server.admin.router import router as admin
from server.auth.google_router import router as google
from server.auth.key_router import router as keys
from server.auth.registration_router import router as registration
from server.auth.router import router as auth
from server.corrections.router import router as corrections
from server.documents.router import router as documents
from server.invites.router import admin as made_invites
from server.invites.router import router as invites
from server.limits.problems import TooManyRequests
from server.notifications.router import router as events
from server.preprocessing.router import router as preprocessing
from server.problems import problems
from server.recitals.router import router as recitals
from server.recitals.statistics_router import router as statistics
from server.results.exports_router import router as result_exports
from server.results.organising_router import router as organising
from server.results.router import router as results
from server.shares.router import public as shared
from server.shares.router import router as shares
from server.transcription.router import router as transcription
from server.uploads.notification_router import router as notifications
from server.uploads.router import router as uploads
from server.webhooks.deliveries_router import router as deliveries
from server.webhooks.endpoints_router import router as endpoints

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX, responses=problems(TooManyRequests))
router.include_router(auth)
router.include_router(google)
router.include_router(registration)
router.include_router(keys)
router.include_router(account)
router.include_router(exports)
router.include_router(leaving)
router.include_router(usage)
router.include_router(invites)
router.include_router(documents)
router.include_router(uploads)
router.include_router(notifications)
router.include_router(preprocessing)
router.include_router(statistics)
router.include_router(recitals)
router.include_router(result_exports)  # before those of one result, which take any word for an id
router.include_router(organising)
router.include_router(results)
router.include_router(corrections)
router.include_router(shares)
router.include_router(shared)
router.include_router(transcription)
router.include_router(events)
router.include_router(endpoints)
router.include_router(deliveries)
router.include_router(admin)
router.include_router(people)
router.include_router(made_invites)
router.include_router(audit)
