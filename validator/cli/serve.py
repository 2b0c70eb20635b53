"""`kodevagt serve`: everything that can be wrong is told before a worker is started."""

import os
from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import cast

import click
from flask import Flask

from validator.cli.common import Refused, open_store
from validator.serving.live_service import LiveService
from validator.serving.startup import start_service
from validator.settings import Settings, read_settings
from validator.store.keys import list_keys
from validator.support.garbage_collection import gc_paused
from validator.support.local_addresses import is_loopback

_EXAMPLE = (
    "curl -s http://{address}/v1/validate -H 'Content-Type: application/json' {key}-d "
    '\'{{"encounter": {{"date": "2025-10-14", "specialty": "51", "course": "artrose-knae", "diagnoses": [{{"code": "L92"}}]}}}}\''
)
_SHOW_KEY = '-H "Authorization: Bearer $KODEVAGT_KEY" '


@click.command()
def serve() -> None:
    """Start tjenesten; adressen og andre indstillinger tages fra miljøvariablerne KODEVAGT_*."""
    from validator.serving.server import run
    from validator.serving.workers import shared_metrics

    keyed = _require_keys_or_loopback(read_settings())
    used = read_settings()  # as each worker will read them
    loaded(used)  # a bad file is told here, once, and not by every worker
    address = _free_address(used)
    host = f"[{used.host}]" if ":" in used.host else used.host
    click.echo(f"Kodevagt svarer på http://{host}:{used.port} (dokumentation: /docs). Prøv:\n", err=True)
    click.echo(_EXAMPLE.format(address=f"{host}:{used.port}", key=_SHOW_KEY if keyed else "") + "\n", err=True)
    with shared_metrics():  # before prometheus_client is imported, which looks for the folder then
        with gc_paused():
            import_module("api")  # once, and shared with the workers that are forked
        run(address, used.port, used.workers, load_application)


@cache
def loaded(used: Settings) -> LiveService:
    """The service, loaded once: a forked worker inherits it from the process that started it."""
    return start_service(used)


def load_application(stopping: Callable[[], bool]) -> Flask:
    """The application of a worker. Granian's own loader would look in the working directory first, and run another `api.py`."""
    return cast(Flask, import_module("api").serve(loaded(read_settings()), stopping))


def _require_keys_or_loopback(used: Settings) -> bool:
    """Makes the store ready; whether it has keys. Without one that stands, the service is for this machine only."""
    with open_store(used) as database:
        every = list_keys(database)
    if all(key.revoked for key in every):
        if not (used.host == "localhost" or is_loopback(used.host)):
            raise Refused(
                f"KODEVAGT_HOST={used.host}: uden nøgler svarer tjenesten kun på maskinens egen adresse. "
                "Opret en nøgle med kodevagt keys add, eller brug 127.0.0.1, localhost eller ::1."
            )
        if used.proxies:
            raise Refused(
                f"KODEVAGT_PROXIES={used.proxies}: uden nøgler svarer tjenesten ikke gennem en proxy. "
                "Opret en nøgle med kodevagt keys add, eller brug 0."
            )
    if every:
        os.environ["KODEVAGT_KEYS"] = "required"  # for the workers, whatever they find in the store
    return bool(every)


def _free_address(used: Settings) -> str:
    from validator.serving.server import free_address

    try:
        return free_address(used.host, used.port)
    except OSError as error:
        raise Refused(
            f"KODEVAGT_PORT={used.port}: porten kan ikke bruges ({error.strerror}). Vælg en anden, fx KODEVAGT_PORT=8001."
        ) from error
