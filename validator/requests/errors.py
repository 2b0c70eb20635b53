"""The faults of a request and the error that carries them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault at a JSON Pointer.

    `key` and `values` select and fill its text in `validator.texts`.
    """

    path: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class RequestError(Exception):
    """A refused request with all of its faults, sorted by path."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.path, fault.key))
        super().__init__("; ".join(f"{fault.path}: {fault.key}" for fault in self.faults))
