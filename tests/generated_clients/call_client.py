"""Call the service at the address, with the key, that are given, through the client of openapi-python-client.

Prints what it answers.
"""

import datetime
import json
import sys

from kodevagt_client import AuthenticatedClient
from kodevagt_client.api.codes import read_code
from kodevagt_client.api.rulebook import list_courses
from kodevagt_client.api.validation import validate_contact
from kodevagt_client.models import Diagnosis, Encounter, Problem, ReadCode, ValidationRequest, Verdict
from kodevagt_client.models.validate_contact_audience import ValidateContactAudience


def request(specialty: str) -> ValidationRequest:
    """Return a contact of 14 October 2025."""
    diagnosis = Diagnosis.from_dict({"code": "L92", "role": "main"})
    date = datetime.date(2025, 10, 14)
    contact = Encounter(date=date, specialty=specialty, diagnoses=[diagnosis], id="contact-7f3a", course="artrose-knae")
    return ValidationRequest(encounter=contact)


client = AuthenticatedClient(base_url=sys.argv[1], token=sys.argv[2])
judged = validate_contact.sync(client=client, body=request("51"), audience=ValidateContactAudience.CLINICIAN, accept_language="en")
assert isinstance(judged, Verdict)
refused = validate_contact.sync(client=client, body=request("x" * 201))
assert isinstance(refused, Problem)
listed = list_courses.sync(client=client, limit=200)
assert listed is not None
assert not isinstance(listed, Problem)
knee = [entry for course in listed.items if course.id == "artrose-knae" for entry in course.main_diagnosis]
read = read_code.sync_detailed("L90", client=client)
assert isinstance(read.parsed, ReadCode)
contacts = [request("51"), request("51")]
body = "".join(json.dumps(contact.to_dict()) + "\n" for contact in contacts)
headers = {"Content-Type": "application/x-ndjson"}
with client.get_httpx_client().stream("POST", "/v1/validate/batch", content=body, headers=headers) as answer:
    lines = [json.loads(line)["line"] for line in answer.iter_lines()]
assert lines == [1, 2]
print(
    json.dumps(
        {
            "id": judged.id,
            "status": str(judged.status),
            "kinds": [finding.kind for finding in judged.findings],
            "codes": [suggestion.code for finding in judged.findings for suggestion in finding.suggestions],
            "refused": [fault.path for fault in refused.errors],
            "listed": [text for entry in knee for text in (entry.from_.isoformat(), *entry.codes)],
            "title": read.parsed.titles["en"],
            "read": read.status_code,
        }
    )
)
