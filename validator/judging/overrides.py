"""Apply the clinician's overrides.

An overridden finding stays in the answer and does not count.
"""

from collections.abc import Iterable
from dataclasses import replace

from validator.contract.encounter import Override
from validator.contract.verdict import Hit
from validator.judging.hits import contract_hit


def apply_overrides(hits: Iterable[Hit], overrides: tuple[Override, ...]) -> list[Hit]:
    """Mark the overridden hits, and add a hit for every override without effect.

    A blocking hit is never overridden.
    """
    result = list(hits)
    by_rule: dict[str, list[int]] = {}
    for number, hit in enumerate(result):
        if not hit.path.startswith("/overrides/"):
            by_rule.setdefault(hit.rule, []).append(number)
    for index, override in enumerate(overrides):
        matching = [number for number in by_rule.get(override.rule, ()) if override.path in (None, result[number].path)]
        allowed = [number for number in matching if not result[number].blocking]
        reason = override.reason.strip()
        if not matching:
            result.append(_ineffective_override("unknown-override", index, "rule", override))
        elif len(allowed) < len(matching):
            result.append(_ineffective_override("override-refused", index, "rule", override))
        elif not reason:
            result.append(_ineffective_override("override-without-reason", index, "reason", override))
        for number in allowed if reason else ():
            result[number] = replace(result[number], override_reason=reason)
    return result


def _ineffective_override(kind: str, index: int, member: str, override: Override) -> Hit:
    return contract_hit(kind, f"/overrides/{index}/{member}", {"rule": override.rule})
