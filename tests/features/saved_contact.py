"""A contact that a scenario builds up and sends through the HTTP layer."""

from typing import Any

from flask.testing import FlaskClient
from structlog.testing import capture_logs
from werkzeug.test import TestResponse


class Contact:
    """The contact of one scenario: the request, the answer, and the current finding."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.encounter: dict[str, Any] = {"diagnoses": []}
        self.overrides: list[dict[str, Any]] = []
        self.headers: dict[str, str] = {}
        self.query: dict[str, str] = {}
        self.response: TestResponse | None = None
        self.log: list[Any] = []
        self.by_draft: Contact | None = None
        self._finding: dict[str, Any] | None = None

    def at(self, client: FlaskClient) -> "Contact":
        """Return the same contact for another client."""
        other = Contact(client)
        other.encounter, other.overrides, other.headers = self.encounter, self.overrides, self.headers
        other.save()
        return other

    def add(self, member: str, codes: list[str], role: str | None, system: str | None = None, day: str | None = None) -> None:
        """Add diagnoses to one of the contact's lists; those of earlier contacts may have a day."""
        optional = {"role": role, "system": system, "date": day}
        for code in codes:
            self.encounter.setdefault(member, []).append(
                {"code": code, **{name: value for name, value in optional.items() if value}}
            )

    def save(self) -> None:
        body = {"encounter": self.encounter, "overrides": self.overrides}
        with capture_logs() as self.log:
            self.response = self.client.post("/v1/validate", json=body, headers=self.headers, query_string=self.query)
        self._finding = None

    def look_up(self, code: str) -> None:
        with capture_logs() as self.log:
            self.response = self.client.get(f"/v1/codes/{code}", headers=self.headers)

    def search(self, query: str) -> None:
        with capture_logs() as self.log:
            self.response = self.client.get("/v1/codes", headers=self.headers, query_string={"q": query})

    @property
    def answer(self) -> TestResponse:
        assert self.response is not None, "nothing was sent"
        return self.response

    @property
    def verdict(self) -> dict[str, Any]:
        assert self.answer.status_code == 200, self.answer.text
        verdict: dict[str, Any] = self.answer.get_json()
        return verdict

    @property
    def kinds(self) -> list[str]:
        return [finding["kind"] for finding in self.verdict["findings"]]

    def findings(self, kind: str) -> list[dict[str, Any]]:
        """Return the findings of a kind, at least one."""
        found = [finding for finding in self.verdict["findings"] if finding["kind"] == kind]
        assert found, f"{kind} is not among {self.kinds}"
        return found

    def look_at(self, kind: str) -> None:
        """Make the only finding of a kind the current one."""
        (self._finding,) = self.findings(kind)

    @property
    def finding(self) -> dict[str, Any]:
        assert self._finding is not None, "no finding was spoken of"
        return self._finding

    def code_at(self, finding: dict[str, Any]) -> Any:
        """Return the code in the request that a finding points at."""
        place: Any = {"encounter": self.encounter, "overrides": self.overrides}
        for step in finding["path"].removesuffix("/role").removesuffix("/code").removesuffix("/system").strip("/").split("/"):
            place = place[int(step)] if isinstance(place, list) else place[step]
        return place["code"]

    def override(self, kind: str, reason: str | None, code: str | None = None) -> None:
        """Save, override the findings of a kind (at `code` only, if there is one) and save again."""
        self.save()
        for finding in self.findings(kind):
            if code is None:
                self.overrides.append({"rule": finding["rule"], "reason": reason})
            elif self.code_at(finding) == code:
                self.overrides.append({"rule": finding["rule"], "reason": reason, "path": finding["path"]})
        self.save()
