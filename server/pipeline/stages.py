"""Every kind of task with the stage that does it."""

from contextlib import suppress
from functools import partial

from sqlalchemy.exc import NoResultFound

from server.pipeline.aggregate import aggregate
from server.pipeline.amazon import collect, fail_job, submit
from server.pipeline.assess import assess, stay_unassessed
from server.pipeline.bundle import bundle
from server.pipeline.deliver import deliver, fail_delivery
from server.pipeline.endings import fail_media, fail_recital
from server.pipeline.erase import erase, keep_deleting
from server.pipeline.expire import expire
from server.pipeline.export import export
from server.pipeline.intake import fail_upload, intake
from server.pipeline.leave import forget_person, keep_leaving
from server.pipeline.mail import fail_mail, mail
from server.pipeline.packing import fail_export
from server.pipeline.pictures import fail_pictures, pictures
from server.pipeline.preprocess import fail_preprocessing, preprocess
from server.pipeline.publish import publish
from server.pipeline.purge import keep_discarded, purge
from server.pipeline.remake import leave_unmade, remake
from server.pipeline.store_text import leave_unstored, store_text
from server.pipeline.tidy import leave, tidy
from server.pipeline.tools import Tools
from server.pipeline.transcode import transcode
from server.pipeline.transcribe import transcribe
from server.tasks.models import Kind, Taken
from server.tasks.stage import Outcome, Stage, Unworkable
from server.unit_of_work import UnitOfWork

MINUTE = 60.0
HOUR = 60 * MINUTE


def stages(tools: Tools) -> dict[Kind, Stage]:
    """Tie the stages to what they work with."""
    return {
        Kind.INTAKE: _unless_gone(Stage(partial(intake, tools), fail_upload, seconds=MINUTE)),
        Kind.EXPIRE: _unless_gone(Stage(partial(expire, tools), fail_upload, seconds=5 * MINUTE)),
        Kind.TRANSCODE: Stage(partial(transcode, tools), fail_media, seconds=4 * HOUR),
        Kind.PREPROCESS: Stage(partial(preprocess, tools), fail_preprocessing, seconds=MINUTE),
        Kind.PICTURES: _unless_gone(Stage(partial(pictures, tools), fail_pictures, seconds=24 * HOUR)),
        Kind.REMAKE: _unless_gone(Stage(partial(remake, tools), leave_unmade, seconds=4 * HOUR)),
        Kind.TRANSCRIBE: Stage(partial(transcribe, tools), fail_media, seconds=24 * HOUR),
        Kind.SUBMIT: Stage(partial(submit, tools), fail_job, seconds=MINUTE),
        Kind.COLLECT: Stage(partial(collect, tools), fail_job, seconds=10 * MINUTE),
        Kind.ERASE: Stage(partial(erase, tools), keep_deleting, seconds=10 * MINUTE),
        Kind.AGGREGATE: _unless_gone(Stage(partial(aggregate, tools), fail_recital, seconds=4 * HOUR)),
        Kind.PUBLISH: _unless_gone(Stage(partial(publish, tools), fail_recital, seconds=10 * MINUTE)),
        Kind.ASSESS: _unless_gone(Stage(partial(assess, tools), stay_unassessed, seconds=4 * HOUR)),
        Kind.PURGE: _unless_gone(Stage(partial(purge, tools), keep_discarded, seconds=10 * MINUTE)),
        Kind.TIDY: Stage(partial(tidy, tools), leave, seconds=4 * HOUR),
        Kind.EXPORT: Stage(partial(export, tools), fail_export, seconds=24 * HOUR),
        Kind.BUNDLE: Stage(partial(bundle, tools), fail_export, seconds=4 * HOUR),
        Kind.DELIVER: _unless_gone(Stage(partial(deliver, tools), fail_delivery, seconds=2 * MINUTE)),
        Kind.MAIL: Stage(partial(mail, tools), fail_mail, seconds=MINUTE),
        Kind.STORE_TEXT: Stage(partial(store_text, tools), leave_unstored, seconds=10 * MINUTE),
        Kind.LEAVE: Stage(partial(forget_person, tools), keep_leaving, seconds=4 * HOUR),
    }


def _unless_gone(stage: Stage) -> Stage:
    """Let a stage end in peace when its subject has gone with its owner: late news or wishes may still add its task."""

    async def run(taken: Taken) -> Outcome:
        try:
            return await stage.run(taken)
        except NoResultFound:
            return Outcome()

    async def fail(work: UnitOfWork, taken: Taken, reason: Unworkable) -> None:
        with suppress(NoResultFound):
            await stage.fail(work, taken, reason)

    return Stage(run, fail, stage.seconds)
