"""The catalogue against an independent list of ICPC-2: the same codes, and which titles a person should look at.

The list is that of the npm package `@navikt/diagnosekoder`, of one version that is pinned by its hash. It is read in memory and
nothing of it is kept: its titles are not ours to carry.
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
_LARGEST = 2**25  # bytes
_SECONDS = 30
_CODE = 3  # characters; longer ones are local to Norway
_ALIKE, _BEGINNING = 4, 5  # letters: of a word that stands within another, and of the beginning that two have in common


class UnreachableError(Exception):
    """The registry does not answer, or not with the package; the text says why."""


class TamperedError(Exception):
    """What the registry sent is not the package that is pinned."""


class DissimilarTitles(NamedTuple):
    """A code whose words, titles and synonyms alike, have nothing in common with the other list's title."""

    code: str
    ours: str
    theirs: str


class CodeSetComparison(NamedTuple):
    """The codes that only one of the two lists has, how many both have, and what a person should look at."""

    ours_only: tuple[str, ...]
    theirs_only: tuple[str, ...]
    common: int
    unlike: tuple[DissimilarTitles, ...]


def fetch_package(registry: str) -> bytes:
    """The tarball of the pinned package. Raises UnreachableError or TamperedError."""
    try:
        with urllib.request.urlopen(f"{registry.rstrip('/')}/{_PATH}", timeout=_SECONDS) as answer:  # noqa: S310
            content: bytes = answer.read(_LARGEST + 1)
    except urllib.error.HTTPError as error:
        error.close()
        raise UnreachableError(f"{error.code} {error.reason}") from error
    except (urllib.error.URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise UnreachableError(str(getattr(error, "reason", error))) from error
    if base64.b64encode(hashlib.sha512(content).digest()).decode() != _SHA512:
        raise TamperedError
    return content


def compare_code_sets(catalogue: Catalogue, distribution: Distribution) -> CodeSetComparison:
    """The catalogue as it is shipped against another list."""
    rubrics = catalogue.timeline.base.rubrics
    ours = {code for code in rubrics if not is_process_code(code)}
    theirs = {row.code: next(iter(row.titles.values())) for row in distribution.rows if len(row.code) == _CODE}
    common = sorted(ours & theirs.keys())
    unlike = (
        DissimilarTitles(code, rubrics[code].titles["da"], theirs[code])
        for code in common
        if not _alike(rubrics[code], theirs[code])
    )
    return CodeSetComparison(tuple(sorted(ours - theirs.keys())), tuple(sorted(theirs.keys() - ours)), len(common), tuple(unlike))


def _alike(rubric: Rubric, title: str) -> bool:
    terms = [*rubric.titles.values(), *rubric.short_titles.values(), *(synonym.term for synonym in rubric.synonyms)]
    own = set().union(*map(_words, terms))
    return any(_is_one(one, other) for one in own for other in _words(title))


def _words(text: str) -> set[str]:
    """The words of a text as Danish and Norwegian have them in common: "hævelse" and "hevelse" are one."""
    return {stem_word(fold_vowels(word.replace("ae", "e"))) for word in split_words(text)}


def _is_one(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _ALIKE:
        return shorter == longer
    return shorter in longer or (len(shorter) >= _BEGINNING and one[:_BEGINNING] == other[:_BEGINNING])
