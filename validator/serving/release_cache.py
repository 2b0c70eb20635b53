"""The published releases of a store as validators, and the service built of them."""

import threading
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition_timeline import add_editions
from validator.judging.validator import Validator
from validator.rulebook.stored.load import load_release
from validator.serving.service import ReleaseKey, Service
from validator.store.database import Database
from validator.store.editions import read_editions
from validator.store.published_releases import PublishedRelease, compiled_release, list_releases
from validator.store.snapshot import read_release_state

_SIZE = 8  # validators


class ReleaseCache:
    """Validators of published releases; those used last are cached, so that a step back costs nothing. Threads may share it.

    `base` is the catalogue as shipped, `outcomes` how many outcomes a validator caches.
    """

    def __init__(self, database: Database, base: Catalogue, outcomes: int) -> None:
        self.database = database
        self._base = base
        self._outcomes = outcomes
        self._lock = threading.Lock()  # a release is loaded once, however many threads ask for it
        self._validator = lru_cache(_SIZE)(self._load_validator)
        self._catalogue = lru_cache(1)(self._load_catalogue)

    def catalogue(self, editions: tuple[str, ...]) -> Catalogue:
        """The catalogue with editions of the store. Raises ReleaseError where one is damaged, or StoreError."""
        with self._lock:
            return self._catalogue(editions)

    def validator(self, published: PublishedRelease, catalogue: Catalogue) -> Validator:
        """The validator of a release. Raises StoreError, DamagedReleaseError or ReleaseLoadError."""
        digest = published.digest if published.edition == catalogue.identity else None
        with self._lock:
            return self._validator(published.name, digest, catalogue)

    def _load_validator(self, name: str, digest: str | None, catalogue: Catalogue) -> Validator:
        return Validator(load_release(compiled_release(self.database, name)), catalogue, self._outcomes, digest=digest)

    def _load_catalogue(self, editions: tuple[str, ...]) -> Catalogue:
        return add_editions(self._base, read_editions(self.database, editions))


def service_from_store(cache: ReleaseCache, fallback: Mapping[str, Validator] = MappingProxyType({})) -> Service:
    """Build a service of what is current in a store; `fallback` has validators for packs that have no current release there.

    Raises StoreError, ReleaseLoadError, or ReleaseError where a release or an edition is damaged.
    """
    state = read_release_state(cache.database)  # first: what is published meanwhile is seen at the next request
    catalogue = cache.catalogue(state.editions)
    published = {(one.pack, one.name): one for one in list_releases(cache.database)}
    current = {**fallback, **{key[0]: cache.validator(published[key], catalogue) for key in state.current}}
    loaded = {(pack, validator.release.name): validator for pack, validator in current.items()}

    def load(key: ReleaseKey) -> Validator:
        return loaded.get(key) or cache.validator(published[key], catalogue)

    return Service(catalogue.timeline, current, dict.fromkeys((*published, *loaded)) | published, load, state)
