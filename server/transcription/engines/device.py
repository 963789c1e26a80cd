"""What a speech model is computed on, and how precisely."""

from collections.abc import Callable, Collection

DEVICES = ("auto", "cpu", "cuda")
"""What an operator may wish for; the same as `settings.Device`, which is too heavy for the model's process."""

# Best first. On a processor, 8 bits are the fastest by far and cost hardly a word; on a graphics card 16 bits are
# as fast, and older cards lack them.
_PRECISIONS = {
    "cpu": ("int8", "float32"),
    "cuda": ("float16", "int8_float16", "int8_float32", "float32"),
}


class CardMissing(Exception):  # noqa: N818 - read as a sentence: the card is missing
    """A graphics card is asked for, and there is none."""

    def __init__(self) -> None:
        super().__init__(
            "WHISPER_DEVICE is cuda, but CUDA finds no graphics card here. Install NVIDIA's driver and let this "
            "process use the card, or set WHISPER_DEVICE to auto or cpu."
        )


def choose_device(wish: str, cards: int, supported: Callable[[str], Collection[str]]) -> tuple[str, str]:
    """Choose the device and the type of number that CTranslate2 computes with.

    Args:
        wish: one of `DEVICES`.
        cards: how many graphics cards CTranslate2 can use.
        supported: the types that a device can compute with.

    Returns:
        The device, `cpu` or `cuda`, and the type as CTranslate2 calls it:
        https://opennmt.net/CTranslate2/quantization.html

    Raises:
        CardMissing: it has to be a card, and there is none.
    """
    if wish == "cuda" and not cards:
        raise CardMissing
    device = "cuda" if cards and wish != "cpu" else "cpu"
    able = supported(device)
    return device, next((precision for precision in _PRECISIONS[device] if precision in able), "default")
