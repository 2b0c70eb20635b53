"""Comparison of the catalogue's codes and titles with an independent list of ICPC-2.

The list is the npm package `@navikt/diagnosekoder`, pinned to a version by its hash. It is read in memory and not stored, since
its titles may not be redistributed.
"""

import base64
import hashlib
import http.client
import urllib.error
import urllib.request
from typing import NamedTuple

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.formats.distribution import Distribution
from validator.catalogue.rubric import Rubric, is_process_code
from validator.catalogue.search.spelling import fold_vowels, split_words, stem_word

DEFAULT_REGISTRY = "https://registry.npmjs.org"
PACKAGE_VERSION = "1.2026.0"
_PATH = f"@navikt/diagnosekoder/-/diagnosekoder-{PACKAGE_VERSION}.tgz"
_SHA512 = "bRc9hLTg6yGw47hpJMSiMR+Pdi/hFkZHyw1dtbT5A8diIEMQWRc+vElbA9c0Qk/S7odjlGn3arMP0So3NAf/XQ=="
_MAX_PACKAGE_SIZE = 2**25  # bytes
_TIMEOUT = 30  # seconds
_CODE_LENGTH = 3  # characters; longer codes are local to Norway
_MIN_CONTAINED_LENGTH, _COMMON_PREFIX_LENGTH = 4, 5  # letters


class UnreachableError(Exception):
    """The registry does not respond, or does not have the package; the text has the reason."""


class TamperedError(Exception):
    """The registry sent a package with another hash than the pinned one."""


class DissimilarTitles(NamedTuple):
    """A code whose titles and synonyms have no word in common with the other list's title."""

    code: str
    ours: str
    theirs: str


class CodeSetComparison(NamedTuple):
    """The codes of only one list, the number of common codes, and dissimilar titles."""

    ours_only: tuple[str, ...]
    theirs_only: tuple[str, ...]
    common: int
    unlike: tuple[DissimilarTitles, ...]


def fetch_package(registry: str) -> bytes:
    """Download the tarball of the pinned package. Raises UnreachableError or TamperedError."""
    try:
        with urllib.request.urlopen(f"{registry.rstrip('/')}/{_PATH}", timeout=_TIMEOUT) as response:  # noqa: S310  # the operator chooses the registry
            content: bytes = response.read(_MAX_PACKAGE_SIZE + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreachableError(f"{error.code} {error.reason}") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise UnreachableError(str(getattr(error, "reason", error))) from error
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != _SHA512:
        raise TamperedError
    return content


def compare_code_sets(catalogue: Catalogue, distribution: Distribution) -> CodeSetComparison:
    """Compare the shipped catalogue with another list."""
    rubrics = catalogue.timeline.base.rubrics
    ours = {code for code in rubrics if not is_process_code(code)}
    theirs = {row.code: next(iter(row.titles.values())) for row in distribution.rows if len(row.code) == _CODE_LENGTH}
    common = sorted(ours & theirs.keys())
    unlike = (
        DissimilarTitles(code, rubrics[code].titles["da"], theirs[code])
        for code in common
        if not _have_common_word(rubrics[code], theirs[code])
    )
    return CodeSetComparison(tuple(sorted(ours - theirs.keys())), tuple(sorted(theirs.keys() - ours)), len(common), tuple(unlike))


def _have_common_word(rubric: Rubric, title: str) -> bool:
    terms = [*rubric.titles.values(), *rubric.short_titles.values(), *(synonym.term for synonym in rubric.synonyms)]
    words = set().union(*map(_words, terms))
    return any(_is_same_word(word, other) for word in words for other in _words(title))


def _words(text: str) -> set[str]:
    """Return the words in a form common to Danish and Norwegian ("hævelse", "hevelse")."""
    return {stem_word(fold_vowels(word.replace("ae", "e"))) for word in split_words(text)}


def _is_same_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _MIN_CONTAINED_LENGTH:
        return shorter == longer
    return shorter in longer or (
        len(shorter) >= _COMMON_PREFIX_LENGTH and one[:_COMMON_PREFIX_LENGTH] == other[:_COMMON_PREFIX_LENGTH]
    )
