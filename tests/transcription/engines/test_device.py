"""What a model is computed on."""

from collections.abc import Collection

import pytest

from server.configuration.processing import Device
from server.transcription.engines.device import DEVICES, CardMissing, choose_device


def modern(device: str) -> Collection[str]:
    """Tell what a processor and a card of these years compute with."""
    return {"cuda": {"float32", "float16", "int8_float16", "int8"}, "cpu": {"float32", "int8"}}[device]


def old(device: str) -> Collection[str]:
    """Tell what is left on an old card, and on a processor that has not even that."""
    return {"cuda": {"float32", "int8_float32"}, "cpu": set[str]()}[device]


def test_wishes_are_those_of_the_settings() -> None:
    """What an operator may set is what the model's process takes."""
    assert set(DEVICES) == set(Device)


@pytest.mark.parametrize(
    ("wish", "cards", "chosen"),
    [
        ("auto", 0, ("cpu", "int8")),
        ("auto", 1, ("cuda", "float16")),
        ("cpu", 1, ("cpu", "int8")),
        ("cuda", 2, ("cuda", "float16")),
    ],
)
def test_card_where_there_is_one(wish: str, cards: int, chosen: tuple[str, str]) -> None:
    """By itself a model goes where it is fastest; told where to go, it goes there."""
    assert choose_device(wish, cards, modern) == chosen


def test_less_able_hardware_is_used_too() -> None:
    """What can't compute with the best type computes with the next one, or with the model's own."""
    assert choose_device("cuda", 1, old) == ("cuda", "int8_float32")
    assert choose_device("cpu", 0, old) == ("cpu", "default")


def test_missing_card_is_an_operators_matter() -> None:
    """Who insists on a card where there is none is told both ways out."""
    with pytest.raises(CardMissing, match=r"driver.*WHISPER_DEVICE to auto or cpu"):
        choose_device("cuda", 0, modern)
