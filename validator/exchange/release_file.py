"""A release in one file that another installation can take in: what was published, by whom, and the signature that proves it."""

import json
from dataclasses import dataclass
from typing import Any

from validator.exchange.signing import SigningKey, is_valid_signature
from validator.rulebook.release import Release
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.store.published_releases import PublishedRelease
from validator.support.json_encoding import encode_json

FORMAT, VERSION = "kodevagt-release-file", 1
_MEMBERS = ("digest", "edition", "author", "note")


class ReleaseFileError(Exception):
    """A file that is not taken in; the text says why, in one Danish sentence."""


@dataclass(frozen=True, slots=True)
class ReceivedRelease:
    """A release from a file whose signature holds: `key` is the public key, the rest is as at the place where it was published."""

    release: Release
    digest: str
    edition: str
    author: str
    note: str
    key: str


def write_release_file(published: PublishedRelease, compiled: str, key: SigningKey | None) -> str:
    """The file of a release, signed where there is a key. The same release with the same key gives the same file."""
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
    signature = key.sign(_signed(payload)) if key else None
    return encode_json(
        {"format": FORMAT, "version": VERSION, "payload": payload, "key": key and key.public, "signature": signature}
    )


def read_release_file(content: bytes, trusted: frozenset[str]) -> ReceivedRelease:
    """What a file holds, if one of the trusted keys has signed it. Raises ReleaseFileError."""
    envelope = _object(content, "Filen er ikke en udgave, som Kodevagt har skrevet.")
    if envelope.get("format") != FORMAT or not isinstance(envelope.get("payload"), str):
        raise ReleaseFileError("Filen er ikke en udgave, som Kodevagt har skrevet.")
    if json.dumps(envelope.get("version")) != str(VERSION):
        raise ReleaseFileError("Filen er skrevet i en form, som denne version af Kodevagt ikke kender.")
    payload, key, signature = envelope["payload"], envelope.get("key"), envelope.get("signature")
    if not isinstance(key, str) or not isinstance(signature, str):
        raise ReleaseFileError("Filen er ikke underskrevet. Bed afsenderen om en, der er.")
    if key not in trusted:
        raise ReleaseFileError(
            f"Filen er underskrevet med en nøgle, som ikke er kendt her ({_shown(key)}). "
            "Er den afsenderens, så skriv den i filen, som KODEVAGT_TRUSTED peger på."
        )
    if not is_valid_signature(_signed(payload), signature, key):
        raise ReleaseFileError("Filen er ændret, efter at den blev underskrevet. Hent den igen.")
    return _received(payload, key)


def _received(payload: str, key: str) -> ReceivedRelease:
    broken = "Filens indhold hører ikke sammen. Bed afsenderen om at skrive den igen."
    held = _object(payload.encode(), broken)
    if not all(isinstance(held.get(name), str) for name in ("release", *_MEMBERS)):
        raise ReleaseFileError(broken)
    try:
        release = load_release(held["release"])
    except ReleaseLoadError as error:
        raise ReleaseFileError(str(error)) from error
    if release.digest(held["edition"]) != held["digest"]:
        raise ReleaseFileError(broken)
    return ReceivedRelease(release, key=key, **{name: held[name] for name in _MEMBERS})


def _signed(payload: str) -> bytes:
    """What is signed: the payload, and what it is, so that a signature for something else cannot be passed off as this one."""
    return f"{FORMAT} {VERSION}\n{payload}".encode(errors="surrogatepass")


def _object(content: bytes, refusal: str) -> dict[str, Any]:
    try:
        held = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ReleaseFileError(refusal) from error
    if not isinstance(held, dict):
        raise ReleaseFileError(refusal)
    return held


def _shown(key: str) -> str:
    return "".join(character for character in key[:80] if character.isprintable())
