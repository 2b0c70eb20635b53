"""Write the folder of a draft, all or nothing."""

import contextlib
from collections.abc import Mapping
from pathlib import Path

from validator.cli.input import relative_path
from validator.cli.messages import CommandError
from validator.rulebook.yaml.release_files import PACK_FILE
from validator.settings import BUNDLED
from validator.support.atomic_files import write_atomically
from validator.texts.file_errors import file_error_reason


def require_new_folder(folder: Path) -> None:
    """Raise CommandError for a draft's folder that exists, or that lies in the installed package."""
    if folder.exists():
        raise CommandError("rules.import.draft-exists", folder=relative_path(folder))
    if folder.resolve().is_relative_to(BUNDLED.parent.resolve()):
        raise CommandError("rules.draft.in-package", folder=folder)


def write_draft(folder: Path, files: Mapping[str, str]) -> None:
    """Write the files of a draft.

    The pack file is last, since it makes the folder a release. After a failure, remove what was written. Raises CommandError.
    """
    try:
        folder.mkdir()
        for file in sorted(files, key=lambda file: file == PACK_FILE):
            write_atomically(folder / file, files[file].encode(), exclusive=True)
    except OSError as error:
        for file in files:
            (folder / file).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # the folder could not be created
            folder.rmdir()
        raise CommandError(
            "rules.import.draft-unwritable", folder=relative_path(folder), reason=file_error_reason(error)
        ) from error
