"""The error that a view or a check raises to answer a request with problem details."""

from collections.abc import Mapping


class ProblemError(Exception):
    """An error that is answered with problem details.

    It has the status, the key of a text of `validator.texts` with the values of its placeholders, and headers of the answer.
    """

    def __init__(self, status: int, key: str, *, headers: Mapping[str, str] | None = None, **values: object) -> None:
        super().__init__(key)
        self.status, self.key, self.headers, self.values = status, key, headers or {}, values
