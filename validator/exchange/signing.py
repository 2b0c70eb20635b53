"""Ed25519 keys: one that signs the releases of this installation, and those of others that are trusted.

A public key is written `kvp_` and 64 hexadecimal digits, so that it can be read out, mailed and compared.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from validator.support.atomic_files import write_atomically
from validator.support.errors import UserError
from validator.texts.file_errors import file_error_reason

PUBLIC_KEY_PREFIX = "kvp_"
_PUBLIC = re.compile(rf"{PUBLIC_KEY_PREFIX}[0-9a-f]{{64}}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")  # one way only to write each, so that no letter of a file can be changed unseen


class SigningError(UserError):
    """A key, or a file of keys, that cannot be used; the text says why, in one Danish sentence that names the file."""


class SigningKey:
    """A private key: it signs, and tells the public key by which that can be proved."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PUBLIC_KEY_PREFIX + private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, content: bytes) -> str:
        """The signature in hexadecimal digits."""
        return self._private.sign(content).hex()


def create_signing_key(path: Path) -> SigningKey:
    """Makes a key in a file that only its owner can read. Raises SigningError where the file exists or cannot be made."""
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        write_atomically(path, content, mode=0o600, exclusive=True)
    except FileExistsError as error:
        raise SigningError(f"Filen {path} findes allerede.") from error
    except OSError as error:
        raise SigningError(f"Filen {path} kan ikke oprettes ({file_error_reason(error)}).") from error
    return SigningKey(private)


def load_signing_key(path: Path) -> SigningKey | None:
    """The key of a file; None where there is no such file. Raises SigningError where it holds something else."""
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SigningError(f"Filen {path} kan ikke læses ({file_error_reason(error)}).") from error
    except (ValueError, TypeError) as error:
        raise SigningError(f"Filen {path} er ikke en nøgle til underskrift.") from error
    if not isinstance(private, Ed25519PrivateKey):
        raise SigningError(f"Filen {path} er ikke en nøgle af slagsen Ed25519.")
    return SigningKey(private)


def is_valid_signature(content: bytes, signature: str, public: str) -> bool:
    """Whether the signature of the content was made with the key that belongs to this public one."""
    if not _SIGNATURE.fullmatch(signature):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.removeprefix(PUBLIC_KEY_PREFIX)))
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_trusted_keys(setting: str) -> frozenset[str]:
    """The public keys that a setting names: keys with commas between, or a file with one on each line. Raises SigningError.

    What stands after a key on its line is a remark, and so is a line that begins with #. A file that is not there names none.
    """
    if setting.startswith(PUBLIC_KEY_PREFIX):
        return frozenset(_public(word.strip(), "KODEVAGT_TRUSTED") for word in setting.split(","))
    path = Path(setting)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise SigningError(f"Filen {path} kan ikke læses ({file_error_reason(error)}).") from error
    except UnicodeDecodeError as error:
        raise SigningError(f"Filen {path} er ikke skrevet i UTF-8.") from error
    return frozenset(_public(word, f"{path}:{number}") for number, word in _first_words(lines))


def _first_words(lines: list[str]) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(lines, 1):
        words = line.split()
        if words and not words[0].startswith("#"):
            yield number, words[0]


def _public(word: str, place: str) -> str:
    if not _PUBLIC.fullmatch(word):
        raise SigningError(f"{place}: en offentlig nøgle er {PUBLIC_KEY_PREFIX} og 64 tegn (0-9, a-f).")
    return word
