"""Hostile requests over real connections, on all routes: odd methods, addresses, headers, encodings, framing and nesting.

Every text of an attacker has the MARK, which must not appear in what the service prints. It is no valid request id.
"""

import contextlib
import gzip
import http.client
import json
import random
import socket
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.contacts import REQUESTS
from tests.http.mutations import mutate_request
from tests.http.routes import NDJSON, ROUTES, Route

MARK = "zq7_Mark"
NO_ANSWER = 0  # the status of a connection that was closed without an answer
_TIMEOUT = 60  # seconds

_METHODS = ["get", "Post", "gET", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "BREW", MARK, "PRI", "GET\t", "G%45T"]
_PATHS = [
    "//v1//codes",
    "//v1//validate",
    "/v1/codes/",
    f"/{MARK}",
    f"//{MARK}.dk/%2e%2e",
    f"/v1/codes/{MARK}%0a%0d{MARK}",
    f"/codes/{MARK}%00",
    f"/cases/{MARK}%ff%fe",
    f"/rules/{'%F0%9D%84%9E' * 50}{MARK}",
    f"/static/site/..%2f..%2f{MARK}",
    f"/static/bootstrap/%2e%2e/%2e%2e/{MARK}",
    f"/v1/rules/{MARK}'\"<script>",
    f"/v1/releases/{MARK * 200}",
    f"http://{MARK}.dk:99999/v1/codes",
    "*",
    f"/groups/{MARK}/cases/{MARK}",
    "/v1/codes;jsessionid=" + MARK,
]
_QUERIES = [
    f"q={MARK}",
    f"q=%00{MARK}",
    f"q={'%C3%A6' * 300}",
    f"q=%ff{MARK}",
    f"limit={MARK}",
    "limit=9" + "9" * 40,
    f"release={MARK}%0a",
    f"release={MARK * 50}",
    f"audience={MARK}",
    f"jurisdiction={MARK}",
    f"language={MARK}",
    "&".join(f"{MARK}{number}=1" for number in range(300)),
    f"={MARK}&&&===",
    f"specialty={MARK}&course=%0d%0a{MARK}",
]
_HOSTS = [
    "127.0.0.1:99999",
    "127.0.0.1:abc",
    f"{MARK}.dk",
    f"{MARK}:0",
    "[::1",
    "[::1]:x",
    "",
    "a b",
    f"a@{MARK}",
    "\xe6",
    "localhost:80:90",
]
_VALUES = [
    MARK,
    f"{MARK}\xff\xfe",
    f"{MARK}," * 200,
    f'"{MARK}',
    f"en;q={MARK}",
    "",
    f"00-{MARK}-01",
    f"bytes={MARK}-",
    f"Bearer {MARK}",
    f"Basic {MARK}",
    f"kodevagt_form={MARK}; kodevagt_learner={MARK}",
    f"{MARK}/json; charset={MARK}",
    f"multipart/form-data; boundary={MARK}",
]
_HEADERS = [
    "Accept",
    "Accept-Charset",
    "Accept-Encoding",
    "Accept-Language",
    "Authorization",
    "Connection",
    "Content-Encoding",
    "Content-Type",
    "Cookie",
    "Expect",
    "Forwarded",
    "If-Match",
    "If-Modified-Since",
    "If-None-Match",
    "If-Range",
    "Origin",
    "Range",
    "Referer",
    "Transfer-Encoding",
    "Upgrade",
    "User-Agent",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-Forwarded-Port",
    "X-Forwarded-Prefix",
    "X-Forwarded-Proto",
    "X-HTTP-Method-Override",
    "X-Request-ID",
    "traceparent",
    "tracestate",
]
MANY_BYTES = b" " * (2**20 + 1)
_LENGTHS = ["-1", "+5", "0x10", "1e3", "99999999999999999999", "5, 5", "", MARK, "١٢"]


