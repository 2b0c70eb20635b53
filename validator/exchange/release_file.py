"""Read and write signed release files.

By such a file, one installation receives the releases of another.
"""

import json
from dataclasses import dataclass
from typing import Any

from validator.exchange.signing import SigningKey, is_valid_signature
from validator.rulebook.release import Release
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.store.published_releases import PublishedRelease
from validator.support.errors import UserError
from validator.support.json_encoding import encode_json
from validator.support.personal_data import has_cpr
from validator.texts import danish_text

FORMAT, VERSION = "kodevagt-release-file", 1
_MEMBERS = ("digest", "edition", "author", "note")
_MAX_EDITION = 200  # characters of the name of a catalogue


class ReleaseFileError(UserError):
    """The file is refused; the text says why, in Danish."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(danish_text(f"release-file.{key}", **values))


@dataclass(frozen=True, slots=True)
class ReceivedRelease:
    """A release from a file with a valid signature.

    `key` is the public key; the other members were set by the publisher.
    """

    release: Release
    digest: str
    edition: str
    author: str
    note: str
    key: str


def write_release_file(published: PublishedRelease, compiled: str, key: SigningKey | None) -> str:
    """Return the content of a release file, signed where there is a key. It is deterministic."""
    payload = encode_json(
        {
            "release": compiled,
            "digest": published.digest,
            "edition": published.edition,
            "author": published.author,
            "note": published.note,
            "published": published.at.isoformat(),
        }
    )
    signature = key.sign(_signed_content(payload)) if key else None
    return encode_json(
        {"format": FORMAT, "version": VERSION, "payload": payload, "key": key and key.public, "signature": signature}
    )


def read_release_file(content: bytes, trusted: frozenset[str]) -> ReceivedRelease:
    """Read a release file that one of the trusted keys has signed. Raises ReleaseFileError."""
    envelope = _parse_object(content, "unknown")
    if envelope.get("format") != FORMAT or not isinstance(envelope.get("payload"), str):
        raise ReleaseFileError("unknown")
    if json.dumps(envelope.get("version")) != str(VERSION):
        raise ReleaseFileError("version")
    payload, key, signature = envelope["payload"], envelope.get("key"), envelope.get("signature")
    if not isinstance(key, str) or not isinstance(signature, str):
        raise ReleaseFileError("unsigned")
    if key not in trusted:
        raise ReleaseFileError("untrusted", public_key="".join(character for character in key[:80] if character.isprintable()))
    if not is_valid_signature(_signed_content(payload), signature, key):
        raise ReleaseFileError("changed")
    return _read_payload(payload, key)


def _read_payload(payload: str, key: str) -> ReceivedRelease:
    members = _parse_object(payload.encode(errors="surrogatepass"), "inconsistent")
    if not all(isinstance(members.get(name), str) for name in ("release", *_MEMBERS)):
        raise ReleaseFileError("inconsistent")
    if not members["edition"].isprintable() or len(members["edition"]) > _MAX_EDITION or has_cpr(members["edition"]):
        raise ReleaseFileError("inconsistent")
    try:
        release = load_release(members["release"])
    except ReleaseLoadError as error:
        raise ReleaseFileError("not-compiled", reason=error) from error
    if release.digest(members["edition"]) != members["digest"]:
        raise ReleaseFileError("inconsistent")
    return ReceivedRelease(release, key=key, **{name: members[name] for name in _MEMBERS})


def _signed_content(payload: str) -> bytes:
    """Return what is signed: the payload after its format.

    So no signature of another format is valid for the payload.
    """
    return f"{FORMAT} {VERSION}\n{payload}".encode(errors="surrogatepass")


def _parse_object(content: bytes, error_key: str) -> dict[str, Any]:
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReleaseFileError(error_key) from error
    if not isinstance(value, dict):
        raise ReleaseFileError(error_key)
    return value
