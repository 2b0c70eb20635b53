"""`kodevagt serve`: load everything once, and report errors before a worker starts."""

import os
from collections.abc import Callable
from contextlib import closing, suppress
from functools import cache
from importlib import import_module
from typing import cast

import click
from flask import Flask

from validator.cli.messages import CommandError, print_text
from validator.serving.json_log import configure_log
from validator.serving.live_service import LiveService
from validator.serving.startup import start_service
from validator.settings import Settings, read_settings
from validator.store.database import Database
from validator.store.keys import list_keys
from validator.support.garbage_collection import gc_paused
from validator.support.local_addresses import is_loopback


@click.command()
def serve() -> None:
    """Start tjenesten; adressen og andre indstillinger tages fra miljøvariablerne KODEVAGT_*."""
    from validator.serving.server import free_address, run
    from validator.serving.workers import shared_metrics

    has_keys = _require_keys_or_loopback(read_settings())
    settings = read_settings()  # read again, as each worker does
    configure_log(lambda: None)  # each worker has its own later, which counts lost lines
    load_shared_service(settings)  # a bad file is reported here, once, and not by every worker
    try:
        address = free_address(settings.host, settings.port)
    except OSError as error:
        raise CommandError("serve.port-unusable", port=settings.port, reason=error.strerror) from error
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    with suppress(OSError):  # nobody may read standard error, and its disk may be full
        if not is_loopback(address) and not settings.proxies:
            print_text("serve.behind-proxy", err=True, host=settings.host)
        print_text("serve.ready", err=True, address=f"{host}:{settings.port}")
        print_text("serve.example-with-key" if has_keys else "serve.example", err=True, address=f"{host}:{settings.port}")
    with shared_metrics():  # before the import of prometheus_client, which reads the folder then
        with gc_paused():
            import_module("api")  # once, and shared with the workers that are forked
        run(address, settings.port, settings.workers, load_application)


@cache
def load_shared_service(settings: Settings) -> LiveService:
    """Load the service once: a forked worker inherits it from the process that started it."""
    return start_service(settings)


def load_application(stopping: Callable[[], bool]) -> Flask:
    """Load the application of a worker.

    Granian's own loader searches the working directory first, and may run another `api.py`.
    """
    return cast(Flask, import_module("api").serve(load_shared_service(read_settings()), stopping))


def _require_keys_or_loopback(settings: Settings) -> bool:
    """Create the store and return whether it has keys.

    Raises CommandError where no key is valid and the host is not local, or the service has proxies.
    """
    with closing(Database(settings.database)) as database:
        every = list_keys(database)
    if all(key.revoked for key in every):
        if not (settings.host == "localhost" or is_loopback(settings.host)):
            raise CommandError("serve.no-keys-host", host=settings.host)
        if settings.proxies:
            raise CommandError("serve.no-keys-proxies", proxies=settings.proxies)
    if every:
        os.environ["KODEVAGT_KEYS"] = "required"  # for the workers, even if the store changes
    return bool(every)