@dataclass
class Attack:
    """A request as it is sent; its texts are encoded as Latin-1."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes = b""
    length: str | None = None  # of the Content-Length where it differs from the body's

    @property
    def content(self) -> bytes:
        lines = [f"{self.method} {self.target} HTTP/1.1", *(f"{name}: {value}" for name, value in self.headers)]
        if self.body or self.length is not None:
            lines.append(f"Content-Length: {len(self.body) if self.length is None else self.length}")
        return "\r\n".join([*lines, "", ""]).encode("latin-1", "replace") + self.body


@dataclass
class Attacker:
    """Send attacks one after another, each on the connection of the one before it as long as the service leaves it open."""

    port: int
    keys: Sequence[str]
    seed: int
    statuses: Counter[int] = field(default_factory=Counter)
    failed: list[tuple[int, int, bytes]] = field(default_factory=list)
    _connection: socket.socket | None = None

    def attack(self, count: int, allowed: frozenset[int] = frozenset()) -> None:
        """Send attacks; `failed` gets the number, status and beginning of those with a 5xx that is not allowed."""
        for number in range(count):
            chance = random.Random(f"{self.seed} {number}")
            attack = draw(chance, self.keys)
            status = self._send(attack)
            self.statuses[status] += 1
            if status >= 500 and status not in allowed:
                self.failed.append((number, status, attack.content[:500]))
        self.close()

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _send(self, attack: Attack) -> int:
        reused = self._connection is not None
        connection = self._connection or socket.create_connection(("127.0.0.1", self.port), _TIMEOUT)
        self._connection = None
        try:
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # refused before the body was read
                connection.sendall(attack.content)
            if attack.length is not None or any(name == "Transfer-Encoding" for name, _ in attack.headers):
                connection.shutdown(socket.SHUT_WR)  # or the service would wait for the rest of the body
            response = http.client.HTTPResponse(connection, method=attack.method)
            response.begin()
            response.read()
        except (ConnectionError, http.client.HTTPException, OSError):
            connection.close()
            return self._send(attack) if reused else NO_ANSWER
        if response.will_close or attack.length is not None or "Transfer-Encoding" in dict(attack.headers):
            connection.close()
        else:
            self._connection = connection
        return response.status


def draw(chance: random.Random, keys: Sequence[str]) -> Attack:
    """Return an attack; about every third is a mutated contact."""
    route = chance.choice(ROUTES)
    attack = _mutated(chance) if chance.random() < 0.3 else _on_route(chance, route)
    attack.headers.insert(0, ("Host", chance.choice(_HOSTS) if chance.random() < 0.1 else "127.0.0.1"))
    if keys and chance.random() < 0.7:
        attack.headers.append(("Authorization", f"Bearer {chance.choice(keys)}"))
    for _ in range(chance.choice([0, 0, 1, 1, 2, 5])):
        name = chance.choice(_HEADERS)
        if name != "Transfer-Encoding" or chance.random() < 0.2:
            attack.headers.append((name, chance.choice(_VALUES)))
    if chance.random() < 0.05:
        attack.length = chance.choice([*_LENGTHS, str(len(attack.body) + 10), str(len(attack.body) // 2)])
    return attack


def _mutated(chance: random.Random) -> Attack:
    sent = mutate_request(chance)
    target = "/" + "".join(letter for letter in sent.path[1:] if letter > " ") + (f"?{sent.query}" if sent.query else "")
    headers = [(name, value) for name, value in sent.headers.items() if "\n" not in value and "\r" not in value]
    return Attack(sent.method, target.replace("\x00", ""), headers, sent.body)


def _on_route(chance: random.Random, route: Route) -> Attack:
    method = chance.choice(_METHODS) if chance.random() < 0.2 else route.method
    target = (
        chance.choice(_PATHS) if chance.random() < 0.2 else route.address.replace("/1", f"/{chance.choice(['L86', MARK, '1'])}")
    )
    if chance.random() < 0.3:
        target += "?" + chance.choice(_QUERIES)
    if route.method == "GET" and chance.random() < 0.8:
        return Attack(method, target, [])
    type, body = (route.content_type or "", MANY_BYTES) if chance.random() < 0.1 else chance.choice(_BODIES)
    return Attack(method, target, [("Content-Type", type)], body)


def _bodies() -> list[tuple[str, bytes]]:
    """Return media types and bodies, right and wrong ones for each other."""
    json_type, form = "application/json", "application/x-www-form-urlencoded"
    contact = json.dumps({**next(iter(REQUESTS.values())), MARK: MARK}).encode()
    texts = [
        contact,
        b"[" * 100_000,
        b'{"a":' * 600 + b"1" + b"}" * 600,
        f'{{"encounter": "{MARK}"}}'.encode(),
        f'{{"{MARK}": '.encode() + b"9" * 5000 + b"}",
        contact.replace(b"L84", b"\xff\xfe"),
        f'{{"files": {{"pack.yaml": "{MARK}: &a [*a, *a]"}}, "note": "{MARK}"}}'.encode(),
        f'{{"files": {{"../{MARK}.yaml": "pack: dk"}}, "note": "x", "contacts": [1]}}'.encode(),
        f'{{"diagnoses": [{{"code": "{MARK}"}}], "phase": "{MARK}"}}'.encode(),
        f'{{"code": "{MARK}", "group": "{MARK}"}}'.encode(),
        MARK.encode(),
        b"\xef\xbb\xbf" + contact,
        contact.decode().encode("utf-16"),
        gzip.compress(contact),
        b"",
    ]
    forms = [
        f"form_token={MARK}&code-1={MARK}&date={MARK}".encode(),
        "&".join(f"code-{number}={MARK}" for number in range(2000)).encode(),
        b"%ff=%fe&" * 500,
        f"form_token={MARK}&form_token=x&group={MARK}%0a".encode(),
    ]
    part = f'--{MARK}\r\nContent-Disposition: form-data; name="{MARK}"; filename="{MARK}"\r\n\r\n{MARK}\r\n--{MARK}--\r\n'.encode()
    return [
        *((json_type, text) for text in texts),
        *((form, text) for text in forms),
        (f"multipart/form-data; boundary={MARK}", part),
        (f"multipart/form-data; boundary={MARK}", part[:60]),
        (NDJSON, b"\n".join([contact, b"[" * 1000, MARK.encode(), b"", contact])),
        (f"text/{MARK}", contact),
    ]


_BODIES = _bodies()
