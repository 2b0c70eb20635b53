"""Danish reasons why a file could not be read or written."""

import errno

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
    errno.ELOOP: "det er en genvej (et link) til en anden fil",
}


def file_error_reason(error: OSError) -> str:
    """Return the reason for the end of a sentence.

    It is the operating system's text where no Danish one exists.
    """
    return _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
