"""What is kept: one SQLite file, through sqlite-utils, with one module for each thing in it."""

from validator.store.audit import AuditEntry, audit_entries
from validator.store.database import Database, StoreError
from validator.store.editions import (
    DamagedEditionError,
    EditionTakenError,
    KeptEdition,
    UnfitEditionError,
    UnknownEditionError,
    add_edition,
    list_editions,
    read_editions,
    withdraw_edition,
)
from validator.store.keyring import Keyring
from validator.store.keys import Key, KeyNameError, Role, UnknownKeyError, add_key, list_keys, revoke_key
from validator.store.published import Published, compiled_release, get_release, list_releases
from validator.store.release_errors import (
    DamagedReleaseError,
    ReleaseError,
    ReleaseTakenError,
    UnfitReleaseError,
    UnknownReleaseError,
)
from validator.store.releases import activate_release, publish_release
from validator.store.secrets import service_secret
from validator.store.standing import Standing

__all__ = [
    "AuditEntry",
    "DamagedEditionError",
    "DamagedReleaseError",
    "Database",
    "EditionTakenError",
    "KeptEdition",
    "Key",
    "KeyNameError",
    "Keyring",
    "Published",
    "ReleaseError",
    "ReleaseTakenError",
    "Role",
    "Standing",
    "StoreError",
    "UnfitEditionError",
    "UnfitReleaseError",
    "UnknownEditionError",
    "UnknownKeyError",
    "UnknownReleaseError",
    "activate_release",
    "add_edition",
    "add_key",
    "audit_entries",
    "compiled_release",
    "get_release",
    "list_editions",
    "list_keys",
    "list_releases",
    "publish_release",
    "read_editions",
    "revoke_key",
    "service_secret",
    "withdraw_edition",
]
