"""Sentences for the errors of the library that the user of a command can fix. Imported when there is one."""

from validator.authoring.excel.workbook_reader import WorkbookError
from validator.authoring.excel.workbook_writer import ExcelMissingError
from validator.authoring.timeline_picture import PictureError
from validator.catalogue.csv_tables import CatalogueError
from validator.catalogue.editions.formats import BrokenFileError
from validator.exchange.release_file import ReleaseFileError
from validator.exchange.signing import SigningError
from validator.rulebook.stored.load import CompiledError
from validator.rulebook.yaml.problems import RulebookError
from validator.sandbox.sandbox import BusyError, ChildDiedError
from validator.settings import SettingsError
from validator.store.database import StoreError
from validator.store.errors import ReleaseError
from validator.store.keys import KeyNameError
from validator.texts import LANGUAGES, problem_text

_ERRORS = (
    BrokenFileError,
    CatalogueError,
    CompiledError,
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


def error_text(error: Exception) -> str | None:
    """Return the sentence for an error that the user can fix; None for a fault of the program."""
    if isinstance(error, ReleaseError):
        return problem_text(error.key, LANGUAGES[0], error.values)
    if isinstance(error, BusyError | ChildDiedError):
        return problem_text("detail-check-interrupted", LANGUAGES[0])
    return str(error) if isinstance(error, _ERRORS) else None
