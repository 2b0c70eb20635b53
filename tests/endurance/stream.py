"""A stream of drawn contacts, each with the right answer: what the library says of it in this process, byte for byte."""

import json
from dataclasses import dataclass

from benchmarks.contacts import contacts
from benchmarks.servers import post
from validator import Service
from validator.requests.request import read_body

ROUTE = "/v1/validate"


@dataclass(frozen=True, slots=True)
class Asked:
    """A contact as JSON, the same as a request ready to be sent, and the body of the right answer."""

    body: bytes
    request: bytes
    answer: bytes


def stream(service: Service, count: int, seed: int = 51) -> list[Asked]:
    """So many contacts, always the same for a seed."""
    bodies = [json.dumps(contact).encode() for contact in contacts(count, seed)]
    return [Asked(body, post(ROUTE, body), service.judge(read_body(body)).json_text().encode()) for body in bodies]
