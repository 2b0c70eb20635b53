"""A stream of random contacts, each with the right answer: the verdict of the library in this process, byte for byte."""

import json
from dataclasses import dataclass

from benchmarks.contacts import contacts
from benchmarks.servers import post
from validator import Service
from validator.requests.request import read_body

ROUTE = "/v1/validate"


@dataclass(frozen=True, slots=True)
class Asked:
    """A contact as JSON, its HTTP request, and the body of the right answer."""

    body: bytes
    request: bytes
    answer: bytes


def stream(service: Service, count: int, seed: int = 51, key: str = "") -> list[Asked]:
    """Return contacts, the same ones for the same seed; their requests have the key if there is one."""
    bodies = [json.dumps(contact).encode() for contact in contacts(count, seed)]
    return [Asked(body, post(ROUTE, body, key), service.judge(read_body(body)).json_text().encode()) for body in bodies]


def in_batch(answer: bytes, line: int) -> bytes:
    """Return the answer as a batch gives it, with the number of its line."""
    return b'{"line":%d,' % line + answer[1:]
