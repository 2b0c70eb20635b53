"""The published releases of a store, ready to judge: the current ones always, another from when it is first asked for."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping

from validator.catalogue.catalogue import Catalogue
from validator.judging.validator import Validator
from validator.rulebook.stored.load import restored
from validator.serving.service import Service
from validator.store.published_releases import Published

Key = tuple[str, str]
_KEPT = 8  # validators of releases that are not current


class Shelf:
    """Makes the validators of published releases, and keeps those that were used last: a step back costs nothing.

    `fetch` gives the compiled text of a release by its name; `editions` are those of the store beside the catalogue, by name.
    Threads may share a shelf.
    """

    def __init__(self, catalogue: Catalogue, kept: int, fetch: Callable[[str], str], editions: Iterable[str] = ()) -> None:
        self.catalogue = catalogue
        self.editions = tuple(editions)
        self.outcomes = kept
        self._fetch = fetch
        self._lock = threading.Lock()
        self._made: OrderedDict[str, Validator] = OrderedDict()

    def validator(self, published: Published) -> Validator:
        """The validator of a release. Raises StoreError, DamagedReleaseError or CompiledError."""
        with self._lock:
            made = self._made.get(published.name)
            if made is None:
                release = restored(self._fetch(published.name))
                digest = published.digest if published.edition == self.catalogue.identity else None
                made = self._made[published.name] = Validator(release, self.catalogue, self.outcomes, digest=digest)
                if len(self._made) > _KEPT:
                    self._made.popitem(last=False)
            self._made.move_to_end(published.name)
            return made


class Archive(Mapping[Key, Validator]):
    """Validators by pack and name; those of `ready` are there, the others come from the shelf."""

    def __init__(self, shelf: Shelf, published: Mapping[Key, Published], ready: Mapping[Key, Validator]) -> None:
        self._shelf = shelf
        self._published = published
        self._ready = ready
        self._keys = dict.fromkeys((*published, *ready))

    def __getitem__(self, key: Key) -> Validator:
        return self._ready.get(key) or self._shelf.validator(self._published[key])

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


class StoredService(Service):
    """Judges by the releases of a store. `current` are the validators by pack; `published` is known of all releases."""

    def __init__(self, shelf: Shelf, published: Iterable[Published], current: Mapping[str, Validator]) -> None:
        self.shelf = shelf
        self._catalogue = shelf.catalogue
        self.current = current
        self.published = {(one.pack, one.name): one for one in published}
        self.validators = Archive(shelf, self.published, {(pack, made.release.name): made for pack, made in current.items()})
