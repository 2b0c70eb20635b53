"""The problems that only a case file can have, with their Danish texts."""

from collections.abc import Mapping
from typing import ClassVar

from validator.rulebook.yaml.problem_texts import TEXTS, Wording
from validator.rulebook.yaml.problems import Problem
from validator.rulebook.yaml.release_files import ReleaseFiles

CASE_TEXTS: dict[str, Wording] = {
    "missing-file": Wording("filen mangler.", "Vælg mappen med cases."),
    "too-deep": Wording("filen er indlejret dybere, end en case kan være.", "Skriv den fladere."),
    "anchor": Wording("ankre og henvisninger (& og *) bruges ikke i cases.", "Skriv værdien ud."),
    "tag": Wording("mærket {tag} bruges ikke i cases.", "Skriv værdien uden mærke."),
    "unknown-specialty": Wording('specialet "{specialty}" findes ikke i reglerne.', "{hint}"),
    "unknown-course": Wording('forløbet "{course}" findes ikke i reglerne.', "{hint}"),
    "wrong-case-name": Wording('"id" er "{given}", men filen hedder "{file}".', "Brug samme navn begge steder."),
    "personal-data": Wording("her står noget, der ligner et CPR-nummer.", "Slet det; en case handler ikke om en rigtig patient."),
    "bad-given": Wording("{path} kan ikke stå i en kontakt: {reason}", "Ret det til en kontakt, som kontrakten kender."),
    "no-main": Wording("svaret har ingen hoveddiagnose.", "Sæt role: main ved en af koderne, eller skriv []."),
    "same-answer": Wording("svaret står i forvejen.", "Slet det ene."),
    "right-is-remarked": Wording("{code} er hoveddiagnose i et rigtigt svar og kan ikke stå her også.", "Slet den her."),
    "double-remark": Wording("{code} står i forvejen.", "Slet den ene."),
    "phase-twice": Wording("casen spørger om fasen og kan ikke oplyse den samtidig.", 'Slet den ene "phase".'),
    "gives-away": Wording("teksten nævner koden {code}, som er et rigtigt svar.", "Skriv det uden koden."),
    "unknown-case": Wording('casen "{case}" findes ikke i mappen.', "{hint}"),
    "unknown-rule": Wording('reglen "{rule}" findes ikke i {release}.', "{hint}"),
    "unknown-release": Wording('udgaven "{release}" findes ikke.', "{hint}"),
    "key-refused": Wording("reglerne i {release} afviser svaret: {findings}", "Ret svaret, eller ret casen, så svaret er rigtigt."),
    "vignette-length": Wording(
        "sygehistorien er på {words} ord; den bør være på 60 til 120.", "Skriv den kortere eller længere.", warning=True
    ),
    "alternative-refused": Wording(
        "reglerne i {release} afviser {code}, som er godtaget her: {findings}", "Flyt koden til near_misses.", warning=True
    ),
}


class CaseProblem(Problem):
    """A problem in a case file, in the same form as a problem in a rule file."""

    texts: ClassVar[Mapping[str, Wording]] = {**TEXTS, **CASE_TEXTS}


def add_line(problem: Problem, files: ReleaseFiles) -> CaseProblem:
    """Return a problem in a case file with the line of the file that it is about."""
    line = files.line(problem.place.file, problem.place.line)
    return CaseProblem(problem.id, problem.place, problem.values, line)
