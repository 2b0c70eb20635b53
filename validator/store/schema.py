"""The tables of the store, as the migrations that make them. A migration that has been released is never edited: add one."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager

EMPTY = "er tom"
APPLICATION = 0x6B6F6465  # "kode", so that another program's database is never taken for ours
_PAUSE = 0.01

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
        # The audit names keys by their id, and a store whose keys are all gone would be open.
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
        # INSERT OR REPLACE deletes without asking the trigger above, unless the connection says otherwise.
        """
        CREATE TRIGGER audit_is_not_replaced BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
        BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END
        """,
    ),
    (
        # A name belongs to one release for good: an answer names the release by which it can be replayed.
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
        # What a running process asks for: it grows with every release that is published or made current.
        "CREATE TABLE release_generation (only INTEGER PRIMARY KEY CHECK (only = 1), number INTEGER NOT NULL)",
        "INSERT INTO release_generation VALUES (1, 0)",
        # The folders of rule files whose releases are all here, by what their files hold: they need not be read again.
        "CREATE TABLE imported_folders (files TEXT PRIMARY KEY CHECK (length(files) = 64), at TEXT NOT NULL)",
    ),
    (
        # Like a release, an edition stays as it was taken in: what was judged by it can be judged again.
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
        # The editions that contacts are judged by, in the order in which they were taken into use: of two that begin on one day the
        # later one holds.
        """
        CREATE TABLE editions_in_use (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE REFERENCES editions (name)
        )
        """,
    ),
    (
        # What the service signs with: made when it is first needed, the same for every worker.
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL CHECK (length(secret) = 32))",
    ),
    (
        # The banks of cases as they were compiled, by what their files hold: a server need not parse them again.
        """
        CREATE TABLE case_banks (
            files TEXT PRIMARY KEY CHECK (length(files) = 64),
            compiled TEXT NOT NULL,
            checksum TEXT NOT NULL CHECK (length(checksum) = 64),
            at TEXT NOT NULL
        )
        """,
        # A learner is known by the hash of a random code, and by nothing else. Who goes takes everything along.
        """
        CREATE TABLE learners (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            digest TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
            since TEXT NOT NULL,
            "group" INTEGER REFERENCES groups (id) ON DELETE SET NULL
        )
        """,
        # The code of a group is written on a blackboard: it lets learners in, and shows nothing.
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
)


class UnusableFileError(Exception):
    """The file is a database, but none to use; the text continues a sentence that begins with the file."""


def migrate(connection: sqlite3.Connection, wait: float, *, create: bool) -> None:
    """Applies the migrations that are missing, all or none; of several processes at once, one does. Raises UnusableFileError, also
    for a file with nothing in it unless `create` says that it may be a new one.
    """
    newest = len(MIGRATIONS)
    with _within("BEGIN", connection):
        version = _version(connection)
    if not (version or create):
        raise UnusableFileError(EMPTY)
    _use_wal(connection, wait)
    if version == newest:
        return
    with _within("BEGIN IMMEDIATE", connection):
        for migration in MIGRATIONS[_version(connection) :]:
            for statement in migration:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION:d}")
        connection.execute(f"PRAGMA user_version = {newest:d}")


@contextmanager
def _within(begin: str, connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute(begin)
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    """How many migrations the file has had. In a transaction: another process may be applying them between two questions."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if tables or application or version:
            raise UnusableFileError("hører til et andet program")
    if version > len(MIGRATIONS):
        raise UnusableFileError("er fra en nyere udgave af Kodevagt")
    return int(version)


def _use_wal(connection: sqlite3.Connection, wait: float) -> None:
    """Readers beside a writer, where the file system bears it. SQLite itself does not wait for this lock."""
    until = time.monotonic() + wait
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_READONLY:
                return
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() >= until:
                raise
            time.sleep(_PAUSE)
        else:
            return
