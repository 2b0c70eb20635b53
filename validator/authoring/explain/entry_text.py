"""An entry of the course table in words: its values and its status, in the language of the reader."""

from collections.abc import Mapping

from validator.contract.verdict import Source
from validator.rulebook.course import Entry, MainDiagnosis, Phases, ReferralCodes, Services
from validator.texts import alternatives, release_text

Sources = Mapping[str, Source]


def entry_status(entry: Entry, sources: Sources) -> str:
    """Return the status of an entry as a clinician sees it: never more certain than its source."""
    status = entry.status if isinstance(entry, MainDiagnosis) else "decided"
    return sources[entry.source].status if status == "decided" else status


def status_text(status: str, language: str) -> str:
    """Return the name of a status."""
    return release_text(f"status.{status}", language)


def describe_entry(entry: Entry, sources: Sources, language: str) -> str:
    """Return the values and the status of an entry."""
    status = status_text(entry_status(entry, sources), language)
    return release_text("entry.status", language, entry=entry_text(entry, language), status=status)


def entry_text(entry: Entry, language: str) -> str:
    """Return the values of an entry."""
    match entry:
        case MainDiagnosis():
            text = release_text("entry.main", language, codes=alternatives(entry.codes, language))
            if entry.several:
                text += release_text("entry.several", language)
            if entry.start_codes:
                text += release_text("entry.start-codes", language, codes=alternatives(entry.start_codes, language))
            if entry.running == "ask":
                text += release_text("entry.running-ask", language)
            return text
        case ReferralCodes():
            return release_text(
                "entry.referral", language, sks=alternatives(entry.sks, language), icpc=alternatives(entry.icpc, language)
            )
        case Phases():
            return release_text("entry.phases", language, first=entry.first, last=entry.last)
        case Services():
            phases = [
                release_text("entry.phase", language, phase=phase, services=", ".join(services))
                for phase, services in sorted(entry.by_phase.items())
            ]
            return release_text("entry.services", language, phases="; ".join(phases))
    raise TypeError(type(entry).__name__)
