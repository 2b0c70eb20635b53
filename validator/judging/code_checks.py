"""Read the diagnoses of a contact, and check spelling, code system and catalogue.

A code that cannot be read takes no part in later checks.
"""

import datetime
from collections.abc import Iterable

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10, ICD10_SE, ICPC, KVA, NAMES, SKS, canonical_form
from validator.catalogue.rubric import is_process_code, looks_like_icpc, normal_form
from validator.contract.encounter import Diagnosis, Encounter, assign_roles
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Hit, Source, Suggestion
from validator.judging.contact_parts import ReadDiagnoses, compact_code
from validator.judging.hits import contract_hit
from validator.judging.paired_codes import merge_pairs
from validator.requests.code_system_check import find_unknown_systems
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.release import Release
from validator.support.lookalikes import find_lookalikes, replace_lookalikes
from validator.texts.lookalike_texts import lookalike_texts

# The standard behind a code system of which the catalogue has a selection only.
_TITLES = {ICD10_SE: "ICD-10 (WHO 2019) med ICD-10-SE:s tillägg"}


class CodeReader:
    """Read codes by one catalogue and one release."""

    def __init__(self, catalogue: Catalogue, release: Release) -> None:
        self.catalogue = catalogue
        self._release = release
        self._own_system = release.system
        self._own_source = self._source(release.system)

    def read(self, encounter: Encounter) -> ReadDiagnoses:
        """Read a contact's diagnoses, and check them.

        The checks are of spelling, system, catalogue, validity, repetition and deletion. A diagnosis whose system is a URI that
        nobody knows is left out. Raises RequestError for another unknown system.
        """
        unknown = find_unknown_systems(encounter, self.catalogue)
        hits = [contract_hit("unknown-system", path, {"given": system}) for path, system in unknown]
        readable: list[ResolvedDiagnosis] = []
        complete = True
        for index, (diagnosis, role) in enumerate(zip(encounter.diagnoses, assign_roles(encounter.diagnoses), strict=True)):
            code, system = normal_form(diagnosis.code), diagnosis.system or self._own_system
            if unknown and not self.catalogue.has_system(system):
                complete = False
                continue
            hit = self._check_code(index, code, system, encounter.date, encounter.previous_diagnoses)
            if hit is not None:
                hits.append(self._lookalike_hit(hit, index, code, system, encounter))
            if hit is not None and hit.blocking:
                complete = False
                continue
            if code != diagnosis.code:
                hits.append(self._hit("normalised", index, code))
            rubric = self.catalogue.get(code) if system == ICPC else None
            details = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
            readable.append(ResolvedDiagnosis(index, canonical_form(code, system), system, role, *details))
        distinct, repeated = _split_repetitions(readable)
        hits.extend(self._repetition_hit(diagnosis) for diagnosis in repeated)
        if encounter.saved_diagnoses:
            hits.extend(self._deletion_hits(encounter, encounter.saved_diagnoses))
        earlier_complete = not (unknown and self._left_out(encounter.previous_diagnoses))
        distinct = merge_pairs(distinct, encounter.diagnoses, self.catalogue)
        return ReadDiagnoses(tuple(distinct), tuple(hits), complete, earlier_complete)

    def _left_out(self, diagnoses: Iterable[Diagnosis] | None) -> set[tuple[str, str]]:
        """Return system and code of the diagnoses whose code system nobody knows."""
        return {
            (item.system, compact_code(item.code))
            for item in diagnoses or ()
            if item.system is not None and not self.catalogue.has_system(item.system)
        }

    def _check_code(
        self, index: int, code: str, system: str, date: datetime.date, previous: tuple[Diagnosis, ...] | None
    ) -> Hit | None:
        if system != ICPC:
            return self._check_membership(index, code, system) or self._check_validity(index, code, system, date, previous)
        if is_process_code(code):
            mild = self.catalogue.get(code) is not None and code[0] != "-"
            wording = "process-code-danish" if mild else None
            return self._hit("process-code", index, code, wording=wording, lowered_severity=Severity.WARNING if mild else None)
        if self.catalogue.get(code) is None:
            return self._not_icpc_hit(index, code)
        return self._check_validity(index, code, system, date, previous)

    def _check_validity(
        self, index: int, code: str, system: str, date: datetime.date, previous: tuple[Diagnosis, ...] | None
    ) -> Hit | None:
        """Check that a code is valid on the date, unless it continues from an earlier contact."""
        concept = self.catalogue.find_concept(code, system)
        if concept is None or concept.is_valid(date):
            return None
        if any(
            (item.system or self._own_system) == system and compact_code(item.code) == compact_code(code) for item in previous or ()
        ):
            return None
        last_day = concept.last_day_before(date)
        wording = "retired-code" if last_day else "retired-code-early"
        day = last_day or concept.periods[0][0]
        return self._hit("retired-code", index, code, wording=wording, foreign_system=self._unless_own(system), date=day)

    def _not_icpc_hit(self, index: int, code: str) -> Hit:
        """Report a code in an ICPC-2 field that ICPC-2 does not have."""
        system = None if looks_like_icpc(code) else self._recognise_system(code)
        if system is None:
            return self._unknown_code_hit(index, code)
        suggestions = tuple(Suggestion("replace", target) for target in self.catalogue.bridges_of(code, system))
        return self._hit("wrong-system", index, code, suggestions=suggestions, system=NAMES[system])

    def _recognise_system(self, code: str) -> str | None:
        """Return the system other than ICPC-2 that an undeclared code belongs to."""
        return next((system for system in (ICD10, SKS, KVA) if self.catalogue.is_member(code, system)), None)

    def _check_membership(self, index: int, code: str, system: str) -> Hit | None:
        """Check that a code belongs to its system, which is not ICPC-2.

        An ICPC-2 code may have been declared wrongly.
        """
        named = self._own_system == ICPC and code in self._release.main_diagnosis_codes
        if not named and self.catalogue.is_member(code, system):
            return None
        in_icpc = self.catalogue.get(code) is not None
        if not in_icpc and system == self._own_system:
            return self._unknown_code_hit(index, code)
        name = self.catalogue.system_name(system)
        if not in_icpc:
            return self._hit("unknown-code", index, code, wording="unknown-code-in", foreign_system=system, system=name)
        suggestions = (Suggestion("replace", code, system=self._unless_own(ICPC)),)
        return self._hit("wrong-system", index, code, wording="wrong-system-declared", suggestions=suggestions, system=name)

    def _unknown_code_hit(self, index: int, code: str) -> Hit:
        """Report a code that the pack's own system does not have."""
        suggestions = tuple(Suggestion("replace", item) for item in self.catalogue.nearest_codes(code, self._own_system))
        return self._hit("unknown-code", index, code, suggestions=suggestions, system=NAMES[self._own_system])

    def _lookalike_hit(self, hit: Hit, index: int, code: str, system: str, encounter: Encounter) -> Hit:
        """Return the hit of an unreadable code, which says so where a character is invisible or only looks right.

        The first suggestion is the code that it looks like, or what that code would be replaced by.
        """
        found = find_lookalikes(code)
        if hit.kind != "unknown-code" or not found:
            return hit
        meant = replace_lookalikes(code)
        of_meant = self._check_code(index, meant, system, encounter.date, encounter.previous_diagnoses) if meant else hit
        itself = (Suggestion("replace", canonical_form(meant, system), system=self._unless_own(system)),)
        return self._hit(
            "unknown-code",
            index,
            meant,
            wording="unknown-code-lookalike" if meant else "unknown-code-invisible",
            foreign_system=self._unless_own(system),
            suggestions=of_meant.suggestions if of_meant is not None and of_meant.blocking else itself,
            characters=lookalike_texts(found),
        )

    def _unless_own(self, system: str) -> str | None:
        """Return the system, but None where it is the pack's own."""
        return None if system == self._own_system else system

    def _repetition_hit(self, diagnosis: ResolvedDiagnosis) -> Hit:
        suggestions = (Suggestion("remove", diagnosis.code, system=self._unless_own(diagnosis.system)),)
        return self._hit("duplicate-code", diagnosis.index, diagnosis.code, suggestions=suggestions)

    def _deletion_hits(self, encounter: Encounter, saved_diagnoses: tuple[Diagnosis, ...]) -> Iterable[Hit]:
        """Report codes of the saved contact that an edit has removed, unless they had to go.

        Nothing is reported where the edit has brought a diagnosis of an unknown system, which may say the same.
        """
        if self._left_out(encounter.diagnoses) - self._left_out(saved_diagnoses):
            return
        present = {replace_lookalikes(compact_code(item.code)) for item in encounter.diagnoses}
        for saved in {compact_code(item.code): item for item in saved_diagnoses}.values():
            if compact_code(saved.code) in present:
                continue
            system = saved.system or self._own_system
            if not self.catalogue.has_system(system):
                continue
            hit = self._check_code(0, normal_form(saved.code), system, encounter.date, None)
            if hit is not None and hit.blocking:
                continue
            code = canonical_form(normal_form(saved.code), system)
            restorable = system == self._own_system and self.catalogue.is_member(code, system)
            suggestions = (Suggestion("restore", code),) if restorable else ()
            path, values = "/encounter/diagnoses", {"code": code}
            yield contract_hit("deleted-code", path, values, suggestions=suggestions, system=saved.system)

    def _source(self, system: str) -> Source:
        """Return the source of a system's codes: its imported edition, else the shipped catalogue."""
        shipped = self.catalogue.timeline.base.source
        source = self.catalogue.edition_source(system) or {**shipped, "title": _TITLES.get(system, shipped["title"])}
        return Source(source["title"], source["date"], status=source.get("status", "decided"))

    def _hit(
        self,
        kind: str,
        index: int,
        code: str,
        *,
        wording: str | None = None,
        lowered_severity: Severity | None = None,
        foreign_system: str | None = None,
        suggestions: tuple[Suggestion, ...] = (),
        **values: object,
    ) -> Hit:
        return Hit(
            kind,
            f"core.{kind}",
            f"/encounter/diagnoses/{index}/code",
            self._source(foreign_system) if foreign_system else self._own_source,
            wording or kind,
            diagnosis=index,
            suggestions=suggestions,
            values={"code": code, **values},
            lowered_severity=lowered_severity,
            system=foreign_system,
        )


def _split_repetitions(diagnoses: list[ResolvedDiagnosis]) -> tuple[list[ResolvedDiagnosis], list[ResolvedDiagnosis]]:
    """Return each code once, as main diagnosis where possible, and the repetitions."""
    if len({compact_code(diagnosis.code) for diagnosis in diagnoses}) == len(diagnoses):
        return diagnoses, []
    first: dict[tuple[str, str], ResolvedDiagnosis] = {}
    for diagnosis in sorted(diagnoses, key=lambda item: item.role != "main"):
        first.setdefault((diagnosis.system, compact_code(diagnosis.code)), diagnosis)
    distinct = sorted(first.values(), key=lambda item: item.index)
    return distinct, [diagnosis for diagnosis in diagnoses if diagnosis not in distinct]
