"""Timestamps as the store and the answers write them: UTC, to the second."""

import datetime


def format_timestamp(moment: datetime.datetime) -> str:
    """Return a UTC time such as 2026-03-01T08:30:00Z."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def utc_timestamp() -> str:
    """Return the present time as text."""
    return format_timestamp(datetime.datetime.now(datetime.UTC))
