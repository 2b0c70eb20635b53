"""Comparison of a map from ICD-10 to ICPC-2 with the bridges of a catalogue."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue

Targets = tuple[str, ...]


class Deviation(NamedTuple):
    """An ICD-10 code whose preferred target is none of the map's; `reason` is empty where the catalogue has none."""

    icd10: str
    ours: Targets
    theirs: Targets
    reason: str


class MapComparison(NamedTuple):
    """The number of codes in both, the number of codes without a bridge, and the deviations."""

    compared: int
    without_bridge: int
    deviations: tuple[Deviation, ...]


class BridgeChange(NamedTuple):
    """A code that has other targets with a map than before, which are empty where it has none."""

    icd10: str
    before: Targets
    after: Targets


def compare_map(catalogue: Catalogue, theirs: Mapping[str, Targets]) -> MapComparison:
    """Compare a map with the bridges, code by code of the map."""
    bridged = {code: targets for code, targets in theirs.items() if catalogue.bridge_targets(code)}
    return MapComparison(len(bridged), len(theirs) - len(bridged), tuple(_deviations(catalogue, bridged)))


def bridge_changes(before: Catalogue, after: Catalogue) -> tuple[BridgeChange, ...]:
    """Return what changes for the codes that either catalogue names, in order."""
    changes = (
        BridgeChange(code, before.bridge_targets(code), after.bridge_targets(code))
        for code in sorted(before.bridges.keys() | after.bridges.keys())
    )
    return tuple(change for change in changes if change.before != change.after)


def _deviations(catalogue: Catalogue, theirs: Mapping[str, Targets]) -> Iterator[Deviation]:
    for code in sorted(theirs):
        ours = catalogue.bridge_targets(code)
        if ours[0] not in theirs[code]:
            reason = catalogue.bridge_reasons.get((catalogue.bridge_origin(code), ours[0]), "")
            yield Deviation(code, ours, theirs[code], reason)
