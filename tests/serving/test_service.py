"""The service uses the pack's current release, another published one by its name, and never a draft."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.altered import with_mandate
from tests.contacts import main
from validator import RequestError, Service, Settings, read_request
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.csv_tables import CatalogueError
from validator.rulebook.release import Release
from validator.rulebook.yaml.problems import RulebookError

CONTACT = {"encounter": {"date": "2027-06-01", "specialty": "51", **main("L90", course="artrose-knae")}}


@pytest.fixture(scope="module")
def service(release: Release, catalogue: Catalogue) -> Service:
    """A service with the current release, an older one where the knee is L15, and a draft where it is L92."""
    older = replace(with_mandate(release, "artrose-knae", codes=("L15",)), name="aeldre", status="published")
    draft = replace(with_mandate(release, "artrose-knae", codes=("L92",)), name="kladde", status="draft")
    return Service.from_releases(catalogue, [draft, older, release])


def refused(service: Service, release: str | None = None, **changes: str) -> RequestError:
    submission = read_request({"encounter": {**CONTACT["encounter"], **changes}})
    with pytest.raises(RequestError) as error:
        service.judge(submission, release=release)
    return error.value


def test_the_current_release_is_the_default(service: Service, release: Release) -> None:
    verdict = service.judge(read_request(CONTACT))
    assert (verdict.status, verdict.rules["release"]) == ("ok", release.name)


def test_another_published_release_is_used_by_its_name(service: Service, release: Release) -> None:
    older = service.judge(read_request(CONTACT), release="aeldre")
    assert (older.status, older.rules["release"]) == ("error", "aeldre")
    assert older.rules["digest"] != service.judge(read_request(CONTACT)).rules["digest"]
    assert service.judge(read_request(CONTACT), release=release.name).status == "ok"


@pytest.mark.parametrize("name", ["kladde", "findes-ikke", "", "AELDRE"])
def test_a_draft_is_refused_like_an_unknown_release(name: str, service: Service) -> None:
    (fault,) = refused(service, name).faults
    assert (fault.path, fault.key) == ("?release", "release-not-found")
    assert "kladde" not in str(fault.values["known"])
    assert "aeldre" in str(fault.values["known"])


def test_a_draft_is_used_where_allowed_and_only_by_its_name(release: Release, catalogue: Catalogue) -> None:
    draft = replace(with_mandate(release, "artrose-knae", codes=("L92",)), name="kladde", status="draft")
    owners = Service.from_releases(catalogue, [draft, release], drafts=True)
    assert owners.judge(read_request(CONTACT)).rules["release"] == release.name
    assert owners.judge(read_request(CONTACT), release="kladde").status == "error"


def test_a_release_is_required_by_name(service: Service, release: Release) -> None:
    service.preload(release.name)
    for name in ("kladde", "findes-ikke"):
        with pytest.raises(RequestError, match="release-not-found"):
            service.preload(name)


def test_a_jurisdiction_without_rules_is_refused(service: Service) -> None:
    (fault,) = refused(service, jurisdiction="se").faults
    assert (fault.path, fault.key, fault.values) == ("/encounter/jurisdiction", "no-pack", {"jurisdiction": "se"})


def test_a_release_of_another_pack_is_unknown(service: Service, release: Release) -> None:
    assert refused(service, release.name, jurisdiction="se").faults[0].key == "release-not-found"


def test_drafts_alone_are_no_current_release(release: Release, catalogue: Catalogue) -> None:
    service = Service.from_releases(catalogue, [replace(release, status="draft")])
    assert refused(service).faults[0].key == "no-pack"


def test_the_bundled_folders_serve_as_they_are(service: Service) -> None:
    bundled = Service.from_settings(Settings())
    assert bundled.judge(read_request(CONTACT)).to_json() == service.judge(read_request(CONTACT)).to_json()


def test_a_folder_that_cannot_be_used_is_reported(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match=r"edition\.json"):
        Service.from_settings(Settings(catalog=tmp_path))
    with pytest.raises(RulebookError, match=r"pack\.yaml:1:1"):
        Service.from_settings(Settings(rules=tmp_path))
