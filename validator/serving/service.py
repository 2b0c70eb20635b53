"""What a process serves: the catalogue and every published release, ready to judge."""

import datetime
from collections.abc import Iterable, Mapping

from validator.catalogue.catalogue import Catalogue
from validator.catalogue.search.code_search import code_search
from validator.contract.verdict import Verdict
from validator.judging.validator import Validator
from validator.requests.errors import Fault, RequestError
from validator.requests.request import Submission
from validator.rulebook.release import Release
from validator.serving.installed_catalogue import installed_catalogue
from validator.settings import KEPT_OUTCOMES, Settings
from validator.store.published_releases import Published

_FIRST_ANSWERS = 1.0  # seconds; contacts wait for them, and hardly anybody searches as soon


class Service:
    """Chooses the release for a contact and judges by it. Immutable: who keeps it keeps its releases.

    `published` tells of the releases that stand in a store when they were published, by whom and why.

    By a draft it judges only when made with `drafts`, as the command line does for its owner, and only when asked for by name.
    """

    def __init__(
        self, catalogue: Catalogue, releases: Iterable[Release], kept: int = KEPT_OUTCOMES, *, drafts: bool = False
    ) -> None:
        self._catalogue = catalogue
        known = [release for release in releases if drafts or release.status != "draft"]
        self.published: Mapping[tuple[str, str], Published] = {}
        made = {(release.pack, release.name): Validator(release, catalogue, kept) for release in known}
        self.validators: Mapping[tuple[str, str], Validator] = made
        self.current: Mapping[str, Validator] = {
            release.pack: made[release.pack, release.name] for release in known if release.status == "current"
        }

    @classmethod
    def from_settings(cls, settings: Settings, *, drafts: bool = False) -> "Service":
        """The service of the folders that the settings name, with the editions of their store.

        Raises CatalogueError, RulebookError, ReleaseError or StoreError.
        """
        return cls.of_folder(settings, installed_catalogue(settings), drafts=drafts)

    @classmethod
    def of_folder(cls, settings: Settings, catalogue: Catalogue, *, drafts: bool = False) -> "Service":
        """The service of the settings' rule folder by another catalogue than the settings'. Raises RulebookError."""
        from validator.rulebook.yaml.folder import (
            read_folder,  # with the library that reads YAML, which a server has no other use for
        )

        return cls(catalogue, read_folder(settings.rules, catalogue, drafts=drafts), settings.cache, drafts=drafts)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue of today, from which that of any other day is found."""
        return self._catalogue.on(datetime.date.today())

    def warm(self) -> None:
        """Builds today's matchers and soon the index of codes, so that no request has to; after a fork, which they do not bear."""
        for validator in self.current.values():
            validator.warm(datetime.date.today())
        code_search(self.catalogue).build_in_background(delay=_FIRST_ANSWERS)

    def validator(self, pack: str, release: str | None = None) -> Validator:
        """The validator of a pack's release, the current one by default. Raises RequestError where there is none."""
        if release is None:
            if pack in self.current:
                return self.current[pack]
            raise RequestError([Fault("/encounter/jurisdiction", "no-pack", {"jurisdiction": pack})])
        if (pack, release) not in self.validators:
            raise self._not_published(release_of for of, release_of in self.validators if of == pack)
        return self.validators[pack, release]

    def require(self, release: str | None) -> None:
        """Makes a release ready, where one is given. Raises RequestError where no pack has published it."""
        names = [name for _, name in self.validators]
        if release is not None and release not in names:
            raise self._not_published(names)
        for key in self.validators:
            if key[1] == release:
                self.validators[key]

    @staticmethod
    def _not_published(known: Iterable[str]) -> RequestError:
        return RequestError([Fault("?release", "release-not-found", {"known": ", ".join(known)})])

    def judge(self, submission: Submission, *, language: str | None = None, release: str | None = None) -> Verdict:
        """The verdict over what `read_body` or `read_request` has read.

        Raises RequestError where there is no such release or code system.
        """
        encounter = submission.encounter
        validator = self.validator(encounter.jurisdiction, release)
        return validator.validate(encounter, submission.overrides, language=language, unknown_fields=submission.unknown_fields)
