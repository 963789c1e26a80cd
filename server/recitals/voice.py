"""When somebody speaks, by the Silero model that faster-whisper carries; noise and hum are not taken for speech."""

from importlib.util import find_spec
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

RATE = 16_000
"""Samples a second that the model hears."""
WINDOW = 512
"""Samples that it judges at a time."""

_CONTEXT = 64  # of the samples before a window it is shown these once more
_WINDOWS_AT_ONCE = 256
_STATE = (1, 1, 128)


class SpeechDetector:
    """Listens to one recording, in memory that does not grow but for 4 bytes a window.

    Source: https://github.com/snakers4/silero-vad; how it is called is as in `faster_whisper.vad`.
    """

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        self._session = onnxruntime.InferenceSession(_model(), options, providers=["CPUExecutionProvider"])
        self._hidden = self._cell = np.zeros(_STATE, np.float32)
        self._context = np.zeros(_CONTEXT, np.float32)
        self._waiting: list[NDArray[np.float32]] = []
        self._waits = 0
        self._heard = bytearray()

    def add(self, samples: NDArray[np.float32]) -> None:
        """Listen to further samples, mono at `RATE`, as many as there are."""
        self._waiting.append(samples)
        self._waits += len(samples)
        if self._waits >= _WINDOWS_AT_ONCE * WINDOW:
            self._listen()

    def finish(self) -> NDArray[np.float32]:
        """Return how likely it is, for each window from the first one on, that somebody speaks in it: 0 to 1."""
        self.add(np.zeros(-self._waits % WINDOW, np.float32))
        self._listen()
        return np.frombuffer(self._heard, np.float32)

    def _listen(self) -> None:
        samples = np.concatenate(self._waiting)
        whole = len(samples) // WINDOW * WINDOW
        self._waiting, self._waits = [samples[whole:]], len(samples) - whole
        for start in range(0, whole, _WINDOWS_AT_ONCE * WINDOW):
            self._judge(samples[start : min(whole, start + _WINDOWS_AT_ONCE * WINDOW)].reshape(-1, WINDOW))

    def _judge(self, windows: NDArray[np.float32]) -> None:
        before = np.vstack((self._context, windows[:-1, -_CONTEXT:]))
        self._context = windows[-1, -_CONTEXT:]
        given = {"input": np.hstack((before, windows)), "h": self._hidden, "c": self._cell}
        heard, self._hidden, self._cell = self._session.run(None, given)
        self._heard += heard.tobytes()


def _model() -> str:
    # Found without importing the package, which would bring the whole engine into this process.
    package = find_spec("faster_whisper")
    if package is None or package.origin is None:
        raise LookupError("faster-whisper, whose model for the detection of speech is used, is not installed")
    return str(next((Path(package.origin).parent / "assets").glob("silero_vad*.onnx")))
