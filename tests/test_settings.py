"""Settings are environment variables, each with a default; an invalid value is refused with its name."""

from pathlib import Path

import pytest

from validator import Settings, read_settings
from validator.settings import SettingsError, environment_variables


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment_variables():
        monkeypatch.delenv(name, raising=False)


def test_the_defaults_are_the_loopback_and_the_bundled_folders() -> None:
    settings = read_settings()
    assert settings == Settings()
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert (settings.rules / "dk").is_dir()
    assert (settings.catalog / "icpc2.csv").is_file()


@pytest.mark.parametrize(
    ("name", "text", "member", "value"),
    [
        ("KODEVAGT_HOST", "0.0.0.0", "host", "0.0.0.0"),  # noqa: S104
        ("KODEVAGT_PORT", "65535", "port", 65535),
        ("KODEVAGT_WORKERS", "1", "workers", 1),
        ("KODEVAGT_CACHE", "0", "cache", 0),
        ("KODEVAGT_RULES", "/srv/regler", "rules", Path("/srv/regler")),
        ("KODEVAGT_CATALOG", "/srv/katalog", "catalog", Path("/srv/katalog")),
        ("KODEVAGT_DATABASE", "/srv/kodevagt.db", "database", Path("/srv/kodevagt.db")),
        ("KODEVAGT_KEYS", "required", "keys", "required"),
        ("KODEVAGT_RATE", "0", "rate", 0),
        ("KODEVAGT_PROXIES", "2", "proxies", 2),
        ("KODEVAGT_SANDBOX_TIME_FACTOR", "5", "sandbox_time_factor", 5),
    ],
)
def test_each_setting_is_read(name: str, text: str, member: str, value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name in environment_variables()
    monkeypatch.setenv(name, text)
    settings = read_settings()
    assert getattr(settings, member) == value
    assert getattr(Settings(), member) != value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        *(("KODEVAGT_PORT", text) for text in ("", "otte", "0", "65536", "-1", "80.5")),
        *(("KODEVAGT_CACHE", text) for text in ("", "-1", "100001", "mange")),
        *(("KODEVAGT_WORKERS", text) for text in ("", "0", "65", "to")),
        *(("KODEVAGT_KEYS", text) for text in ("", "none", "Required")),
        *(("KODEVAGT_RATE", text) for text in ("", "-1", "1000001", "mange")),
        *(("KODEVAGT_PROXIES", text) for text in ("", "-1", "11", "ja")),
        *(("KODEVAGT_SANDBOX_TIME_FACTOR", text) for text in ("", "0", "101", "to")),
    ],
)
def test_an_invalid_value_is_refused_with_the_name_of_its_setting(name: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, text)
    with pytest.raises(SettingsError, match=name):
        read_settings()


def test_variables_without_the_prefix_are_ignored(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "1")
    monkeypatch.setenv("HOST", "example.org")
    assert read_settings() == Settings()


def test_every_variable_is_named_after_its_setting() -> None:
    assert environment_variables() == [f"KODEVAGT_{name.upper()}" for name in Settings.__dataclass_fields__]
