"""Codes of SKS and ICD-10 that stand beside their ICPC-2 code, for one condition.

A bridge of the catalogue decides which ICPC-2 code is theirs. Such a code counts as that diagnosis and is no further one.
"""

from collections.abc import Sequence
from dataclasses import replace

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICPC, SKS
from validator.contract.encounter import Diagnosis
from validator.rulebook.facts import ResolvedDiagnosis

_PAIRED_SYSTEMS = frozenset({SKS, ICD10})


def merge_pairs(diagnoses: list[ResolvedDiagnosis], given: Sequence[Diagnosis], catalogue: Catalogue) -> list[ResolvedDiagnosis]:
    """Return the diagnoses without those that count as another one; `given` are all of the contact.

    A pair is the main diagnosis where either of its codes is, and where it is the contact's only diagnosis and names no role.
    """
    if not any(diagnosis.system in _PAIRED_SYSTEMS for diagnosis in diagnoses):
        return diagnoses
    by_code = {diagnosis.code: diagnosis for diagnosis in diagnoses if diagnosis.system == ICPC}
    partners: dict[int, ResolvedDiagnosis] = {}  # by the index of the code that counts as its partner
    mains: set[int] = set()
    for diagnosis in diagnoses:
        if diagnosis.system in _PAIRED_SYSTEMS:
            named = [by_code[code] for code in catalogue.bridges_of(diagnosis.code, diagnosis.system) if code in by_code]
            if named:
                partner = partners[diagnosis.index] = min(named, key=lambda item: item.role != "main")
                mains |= {partner.index} if diagnosis.role == "main" else set()
    merged = [diagnosis for diagnosis in diagnoses if diagnosis.index not in partners]
    if partners and len(given) - len(partners) == 1 and given[merged[0].index].role is None:
        mains.add(merged[0].index)
    return [replace(diagnosis, role="main") if diagnosis.index in mains else diagnosis for diagnosis in merged]
