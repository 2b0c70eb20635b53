"""Write a release as compact JSON: for the store, for servers, and for other installations."""

from validator.rulebook.release import Release
from validator.rulebook.stored.release_codec import RELEASE
from validator.support.json_encoding import encode_json

FORMAT, VERSION = "kodevagt-release", 1


def dump_release(release: Release) -> str:
    """Return the release as JSON without its status; equal releases give the same text."""
    return encode_json({"format": FORMAT, "version": VERSION, **RELEASE.dump(release)})
