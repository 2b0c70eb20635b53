"""The settings: environment variables, each with a default. `docs/settings.md` describes them."""

from dataclasses import dataclass, fields
from pathlib import Path

from environs import Env, EnvError
from marshmallow.validate import Range

BUNDLED = Path(__file__).parent / "bundled"


class SettingsError(Exception):
    """A setting that cannot be used; the text names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose. The name of each environment variable is KODEVAGT_ and the field's name in capitals."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    rules: Path = BUNDLED / "rules"
    catalog: Path = BUNDLED / "catalog"


def read_settings() -> Settings:
    """The settings of the environment. Raises SettingsError."""
    env = Env()
    default = Settings()
    try:
        with env.prefixed("KODEVAGT_"):
            return Settings(
                host=env.str("HOST", default.host),
                port=env.int("PORT", default.port, validate=Range(1, 65535)),
                workers=env.int("WORKERS", default.workers, validate=Range(1, 64)),
                rules=env.path("RULES", default.rules),
                catalog=env.path("CATALOG", default.catalog),
            )
    except EnvError as error:
        raise SettingsError(str(error)) from error


def variables() -> list[str]:
    """The names of the environment variables."""
    return [f"KODEVAGT_{field.name.upper()}" for field in fields(Settings)]
