"""A release file is accepted only unchanged and signed by a trusted key."""

import datetime
import json
import random
from pathlib import Path

import pytest

from validator.exchange.release_file import ReleaseFileError, read_release_file, write_release_file
from validator.exchange.signing import SigningError, SigningKey, create_signing_key, load_signing_key, read_trusted_keys
from validator.rulebook.release import Release
from validator.rulebook.stored.dump import dump_release
from validator.store.published_releases import PublishedRelease

AT = datetime.datetime(2026, 11, 22, 8, 30, tzinfo=datetime.UTC)


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return create_signing_key(tmp_path / "key.pem")


@pytest.fixture
def published(release: Release) -> PublishedRelease:
    return PublishedRelease(release.name, "dk", release.digest("2026"), "2026", "", "key 7", "Lænderyg afklaret", AT, None, True)


@pytest.fixture
def file(published: PublishedRelease, release: Release, key: SigningKey) -> bytes:
    return write_release_file(published, dump_release(release), key).encode()


def refused(content: bytes, *trusted: str) -> str:
    with pytest.raises(ReleaseFileError, match=r"\.$") as error:
        read_release_file(content, frozenset(trusted))
    return str(error.value)


def test_a_published_release_is_received(file: bytes, release: Release, published: PublishedRelease, key: SigningKey) -> None:
    received = read_release_file(file, frozenset({key.public}))
    assert received.release.digest("2026") == release.digest("2026") == received.digest
    assert (received.author, received.note, received.edition) == ("key 7", "Lænderyg afklaret", "2026")
    assert received.key == key.public
    assert write_release_file(published, dump_release(release), key).encode() == file


def test_an_unsigned_file_is_refused(published: PublishedRelease, release: Release, key: SigningKey) -> None:
    assert "ikke underskrevet" in refused(write_release_file(published, dump_release(release), None).encode(), key.public)


def test_an_unknown_key_is_refused_and_named(file: bytes, key: SigningKey, tmp_path: Path) -> None:
    other = create_signing_key(tmp_path / "other.pem").public
    for trusted in ((), (other,)):
        assert key.public in refused(file, *trusted)


def test_a_changed_file_is_refused(file: bytes, key: SigningKey) -> None:
    draw = random.Random(11)
    for _ in range(100):
        changed = bytearray(file)
        place = draw.randrange(len(changed))
        changed[place] ^= 1 << draw.randrange(8)
        refused(bytes(changed), key.public)
    for length in range(0, len(file), len(file) // 40):
        refused(file[:length], key.public)


def test_a_signature_in_another_spelling_is_refused(file: bytes, key: SigningKey) -> None:
    envelope = json.loads(file)
    for signature in (envelope["signature"].upper(), f" {envelope['signature']}", ""):
        assert "ændret" in refused(json.dumps({**envelope, "signature": signature}).encode(), key.public)


def test_a_signature_is_not_valid_for_another_release(
    file: bytes, published: PublishedRelease, release: Release, key: SigningKey
) -> None:
    other = json.loads(write_release_file(published, dump_release(release).replace("L84", "L86"), None))
    moved = {**other, "signature": json.loads(file)["signature"], "key": key.public}
    assert "ændret" in refused(json.dumps(moved).encode(), key.public)


def test_a_signed_file_with_another_digest_is_refused(published: PublishedRelease, release: Release, key: SigningKey) -> None:
    text = write_release_file(published, dump_release(release).replace("L84", "L86"), key)
    assert "hører ikke sammen" in refused(text.encode(), key.public)


@pytest.mark.parametrize("content", [b"", b"\xff", b"[]", b"null", b"{}", b'{"format": "kodevagt-release-file"}', b"[" * 9999])
def test_another_file_is_refused(content: bytes, key: SigningKey) -> None:
    assert "ikke en udgave" in refused(content, key.public)


def test_a_newer_format_is_refused_as_such(file: bytes, key: SigningKey) -> None:
    assert "ikke kender" in refused(json.dumps({**json.loads(file), "version": 2}).encode(), key.public)


def test_a_key_file_is_created_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    created = create_signing_key(path)
    assert path.stat().st_mode & 0o777 == 0o600
    found = load_signing_key(path)
    assert found is not None
    assert found.public == created.public
    with pytest.raises(SigningError, match="findes allerede"):
        create_signing_key(path)
    assert load_signing_key(tmp_path / "none.pem") is None


@pytest.mark.parametrize("content", [b"", b"hej", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"])
def test_a_file_without_a_key_is_reported(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(content)
    with pytest.raises(SigningError, match=r"key\.pem er ikke en nøgle"):
        load_signing_key(path)


def test_trusted_keys_are_read_from_the_setting_or_a_file(tmp_path: Path) -> None:
    one, other = "kvp_" + "0" * 64, "kvp_" + "a" * 64
    assert read_trusted_keys(f"{one}, {other}") == {one, other}
    path = tmp_path / "trusted.txt"
    assert read_trusted_keys(str(path)) == set()
    path.write_text(f"# EKM\n{one} fra EKM\n\n  {other}\n", encoding="utf-8")
    assert read_trusted_keys(str(path)) == {one, other}


def test_an_invalid_key_is_reported_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "trusted.txt"
    path.write_text("# EKM\nkvp_123\n", encoding="utf-8")
    with pytest.raises(SigningError, match=r"trusted\.txt:2: "):
        read_trusted_keys(str(path))
    with pytest.raises(SigningError, match="KODEVAGT_TRUSTED"):
        read_trusted_keys("kvp_123")
