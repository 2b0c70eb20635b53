"""The settings, read from environment variables. `docs/settings.md` describes them."""

from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from environs import Env

from validator.support.errors import UserError
from validator.texts import danish_text

DEFAULT_CACHE_SIZE = 5000
_MAX_DIGITS = 9
BUNDLED = Path(__file__).parent / "bundled"


class SettingsError(UserError):
    """A setting has a value that cannot be used; the text, in Danish, names it."""


def _number(default: int, low: int, high: int) -> int:
    return field(default=default, metadata={"bounds": (low, high)})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a deployment.

    Each environment variable is named KODEVAGT_ and the field's name in capitals.
    """

    host: str = "127.0.0.1"
    port: int = _number(8000, 1, 65535)
    workers: int = _number(2, 1, 64)
    cache: int = _number(DEFAULT_CACHE_SIZE, 0, 100_000)
    rules: Path = BUNDLED / "rules"
    catalog: Path = BUNDLED / "catalog"
    cases: Path = BUNDLED / "cases"
    database: Path = Path("kodevagt.db")
    sample: Path = BUNDLED / "samples" / "contacts.ndjson"
    signing_key: Path = Path("kodevagt-signing-key.pem")
    trusted: str = "kodevagt-trusted.txt"
    keys: str = field(default="auto", metadata={"choices": ("auto", "required")})
    rate: int = _number(6000, 0, 1_000_000)
    proxies: int = _number(0, 0, 10)
    sandbox_time_factor: int = _number(1, 1, 100)


def read_settings() -> Settings:
    """Read the settings of the environment. Raises SettingsError."""
    env = Env()
    return Settings(**{setting.name: _read(env, setting) for setting in fields(Settings)})


def environment_variables() -> list[str]:
    """Return the names of the environment variables."""
    return [_variable(setting) for setting in fields(Settings)]


def _variable(setting: Field[Any]) -> str:
    return f"KODEVAGT_{setting.name.upper()}"


def _read(env: Env, setting: Field[Any]) -> Any:
    name, default = _variable(setting), setting.default
    if isinstance(default, Path):
        return env.path(name, default)
    text: str = env.str(name, str(default))
    if "bounds" in setting.metadata:
        low, high = setting.metadata["bounds"]
        if not (text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS and low <= int(text) <= high):
            raise SettingsError(danish_text("settings.number", name=name, low=low, high=high))
        return int(text)
    choices = setting.metadata.get("choices", (text,))
    if text not in choices:
        raise SettingsError(danish_text("settings.choice", name=name, choices=" eller ".join(choices)))
    return text
