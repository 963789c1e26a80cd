"""A service that takes a file and makes text of it, as a scripted server tells it."""

from tests.client import wire
from tests.client.fake import Channel, Fake, says
from tests.client.wire import RESULT_ID, UPLOAD_ID

TEXTS = {
    "txt": b"Hello.\n",
    "vtt": b"WEBVTT\n\n00:00:00.000 --> 00:01:01.250\nHello.\n",
    "srt": b"1\n00:00:00,000 --> 00:01:01,250\nHello.\n\n",
    "tsv": b"start_ms\tend_ms\tspeaker\ttext\r\n0\t61250\t\tHello.\r\n",
    "docx": b"PK\3\4\r\n\xff",
    "json": b'{"text": "Hello."}\n',
}


def takes_files(fake: Fake) -> None:
    """Let every file succeed."""
    fake.on("GET /events", Channel())
    fake.on("POST /uploads", says(201, wire.by_form(f"{fake.url}{fake.prefix}/store")))
    fake.on("POST /store", says(204))
    fake.on(f"POST /uploads/{UPLOAD_ID}/complete", says(202, wire.upload()))
    fake.on(f"GET /uploads/{UPLOAD_ID}", says(200, wire.upload(status="uploaded", result_id=str(RESULT_ID))))
    fake.on(f"GET /results/{RESULT_ID}", says(200, wire.result()))
    for extension, text in TEXTS.items():
        fake.on(f"GET /results/{RESULT_ID}/transcript.{extension}", says(200, text))


def rejects(fake: Fake, times: int) -> None:
    """Let the first files be rejected for what is in them."""
    error = {"code": "not_media", "message": "The file is neither sound, video nor a picture."}
    rejected = [says(200, wire.upload(status="rejected", error=error))] * times
    fake.on(
        f"GET /uploads/{UPLOAD_ID}",
        *rejected,
        says(200, wire.upload(status="uploaded", result_id=str(RESULT_ID))),
    )
