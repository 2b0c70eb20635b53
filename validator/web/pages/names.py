"""What the closed values of the contract are called on a page, by the contract's own names; translated where they are shown."""

from collections.abc import Mapping

from validator.web.pages.words import gettext
from validator.web.pages.words import marked as _

SEXES = {"female": _("Female"), "male": _("Male"), "other": _("Other"), "unknown": _("Unknown")}
ROLES = {"main": _("Main diagnosis"), "secondary": _("Secondary diagnosis")}
JOINTS = {
    "hip": _("Hip"),
    "knee": _("Knee"),
    "shoulder": _("Shoulder"),
    "elbow": _("Elbow"),
    "hand": _("Hand"),
    "ankle": _("Ankle"),
    "neck": _("Neck"),
    "back": _("Back"),
}
SERVICES = {
    "individual": _("Individual treatment"),
    "group-training": _("Group training"),
    "supervised-self-training": _("Supervised self-training"),
    "self-training": _("Self-training"),
    "digital-follow-up": _("Digital follow-up"),
    "video": _("Video"),
    "cross-sector": _("Cross-sector cooperation"),
    "examination": _("Examination"),
    "home-visit": _("Home visit"),
}
SEVERITIES = {"error": _("Error"), "warning": _("Warning"), "information": _("Information")}
STATUSES = {"decided": _("decided"), "undecided": _("undecided"), "unconfirmed": _("unconfirmed")}
YES_NO = {"yes": _("Yes"), "no": _("No")}


def choices(names: Mapping[str, str], *, none: str | None = None) -> list[tuple[str, str]]:
    """The names to choose from, in their order; with `none`, which is translated already, first what stands for nothing given."""
    every = [(key, gettext(text)) for key, text in names.items()]
    return every if none is None else [("", none), *every]
