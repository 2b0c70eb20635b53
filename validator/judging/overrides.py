"""Applies the clinician's overrides: a finding that is overridden stays in the answer and does not count."""

from collections.abc import Iterable
from dataclasses import replace

from validator.contract.encounter import Override
from validator.contract.verdict import Hit
from validator.judging.hits import CONTRACT


def apply_overrides(hits: Iterable[Hit], overrides: tuple[Override, ...]) -> list[Hit]:
    """The hits with what is overridden marked, and a hit for every override without effect. A blocking hit is never overridden."""
    result = list(hits)
    for index, override in enumerate(overrides):
        meant = [number for number, hit in enumerate(result) if _is_meant(override, hit)]
        allowed = [number for number in meant if not result[number].blocking]
        reason = override.reason.strip()
        if not meant:
            result.append(_without_effect("unknown-override", index, "rule", override))
        elif len(allowed) < len(meant):
            result.append(_without_effect("override-refused", index, "rule", override))
        elif not reason:
            result.append(_without_effect("override-without-reason", index, "reason", override))
        for number in allowed if reason else ():
            result[number] = replace(result[number], override_reason=reason)
    return result


def _is_meant(override: Override, hit: Hit) -> bool:
    return hit.rule == override.rule and override.path in (None, hit.path) and not hit.path.startswith("/overrides/")


def _without_effect(kind: str, index: int, member: str, override: Override) -> Hit:
    return Hit(kind, f"core.{kind}", f"/overrides/{index}/{member}", CONTRACT, kind, values={"rule": override.rule})
