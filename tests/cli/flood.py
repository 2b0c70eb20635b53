"""Raw requests, each with a unique CPR number in one place, and a search for those numbers in text."""

import base64
import json
import random
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import quote, unquote_to_bytes

from tests.contacts import WHOLE, changed, places
from validator.support.personal_data import has_cpr

_POINTERS = [pointer for pointer, _ in places(WHOLE)]
_JSON, _NDJSON = "application/json", "application/x-ndjson"
_words = re.compile(r"\S+").findall
_HEADERS = _words("""
Accept Accept-Charset Accept-Encoding Accept-Language Authorization Cache-Control Content-Encoding Content-Language Content-Location
Content-MD5 Content-Type Cookie Date DNT Expect Forwarded From Host If-Match If-Modified-Since If-None-Match If-Range Max-Forwards
Origin Pragma Prefer Range Referer Sec-Fetch-Site TE Traceparent Upgrade User-Agent Via Warning X-API-Key X-Correlation-ID
X-CSRF-Token X-Forwarded-For X-Forwarded-Host X-HTTP-Method-Override X-Patient X-Real-IP X-Request-ID
""")
_ADDRESSES = _words("""
/{} //{} /v1/codes/{} /v1/rules/{} /v1/{}/x /docs/assets/{} /%00{} /v1/codes/%ff{} http://localhost/{} http://{}/v1/courses *{} {}
/v1/courses?release={} /v1/courses?release=%ff{} /v1/courses?{}=1 /v1/courses?limit={} /v1/validate?audience={} /metrics?{}
/health/ready?x=a+{} /openapi.json#{}
""")
_METHODS = ["GET", "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "BREW"]
_FIRST_LINES = [
    "{} /v1/courses HTTP/1.1",
    "GET /v1/courses HTTP/{}",
    "GET /v1/courses {}",
    "{}",
    "GET {} {}",
    "GET /\t{} HTTP/1.1",
]
_KINDS = [_JSON, _JSON, _NDJSON, "multipart/form-data; boundary=b", "application/x-www-form-urlencoded", "text/plain"]


def fresh_number(chance: random.Random) -> str:
    """Ten digits that begin with a real date."""
    while not has_cpr(number := f"{chance.randint(1, 31):02}{chance.randint(1, 12):02}{chance.randrange(10**6):06}"):
        pass
    return number


def spelled(chance: random.Random, number: str) -> str:
    """The number in one of the ways that people and word processors write it, alone or inside a text."""
    written = f"{number[:6]}{chance.choice(['', '-', '-', chr(0x2010), chr(0x2011)])}{number[6:]}"
    return chance.choice(["{}", "{}", "patient {}", "cpr:{}.", "({})", '"{}"', "æ {}", "a/{}"]).replace("{}", written)


def request(line: str, body: bytes = b"", **headers: str) -> bytes:
    """An HTTP/1.1 request that closes its connection."""
    sent_headers = {"Host": "localhost", "Connection": "close", "Content-Length": str(len(body))}
    sent_headers |= {name.replace("_", "-"): value for name, value in headers.items()}
    head = "".join(f"{name}: {value}\r\n" for name, value in sent_headers.items())
    return f"{line}\r\n{head}\r\n".encode() + body


def posted(body: bytes, path: str = "/v1/validate", kind: str = _JSON) -> bytes:
    return request(f"POST {path} HTTP/1.1", body, Content_Type=kind)


def sent(chance: random.Random, number: str) -> bytes:
    """A request with the number in one place."""
    return chance.choice(_PLACES)(chance, spelled(chance, number))


def _member(chance: random.Random, text: str) -> bytes:
    """In a member of the contact, as a text, a name or deeper inside; also escaped, or as a line of a batch."""
    content: Any = changed(chance.choice(_POINTERS), chance.choice([text, {text: 1}, [text], {"x": [{text: text}]}]))
    if chance.random() < 0.3:
        content[chance.choice([text, "encounter", "overrides", "x"])] = chance.choice([text, {text: text}, [[text]]])
    body = json.dumps(content, ensure_ascii=chance.random() < 0.5).encode()
    if chance.random() < 0.2:
        body = re.sub(rb"\d", lambda digit: b"\\u%04x" % digit[0][0], body)
    if chance.random() < 0.3:
        good = json.dumps(WHOLE).encode()
        return posted(b"\n".join([good, body, b"", good]), "/v1/validate/batch", _NDJSON)
    return posted(body)


def _override(_: random.Random, text: str) -> bytes:
    contact = {"date": "2027-06-01", "specialty": "51", "course": "artrose-knae", "diagnoses": [{"code": "L92"}]}
    overrides = [{"rule": "dk.51.artrose-knae", "reason": text}, {"rule": text, "reason": "x"}, {"rule": "x", "path": text}]
    return posted(json.dumps({"encounter": contact, "overrides": overrides}).encode())


def _number(chance: random.Random, text: str) -> bytes:
    """As a JSON number, in any place."""
    digits = re.sub(r"\D", "", text).lstrip("0")
    written = chance.choice([digits, f"-{digits}", f"{digits}.0", f"{digits}e0", f"{digits[0]}.{digits[1:]}e{len(digits) - 1}"])
    return posted(json.dumps(changed(chance.choice(_POINTERS), "@")).replace('"@"', written).encode())


def _broken(chance: random.Random, text: str) -> bytes:
    """In what is no JSON, no UTF-8, too large, too deep, or of another type."""
    body = json.dumps(changed("/encounter/id", text), ensure_ascii=False).encode()
    cut = chance.randrange(len(body))
    bodies = [
        text.encode(),
        body[:cut],
        body[cut:],
        body[:cut] + b"\xff\xfe" + body[cut:],
        b"\xef\xbb\xbf" + body,
        body.decode().encode("utf-16"),
        body + b" " * 2**20,
        f'"{text}'.encode() * 70_000,
        b"[" * 5000 + body,
        json.dumps(changed("/encounter/id", {text: "\ud800", "x": {text: ["\udfff", text]}})).encode(),
        text.encode() + b"\n" + body[:cut] + b"\n\xff" + text.encode(),
        f'--b\r\nContent-Disposition: form-data; name="{text}"; filename="{text}"\r\n\r\n{text}\r\n--b--\r\n'.encode(),
        quote(text).encode() + b"=1&x=" + text.encode(),
    ]
    path = chance.choice(["/v1/validate", "/v1/validate/batch", "/v1/courses"])
    return posted(chance.choice(bodies), path, chance.choice(_KINDS))


def _address(chance: random.Random, text: str) -> bytes:
    escaped = "".join(f"%{byte:02x}" for byte in text.encode())
    written = chance.choice([quote(text), quote(text, safe=""), escaped, text.replace(" ", "+")])
    return request(f"{chance.choice(_METHODS)} {chance.choice(_ADDRESSES).replace('{}', written)} HTTP/1.1")


def _header(chance: random.Random, text: str) -> bytes:
    """In the value of a header, or in its name."""
    value = chance.choice([text, f"Bearer {text}", f'W/"{text}"', f"da, {text};q=0.5", f"x={text}", f"{_JSON}; x={text}", "@"])
    if value == "@":
        value = f"Basic {base64.b64encode(text.encode()).decode()}"
    name = chance.choice([*_HEADERS, f"X-{re.sub(r'[^0-9-]', '', text)}", re.sub(r"\D", "", text)])
    body = json.dumps(WHOLE).encode()
    head = {"Content-Type": _JSON, name: value}
    return request(f"{chance.choice(['POST /v1/validate', 'GET /v1/courses', 'GET /v1/nowhere'])} HTTP/1.1", body, **head)


def _first_line(chance: random.Random, text: str) -> bytes:
    """As the method, the version, or somewhere in a line that is none."""
    return request(chance.choice(_FIRST_LINES).replace("{}", chance.choice([text, re.sub(r"[^0-9-]", "", text)])))


def _framing(chance: random.Random, text: str) -> bytes:
    """Around the body: its length, the sizes of its pieces and what may follow them."""
    digits, body = re.sub(r"\D", "", text), json.dumps(WHOLE).encode()
    head = f"POST /v1/validate HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: {_JSON}\r\n".encode()
    chunk = b"%x;%s\r\n%s\r\n0\r\nX-Trailer: %s\r\n\r\n" % (len(body), text.encode(), body, text.encode())
    return head + chance.choice(
        [
            f"Content-Length: {digits}\r\n\r\n{text}".encode(),
            f"Content-Length: {text}\r\n\r\n{text}".encode(),
            b"Transfer-Encoding: chunked\r\n\r\n" + chunk,
            f"Transfer-Encoding: chunked\r\n\r\n{digits}\r\n{text}\r\n0\r\n\r\n".encode(),
            f"Transfer-Encoding: {text}\r\n\r\n".encode() + body,
            f"Content-Length: {len(body) + 50}\r\n\r\n{text}".encode() + body,
            f"X: a\r\n {text}\r\nContent-Length: 0\r\n\r\n".encode(),
        ]
    )


_PLACES: list[Callable[[random.Random, str], bytes]] = [
    *(_member, _member, _member, _override, _number, _broken, _broken),
    *(_address, _address, _header, _header, _first_line, _framing),
]

# Overlapping, so that a longer run of digits hides none.
_CANDIDATE = re.compile(rb"(?=(\d{6})(?:-|\xe2\x80[\x90\x91]|\\u201[01])?(\d{4}))")
_ESCAPED_DIGIT = re.compile(rb"\\u003(\d)")


def find_numbers(text: bytes, numbers: set[str]) -> set[str]:
    """Return the numbers that a text contains in any spelling, also escaped as in an address or in JSON."""
    found = set()
    for form in (text, unquote_to_bytes(text), _ESCAPED_DIGIT.sub(rb"\1", text)):
        found |= {(match[1] + match[2]).decode() for match in _CANDIDATE.finditer(form)}
    return found & numbers


def requests(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """Numbers, and for each a request that carries it."""
    chance = random.Random(seed)
    for _ in range(count):
        yield (number := fresh_number(chance)), sent(chance, number)
