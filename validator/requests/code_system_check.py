"""Check the code systems of a contact.

Those of the contract and those with an imported edition are known. A URI of another system is no fault of the request: such a
diagnosis is left out when the contact is judged. Another name is one.
"""

from collections.abc import Iterable, Iterator, Sequence

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import SYSTEMS, URIS
from validator.contract.encounter import Diagnosis, Encounter
from validator.requests.errors import Fault, RequestError

_URI_MARK = ":"


def find_unknown_systems(encounter: Encounter, catalogue: Catalogue) -> list[tuple[str, str]]:
    """Return the path and the system of every diagnosis whose system is a URI that nobody knows.

    Raises RequestError where an unknown system is no URI.
    """
    unknown = [(path, system) for path, system in _named_systems(encounter) if not catalogue.has_system(system)]
    _refuse([path for path, system in unknown if _URI_MARK not in system], catalogue)
    return unknown


def require_known_systems(encounter: Encounter, catalogue: Catalogue) -> None:
    """Raise RequestError where a diagnosis names an unknown system."""
    _refuse([path for path, _ in find_unknown_systems(encounter, catalogue)], catalogue)


def _refuse(paths: Sequence[str], catalogue: Catalogue) -> None:
    if paths:
        imported = [system for system in catalogue.imported if system not in SYSTEMS]
        allowed = ", ".join((*SYSTEMS, *URIS, *imported))
        raise RequestError([Fault(path, "choice", {"allowed": allowed}) for path in paths])


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
