"""Which model is chosen."""

from pathlib import Path

from server.transcription.engines.speech_model import SpeechModel, choose_model


def test_bundled_model_is_the_default(tmp_path: Path) -> None:
    """Without a setting, the English model that comes along is chosen; it needs no network."""
    chosen = choose_model(None)
    assert chosen.name == "tiny.en"
    assert chosen.folder(tmp_path) == Path(chosen.source)


def test_bundled_model_is_known_by_path_and_name() -> None:
    """Named by its folder or its name on the hub, the bundled model is known again."""
    assert choose_model(choose_model(None).source) == choose_model("tiny.en") == choose_model(None)


def test_folder_gives_its_name(tmp_path: Path) -> None:
    """Another local model is called by its folder, be that there or not."""
    assert choose_model(str(tmp_path)) == SpeechModel(tmp_path.name, str(tmp_path))
    elsewhere = choose_model("/nowhere/mine")
    assert (elsewhere.name, elsewhere.is_local, elsewhere.folder(tmp_path)) == ("mine", True, None)


def test_hub_name_is_kept(tmp_path: Path) -> None:
    """What is not a folder is a name on the hub, and has to be fetched."""
    chosen = choose_model("example/whisper-small")
    assert (chosen.name, chosen.is_local, chosen.folder(tmp_path)) == ("example/whisper-small", False, None)
