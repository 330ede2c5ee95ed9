"""Settings: one file, variables over it, flags over both, and errors that name what is wrong."""

from __future__ import annotations

import pytest

from someone import settings
from someone.errors import SettingsError


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("SOMEONE_HOME", str(tmp_path))
    return tmp_path


def test_flag_over_variable_over_file_over_default(home, monkeypatch):
    """The order of where a value comes from."""
    assert settings.load().brain_threads == 0
    settings.write("brain_threads", 3)
    assert settings.load().brain_threads == 3
    assert settings.origin("brain_threads") == "file"
    monkeypatch.setenv("SOMEONE_BRAIN_THREADS", "4")
    assert settings.load().brain_threads == 4
    assert settings.origin("brain_threads") == "variable"
    assert settings.load(brain_threads=5).brain_threads == 5


def test_the_file_documents_every_setting_and_reads_back(home):
    """What is written is valid TOML with each setting explained, and other values are kept."""
    settings.write("brain", "ollama:llama3.2")
    settings.write("country", "GB")
    text = (home / settings.FILE).read_text()
    for name, field in settings.Settings.model_fields.items():
        assert name in text
        assert field.description in text
    assert (settings.load().brain, settings.load().country) == ("ollama:llama3.2", "GB")


@pytest.mark.parametrize("text", ["brain = ", "no_such_thing = 1", "brain_threads = -1", 'embedder = "magic"', "\xff"])
def test_a_broken_file_is_told(home, text):
    """A typo, an unknown key, a value out of range and bytes that are no text each say what to do."""
    (home / settings.FILE).write_bytes(text.encode("latin1"))
    with pytest.raises(SettingsError) as e:
        settings.load()
    assert e.value.do


def test_a_value_that_is_not_allowed_is_never_written(home):
    """The file stays as it was."""
    with pytest.raises(SettingsError):
        settings.write("embedder", "magic")
    assert not (home / settings.FILE).exists()
