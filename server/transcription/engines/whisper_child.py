"""The process that holds the speech model: reads requests from stdin, answers on stdout, ends when stdin does."""

import argparse
import os
import sys
import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import BinaryIO

import ctranslate2  # type: ignore[import-untyped] # published without types
from faster_whisper import WhisperModel

from server.ffmpeg.confined_exec import set_limit
from server.transcription.engines.base import Heard
from server.transcription.engines.decoding import DecodingFailed, decoded
from server.transcription.engines.device import DEVICES, CardMissing, choose_device
from server.transcription.engines.placement import place
from server.transcription.engines.whisper_messages import (
    Answer,
    Done,
    Ready,
    Request,
    Step,
    Unavailable,
    Unreadable,
    from_line,
    to_line,
)
from server.transcription.engines.windows import Window, cut_into_windows

_LONGEST_REASON = 1000


class Requests:
    """The requests on stdin, read by a thread of its own so that its end is noticed in the middle of an inference."""

    def __init__(self, source: BinaryIO) -> None:
        self._waiting: SimpleQueue[Request | None] = SimpleQueue()
        self._working = threading.Lock()
        threading.Thread(target=self._read, args=[source], daemon=True).start()

    def __iter__(self) -> Iterator[Request]:
        while request := self._waiting.get():
            with self._working:
                yield request

    def _read(self, source: BinaryIO) -> None:
        for line in source:
            self._waiting.put(from_line(line))
        # Whoever asked is gone, perhaps by kill -9: an idle process ends in order, a busy one at once.
        if not self._working.acquire(blocking=False):
            os._exit(1)
        self._waiting.put(None)


def in_window(model: WhisperModel, window: Window, heard_ms: int, language: str | None) -> Iterator[Heard]:
    """Transcribe one window, where what came before it has been heard up to `heard_ms`."""
    found, about = model.transcribe(
        window.waveform(),
        language=language,
        vad_filter=True,  # else silence is given invented words
        word_timestamps=True,
        condition_on_previous_text=False,  # else one repetition loop infects all that follows
    )
    if about.duration_after_vad:
        language = about.language
    for raw in found:
        segment = place(raw, window, heard_ms)
        heard_ms = segment.end_ms
        yield Heard(heard_ms, language, segment)


def transcribe(model: WhisperModel, windows: Iterator[Window], language: str | None) -> Iterator[Heard]:
    """Transcribe window after window, holding no more than one of them.

    A language that isn't given is detected in the first window that has speech.
    """
    heard_ms = 0
    for window in windows:
        for heard in () if window.is_silent else in_window(model, window, heard_ms, language):
            heard_ms, language = heard.until_ms, heard.language
            yield heard
        heard_ms = window.end_ms
        yield Heard(heard_ms, language)


def answers(model: WhisperModel, request: Request, given: argparse.Namespace) -> Iterator[Answer]:
    """Serve one request."""
    try:
        with decoded(given.ffmpeg, request.audio, given.patience) as sound:
            yield from map(Step, transcribe(model, cut_into_windows(sound, given.window), request.language))
    except DecodingFailed as error:
        yield Unreadable(str(error), error.status)
    else:
        yield Done()


def load(given: argparse.Namespace) -> WhisperModel:
    """Load the model, within the bound of memory where a processor computes it.

    Raises:
        CardMissing: it was to be computed on a graphics card.
    """
    cards = ctranslate2.get_cuda_device_count()
    device, precision = choose_device(given.device, cards, ctranslate2.get_supported_compute_types)
    if given.memory and device == "cpu":
        set_limit("AS", given.memory)
    return WhisperModel(given.model, device=device, compute_type=precision, cpu_threads=given.threads)


def languages(model: WhisperModel) -> tuple[str, ...]:
    """Tell Whisper's codes of what the model has a token for; the library always tells those of the newest model."""
    return tuple(
        code for code in model.supported_languages if model.hf_tokenizer.token_to_id(f"<|{code}|>") is not None
    )


def main() -> None:
    """Load the model, say so, and serve one request after the other."""
    given = _arguments()
    requests, out = Requests(sys.stdin.buffer), _private_stdout()
    try:
        model = load(given)
    except CardMissing as error:
        _send(out, Unavailable(str(error)))
        return
    except Exception as error:  # noqa: BLE001 - whatever it is, there is no model
        reason = f"{type(error).__name__}: {error}"[:_LONGEST_REASON].rstrip(".")
        remedy = "Correct WHISPER_MODEL or WHISPER_OTHER_MODELS."
        _send(out, Unavailable(f"The speech model in {given.model} can't be loaded ({reason}). {remedy}"))
        return
    _send(out, Ready(languages(model)))
    for request in requests:
        for answer in answers(model, request, given):
            _send(out, answer)


def _send(out: BinaryIO, answer: Answer) -> None:
    out.write(to_line(answer))
    out.flush()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True, help="its folder")
    parser.add_argument("--device", required=True, choices=DEVICES)
    parser.add_argument("--threads", required=True, type=int)
    parser.add_argument("--ffmpeg", required=True)
    parser.add_argument("--window", required=True, type=int, help="seconds of sound held at a time")
    parser.add_argument("--patience", required=True, type=float, help="seconds for which the decoder may yield nothing")
    parser.add_argument("--memory", required=True, type=int, help="bytes of address space on a processor; 0: no bound")
    return parser.parse_args()


def _private_stdout() -> BinaryIO:
    # What a library prints goes to stderr, and can't end up between the answers.
    private = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return private


if __name__ == "__main__":
    main()
