"""Which model is chosen."""

from pathlib import Path

from server.transcription.engines.speech_model import SpeechModel, choose_model


def test_bundled_model_is_the_default() -> None:
    """Without a setting, the English model that comes along is chosen; it needs no network."""
    chosen = choose_model(None)
    assert chosen.name == "tiny.en"
    assert chosen.is_local


def test_bundled_model_has_its_name_by_path_too() -> None:
    """Named by its folder, the bundled model is known again."""
    assert choose_model(choose_model(None).source) == choose_model(None)


def test_folder_gives_its_name(tmp_path: Path) -> None:
    """Another local model is called by its folder."""
    assert choose_model(str(tmp_path)) == SpeechModel(tmp_path.name, str(tmp_path))


def test_hub_name_is_kept() -> None:
    """What is not a folder is a name on the hub, and needs a network."""
    chosen = choose_model("example/whisper-small")
    assert (chosen.name, chosen.is_local) == ("example/whisper-small", False)
