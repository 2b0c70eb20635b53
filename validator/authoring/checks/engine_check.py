"""Whether the rule engine can use the rules of a release."""

import datetime

from validator.judging.matcher import Matcher, MatcherCache
from validator.rulebook.release import Release


def engine_accepts(release: Release) -> bool:
    """Return whether durable-rules accepts the rules of every matcher that a contact can need."""
    if not Matcher(()).is_durable:
        return True  # durable-rules is not available on this machine, which uses the plain engine
    matchers = MatcherCache(release)
    days = (datetime.date.min, *release.change_dates)
    return all(matchers.get(specialty, day).is_durable for day in days for specialty in (*release.specialties, None))
