"""A learner who reads and answers a case through the HTTP layer."""

from typing import Any

from flask.testing import FlaskClient

from validator.training.case import Case
from validator.training.case_bank import Bank


class Learner:
    """The learner of one scenario, with its case and the last response."""

    def __init__(self, client: FlaskClient, bank: Bank) -> None:
        self._client = client
        self._bank = bank
        self.case: Case | None = None
        self.response: dict[str, Any] = {}

    @property
    def chosen(self) -> Case:
        assert self.case is not None, "no case was chosen"
        return self.case

    def choose(self, title: str) -> None:
        (self.case,) = (case for case in self._bank.cases.values() if case.title["da"] == title)

    def read(self) -> None:
        self.response = self._client.get(f"/v1/cases/{self.chosen.id}").get_json()

    def answer(self, diagnoses: list[dict[str, str]], phase: int | None = None) -> None:
        sent = {"diagnoses": diagnoses, "phase": phase}
        answer = self._client.post(f"/v1/cases/{self.chosen.id}/attempts", json=sent)
        assert answer.status_code == 200, answer.text
        self.response = answer.get_json()
