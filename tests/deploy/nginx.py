"""Start nginx with the shipped configuration, adapted only in its port, its upstream and its paths."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.cli.process import free_port
from tests.conftest import ROOT
from tests.waiting import PATIENCE, wait_for

CONFIGURATION = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
# Folders of Debian's nginx, which only root can write to. nginx creates those of the protocols that it does not use too.
_FOLDERS = ("/var/lib/nginx/", "/var/log/nginx/", "/run/")
_UNUSED = "".join(f"{protocol}_temp_path /var/lib/nginx/{protocol};" for protocol in ("fastcgi", "scgi", "uwsgi"))
_MISSING = (
    "the tests of deploy/nginx.conf need nginx, which is not found; on Debian and Ubuntu: sudo apt-get install nginx; "
    "see docs/development.md"
)


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: its port, and the folder with its logs and temporary files."""

    port: int
    folder: Path

    def logged(self) -> str:
        """Return everything in its logs."""
        return "".join(path.read_text(encoding="utf-8") for path in self.folder.glob("*.log"))


def nginx_program() -> str:
    """Return the path of nginx, which Debian has outside the PATH of ordinary users."""
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    if not found:
        pytest.fail(_MISSING)
    return found


@contextlib.contextmanager
def configured(changes: dict[str, str], text: str = CONFIGURATION) -> Iterator[Path]:
    """Yield a file with the configuration after changes, each of which must apply."""
    folder = Path(tempfile.mkdtemp(prefix="kodevagt-nginx-"))
    folder.chmod(0o755)  # the processes of nginx run as www-data
    changes = {"http {\n": f"http {{\n    {_UNUSED}\n", **changes, **dict.fromkeys(_FOLDERS, f"{folder}/")}
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    try:
        yield folder / "nginx.conf"
    finally:
        shutil.rmtree(folder)


@contextlib.contextmanager
def nginx_in_front_of(upstream: int, changes: Mapping[str, str] = MappingProxyType({})) -> Iterator[Nginx]:
    """Run nginx in front of a port of this machine; `changes` are texts of the configuration and what replaces them."""
    port = free_port()
    values = {"listen 80;\n": f"listen 127.0.0.1:{port};\n", "server 127.0.0.1:8000;": f"server 127.0.0.1:{upstream};", **changes}
    with configured(values) as file:
        command = [nginx_program(), "-e", "stderr", "-c", str(file), "-g", "daemon off;"]
        process = subprocess.Popen(command, start_new_session=True)
        try:
            wait_for(lambda: process.poll() is not None or _listens(port))
            assert process.poll() is None
            yield Nginx(port, file.parent)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
