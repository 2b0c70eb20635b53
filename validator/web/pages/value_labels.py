"""Labels of the contract's closed values, by their names in the contract.

They are translated where they are shown.
"""

from collections.abc import Mapping

from validator.contract.verdict import Suggestion
from validator.web.pages.page_gettext import gettext
from validator.web.pages.page_gettext import marked as _

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
SEEN_BY = {
    "clinician": _("the clinician"),
    "vendor": _("whoever makes the practice system"),
    "record": _("nobody; it is kept for the data"),
}
ORIGINS = {
    "rule": _("Clinical rules"),
    "course": _("Rules of the structured courses"),
    "core": _("What every code is checked for"),
}
# The subject of a rule of a course, by the first kind of finding that it can give.
ABOUT = {
    "main-missing": _("main diagnosis"),
    "via-referral": _("referral"),
    "phase-missing": _("phase"),
    "phase-service": _("services"),
}
# The fields of the contact on the try-out page.
FIELDS = {
    "date": _("Date"),
    "specialty": _("Specialty"),
    "course": _("Course"),
    "age": _("Age"),
    "sex": _("Sex"),
    "radiating_pain": _("Pain that radiates"),
    "joints": _("Joints affected"),
    "phase": _("Phase"),
    "contact_number": _("Contact number in the course"),
    "referral": _("Diagnosis on the referral"),
    "previous": _("Codes of earlier contacts in the course"),
    "saved": _("Codes of this contact as it was last saved"),
    "services": _("Services"),
}
YES_NO = {"yes": _("Yes"), "no": _("No")}

CHAPTERS = {
    "A": _("General and unspecified"),
    "B": _("Blood and immune system"),
    "D": _("Digestive system"),
    "F": _("Eye"),
    "H": _("Ear"),
    "K": _("Heart and circulation"),
    "L": _("Muscles, joints and bones"),
    "N": _("Nervous system"),
    "P": _("Mind"),
    "R": _("Airways and lungs"),
    "S": _("Skin"),
    "T": _("Hormones, metabolism and nutrition"),
    "U": _("Kidneys and urinary tract"),
    "W": _("Pregnancy, birth and contraception"),
    "X": _("Female genital organs and breasts"),
    "Y": _("Male genital organs"),
    "Z": _("Social problems"),
    "-": _("Process codes"),
}
KINDS = {
    "symptom": _("Symptoms and complaints"),
    "infection": _("Infections"),
    "neoplasm": _("Tumours"),
    "injury": _("Injuries"),
    "congenital": _("Congenital anomalies"),
    "other": _("Other diagnoses"),
    "process": _("Process codes"),
}
KIND = {
    "symptom": _("symptom or complaint"),
    "infection": _("diagnosis: infection"),
    "neoplasm": _("diagnosis: tumour"),
    "injury": _("diagnosis: injury"),
    "congenital": _("diagnosis: congenital anomaly"),
    "other": _("diagnosis"),
    "process": _("process code"),
}
SYNONYMS = {"lay": _("In everyday words"), "clinical": _("Clinical"), "latin": _("Latin"), "abbreviation": _("Abbreviations")}


def choices(names: Mapping[str, str], *, none: str | None = None) -> list[tuple[str, str]]:
    """Return the options of a select, in order.

    `none` is the translated label of an empty first option.
    """
    options = [(key, gettext(text)) for key, text in names.items()]
    return options if none is None else [("", none), *options]


def field_label(name: str) -> str:
    """Return the label of a field of the contact: "code-2" is the second code."""
    kind, _, number = name.partition("-")
    if kind == "code":
        return gettext("Code %(n)s", n=number)
    if kind == "role":
        return gettext("Role of code %(n)s", n=number)
    return gettext(FIELDS.get(name, name))


def suggestion_label(suggestion: Suggestion) -> str:
    """Return the text of the button that applies a suggestion."""
    subject = " ".join(filter(None, [suggestion.code or "", suggestion.title or suggestion.course]))
    match suggestion.action:
        case "replace":
            return gettext("Use %(subject)s instead", subject=subject)
        case "make-main":
            return gettext("Make %(subject)s the main diagnosis", subject=subject)
        case "remove":
            return gettext("Remove %(subject)s", subject=subject)
        case "restore":
            return gettext("Put %(subject)s back", subject=subject)
        case _:
            return gettext("Add %(subject)s", subject=subject)
