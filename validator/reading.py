"""Reads the diagnoses of a contact: normal form, code system, catalogue. What cannot be read silences the rest."""

from collections.abc import Iterable
from typing import NamedTuple

from validator.catalogue import Catalogue, is_process, normal_form
from validator.catalogue.rubric import reads_as_icpc
from validator.catalogue.systems import ICD10_SE, ICPC, KVA, NAMES, SKS, canonical, icd10, sks
from validator.encounter import Diagnosis, Encounter, roles
from validator.facts import Standing
from validator.kinds import Severity
from validator.rulebook import Release
from validator.verdict import Hit, Source, Suggestion

CONTRACT = Source("Kodevagt, kontrakt v1")
# What stands behind a code system that the catalogue holds a selection of only.
_TITLES = {ICD10_SE: "ICD-10 (WHO 2019) med ICD-10-SE:s tillägg"}


class Reading(NamedTuple):
    """What could be read: the standing diagnoses in order, what was found on the way, and whether every code could be read."""

    standing: tuple[Standing, ...]
    hits: tuple[Hit, ...]
    complete: bool

    @property
    def mains(self) -> list[Standing]:
        return [diagnosis for diagnosis in self.standing if diagnosis.role == "main"]


class CodeReader:
    """Reads codes by one catalogue and one release."""

    def __init__(self, catalogue: Catalogue, release: Release) -> None:
        self.catalogue = catalogue
        self.release = release
        self.own_system = release.system
        self.source = Source(_TITLES.get(self.own_system, catalogue.source["title"]), catalogue.source["date"])

    def read(self, encounter: Encounter) -> Reading:
        """The reading of a contact's diagnoses, with the hits of the checks on form, system, catalogue, repetition and deletion."""
        hits: list[Hit] = []
        standing: list[Standing] = []
        carried = self.codes(encounter.previous_diagnoses)
        faults = 0
        for index, (diagnosis, role) in enumerate(zip(encounter.diagnoses, roles(encounter.diagnoses), strict=True)):
            code, system = normal_form(diagnosis.code), diagnosis.system or self.own_system
            fault = self._fault(index, code, diagnosis.system, encounter, carried)
            if fault is not None:
                hits.append(fault)
            if fault is not None and fault.blocking:
                faults += 1
                continue
            if code != diagnosis.code:
                hits.append(self._hit("normalised", index, code))
            rubric = self.catalogue.get(code) if system == ICPC else None
            place = (rubric.chapter, rubric.component, rubric.kind) if rubric else (None, None, None)
            standing.append(Standing(index, canonical(code, system), system, role, *place))
        kept, repeated = _without_repetitions(standing)
        hits.extend(self._repeated(diagnosis) for diagnosis in repeated)
        if encounter.saved_diagnoses:
            hits.extend(self._deleted(encounter, encounter.saved_diagnoses))
        return Reading(tuple(kept), tuple(hits), complete=not faults)

    def codes(self, diagnoses: Iterable[Diagnosis] | None) -> tuple[str, ...] | None:
        """The codes in this pack's own system, as it writes them; None where the list was not given."""
        if diagnoses is None:
            return None
        own = self.own_system
        return tuple(canonical(normal_form(item.code), own) for item in diagnoses if (item.system or own) == own)

    def _fault(
        self, index: int, code: str, declared: str | None, encounter: Encounter, carried: tuple[str, ...] | None
    ) -> Hit | None:
        system = declared or self.own_system
        if system != ICPC:
            return self._foreign_fault(index, code, system)
        if is_process(code):
            mild = self.catalogue.get(code) is not None and code[0] != "-"
            wording = "process-code-danish" if mild else None
            return self._hit("process-code", index, code, wording=wording, milder=Severity.WARNING if mild else None)
        rubric = self.catalogue.get(code)
        if rubric is None:
            return self._not_icpc(index, code)
        if rubric.is_valid(encounter.date) or code in (carried or ()):
            return None
        if rubric.valid_to is not None and rubric.valid_to < encounter.date:
            return self._hit("retired-code", index, code, date=rubric.valid_to)
        return self._hit("retired-code", index, code, wording="retired-code-early", date=rubric.valid_from)

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
        named = self.own_system == ICPC and code in self.release.named_codes
        if not named and self.catalogue.is_member(code, system):
            return None
        if self.catalogue.get(code) is None and system == self.own_system:
            return self._unknown(index, code)
        if self.catalogue.get(code) is None:
            return self._hit("unknown-code", index, code, wording="unknown-code-in", system=NAMES[system])
        suggestion = Suggestion("replace", code, system=self._foreign(ICPC))
        wording = "wrong-system-declared"
        return self._hit("wrong-system", index, code, wording=wording, suggestions=(suggestion,), system=NAMES[system])

    def _unknown(self, index: int, code: str) -> Hit:
        """A code that this pack's own system does not have."""
        near = tuple(Suggestion("replace", item) for item in self.catalogue.nearest(code, self.own_system))
        return self._hit("unknown-code", index, code, suggestions=near, system=NAMES[self.own_system])

    def _foreign(self, system: str) -> str | None:
        """The system, where it is not this pack's own."""
        return None if system == self.own_system else system

    def _repeated(self, diagnosis: Standing) -> Hit:
        remove = (Suggestion("remove", diagnosis.code, system=self._foreign(diagnosis.system)),)
        return self._hit("duplicate-code", diagnosis.index, diagnosis.code, suggestions=remove)

    def _deleted(self, encounter: Encounter, saved_diagnoses: tuple[Diagnosis, ...]) -> Iterable[Hit]:
        """Codes that the saved contact had and the edited one has not; one that could not stand is rightly gone."""
        now = {_bare(item.code) for item in encounter.diagnoses}
        for saved in {_bare(item.code): item for item in saved_diagnoses}.values():
            fault = None if _bare(saved.code) in now else self._fault(0, normal_form(saved.code), saved.system, encounter, None)
            if _bare(saved.code) in now or (fault is not None and fault.blocking):
                continue
            code = canonical(normal_form(saved.code), saved.system or self.own_system)
            own = (saved.system or self.own_system) == self.own_system
            restore = (Suggestion("restore", code),) if own and self.catalogue.is_member(code, self.own_system) else ()
            rule, path, values = "core.deleted-code", "/encounter/diagnoses", {"code": code}
            yield Hit("deleted-code", rule, path, CONTRACT, "deleted-code", suggestions=restore, values=values, system=saved.system)

    def _hit(
        self,
        kind: str,
        index: int,
        code: str,
        *,
        wording: str | None = None,
        milder: Severity | None = None,
        suggestions: tuple[Suggestion, ...] = (),
        **values: object,
    ) -> Hit:
        return Hit(
            kind,
            f"core.{kind}",
            f"/encounter/diagnoses/{index}/code",
            self.source,
            wording or kind,
            diagnosis=index,
            suggestions=suggestions,
            values={"code": code, **values},
            milder=milder,
        )


def _bare(code: str) -> str:
    """A code without the point that other systems write and nobody has to."""
    return normal_form(code).replace(".", "")


def _without_repetitions(standing: list[Standing]) -> tuple[list[Standing], list[Standing]]:
    """Each code once, as main diagnosis where it stands as one, and the repetitions."""
    if len({_bare(diagnosis.code) for diagnosis in standing}) == len(standing):
        return standing, []
    first: dict[tuple[str, str], Standing] = {}
    for diagnosis in sorted(standing, key=lambda item: item.role != "main"):
        first.setdefault((diagnosis.system, _bare(diagnosis.code)), diagnosis)
    kept = sorted(first.values(), key=lambda item: item.index)
    return kept, [diagnosis for diagnosis in standing if diagnosis not in kept]
