"""Danish reasons why a file could not be read or written."""

import errno

from validator.support.bounded_files import FileTooLargeError

_REASONS = {
    errno.EACCES: "der er ikke adgang",
    errno.EPERM: "der er ikke adgang",
    errno.EROFS: "der kan kun læses",
    errno.EISDIR: "det er en mappe",
    errno.ENOENT: "findes ikke",
    errno.ENOTDIR: "en del af stien er ikke en mappe",
    errno.ENOSPC: "disken er fuld",
    errno.EDQUOT: "pladsen er brugt op",
    errno.ENAMETOOLONG: "navnet er for langt",
    errno.ENXIO: "det er ikke en almindelig fil",
    errno.ELOOP: "det er et link (en genvej)",
}


def file_error_reason(error: OSError) -> str:
    """Return the reason for the end of a sentence.

    It is the operating system's text where no Danish one exists.
    """
    if isinstance(error, FileTooLargeError):
        return f"den er større end {error.limit // 2**20} MB"
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
