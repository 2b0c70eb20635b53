"""The service: judges contacts by the catalogue and all releases of a process."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from validator.catalogue.catalogue import Catalogue, CatalogueTimeline
from validator.catalogue.editions.edition_timeline import add_editions
from validator.catalogue.loader import load_catalogue
from validator.catalogue.search.code_search import code_search
from validator.contract.verdict import Verdict
from validator.judging.validator import Validator
from validator.requests.errors import Fault, RequestError
from validator.requests.request import Submission, refuse_personal_data
from validator.rulebook.release import Release
from validator.settings import DEFAULT_CACHE_SIZE, Settings
from validator.store.database import Database
from validator.store.editions import read_editions
from validator.store.errors import DamagedReleaseError
from validator.store.published_releases import PublishedRelease
from validator.store.releases import RULE_FOLDER
from validator.store.snapshot import ReleaseState, read_release_state

_INDEX_DELAY = 1.0  # seconds after start-up; the first contacts are more urgent than the first search
ReleaseKey = tuple[str, str]  # pack and name of a release


@dataclass(frozen=True, eq=False)
class Service:
    """The service, which judges each contact by the right release.

    It is immutable: a request uses one service from beginning to end.

    `current` has the validator of each pack's current release. `releases` has every release, with its record in the
    store, if any; `load` returns the validator of one, or raises DamagedReleaseError. `state` is the state of the store
    when the service was built, None without a store. `unusable` has the packs whose current release there is damaged.
    """

    timeline: CatalogueTimeline
    current: Mapping[str, Validator]
    releases: Mapping[ReleaseKey, PublishedRelease | None]
    load: Callable[[ReleaseKey], Validator]
    state: ReleaseState | None = None
    unusable: Mapping[str, DamagedReleaseError] = field(default_factory=dict)

    @classmethod
    def from_releases(
        cls, catalogue: Catalogue, releases: Iterable[Release], cache_size: int = DEFAULT_CACHE_SIZE, *, drafts: bool = False
    ) -> "Service":
        """Build a service of releases in memory; `cache_size` is that of each validator.

        With `drafts`, a contact can be judged by a draft, but only where it is requested by name.
        """
        included = [release for release in releases if drafts or release.status != "draft"]
        validators = {(release.pack, release.name): Validator(release, catalogue, cache_size) for release in included}
        current = {release.pack: validators[release.pack, release.name] for release in included if release.status == "current"}
        return cls(catalogue.timeline, current, dict.fromkeys(validators), validators.__getitem__)

    @classmethod
    def from_settings(cls, settings: Settings, *, catalogue: Catalogue | None = None, drafts: bool = False) -> "Service":
        """Build a service of the settings' rule folder, by default with `installed_catalogue`.

        Raises CatalogueError, RulebookError, ReleaseError or StoreError.
        """
        from validator.rulebook.yaml.folder import read_folder  # slow: imports the YAML library, which a server rarely needs

        if catalogue is None:
            catalogue = installed_catalogue(settings)
        return cls.from_releases(catalogue, read_folder(settings.rules, catalogue, drafts=drafts), settings.cache, drafts=drafts)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of today, whose timeline has those of other days."""
        return self.timeline.on(datetime.date.today())

    @property
    def offered(self) -> dict[str, str]:
        """The release of each pack that came with the rule folder after the current one was published: one to look at."""
        newest: dict[str, str] = {}
        for (pack, name), published in self.releases.items():  # in order of publication
            if pack not in self.current or name == self.current[pack].release.name:
                newest.pop(pack, None)
            elif published is not None and published.author == RULE_FOLDER:
                newest[pack] = name
        return newest

    def warm(self) -> None:
        """Build today's matchers now and the search index soon, so that no request has to.

        Neither survives a fork.
        """
        for validator in self.current.values():
            validator.warm(datetime.date.today())
        code_search(self.catalogue).build_in_background(delay=_INDEX_DELAY)

    def validator(self, pack: str, release: str | None = None) -> Validator:
        """Return the validator of a pack's release, by default the current one.

        Raises RequestError where there is none, or DamagedReleaseError.
        """
        if release is None:
            if pack in self.current:
                return self.current[pack]
            if pack in self.unusable:
                raise self.unusable[pack]
            raise RequestError([Fault("/encounter/jurisdiction", "no-pack", {"jurisdiction": pack})])
        if (pack, release) not in self.releases:
            raise _unknown_release(name for other, name in self.releases if other == pack)
        return self.load((pack, release))

    def preload(self, release: str) -> None:
        """Load all releases with a name before their first contact.

        Raises RequestError where there are none, or DamagedReleaseError.
        """
        packs = [pack for pack, name in self.releases if name == release]
        if not packs:
            raise _unknown_release(name for _, name in self.releases)
        for pack in packs:
            self.load((pack, release))

    def judge(self, submission: Submission, *, language: str | None = None, release: str | None = None) -> Verdict:
        """Judge a submission from `read_body` or `read_request`.

        Raises RequestError for an unknown release or code system, or for a CPR number in a submission that was made otherwise,
        and DamagedReleaseError.
        """
        refuse_personal_data(submission)
        encounter = submission.encounter
        validator = self.validator(encounter.jurisdiction, release)
        return validator.validate(encounter, submission.overrides, language=language, unknown_fields=submission.unknown_fields)


def installed_catalogue(settings: Settings) -> Catalogue:
    """Load the catalogue of the settings' folder with the editions in use in their store.

    The store is not created.
    Raises CatalogueError, ReleaseError where an edition is damaged, or StoreError.
    """
    base = load_catalogue(settings.catalog)
    if not settings.database.exists():
        return base
    database = Database(settings.database, create=False)
    try:
        return add_editions(base, read_editions(database, read_release_state(database).editions))
    finally:
        database.close()


def _unknown_release(known: Iterable[str]) -> RequestError:
    return RequestError([Fault("?release", "release-not-found", {"known": ", ".join(known)})])
