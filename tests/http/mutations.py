"""Random mutations of a good request: its members, bytes, headers and address."""

import copy
import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from tests.contacts import REQUESTS, WHOLE
from tests.http.routes import NDJSON, ROUTES

ODD_VALUES: list[Any] = [
    None,
    True,
    False,
    0,
    -1,
    6,
    131,
    2**31,
    2**63,
    -(2**64),
    10**400,
    0.5,
    -0.0,
    1e308,
    "",
    " ",
    "L84",
    "l 86",
    "-31",
    "A30",
    "M17.1",
    "DM171",
    "main",
    "icd-10",
    "sks",
    "kva",
    "icd-10-se",
    "se",
    "51",
    "62",
    "parkinson",
    "0001-01-01",
    "9999-12-31",
    "2024-02-29",
    "2025-02-30",
    "\u0000",
    "{code}",
    "%(x)s",
    "../../etc",
    "a" * 201,
    "ß" * 200,
    "\ud800",
    [],
    {},
    [[]],
    [None],
    {"": None},
]
ODD_HEADERS = [
    "Accept-Language",
    "Content-Type",
    "X-Request-ID",
    "If-None-Match",
    "Accept",
    "Content-Encoding",
    "Range",
    "Cookie",
    "Expect",
]
ODD_TEXTS = [
    "",
    "*",
    ",;=q",
    "en;q=9" * 40,
    "application/json",
    NDJSON,
    'W/"x"',
    "\xff\xfe",
    "da" * 5000,
    "bytes=9-1",
    "100-continue",
    "gzip",
]
ODD_QUERIES = ["release", "audience", "jurisdiction", "limit", "offset", "q", "", "[]"]
LETTERS = "aZ0 /%?#&=.,;:~\\\"'<>{}[]\u0000\u00e6\u00df\u0130\u0301\u200f\ufffd\U0001d11e"


@dataclass
class Sent:
    """A request; its texts are encoded as WSGI does, so that any bytes can be sent."""

    method: str = "POST"
    path: str = "/v1/validate"
    query: str = ""
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": "application/json"})

    @property
    def environ(self) -> dict[str, str]:
        named = {name: f"HTTP_{name.upper().replace('-', '_')}" for name in self.headers}
        variables = {named[name].replace("HTTP_CONTENT_TYPE", "CONTENT_TYPE"): value for name, value in self.headers.items()}
        return {"PATH_INFO": self.path, "QUERY_STRING": self.query, **variables}


def mutate_request(chance: random.Random) -> Sent:
    """Return a request with one to six mutations."""
    content: Any = copy.deepcopy(chance.choice([WHOLE, WHOLE, *REQUESTS.values()]))
    for _ in range(chance.choice([0, 1, 1, 2, 3, 5])):
        _spoil_member(chance, content)
    sent = Sent(body=json.dumps(content, ensure_ascii=chance.random() < 0.5).encode("utf-8", "surrogatepass"))
    if chance.random() < 0.1:
        sent.path, sent.headers["Content-Type"] = "/v1/validate/batch", NDJSON
        sent.body = b"\n".join([sent.body, _bytes(chance, sent.body), b"", sent.body])
    if chance.random() < 0.3:
        sent.body = _bytes(chance, sent.body)
    if chance.random() < 0.2:
        sent.headers[chance.choice(ODD_HEADERS)] = chance.choice([chance.choice(ODD_TEXTS), _latin(_text(chance))])
    if chance.random() < 0.2:
        pairs = [(chance.choice(ODD_QUERIES), chance.choice(["ekm-2024-11", "clinician", "se", "-1", _text(chance)])) for _ in "ab"]
        sent.query = "&".join(f"{name}={quote(value) if chance.random() < 0.7 else _latin(value)}" for name, value in pairs)
    if chance.random() < 0.1:
        sent.method = chance.choice(["GET", "PUT", "HEAD", "OPTIONS", "PATCH", "BREW"])
        sent.path = chance.choice(ROUTES).address + chance.choice(["", "/", "//", "/..", _latin(_text(chance))])
    return sent


def _spoil_member(chance: random.Random, content: Any) -> None:
    """Change, delete, duplicate, move or wrap a value somewhere inside."""
    while isinstance(content, dict | list) and content:
        keys: list[Any] = list(content) if isinstance(content, dict) else list(range(len(content)))
        key = chance.choice(keys)
        if isinstance(content[key], dict | list) and content[key] and chance.random() < 0.8:
            content = content[key]
            continue
        value = content[key]
        match chance.randrange(7):
            case 0:
                del content[key]
            case 1 if isinstance(content, list):
                content.extend([value] * chance.choice([1, 2, 99, 100, 101]))
            case 2 if isinstance(content, dict):
                content[_text(chance)] = value
            case 3:
                content[key] = [value] if chance.random() < 0.5 else {str(key): value}
            case 4:
                content[key] = _text(chance)
            case 5:
                other = chance.choice(keys)
                content[key], content[other] = content[other], content[key]
            case _:
                content[key] = copy.deepcopy(chance.choice(ODD_VALUES))
        return


def _bytes(chance: random.Random, body: bytes) -> bytes:
    """Return the body with bits flipped, or a part removed, duplicated, replaced or truncated."""
    mutated = bytearray(body)
    start, end = sorted(chance.randrange(len(body) + 1) for _ in "ab")
    match chance.randrange(5):
        case 0:
            for _ in range(chance.choice([1, 1, 2, 8])):
                mutated[chance.randrange(len(body))] ^= 1 << chance.randrange(8)
        case 1:
            del mutated[start:end]
        case 2:
            mutated[start:start] = body[start:end]
        case 3:
            mutated[start:end] = chance.randbytes(chance.randrange(20))
        case _:
            del mutated[start:]
    return bytes(mutated)


def _text(chance: random.Random) -> str:
    return "".join(chance.choice(LETTERS) for _ in range(chance.choice([0, 1, 2, 5, 30, 201])))


def _latin(text: str) -> str:
    """Return the text as WSGI encodes it: each byte of its UTF-8 as one character."""
    return text.encode().decode("latin-1")
