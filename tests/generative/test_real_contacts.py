"""On random contacts the shipped release has the same findings with both engines, with and without the cache."""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from tests.generative.strategies import PROFILE
from validator import Diagnosis, Encounter, Observations, Patient, Referral, Validator
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS
from validator.contract.encounter import ROLES, SERVICES, SEXES
from validator.engines.durable import DurableEngine, EngineError
from validator.rulebook.release import Release

# Codes in the shipped rules, other codes, and invalid ones; the first are drawn most often.
_CODES_OF_RULES = ("L84", "L86", "L84", "L86", "L90", "L89", "L90", "L89", "L03", "L15", "L13", "L08", "L95", "L29", "X76", "Y78")
_OTHER = ("A29", "A99", "W30", "N87", "K91", "L21", "M17.1", "DM171", "-30", " l 84", "l90", "", "Ærø", "\x00", "{code}")


def _records(record: Callable[..., Any], **members: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw records with these members; the others have their defaults."""
    return st.fixed_dictionaries(members).map(lambda drawn: record(**drawn))


def _maybe(values: Iterable[Any]) -> st.SearchStrategy[Any]:
    """Draw one of the values, or None in a quarter of the cases."""
    known = tuple(values)
    return st.sampled_from(known * 3 + (None,) * len(known))


def _groups(values: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return _maybe([(), *((value,) for value in values), values])


_DIAGNOSES = st.lists(
    _records(
        Diagnosis,
        code=st.sampled_from(_CODES_OF_RULES * 4 + _OTHER),
        system=st.sampled_from((None,) * 20 + (ICPC, ICD10, SKS)),
        role=st.sampled_from((*ROLES, "main", None)),
    ),
    max_size=4,
).map(tuple)
_EARLIER = st.none() | st.lists(_records(Diagnosis, code=st.sampled_from(_CODES_OF_RULES + _OTHER)), max_size=2).map(tuple)


def _encounters(release: Release) -> st.SearchStrategy[Encounter]:
    return _records(
        Encounter,
        date=st.dates(datetime.date(2023, 12, 1), datetime.date(2027, 6, 1)),
        specialty=st.sampled_from(("51",) * 6 + ("57", "62", "65", "99", "")),
        course=st.sampled_from((None,) * 12 + (*release.courses, "lumbal-stenose", "artros")),
        phase=_maybe(range(7)),
        contact_number=_maybe(range(4, 9)),
        patient=_records(Patient, age=_maybe(range(10, 40)), sex=_maybe(SEXES)),
        observations=_records(Observations, radiating_pain=_maybe((True, False)), joints=_groups(("hip", "knee"))),
        diagnoses=_DIAGNOSES,
        previous_diagnoses=_EARLIER,
        saved_diagnoses=_EARLIER,
        referral=st.none() | _records(Referral, diagnoses=_DIAGNOSES),
        services=_groups(SERVICES),
    )


def _raising(*_: Any) -> Any:
    raise EngineError("durable-rules is not to answer here")


@pytest.mark.parametrize("count", [pytest.param(400, marks=pytest.mark.slow), pytest.param(5_000, marks=pytest.mark.soak)])
def test_both_engines_have_the_same_findings(count: int, release: Release, catalogue: Catalogue) -> None:
    uncached, cached = Validator(release, catalogue, cache_size=0), Validator(release, catalogue)
    kinds: Counter[str] = Counter()

    @settings(PROFILE, max_examples=count)
    @given(encounter=_encounters(release), language=st.sampled_from(release.languages))
    def same(encounter: Encounter, language: str) -> None:
        durable = uncached.validate(encounter, language=language).to_json()
        with patch.object(DurableEngine, "evaluate", _raising), capture_logs():
            plain = uncached.validate(encounter, language=language).to_json()
        assert cached.validate(encounter, language=language).to_json() == durable
        assert (durable["rules"].pop("engine"), plain["rules"].pop("engine")) == (DurableEngine.name, "plain")
        assert durable == plain
        kinds.update(finding["kind"] for finding in durable["findings"])

    same()
    print(f"findings in {count} contacts: {dict(kinds)}")
    assert {rule.kind for rule in release.rules} <= kinds.keys()
