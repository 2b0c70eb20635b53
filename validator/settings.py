"""The settings: environment variables, each with a default. `docs/settings.md` describes them."""

from dataclasses import dataclass, fields
from pathlib import Path

from environs import Env, EnvError

from validator.support.errors import UserError

DEFAULT_CACHE_SIZE = 5000
_LONG = 10  # digits
BUNDLED = Path(__file__).parent / "bundled"


class SettingsError(UserError):
    """A setting that cannot be used; the text names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a deployment may choose. The name of each environment variable is KODEVAGT_ and the field's name in capitals."""

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = 2
    cache: int = DEFAULT_CACHE_SIZE
    rules: Path = BUNDLED / "rules"
    catalog: Path = BUNDLED / "catalog"
    cases: Path = BUNDLED / "cases"
    database: Path = Path("kodevagt.db")
    sample: Path = Path("kodevagt-sample.ndjson")
    signing_key: Path = Path("kodevagt-signing-key.pem")
    trusted: str = "kodevagt-trusted.txt"
    keys: str = "auto"
    rate: int = 6000
    proxies: int = 0
    sandbox_time_factor: int = 1


def read_settings() -> Settings:
    """The settings of the environment. Raises SettingsError."""
    env = Env()
    default = Settings()
    try:
        with env.prefixed("KODEVAGT_"):
            return Settings(
                host=env.str("HOST", default.host),
                port=_number(env, "PORT", default.port, 1, 65535),
                workers=_number(env, "WORKERS", default.workers, 1, 64),
                cache=_number(env, "CACHE", default.cache, 0, 100_000),
                rules=env.path("RULES", default.rules),
                catalog=env.path("CATALOG", default.catalog),
                cases=env.path("CASES", default.cases),
                database=env.path("DATABASE", default.database),
                sample=env.path("SAMPLE", default.sample),
                signing_key=env.path("SIGNING_KEY", default.signing_key),
                trusted=env.str("TRUSTED", default.trusted),
                keys=_choice(env, "KEYS", default.keys, "auto", "required"),
                rate=_number(env, "RATE", default.rate, 0, 1_000_000),
                proxies=_number(env, "PROXIES", default.proxies, 0, 10),
                sandbox_time_factor=_number(env, "SANDBOX_TIME_FACTOR", default.sandbox_time_factor, 1, 100),
            )
    except EnvError as error:
        raise SettingsError(str(error)) from error


def _number(env: Env, name: str, default: int, low: int, high: int) -> int:
    text: str = env.str(name, str(default))
    if text.isascii() and text.isdecimal() and len(text) < _LONG and low <= int(text) <= high:
        return int(text)
    raise SettingsError(f"KODEVAGT_{name} skal være et helt tal mellem {low} og {high}")


def _choice(env: Env, name: str, default: str, *choices: str) -> str:
    text: str = env.str(name, default)
    if text in choices:
        return text
    raise SettingsError(f"KODEVAGT_{name} skal være {' eller '.join(choices)}")


def environment_variables() -> list[str]:
    """The names of the environment variables."""
    return [f"KODEVAGT_{field.name.upper()}" for field in fields(Settings)]
