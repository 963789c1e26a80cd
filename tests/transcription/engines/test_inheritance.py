"""What the model's processes see of the environment."""

from server.transcription.engines.inheritance import inherited, without_hub


def test_only_the_ways_to_hub_and_card_are_inherited() -> None:
    """The hub's settings, proxies and the card's pass; other secrets, and what is empty, don't."""
    ways = {"HF_HOME": "/hub", "HF_TOKEN": "x", "https_proxy": "http://p", "CUDA_VISIBLE_DEVICES": "1"}
    others = {"DB_CONNECTION_STR": "x", "AWS_SECRET_ACCESS_KEY": "x", "HF_ENDPOINT": "", "PATH": "/bin"}
    assert inherited(ways | others) == ways


def test_token_stays_with_the_fetching() -> None:
    """A process that only computes sees nothing of the hub's."""
    assert without_hub({"HF_TOKEN": "x", "CUDA_VISIBLE_DEVICES": "1"}) == {"CUDA_VISIBLE_DEVICES": "1"}
