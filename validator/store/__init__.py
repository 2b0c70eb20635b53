"""The SQLite store, through sqlite-utils, with one module for each kind of record."""
