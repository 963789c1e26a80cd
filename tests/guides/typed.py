"""The pages whose commands are typed, and what these are to say."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Guide:
    """A page that is typed from its beginning to its end.

    `after` are the headings of docs/api.md whose commands are typed before, as the page asks for; `says` is how often
    which words are to come out, `makes` the files that are to be there, with what stands in their first bytes.
    """

    page: str
    after: tuple[str, ...] = ()
    says: Mapping[str, int] = field(default_factory=dict)
    makes: Mapping[str, bytes] = field(default_factory=dict)


BY_THEMSELVES = ("make demo", "make run")
"""What brings a whole stack is typed by tests of its own, wherever it stands."""

SIGNED_IN = ("Sign in",)
ABLE_TO_SEND = (*SIGNED_IN, "Upload")
TRANSCRIBED = (*ABLE_TO_SEND, "Follow")

GUIDES = (
    Guide(
        "README.md", says={"how much there might be prudently": 1}, makes={"texts/sense-and-sensibility.vtt": b"WEBVTT"}
    ),
    Guide("docs/quickstart.md", says={"WEBVTT": 1}),
    Guide(
        "CONTRIBUTING.md",
        says={"Generating": 1},
    ),
    Guide("docs/api.md", says={"WEBVTT": 1}, makes={"light.m4a": b"ftyp"}),
    Guide(
        "docs/authentication.md",
        after=ABLE_TO_SEND,
        says={'"email":"ada@example.com"': 1, "mine: ['mine.wav']": 1, "401\n": 2, "nightly upload": 1},
    ),
    Guide(
        "docs/search.md",
        after=TRANSCRIBED,
        says={'"text":"leisure","is_hit":true': 1, '"is_capped":false': 1},
    ),
    Guide(
        "docs/corrections.md",
        after=TRANSCRIBED,
        says={'"code":"revision_differs"': 1, "And Mister John Dashwood": 3, '"version":2': 1},
    ),
    Guide(
        "docs/sharing.md",
        after=TRANSCRIBED,
        says={
            '{"items":[{"tag":"novel","count":1}]}': 1,
            '"code":"revision_differs"': 1,
            '"title":"Sense and Sensibility","duration_ms"': 1,
            "00:00:00,000 --> 00:00:0": 1,
            '"code":"no_such_share"': 1,
            "Sense and Sensibility.docx": 1,
        },
    ),
    Guide(
        "docs/operations.md",
        says={'"status":"ready"': 1, 'lectern_up{part="postgres"} 1.0': 1, "that were tried are well": 1},
    ),
    Guide(
        "docs/pictures.md",
        after=ABLE_TO_SEND,
        says={'"kind":"video"': 1, '"kind":"image"': 1},
        makes={"thumbnail.webp": b"WEBP", "captions.vtt": b"WEBVTT", "web.mp4": b"ftyp", "poster.jpg": b"\xff\xd8\xff"},
    ),
    Guide("docs/webhooks.md", after=SIGNED_IN, says={'"is_enabled":false': 1}),
    Guide("docs/mail.md", after=SIGNED_IN, says={'"mails_failures":false': 1}),
    Guide(
        "docs/documents.md",
        after=SIGNED_IN,
        says={'"text":"היה מאוחר."': 1, '"title":"An evening"': 1, '"code":"revision_differs"': 1},
    ),
    Guide(
        "docs/recitals.md",
        after=SIGNED_IN,
        says={
            "00:00:00.000 --> 00:00:06.500\nAnd Mr. John Dashwood": 1,
            '"cues":[{"start_ms":0,"end_ms":6500': 1,
            '"code":"disavowed"': 1,
        },
        makes={"recital.m4a": b"ftyp"},
    ),
)
