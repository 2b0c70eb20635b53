"""Check the code systems of a contact.

Those of the contract and those with an imported edition are allowed.
"""

from collections.abc import Iterable, Iterator

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.contract.encounter import Diagnosis, Encounter
from validator.requests.errors import Fault, RequestError

_BUILT_IN = frozenset(SYSTEMS)


def require_known_systems(encounter: Encounter, catalogue: Catalogue) -> None:
    """Raise RequestError where a diagnosis names an unknown system."""
    unknown = [path for path, system in _named_systems(encounter) if system not in _BUILT_IN and system not in catalogue.imported]
    if unknown:
        imported = [system for system in catalogue.imported if system not in _BUILT_IN]
        allowed = ", ".join((*SYSTEMS, *URIS, *imported))
        raise RequestError([Fault(path, "choice", {"allowed": allowed}) for path in unknown])


def _named_systems(encounter: Encounter) -> Iterator[tuple[str, str]]:
    """Yield the path and the system of every diagnosis that names one."""
    lists: tuple[tuple[str, Iterable[Diagnosis] | None], ...] = (
        ("diagnoses", encounter.diagnoses),
        ("previous_diagnoses", encounter.previous_diagnoses),
        ("saved_diagnoses", encounter.saved_diagnoses),
        ("referral/diagnoses", encounter.referral.diagnoses if encounter.referral else None),
    )
    for name, diagnoses in lists:
        for index, diagnosis in enumerate(diagnoses or ()):
            if diagnosis.system is not None:
                yield f"/encounter/{name}/{index}/system", diagnosis.system
