"""Everything that can be set from outside."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import BaseSettings

from server.configuration.callers import Limits
from server.configuration.processing import Uploads
from server.settings import Settings

EXAMPLE = Path(__file__).parents[1] / ".env.example"


def example() -> str:
    """Write the example from the settings themselves."""
    lines = ["# Copy to .env. An empty value counts as unset; the local stack brings its own values for what it runs."]
    for group in Settings.model_fields.values():
        kind = group.annotation
        assert isinstance(kind, type)
        assert issubclass(kind, BaseSettings)
        lines += ["", f"# == {(kind.__doc__ or '').splitlines()[0]}"]
        for field in kind.model_fields.values():
            default = field.get_default(call_default_factory=True) if not field.is_required() else None
            shown = ",".join(map(str, default)) if isinstance(default, list) else default
            need = " Required." if field.is_required() else ""
            lines += [f"# {field.description}{need}", f"{field.alias}={'' if shown is None else shown}"]
    return "\n".join(lines) + "\n"


def test_example_describes_every_setting() -> None:
    """`.env.example` is what the settings say; when it isn't, write it anew from the failing comparison."""
    assert EXAMPLE.read_text() == example()


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
