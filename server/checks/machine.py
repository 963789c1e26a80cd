"""Trials of what a process needs around it: programs, models, a disk, the built page, a way out."""

import asyncio
import os
import shutil
import tempfile
from asyncio.subprocess import DEVNULL
from collections.abc import Iterator
from functools import partial

import httpx

from server.checks.findings import Fault, Subject, Trial
from server.checks.permissions import Service
from server.configuration.processing import EngineName, Whisper, Work
from server.ffmpeg.binary import FfmpegMissing, find_ffmpeg
from server.outbound.client import AddressRefused, open_outbound
from server.settings import MEGABYTE, Settings
from server.transcription.engines.catalogue import Catalogue
from server.transcription.engines.errors import EngineUnavailable
from server.transcription.engines.inventory import take_inventory

LEAST_MB = 1024
"""Less is full with the first long recording."""
OUTBOUND = Subject("outbound", "answers")


def trials(service: Service, settings: Settings) -> Iterator[Trial]:
    """Give the trials of one process."""
    if service is Service.API:
        yield Trial(Subject("WEB_CLIENT_FOLDER", "is built"), partial(_page, settings))
    else:
        yield Trial(Subject("FFMPEG", "runs"), partial(_ffmpeg, settings.work))
        yield Trial(Subject("WORK_FOLDER", "has room"), partial(_disk, settings.work))
    if service is Service.WHISPER and EngineName.WHISPER in {
        settings.transcription.engine,
        *settings.transcription.engines,
    }:
        yield Trial(Subject("WHISPER_MODEL", "is here"), partial(_model, settings.whisper))
    if service is not Service.WHISPER:
        yield Trial(OUTBOUND, partial(_outbound, settings))


async def _page(settings: Settings) -> str:
    folder = settings.service.web_client_folder
    if folder is not None and settings.service.web_client is None:
        raise Fault(f"no index.html in {folder}", "Build the web client into it, or leave WEB_CLIENT_FOLDER out.")
    return str(settings.service.web_client or "not served from here")


async def _ffmpeg(settings: Work) -> str:
    try:
        program = find_ffmpeg(settings.ffmpeg)
    except FfmpegMissing as missing:
        raise Fault("there is none", str(missing)) from None
    try:
        process = await asyncio.create_subprocess_exec(
            program, "-version", stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL
        )
        status = await process.wait()
    except OSError as error:
        raise Fault(f"{program} does not start ({error.strerror})", "Name one in FFMPEG that runs here.") from None
    if status:
        raise Fault(f"{program} ends with {status}", "Name one in FFMPEG that runs here.")
    return str(program)


async def _disk(settings: Work) -> str:
    return await asyncio.to_thread(_look_at_disk, settings)


def _look_at_disk(settings: Work) -> str:
    folder = settings.folder
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):  # without a name: gone, whatever becomes of us
            free = shutil.disk_usage(folder).free // MEGABYTE
    except OSError as error:
        remedy = "Give the process a volume that it may write to, and name it in WORK_FOLDER."
        raise Fault(f"{folder} can't be written to ({error.strerror})", remedy) from None
    wanted = settings.disk_mb or LEAST_MB
    if free < wanted:
        remedy = "Give WORK_FOLDER more room, or promise less in WORK_DISK_MB."
        raise Fault(f"{free:,} MiB are free of the {wanted:,} that are wanted", remedy)
    return f"{free:,} MiB free"


async def _model(settings: Whisper) -> str:
    return await asyncio.to_thread(_look_for_models, settings)


def _look_for_models(settings: Whisper) -> str:
    try:
        entries = list(take_inventory(Catalogue.of(settings, os.environ), os.environ))
    except EngineUnavailable as error:
        raise Fault("there is none", str(error)) from None
    missing = [entry.name for entry in entries if entry.folder is None]
    if missing:
        remedy = f"Fetch it ahead: `lectern models fetch {missing[0]}`, with the HF_HOME that the worker has."
        raise Fault(f"{', '.join(missing)} not yet fetched", remedy)
    return ", ".join(entry.name for entry in entries)


async def _outbound(settings: Settings) -> str:
    url = httpx.URL(settings.outbound.wikipedia_url.format(edition="en"))
    try:
        async with open_outbound(settings.outbound, settings.service.public_url) as http:
            await http.head(url)
    except AddressRefused:
        remedy = "Name it in OUTBOUND_ALLOWED_HOSTS, or correct WIKIPEDIA_URL."
        raise Fault(f"{url.host} may not be called from here", remedy) from None
    except httpx.HTTPError as error:
        remedy = f"Let this process out to the Internet, or pass this over: --without {OUTBOUND.about}."
        raise Fault(f"{url.host} can't be reached ({type(error).__name__})", remedy) from None
    return url.host
