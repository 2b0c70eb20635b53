"""What is kept: one SQLite file, through sqlite-utils, with one module for each thing in it."""

from validator.store.audit import AuditEntry, audit_entries
from validator.store.database import Database, StoreError
from validator.store.keyring import Keyring
from validator.store.keys import Key, KeyNameError, Role, UnknownKeyError, add_key, list_keys, revoke_key

__all__ = [
    "AuditEntry",
    "Database",
    "Key",
    "KeyNameError",
    "Keyring",
    "Role",
    "StoreError",
    "UnknownKeyError",
    "add_key",
    "audit_entries",
    "list_keys",
    "revoke_key",
]
