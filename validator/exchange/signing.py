"""Ed25519 keys: the signing key of this installation, and the trusted public keys of others.

A public key is written as `kvp_` and 64 hexadecimal digits, so that people can mail and compare it.
"""

import re
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
from validator.texts import danish_text
from validator.texts.file_errors import file_error_reason

PUBLIC_KEY_PREFIX = "kvp_"
_PUBLIC = re.compile(rf"{PUBLIC_KEY_PREFIX}[0-9a-f]{{64}}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")  # only one spelling, so that any change to a file is noticed


class SigningError(UserError):
    """A key or a file of keys cannot be used.

    The text says why, in one Danish sentence that names the file.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(danish_text(f"signing.{key}", **values))


class SigningKey:
    """A private key for signing, with its public key as text."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = PUBLIC_KEY_PREFIX + private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def sign(self, content: bytes) -> str:
        """Return the signature of the content in hexadecimal digits."""
        return self._private.sign(content).hex()


def create_signing_key(path: Path) -> SigningKey:
    """Create a key in a file that only its owner can read.

    Raises SigningError where the file exists or cannot be created.
    """
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        write_atomically(path, content, mode=0o600, exclusive=True)
    except FileExistsError as error:
        raise SigningError("exists", path=path) from error
    except OSError as error:
        raise SigningError("cannot-be-created", path=path, reason=file_error_reason(error)) from error
    return SigningKey(private)


def load_signing_key(path: Path) -> SigningKey | None:
    """Load the key in a file; None where the file is missing.

    Raises SigningError where it cannot be read as a key.
    """
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SigningError("unreadable", path=path, reason=file_error_reason(error)) from error
    except (ValueError, TypeError) as error:
        raise SigningError("no-key", path=path) from error
    if not isinstance(private, Ed25519PrivateKey):
        raise SigningError("not-ed25519", path=path)
    return SigningKey(private)


def is_valid_signature(content: bytes, signature: str, public: str) -> bool:
    """Return whether the private key of a public key has signed the content."""
    if not _SIGNATURE.fullmatch(signature):
        return False
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public.removeprefix(PUBLIC_KEY_PREFIX)))
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def read_trusted_keys(setting: str) -> frozenset[str]:
    """Read the public keys of a setting.

    The setting has keys separated by commas, or names a file with one key a line. The rest of a line and lines that
    begin with # are comments. A missing file has no keys.
    Raises SigningError.
    """
    if setting.startswith(PUBLIC_KEY_PREFIX):
        return frozenset(_checked_public_key(word.strip(), "KODEVAGT_TRUSTED") for word in setting.split(","))
    path = Path(setting)
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return frozenset()
    except OSError as error:
        raise SigningError("unreadable", path=path, reason=file_error_reason(error)) from error
    except UnicodeDecodeError as error:
        raise SigningError("not-utf-8", path=path) from error
    keys = ((number, line.split()[0]) for number, line in enumerate(lines, 1) if line.strip() and not line.strip().startswith("#"))
    return frozenset(_checked_public_key(key, f"{path}:{number}") for number, key in keys)


def _checked_public_key(word: str, place: str) -> str:
    if not _PUBLIC.fullmatch(word):
        raise SigningError("public-key", place=place, prefix=PUBLIC_KEY_PREFIX)
    return word
