"""The only list of routers."""

from fastapi import APIRouter

from server.admin.router import router as admin
from server.auth.router import router as auth
from server.notifications.router import router as events
from server.results.router import router as results
from server.uploads.router import router as uploads

PREFIX = "/api/v1"

router = APIRouter(prefix=PREFIX)
router.include_router(auth)
router.include_router(uploads)
router.include_router(results)
router.include_router(events)
router.include_router(admin)
