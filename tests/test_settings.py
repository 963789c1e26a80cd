"""Everything that can be set from outside."""

from collections.abc import Callable
from pathlib import Path

import pytest
from dotenv import dotenv_values
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from server.configuration.callers import Limits
from server.configuration.processing import Uploads
from server.reference import configuration, example
from server.settings import Settings
from tests.test_starting import RIGHT

CHECKOUT = Path(__file__).parents[1]


@pytest.mark.parametrize(("page", "made"), [(".env.example", example), ("docs/configuration.md", configuration)])
def test_every_setting_is_described(page: str, made: Callable[[], str]) -> None:
    """Both pages about settings are what the settings say; when one isn't, `make settings` writes it anew."""
    assert (CHECKOUT / page).read_text() == made()


def test_filled_in_copy_of_the_example_is_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whoever copies the example and fills in what is required can start, with the defaults in all else."""
    for name, value in (dotenv_values(CHECKOUT / ".env.example") | RIGHT).items():
        monkeypatch.setenv(name, value or "")
    monkeypatch.chdir(tmp_path)
    assert Settings().limits == Limits()


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process without its settings stops at once, and names the first that it lacks."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DB_CONNECTION_STR", raising=False)
    with pytest.raises(ValidationError, match="DB_CONNECTION_STR"):
        Settings()


def test_empty_values_count_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line of the example that was left empty leaves the default."""
    monkeypatch.setenv("MAX_AUDIO_MB", "")
    assert Uploads().max_audio_mb == 100


@pytest.mark.parametrize(
    ("kind", "name", "value"), [(Uploads, "UPLOAD_URL_EXPIRATION_MINUTES", "0"), (Limits, "QUOTA_DAYS", "36500")]
)
def test_nonsense_is_refused(monkeypatch: pytest.MonkeyPatch, kind: type[BaseSettings], name: str, value: str) -> None:
    """A value out of range is told with its name."""
    monkeypatch.setenv(name, value)
    with pytest.raises(ValidationError, match=name):
        kind()
