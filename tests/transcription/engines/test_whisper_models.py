"""What the whisper engine does with more models than one."""

from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from server.configuration.processing import Device, Whisper
from server.transcription.engines.errors import EngineUnavailable, LanguageNotSupported, ModelNotAvailable
from server.transcription.engines.inheritance import inherited
from server.transcription.engines.speech_model import SpeechModel, choose_model
from server.transcription.engines.whisper import WhisperEngine, open_engine
from server.transcription.engines.whisper_process import Setup
from tests.transcription.engines.fake_hub import REPOSITORY, fake_hub
from tests.transcription.engines.listening import listen, words_of


async def test_one_model_at_a_time(setup: Setup, speech: Path, tmp_path: Path) -> None:
    """A recording for another model, which comes from the hub, ends the child of the one before; both hear the same."""
    assert setup.folder
    files = {file.name: file.read_bytes() for file in setup.folder.iterdir()}
    with fake_hub(files) as hub:
        environment = {**setup.environment, "HF_ENDPOINT": hub.url, "HF_HOME": str(tmp_path)}
        other = replace(setup, model=SpeechModel(REPOSITORY, REPOSITORY), environment=environment)
        async with WhisperEngine(setup, [other]) as engine:
            first = engine.pid
            by_default = await listen(engine, speech)
            by_other = await listen(engine, speech, model=REPOSITORY)
            assert engine.pid != first
            assert first
            assert not psutil.pid_exists(first)
            assert words_of(by_default) == words_of(by_other)
            with pytest.raises(LanguageNotSupported, match=REPOSITORY):  # known now that it is loaded
                await listen(engine, speech, model=REPOSITORY, language="he")


async def test_unknown_model_costs_nothing(whisper: WhisperEngine, speech: Path) -> None:
    """A name that was not set is refused, and the child goes on."""
    before = whisper.pid
    with pytest.raises(ModelNotAvailable, match=r"'/etc'.*'tiny\.en'"):
        await listen(whisper, speech, model="/etc")
    assert whisper.pid == before


async def test_missing_card_tells_what_to_do(setup: Setup) -> None:
    """A graphics card that is set but not there keeps the engine from starting, with both ways out."""
    with pytest.raises(EngineUnavailable, match=r"WHISPER_DEVICE is cuda.*auto or cpu"):
        async with WhisperEngine(replace(setup, device=Device.CUDA)):
            pass


def test_engine_of_the_settings(ffmpeg: Path) -> None:
    """The settings name the default and the other models; secrets of ours stay out of what is written down."""
    environment = {"HF_TOKEN": "hf_not-for-logs", "DB_CONNECTION_STR": "x"}
    engine = open_engine(Whisper(model=None, other_models=["small"]), ffmpeg, environment)
    assert engine.model == "tiny.en"
    setup = Setup(model=choose_model(None), ffmpeg=ffmpeg, environment=inherited(environment))
    assert "hf_not-for-logs" not in repr(setup)
    assert "HF_TOKEN" not in setup.variables()
