"""The ten most likely mistakes in the two files of the draft that `docs/regler.md` shows."""

from collections.abc import Mapping
from dataclasses import dataclass

from tests.docs.test_whole_draft import FILES
from tests.rulebook.problem_cases import SIGN
from tests.rulebook.test_problems import place_of

_OLD_PERIOD = "- from: 2025-04-01\n        source: ekm-moede-2024\n        codes: [L84, L86]\n"
_NEW_PERIOD = "- from: 2027-03-01\n        source: ekm-afgoerelse-2027\n        codes: [L86]\n"


@dataclass(frozen=True)
class FileMistake:
    """A replacement in a file of the draft; § marks the place of the problem, which `said` describes with the way out."""

    file: str
    old: str
    new: str
    said: tuple[str, str]

    @property
    def files(self) -> dict[str, str]:
        return {**FILES, self.file: self._marked.replace(SIGN, "")}

    @property
    def place(self) -> tuple[str, int, int]:
        """The file, line and column of the problem."""
        return (self.file, *place_of(self._marked))

    @property
    def _marked(self) -> str:
        assert FILES[self.file].count(self.old) == 1
        return FILES[self.file].replace(self.old, self.new)


def _in_new_period(old: str, new: str, *said: str) -> FileMistake:
    what, instead = said
    return FileMistake("courses.yaml", _NEW_PERIOD, _NEW_PERIOD.replace(old, new), (what, instead))


FILE_MISTAKES: Mapping[str, FileMistake] = {
    "misspelt code": _in_new_period("[L86]", "[§L8G]", 'koden "L8G" findes ikke i kataloget.', "Mente du L80, L81, L82?"),
    "hospital code": _in_new_period("[L86]", "[§M48.0]", '"M48.0" er en kode fra ICD-10.', "I ICPC-2 svarer den til L84, L83."),
    "date in the Danish form": _in_new_period("2027-03-01", "§01.03.2027", "er ikke en dato.", "Året skrives først: 2027-03-01."),
    "day that does not exist": _in_new_period("2027-03-01", "§2027-02-29", "er ikke en dato.", "sidste dag er 2027-02-28."),
    "periods that overlap": _in_new_period(
        "- from", "  to: 2027-06-30\n      - §from", "to perioder gælder samtidig: denne begynder 2027-03-01", "Ret en af datoerne."
    ),
    "source that is missing": _in_new_period(
        "ekm-afg", "§ekm-afgj", "findes ikke i pack.yaml. Skriv den under sources i pack.yaml.", 'Mente du "ekm-afgoerelse-2027"?'
    ),
    "source of next year": FileMistake(
        "pack.yaml", "date: 2026", "date: §2032", ("som ikke er kommet endnu.", "Se efter, om året er rigtigt.")
    ),
    "new course instead of the old": FileMistake(
        "courses.yaml",
        "lumbal-stenose:\n    title",
        "lumbal-stenosis:\n    §title",
        ('ligner "lumbal-stenose" (lumbal-stenose), som også gælder.', "så brug dets navn; så bliver det erstattet."),
    ),
    "curly quotes": FileMistake(
        "courses.yaml",
        '"Lumbal spinal stenose"',
        "§“Lumbal spinal stenose”",
        ("her står et krøllet anførselstegn (“)", 'Skriv lige anførselstegn (")'),
    ),
    "old period overwritten": FileMistake(
        "courses.yaml",
        _OLD_PERIOD,
        f"§{_OLD_PERIOD.replace('[L84, L86]', '[L86]')}",
        ("bedømmes anderledes fra 2025-04-01 til 2027-02-28", "Lad den gamle periode stå, og tilføj en ny under den"),
    ),
}
