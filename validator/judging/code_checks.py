"""Reads the diagnoses of a contact: normal form, code system, catalogue. What cannot be read silences the rest."""

import datetime
from collections.abc import Iterable
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.code_systems import ICD10_SE, ICPC, KVA, NAMES, SKS, canonical, icd10, sks
from validator.catalogue.rubric import is_process, normal_form, reads_as_icpc
from validator.contract.encounter import Diagnosis, Encounter, roles
from validator.contract.finding_kinds import Severity
from validator.contract.verdict import Hit, Source, Suggestion
from validator.judging.hits import CONTRACT
from validator.rulebook.facts import ResolvedDiagnosis
from validator.rulebook.release import Release

# What stands behind a code system that the catalogue holds a selection of only.
_TITLES = {ICD10_SE: "ICD-10 (WHO 2019) med ICD-10-SE:s tillägg"}


class Reading(NamedTuple):
    """The diagnoses that could be read, in order, the hits of reading, and whether every code could be read."""

    diagnoses: tuple[ResolvedDiagnosis, ...]
    hits: tuple[Hit, ...]
    complete: bool

    @property
    def mains(self) -> list[ResolvedDiagnosis]:
        return [diagnosis for diagnosis in self.diagnoses if diagnosis.role == "main"]


class CodeReader:
    """Reads codes by one catalogue and one release."""

    def __init__(self, catalogue: Catalogue, release: Release) -> None:
        self.catalogue = catalogue
        self.release = release
        self.own_system = release.system
        self.source = self._source(self.own_system)

    def read(self, encounter: Encounter) -> Reading:
        """The reading of a contact's diagnoses, with the hits of the checks on form, system, catalogue, repetition and deletion."""
        hits: list[Hit] = []
        read: list[ResolvedDiagnosis] = []
        faults = 0
        for index, (diagnosis, role) in enumerate(zip(encounter.diagnoses, roles(encounter.diagnoses), strict=True)):
            code, system = normal_form(diagnosis.code), diagnosis.system or self.own_system
            fault = self._fault(index, code, diagnosis.system, encounter.date, encounter.previous_diagnoses)
            if fault is not None:
                hits.append(fault)
            if fault is not None and fault.blocking:
                faults += 1
                continue
            if code != diagnosis.code:
                hits.append(self._hit("normalised", index, code))
            rubric = self.catalogue.get(code) if system == ICPC else None
            place = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
            read.append(ResolvedDiagnosis(index, canonical(code, system), system, role, *place))
        kept, repeated = _without_repetitions(read)
        hits.extend(self._repeated(diagnosis) for diagnosis in repeated)
        if encounter.saved_diagnoses:
            hits.extend(self._deleted(encounter, encounter.saved_diagnoses))
        return Reading(tuple(kept), tuple(hits), complete=not faults)

    def _fault(
        self, index: int, code: str, declared: str | None, date: datetime.date, previous: tuple[Diagnosis, ...] | None
    ) -> Hit | None:
        system = declared or self.own_system
        if system != ICPC:
            return self._foreign_fault(index, code, system) or self._retired(index, code, system, date, previous)
        if is_process(code):
            mild = self.catalogue.get(code) is not None and code[0] != "-"
            wording = "process-code-danish" if mild else None
            return self._hit("process-code", index, code, wording=wording, milder=Severity.WARNING if mild else None)
        if self.catalogue.get(code) is None:
            return self._not_icpc(index, code)
        return self._retired(index, code, system, date, previous)

    def _retired(
        self, index: int, code: str, system: str, date: datetime.date, previous: tuple[Diagnosis, ...] | None
    ) -> Hit | None:
        """A code that is not valid on the date, unless it is carried on from an earlier contact."""
        known = self.catalogue.concept(code, system)
        if known is None or known.is_valid(date):
            return None
        if any((item.system or self.own_system) == system and _bare(item.code) == _bare(code) for item in previous or ()):
            return None
        late = known.valid_to is not None and known.valid_to < date
        wording = "retired-code" if late else "retired-code-early"
        day = known.valid_to if late else known.valid_from
        return self._hit("retired-code", index, code, wording=wording, of=self._foreign(system), date=day)

    def _not_icpc(self, index: int, code: str) -> Hit:
        """A code in an ICPC-2 field that ICPC-2 does not have."""
        system = None if reads_as_icpc(code) else self._home(code)
        if system is None:
            return self._unknown(index, code)
        targets = self.catalogue.bridge((sks(code) if system == SKS else icd10(code)) or "")
        suggestions = tuple(Suggestion("replace", target) for target in targets)
        return self._hit("wrong-system", index, code, suggestions=suggestions, system=NAMES[system])

    def _home(self, code: str) -> str | None:
        """The system that an undeclared code is a member of, if it is not ICPC-2."""
        if icd10(code):
            return "icd-10"
        if sks(code):
            return SKS
        return KVA if self.catalogue.is_member(code, KVA) else None

    def _foreign_fault(self, index: int, code: str, system: str) -> Hit | None:
        """A diagnosis declared in another system than ICPC-2: right there, or an ICPC-2 code that was declared wrongly."""
        named = self.own_system == ICPC and code in self.release.main_diagnosis_codes
        if not named and self.catalogue.is_member(code, system):
            return None
        if self.catalogue.get(code) is None and system == self.own_system:
            return self._unknown(index, code)
        if self.catalogue.get(code) is None:
            name = self.catalogue.system_name(system)
            return self._hit("unknown-code", index, code, wording="unknown-code-in", of=system, system=name)
        suggestion = Suggestion("replace", code, system=self._foreign(ICPC))
        wording = "wrong-system-declared"
        name = self.catalogue.system_name(system)
        return self._hit("wrong-system", index, code, wording=wording, suggestions=(suggestion,), system=name)

    def _unknown(self, index: int, code: str) -> Hit:
        """A code that this pack's own system does not have."""
        near = tuple(Suggestion("replace", item) for item in self.catalogue.nearest(code, self.own_system))
        return self._hit("unknown-code", index, code, suggestions=near, system=NAMES[self.own_system])

    def _foreign(self, system: str) -> str | None:
        """The system, where it is not this pack's own."""
        return None if system == self.own_system else system

    def _repeated(self, diagnosis: ResolvedDiagnosis) -> Hit:
        remove = (Suggestion("remove", diagnosis.code, system=self._foreign(diagnosis.system)),)
        return self._hit("duplicate-code", diagnosis.index, diagnosis.code, suggestions=remove)

    def _deleted(self, encounter: Encounter, saved_diagnoses: tuple[Diagnosis, ...]) -> Iterable[Hit]:
        """Codes that the saved contact had and the edited one has not; one that could not stand is rightly gone."""
        now = {_bare(item.code) for item in encounter.diagnoses}
        for saved in {_bare(item.code): item for item in saved_diagnoses}.values():
            if _bare(saved.code) in now:
                continue
            fault = self._fault(0, normal_form(saved.code), saved.system, encounter.date, None)
            if fault is not None and fault.blocking:
                continue
            code = canonical(normal_form(saved.code), saved.system or self.own_system)
            own = (saved.system or self.own_system) == self.own_system
            restore = (Suggestion("restore", code),) if own and self.catalogue.is_member(code, self.own_system) else ()
            rule, path, values = "core.deleted-code", "/encounter/diagnoses", {"code": code}
            yield Hit("deleted-code", rule, path, CONTRACT, "deleted-code", suggestions=restore, values=values, system=saved.system)

    def _source(self, system: str) -> Source:
        """Where the codes of a system come from; of one that no edition was added to, the shipped catalogue."""
        shipped = {"title": _TITLES.get(system, self.catalogue.timeline.base.source["title"])}
        source = self.catalogue.source_of(system) or {**self.catalogue.timeline.base.source, **shipped}
        return Source(source["title"], source["date"], status=source.get("status", "decided"))

    def _hit(
        self,
        kind: str,
        index: int,
        code: str,
        *,
        wording: str | None = None,
        milder: Severity | None = None,
        of: str | None = None,
        suggestions: tuple[Suggestion, ...] = (),
        **values: object,
    ) -> Hit:
        return Hit(
            kind,
            f"core.{kind}",
            f"/encounter/diagnoses/{index}/code",
            self._source(of) if of else self.source,
            wording or kind,
            diagnosis=index,
            suggestions=suggestions,
            values={"code": code, **values},
            milder=milder,
            system=of,
        )


def codes_of(diagnoses: Iterable[Diagnosis] | None, own: str) -> tuple[str, ...] | None:
    """The codes that are of a pack's `own` system, as it writes them; None where the list was not given."""
    if diagnoses is None:
        return None
    return tuple(canonical(normal_form(item.code), own) for item in diagnoses if (item.system or own) == own)


def _bare(code: str) -> str:
    """A code without the point that other systems write and nobody has to."""
    return normal_form(code).replace(".", "")


def _without_repetitions(diagnoses: list[ResolvedDiagnosis]) -> tuple[list[ResolvedDiagnosis], list[ResolvedDiagnosis]]:
    """Each code once, as main diagnosis where it stands as one, and the repetitions."""
    if len({_bare(diagnosis.code) for diagnosis in diagnoses}) == len(diagnoses):
        return diagnoses, []
    first: dict[tuple[str, str], ResolvedDiagnosis] = {}
    for diagnosis in sorted(diagnoses, key=lambda item: item.role != "main"):
        first.setdefault((diagnosis.system, _bare(diagnosis.code)), diagnosis)
    kept = sorted(first.values(), key=lambda item: item.index)
    return kept, [diagnosis for diagnosis in diagnoses if diagnosis not in kept]
