"""The errors of the library that a person at the command line can mend, as sentences. Imported only when there is one."""

from validator.authoring.excel.workbook_reader import WorkbookError
from validator.authoring.excel.workbook_writer import ExcelMissingError
from validator.authoring.timeline_picture import PictureError
from validator.catalogue.csv_tables import CatalogueError
from validator.catalogue.editions.formats import BrokenFileError
from validator.cli.common import Refused
from validator.exchange.release_file import ReleaseFileError
from validator.exchange.signing import SigningError
from validator.rulebook.stored.load import ReleaseLoadError
from validator.rulebook.yaml.problems import RulebookError
from validator.sandbox.sandbox import BusyError, ChildDiedError
from validator.settings import SettingsError
from validator.store.database import StoreError
from validator.store.errors import ReleaseError
from validator.store.keys import KeyNameError
from validator.texts import LANGUAGES, problem_text

_SENTENCES = (
    BrokenFileError,
    CatalogueError,
    ReleaseLoadError,
    ExcelMissingError,
    KeyNameError,
    PictureError,
    ReleaseFileError,
    RulebookError,
    SettingsError,
    SigningError,
    StoreError,
    WorkbookError,
)


def refusal_of(error: Exception) -> Refused | None:
    """The error as a refusal; None for one that is a fault of the program."""
    if isinstance(error, ReleaseError):
        return Refused(problem_text(error.key, LANGUAGES[0], error.values))
    if isinstance(error, BusyError | ChildDiedError):
        return Refused(problem_text("detail-check-interrupted", LANGUAGES[0]))
    return Refused(str(error)) if isinstance(error, _SENTENCES) else None
