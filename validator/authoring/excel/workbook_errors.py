"""The error for a file that is not a workbook of the course table."""

from validator.support.errors import UserError


class WorkbookError(UserError):
    """A file that is not a workbook of the course table.

    The text says why in one Danish sentence.
    """
