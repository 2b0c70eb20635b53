"""Validators of the releases in a store, and the service built from them."""

import threading
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition_timeline import add_editions
from validator.judging.validator import Validator
from validator.rulebook.stored.load import ReleaseLoadError, load_release
from validator.serving.service import ReleaseKey, Service
from validator.store.database import Database
from validator.store.editions import read_editions
from validator.store.errors import DamagedReleaseError
from validator.store.published_releases import PublishedRelease, compiled_release, list_releases
from validator.store.snapshot import read_release_state

_MAX_VALIDATORS = 8


class ReleaseCache:
    """A cache of validators of published releases, so that reverting to one is fast.

    Threads may share it. `base` is the catalogue as shipped, `cache_size` that of each validator.
    """

    def __init__(self, database: Database, base: Catalogue, cache_size: int) -> None:
        self.database = database
        self._base = base
        self._cache_size = cache_size
        self._lock = threading.Lock()  # a release is loaded once, however many threads ask for it
        self._validator = lru_cache(_MAX_VALIDATORS)(self._load_validator)
        self._catalogue = lru_cache(1)(self._load_catalogue)

    def catalogue(self, editions: tuple[str, ...]) -> Catalogue:
        """Return the catalogue with editions of the store.

        Raises ReleaseError where an edition is damaged, or StoreError.
        """
        with self._lock:
            return self._catalogue(editions)

    def validator(self, published: PublishedRelease, catalogue: Catalogue) -> Validator:
        """Return the validator of a release.

        Raises StoreError, or DamagedReleaseError where it cannot be used.
        """
        digest = published.digest if published.edition == catalogue.identity else None
        with self._lock:
            return self._validator((published.pack, published.name), digest, catalogue)

    def _load_validator(self, key: ReleaseKey, digest: str | None, catalogue: Catalogue) -> Validator:
        _, name = key
        try:
            release = load_release(compiled_release(self.database, name))
        except ReleaseLoadError as error:
            raise DamagedReleaseError("release-damaged", name=name) from error
        if (release.pack, release.name) != key:
            raise DamagedReleaseError("release-damaged", name=name)
        return Validator(release, catalogue, self._cache_size, digest=digest)

    def _load_catalogue(self, editions: tuple[str, ...]) -> Catalogue:
        return add_editions(self._base, read_editions(self.database, editions))


def service_from_store(cache: ReleaseCache, fallback: Mapping[str, Validator] = MappingProxyType({})) -> Service:
    """Build a service of a store's current releases.

    `fallback` has validators for packs without a current release, or whose current release cannot be used.
    Raises StoreError, or ReleaseError where an edition is damaged.
    """
    state = read_release_state(cache.database)  # first, so that a change from now on is noticed at the next request
    catalogue = cache.catalogue(state.editions)
    published = {(release.pack, release.name): release for release in list_releases(cache.database)}
    current, unusable = dict(fallback), {}
    for pack, name in state.current:
        try:
            current[pack] = cache.validator(published[pack, name], catalogue)
        except DamagedReleaseError as error:
            unusable[pack] = error
    loaded = {(pack, validator.release.name): validator for pack, validator in current.items()}

    def load(key: ReleaseKey) -> Validator:
        return loaded.get(key) or cache.validator(published[key], catalogue)

    return Service(catalogue.timeline, current, dict.fromkeys((*published, *loaded)) | published, load, state, unusable)
