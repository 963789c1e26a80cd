"""Every kind of task with the stage that does it."""

from functools import partial

from server.pipeline.amazon import collect, fail_job, submit
from server.pipeline.endings import fail_media
from server.pipeline.erase import erase, keep_deleting
from server.pipeline.expire import expire
from server.pipeline.intake import fail_upload, intake
from server.pipeline.tidy import leave, tidy
from server.pipeline.tools import Tools
from server.pipeline.transcode import transcode
from server.pipeline.transcribe import transcribe
from server.tasks.models import Kind
from server.tasks.stage import Stage

MINUTE = 60.0
HOUR = 60 * MINUTE


def stages(tools: Tools) -> dict[Kind, Stage]:
    """Tie the stages to what they work with."""
    return {
        Kind.INTAKE: Stage(partial(intake, tools), fail_upload, seconds=MINUTE),
        Kind.EXPIRE: Stage(partial(expire, tools), fail_upload, seconds=5 * MINUTE),
        Kind.TRANSCODE: Stage(partial(transcode, tools), fail_media, seconds=4 * HOUR),
        Kind.TRANSCRIBE: Stage(partial(transcribe, tools), fail_media, seconds=24 * HOUR),
        Kind.SUBMIT: Stage(partial(submit, tools), fail_job, seconds=MINUTE),
        Kind.COLLECT: Stage(partial(collect, tools), fail_job, seconds=10 * MINUTE),
        Kind.ERASE: Stage(partial(erase, tools), keep_deleting, seconds=10 * MINUTE),
        Kind.TIDY: Stage(partial(tidy, tools), leave, seconds=4 * HOUR),
    }
