"""What is wrong with a request: its faults, and the error that carries them."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a request: the place as a JSON Pointer, and the key and values of its text in `texts`."""

    path: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


class RequestError(Exception):
    """A request that is refused, with everything that is wrong with it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults, key=lambda fault: (fault.path, fault.key))
        super().__init__("; ".join(f"{fault.path}: {fault.key}" for fault in self.faults))
