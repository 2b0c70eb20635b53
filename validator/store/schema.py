"""The tables of the store, as migrations.

Never edit a migration that has been released: add a new one.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

from validator.store.locks import retry_while_busy

APPLICATION = 0x6B6F6465  # "kode", so that another program's database is never taken for ours
_NEW_MARK = "BEGIN UPDATE snapshot_mark SET mark = random(); END"

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        """
        CREATE TABLE keys (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CHECK (name <> ''),
            role TEXT NOT NULL CHECK (role IN ('practice', 'learner', 'editor', 'reader')),
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            created TEXT NOT NULL,
            last_used TEXT,
            revoked TEXT
        )
        """,
        # The audit names keys by their id, and a store without any keys is open to everybody.
        "CREATE TRIGGER keys_are_kept BEFORE DELETE ON keys BEGIN SELECT RAISE(ABORT, 'a key is revoked, never deleted'); END",
        """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            detail TEXT NOT NULL
        )
        """,
        "CREATE TRIGGER audit_is_not_edited BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        "CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END",
        # INSERT OR REPLACE deletes without firing the trigger above, unless the connection sets recursive_triggers.
        """
        CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
        """,
    ),
    (
        # A name belongs to one release for ever: an answer names its release, so that it can be reproduced.
        """
        CREATE TABLE releases (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            pack TEXT NOT NULL,
            digest TEXT NOT NULL CHECK (digest GLOB 'sha256:*' AND length(digest) = 71),
            edition TEXT NOT NULL,
            compiled TEXT NOT NULL,
            checksum TEXT NOT NULL CHECK (length(checksum) = 64),
            author TEXT NOT NULL,
            note TEXT NOT NULL,
            at TEXT NOT NULL,
            parent TEXT REFERENCES releases (name),
            UNIQUE (pack, name)
        )
        """,
        "CREATE TRIGGER releases_stay BEFORE UPDATE ON releases BEGIN SELECT RAISE(ABORT, 'a release is immutable'); END",
        "CREATE TRIGGER releases_are_kept BEFORE DELETE ON releases BEGIN SELECT RAISE(ABORT, 'a release is immutable'); END",
        """
        CREATE TRIGGER releases_are_not_replaced BEFORE INSERT ON releases
        WHEN EXISTS (SELECT 1 FROM releases WHERE id = NEW.id OR name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'a release is immutable'); END
        """,
        """
        CREATE TABLE current_releases (
            pack TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            FOREIGN KEY (pack, name) REFERENCES releases (pack, name)
        )
        """,
        # Read by running processes: incremented whenever a release is published or activated.
        "CREATE TABLE release_generation (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL)",
        "INSERT INTO release_generation VALUES (1, 0)",
        # Digests of the rule folders whose releases are all in the store: they need not be read again.
        "CREATE TABLE imported_folders (files TEXT PRIMARY KEY CHECK (length(files) = 64), at TEXT NOT NULL)",
    ),
    (
        # Like a release, an edition is immutable: what was judged by it can be judged again.
        """
        CREATE TABLE editions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE CHECK (name <> ''),
            system TEXT NOT NULL CHECK (system <> ''),
            title TEXT NOT NULL,
            start TEXT NOT NULL CHECK (start GLOB '????-??-??'),
            verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
            codes INTEGER NOT NULL,
            digest TEXT NOT NULL CHECK (digest GLOB 'sha256:*' AND length(digest) = 71),
            content TEXT NOT NULL,
            author TEXT NOT NULL,
            at TEXT NOT NULL
        )
        """,
        "CREATE TRIGGER editions_stay BEFORE UPDATE ON editions BEGIN SELECT RAISE(ABORT, 'an edition is immutable'); END",
        "CREATE TRIGGER editions_are_kept BEFORE DELETE ON editions BEGIN SELECT RAISE(ABORT, 'an edition is immutable'); END",
        """
        CREATE TRIGGER editions_are_not_replaced BEFORE INSERT ON editions
        WHEN EXISTS (SELECT 1 FROM editions WHERE id = NEW.id OR name = NEW.name)
        BEGIN SELECT RAISE(ABORT, 'an edition is immutable'); END
        """,
        # The editions in use, in the order in which they came into use: of two that begin on the same day the later one applies.
        """
        CREATE TABLE editions_in_use (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE REFERENCES editions (name)
        )
        """,
    ),
    (
        # Keys with which the service signs: created when first needed, the same for every worker.
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL CHECK (length(secret) = 32))",
    ),
    (
        # Compiled case banks by the digest of their files: a server need not parse them again.
        """
        CREATE TABLE case_banks (
            files TEXT PRIMARY KEY CHECK (length(files) = 64),
            compiled TEXT NOT NULL,
            checksum TEXT NOT NULL CHECK (length(checksum) = 64),
            at TEXT NOT NULL
        )
        """,
        # A learner is identified by the hash of a random code only. Deleting one deletes everything about them.
        """
        CREATE TABLE learners (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            since TEXT NOT NULL,
            "group" INTEGER REFERENCES groups (id) ON DELETE SET NULL
        )
        """,
        # The code of a group is written on a blackboard: it lets learners join, and gives access to nothing.
        """
        CREATE TABLE groups (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL UNIQUE,
            owner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            since TEXT NOT NULL
        )
        """,
        """
        CREATE TABLE attempts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            learner INTEGER NOT NULL REFERENCES learners (id) ON DELETE CASCADE,
            "group" INTEGER REFERENCES groups (id) ON DELETE SET NULL,
            "case" TEXT NOT NULL,
            version INTEGER NOT NULL,
            first INTEGER NOT NULL CHECK (first IN (0, 1)),
            at TEXT NOT NULL,
            answer TEXT NOT NULL,
            phase INTEGER,
            chosen TEXT NOT NULL,
            "key" TEXT NOT NULL,
            grade TEXT NOT NULL,
            score REAL NOT NULL,
            release TEXT NOT NULL,
            digest TEXT NOT NULL
        )
        """,
        'CREATE UNIQUE INDEX one_first_attempt ON attempts (learner, "case") WHERE first = 1',
        "CREATE INDEX attempts_of_learner ON attempts (learner)",
        'CREATE INDEX attempts_of_group ON attempts ("group")',
        'CREATE INDEX learners_of_group ON learners ("group")',
        "CREATE INDEX groups_of_owner ON groups (owner)",
    ),
    (
        # Read by running processes: a new random number for each state of what they read for every request. Unlike a counter, it
        # also differs between a store and the backup that takes its place. A trigger sets it, for every program that writes.
        "CREATE TABLE snapshot_mark (only INTEGER PRIMARY KEY CHECK (only = 1), mark INTEGER NOT NULL)",
        "INSERT INTO snapshot_mark VALUES (1, random())",
        f"CREATE TRIGGER keys_added AFTER INSERT ON keys {_NEW_MARK}",
        # Not when a key was last used.
        f"CREATE TRIGGER keys_changed AFTER UPDATE OF id, name, role, digest, created, revoked ON keys {_NEW_MARK}",
        f"CREATE TRIGGER generation_changed AFTER UPDATE ON release_generation {_NEW_MARK}",
        f"CREATE TRIGGER release_made_current AFTER INSERT ON current_releases {_NEW_MARK}",
        f"CREATE TRIGGER current_release_changed AFTER UPDATE ON current_releases {_NEW_MARK}",
        f"CREATE TRIGGER current_release_removed AFTER DELETE ON current_releases {_NEW_MARK}",
        f"CREATE TRIGGER edition_taken_into_use AFTER INSERT ON editions_in_use {_NEW_MARK}",
        f"CREATE TRIGGER edition_in_use_changed AFTER UPDATE ON editions_in_use {_NEW_MARK}",
        f"CREATE TRIGGER edition_taken_out_of_use AFTER DELETE ON editions_in_use {_NEW_MARK}",
    ),
)


class UnusableFileError(Exception):
    """The file is not a usable database.

    `reason` is the key of a text without the prefix "store.".
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def migrate(connection: sqlite3.Connection, wait: float, *, create: bool) -> None:
    """Apply the missing migrations, all or none. Several processes may call this at once.

    Raises UnusableFileError, also for an empty file unless `create` is set.
    """
    newest = len(MIGRATIONS)
    with _transaction("BEGIN", connection):
        version = _version(connection)
    if not (version or create):
        raise UnusableFileError("empty")
    _use_wal(connection, wait)
    if version == newest:
        return
    with _transaction("BEGIN IMMEDIATE", connection):
        for migration in MIGRATIONS[_version(connection) :]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION:d}")
        connection.execute(f"PRAGMA user_version = {newest:d}")


@contextmanager
def _transaction(begin: str, connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    """Return the number of applied migrations.

    Call it in a transaction: another process may be applying them.
    """
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables or application or version:
            raise UnusableFileError("foreign")
    if version > len(MIGRATIONS):
        raise UnusableFileError("newer")
    return int(version)


def _use_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Switch to WAL mode, unless the file is read-only.

    Retry for `wait` seconds, since SQLite itself does not wait for this lock.
    """
    if connection.execute("PRAGMA journal_mode").fetchone() == ("wal",):
        return
    try:
        retry_while_busy(lambda: connection.execute("PRAGMA journal_mode = WAL"), time.monotonic() + wait)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
            raise
