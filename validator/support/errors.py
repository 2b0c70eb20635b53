"""The base of errors that the user of a command can fix."""


class UserError(Exception):
    """An error of a file, a setting or a call."""

    def sentence(self) -> str:
        """Return the Danish sentence that the command line prints."""
        return str(self)
