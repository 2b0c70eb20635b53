"""A service with a key, as a vendor runs it behind nginx."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from tests.cli.process import Served, ready
from validator.cli.main import main


@dataclass(frozen=True, slots=True)
class Keyed:
    """A running service and the key of a practice."""

    served: Served
    key: str

    @property
    def port(self) -> int:
        return self.served.port


@pytest.fixture(scope="module")
def keyed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Keyed]:
    folder = tmp_path_factory.mktemp("behind-nginx")
    database = str(folder / "kodevagt.db")
    words = ["keys", "add", "--create", "--role", "practice", "--name", "Journalsystem"]
    key = CliRunner().invoke(main, words, env={"KODEVAGT_DATABASE": database}).stdout.strip()
    settings = {"KODEVAGT_DATABASE": database, "KODEVAGT_PROXIES": "1", "KODEVAGT_RATE": "0", "KODEVAGT_WORKERS": "2"}
    with ready(folder, **settings) as served:
        yield Keyed(served, key)
