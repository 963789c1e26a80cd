"""The Amazon Transcribe engine: jobs that are started, let go of, and looked after later."""

import asyncio
from contextlib import suppress
from dataclasses import replace

from botocore.exceptions import ClientError

from server.aws.clients import Clients
from server.aws.store import Store
from server.transcription.engines.amazon_faults import NoSuchJob, translated
from server.transcription.engines.amazon_jobs import Job, request_of
from server.transcription.engines.amazon_limits import MODEL, check
from server.transcription.engines.amazon_results import NotUnderstood, Parsed, parse
from server.transcription.engines.amazon_states import Ended, Lost, State, state_of
from server.transcription.engines.errors import EngineFailed, EngineRefused

MAX_RESULT = 64 * 1024 * 1024
"""In bytes; four hours of quick speech with speakers are some 20 MB."""


class AmazonTranscribe:
    """Asks the service about one job at a time, and holds nothing in between.

    Network errors, and faults of the service itself, come out as botocore has them. Every call raises `NoRoom` when
    the service is too busy to answer, and `EngineUnavailable` when we may not use it.
    """

    name = "aws"
    model = MODEL

    def __init__(self, clients: Clients, store: Store) -> None:
        self._client = clients.transcribe
        self._store = store

    def check(self, job: Job) -> None:
        """See `amazon_limits.check`."""
        check(job)

    async def start(self, job: Job) -> None:
        """Start a job; one of that name that is there already is the same job, and well.

        Raises:
            NoRoom: as many jobs as the account may have are under way.
            Problem: those of `check`, `VocabularyUnknown` or `EngineRefused`: the job will never be taken.
        """
        check(job)
        with translated(), suppress(self._client.exceptions.ConflictException):
            await self._client.start_transcription_job(**request_of(job))

    async def look(self, name: str) -> State:
        """Say what has become of a job."""
        try:
            with translated():
                answer = await self._client.get_transcription_job(TranscriptionJobName=name)
        except NoSuchJob as error:
            return Lost(str(error))
        return state_of(answer["TranscriptionJob"])

    async def read(self, ended: Ended) -> Parsed:
        """Read a result.

        Raises:
            EngineFailed: it is gone, too large to be one, or not understood.
        """
        try:
            body = await self._store.read_start(ended.output, MAX_RESULT + 1)
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            raise EngineFailed(f"the result {ended.output.key} is gone") from error
        if len(body) > MAX_RESULT:
            raise EngineFailed(f"the result {ended.output.key} is larger than {MAX_RESULT:,} bytes")
        try:
            parsed = await asyncio.to_thread(parse, body)
        except NotUnderstood as error:
            raise EngineFailed(f"the result {ended.output.key} is not understood: {error}") from error
        return replace(parsed, language=parsed.language or ended.language)

    async def forget(self, name: str) -> None:
        """Delete a job, not its result; gone already is well.

        One that is under way can't be deleted, and stays until the service drops its record after 90 days.
        """
        with suppress(NoSuchJob, EngineRefused), translated():
            await self._client.delete_transcription_job(TranscriptionJobName=name)
