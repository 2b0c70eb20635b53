"""Read a stored release: whatever `dump_release` wrote, and nothing else."""

import json
from dataclasses import replace
from typing import Any

from validator.rulebook.release import Release, ReleaseStatus
from validator.rulebook.stored.dump import FORMAT, VERSION
from validator.rulebook.stored.release_codec import RELEASE
from validator.support.errors import UserError
from validator.texts import danish_text


class ReleaseLoadError(UserError):
    """A text that is not a stored release, or not readable by this version.

    The message is one Danish sentence.
    """


def load_release(text: str, status: ReleaseStatus = "published") -> Release:
    """Return the release in the text. Raises ReleaseLoadError."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            raise ReleaseLoadError(danish_text("rules.stored.not-a-release"))
        if json.dumps(content.get("version")) != str(VERSION):
            raise ReleaseLoadError(danish_text("rules.stored.unknown-version"))
        return _load(content, status)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise ReleaseLoadError(danish_text("rules.stored.damaged")) from error


def _load(content: dict[str, Any], status: ReleaseStatus) -> Release:
    release: Release = replace(RELEASE.load(content), status=status)
    sources = {rule.source for rule in release.rules}
    for course in release.courses.values():
        for column in (course.main_diagnosis, course.referral, course.phases, course.services):
            sources.update(entry.source for entry in column)
    if not release.languages or not sources <= release.sources.keys():
        raise ValueError("no language, or an unknown source")
    return release
