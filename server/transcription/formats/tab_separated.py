"""Transcripts as tables of tab-separated values."""

import csv
from collections.abc import Iterator

from server.transcription.formats.transcript import Transcription

COLUMNS = ("start_ms", "end_ms", "speaker", "text")


class _Line:
    """A file that gives back what is written to it, as the writer does in turn."""

    @staticmethod
    def write(line: str) -> str:
        return line


def write_tsv(transcription: Transcription) -> Iterator[str]:
    """Write a heading, then a row for each segment.

    It is the dialect that spreadsheets write (`excel-tab` in Python's csv): a value with tabs, line ends or quotation
    marks stands in quotation marks, and those within it are doubled. So all of it can be read back, to the character.
    """
    table = csv.writer(_Line, dialect="excel-tab")
    yield table.writerow(COLUMNS)
    for segment in transcription.segments:
        yield table.writerow([segment.start_ms, segment.end_ms, segment.speaker or "", segment.text])
