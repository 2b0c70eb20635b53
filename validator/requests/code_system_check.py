"""The code systems that the diagnoses of a contact may name: those of the contract, and those of which an edition was imported."""

from collections.abc import Iterable, Iterator

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.contract.encounter import Diagnosis, Encounter
from validator.requests.errors import Fault, RequestError

_BUILT_IN = frozenset(SYSTEMS)


def require_known_systems(encounter: Encounter, catalogue: Catalogue) -> None:
    """Raises RequestError where a diagnosis names a system by a URI that nothing is known of."""
    unknown = [place for place, system in _named_systems(encounter) if system not in _BUILT_IN and system not in catalogue.imported]
    if unknown:
        added = [system for system in catalogue.imported if system not in _BUILT_IN]
        allowed = ", ".join((*SYSTEMS, *URIS, *added))
        raise RequestError([Fault(place, "choice", {"allowed": allowed}) for place in unknown])


def _named_systems(encounter: Encounter) -> Iterator[tuple[str, str]]:
    """Each system that is named, with the place where it stands."""
    referred = encounter.referral.diagnoses if encounter.referral else None
    lists: tuple[tuple[str, Iterable[Diagnosis] | None], ...] = (
        ("diagnoses", encounter.diagnoses),
        ("previous_diagnoses", encounter.previous_diagnoses),
        ("saved_diagnoses", encounter.saved_diagnoses),
        ("referral/diagnoses", referred),
    )
    for name, diagnoses in lists:
        for index, diagnosis in enumerate(diagnoses or ()):
            if diagnosis.system is not None:
                yield f"/encounter/{name}/{index}/system", diagnosis.system
