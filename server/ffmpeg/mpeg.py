"""Streams without a header of their own: MPEG audio frames, ADTS frames, transport packets."""

import re
from collections.abc import Callable

_FRAMES = 3
"""How many frames must follow each other; a sync word alone is found in any data."""

# The header of a frame, ISO/IEC 11172-3 (2.4.1.3): sync, version and layer that exist, a bit rate that is given.
_AUDIO_HEADER = re.compile(rb"\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff][\x10-\xef].", re.DOTALL)
_MPEG_1 = 3  # as the two bits of the version have it
_SAMPLE_RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYERS = {3: 1, 2: 2, 1: 3}  # by the two bits of the layer
# kbit/s by bit rate index less one, 11172-3 (2.4.2.3) and 13818-3 (2.4.2.3), by whether it is MPEG-1 and by layer.
_LOW_RATES = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_BIT_RATES = {
    (True, 1): (32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    (True, 2): (32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    (True, 3): (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (False, 1): (32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    (False, 2): _LOW_RATES,
    (False, 3): _LOW_RATES,
}
# Bytes a frame for each kbit/s at 1 Hz: samples a frame, by 8 bits a byte, by 1000.
_SLOTS = {(True, 1): 48_000, (True, 2): 144_000, (True, 3): 144_000}
_SLOTS |= {(False, 1): 48_000, (False, 2): 144_000, (False, 3): 72_000}

_ADTS_HEADER = re.compile(rb"\xff[\xf0\xf1\xf8\xf9].{5}", re.DOTALL)  # ISO/IEC 13818-7 (6.2)
_ADTS_SAMPLE_RATES = range(13)
_ADTS_SHORTEST = 7

# ISO/IEC 13818-1 (2.4.3.2): sync, no error, and a field or a payload that follows.
_TRANSPORT_HEADER = re.compile(rb"\x47[\x00-\x7f].[\x10-\x3f\x50-\x7f\x90-\xbf\xd0-\xff]", re.DOTALL)
_TRANSPORT_PACKETS = ((188, 0), (192, 4), (204, 0))  # plain, with Blu-ray's time stamps, with parity

Frame = tuple[int, bytes]
"""The length of a frame in bytes, and what all frames of its stream have in common."""


def is_audio(head: bytes) -> bool:
    """Tell whether frames of MPEG audio (layer I, II or III) follow each other from the first byte on."""
    return _follow(head, _audio_frame)


def is_adts(head: bytes) -> bool:
    """Tell whether ADTS frames of AAC follow each other from the first byte on."""
    return _follow(head, _adts_frame)


def is_transport_stream(head: bytes) -> bool:
    """Tell whether a transport packet begins wherever one must, three times at least."""
    return any(_in_step(head, size, offset) for size, offset in _TRANSPORT_PACKETS)


def _in_step(head: bytes, size: int, offset: int) -> bool:
    headers = [head[at : at + 4] for at in range(offset, len(head) - 3, size)]
    return len(headers) >= _FRAMES and all(_TRANSPORT_HEADER.match(header) for header in headers)


def _follow(head: bytes, parse: Callable[[bytes], Frame | None]) -> bool:
    at, common = 0, set()
    for _ in range(_FRAMES):
        frame = parse(head[at:])
        if frame is None:
            return False
        at += frame[0]
        common.add(frame[1])
    return len(common) == 1


def _audio_frame(data: bytes) -> Frame | None:
    if not _AUDIO_HEADER.match(data):
        return None
    version, layer = data[1] >> 3 & 3, _LAYERS[data[1] >> 1 & 3]
    of_sample_rate = dict(enumerate(_SAMPLE_RATES[version]))
    sample_rate = of_sample_rate.get(data[2] >> 2 & 3)
    if sample_rate is None:
        return None
    kind = (version == _MPEG_1, layer)
    length = _SLOTS[kind] * _BIT_RATES[kind][(data[2] >> 4) - 1] // sample_rate + (data[2] >> 1 & 1)
    # Layer I counts in slots of four bytes.
    return (length // 4 * 4 if layer == 1 else length), bytes((data[1] & 0xFE, data[2] & 0x0C))


def _adts_frame(data: bytes) -> Frame | None:
    if not _ADTS_HEADER.match(data):
        return None
    length = (data[3] & 3) << 11 | data[4] << 3 | data[5] >> 5
    if data[2] >> 2 & 15 not in _ADTS_SAMPLE_RATES or length < _ADTS_SHORTEST:
        return None
    # The fixed part of the header is the same in every frame.
    return length, bytes((data[1], data[2], data[3] & 0xC0))
