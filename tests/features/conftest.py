"""The steps of the specification that begin with "Givet" and "Når": they build up and save a contact, or answer a case."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pytest_bdd import given, parsers, when

from api import create_app
from tests.catalogue.editions import edition, titles
from tests.features.danish import DATE, JOINTS, LANGUAGES, ROLES, SERVICES, SEXES, SYSTEMS, coded, date, kind, words
from tests.features.learner import Learner
from tests.features.other_editions import catalogue_with_dates
from tests.features.rule_owner import RuleOwner
from tests.features.saved_contact import Contact
from validator import Service
from validator.catalogue.catalogue import Catalogue
from validator.catalogue.editions.edition_timeline import add_editions
from validator.rulebook.course import MainDiagnosis
from validator.rulebook.release import Release
from validator.settings import Settings, read_settings
from validator.training.bank_reader import read_bank
from validator.training.case_bank import Bank

_DIAGNOSES = r"(?P<codes>.+?)(?: angivet som (?P<system>\S+))?"
_ROLE = "(?P<role>hoveddiagnose|bidiagnose|diagnose)"
spoken = parsers.re


@pytest.fixture
def contact(client: FlaskClient) -> Contact:
    return Contact(client)


@pytest.fixture(scope="session")
def course_ids(release: Release) -> dict[str, str]:
    """The courses by their Danish title, as the release writes it."""
    return {course.title["da"]: course.id for course in release.courses.values()}


# The contact and its course


@given(spoken(rf"en kontakt i speciale (?P<specialty>\S+) den (?P<day>{DATE})"))
def a_contact(contact: Contact, specialty: str, day: str) -> None:
    contact.encounter.update(specialty=specialty, date=date(day))


@given(spoken('forløbet er "(?P<title>.+)"'))
def the_course(contact: Contact, course_ids: dict[str, str], title: str) -> None:
    contact.encounter["course"] = course_ids[title]


@given(spoken('systemet kalder forløbet "(?P<name>.+)"'))
def the_course_by_a_name_of_the_systems_own(contact: Contact, name: str) -> None:
    contact.encounter["course"] = name


@given(spoken(r"det er kontakt nummer (?P<number>\d+) i forløbet"))
def the_number_of_the_contact(contact: Contact, number: str) -> None:
    contact.encounter["contact_number"] = int(number)


@given(spoken(r"fasen er (?P<phase>\d+|ikke oplyst)"))
def the_phase(contact: Contact, phase: str) -> None:
    contact.encounter["phase"] = None if phase == "ikke oplyst" else int(phase)


@given(spoken("ydelse(?:n|rne) er (?P<services>.+)"))
def the_services(contact: Contact, services: str) -> None:
    contact.encounter["services"] = [SERVICES[service] for service in words(services)]


# Diagnoses: this contact's, those of earlier contacts, those saved before, and the referral's


@given(spoken(r"hoveddiagnosen er (?P<code>\S+) med tegnet U\+(?P<number>\S+) til sidst"))
def the_main_diagnosis_with_a_character(contact: Contact, code: str, number: str) -> None:
    contact.add("diagnoses", [f"{code}{chr(int(number, 16))}"], "main")


@given(spoken(f"{_ROLE}(?:n|rne) er {_DIAGNOSES}"))
def the_diagnoses(contact: Contact, role: str, codes: str, system: str | None) -> None:
    contact.add("diagnoses", words(codes), ROLES[role], SYSTEMS[system] if system else None)


@given(spoken(f"en tidligere kontakt i forløbet har {_ROLE}n {_DIAGNOSES}"))
def a_diagnosis_of_an_earlier_contact(contact: Contact, role: str, codes: str, system: str | None) -> None:
    contact.add("previous_diagnoses", words(codes), ROLES[role], SYSTEMS[system] if system else None)


@given(spoken(f"en tidligere kontakt i forløbet den (?P<day>{DATE}) har {_ROLE}n {_DIAGNOSES}"))
def a_dated_diagnosis_of_an_earlier_contact(contact: Contact, day: str, role: str, codes: str, system: str | None) -> None:
    contact.add("previous_diagnoses", words(codes), ROLES[role], SYSTEMS[system] if system else None, day=date(day))


@given(spoken(f"kontakten er tidligere gemt med {_ROLE}n {_DIAGNOSES}"))
def a_diagnosis_saved_before(contact: Contact, role: str, codes: str, system: str | None) -> None:
    contact.add("saved_diagnoses", words(codes), ROLES[role], SYSTEMS[system] if system else None)


@given(spoken(f"henvisningens diagnose(?:r)? er {_DIAGNOSES}"))
def the_diagnoses_of_the_referral(contact: Contact, codes: str, system: str | None) -> None:
    diagnoses = [{"code": code, "system": SYSTEMS[system] if system else None} for code in words(codes)]
    contact.encounter["referral"] = {"diagnoses": diagnoses}


@given("henvisningen er uden diagnose")
def a_referral_without_a_diagnosis(contact: Contact) -> None:
    contact.encounter["referral"] = {"diagnoses": []}


# The patient and the examination


@given(spoken(r"patientens alder er (?P<age>\d+) år"))
def the_age(contact: Contact, age: str) -> None:
    contact.encounter.setdefault("patient", {})["age"] = int(age)


@given(spoken("patientens køn er (?P<sex>.+)"))
def the_sex(contact: Contact, sex: str) -> None:
    contact.encounter.setdefault("patient", {})["sex"] = SEXES[sex]


@given(spoken("det er noteret, at smerten (?P<radiation>stråler ud|ikke stråler ud)"))
def the_radiation(contact: Contact, radiation: str) -> None:
    contact.encounter.setdefault("observations", {})["radiating_pain"] = radiation == "stråler ud"


@given(spoken("(?:de|det) noterede led er (?P<joints>.+)"))
def the_joints(contact: Contact, joints: str) -> None:
    contact.encounter.setdefault("observations", {})["joints"] = [JOINTS[joint] for joint in words(joints)]


@given("det er noteret, at ingen led er berørt")
def no_joints(contact: Contact) -> None:
    contact.encounter.setdefault("observations", {})["joints"] = []


# The calling system


@given(spoken('systemet sender også feltet "(?P<name>.+)"'))
def a_field_of_the_systems_own(contact: Contact, name: str) -> None:
    contact.encounter[name] = "ja"


@given(spoken("systemet beder om svar på (?P<language>.+)"))
def the_language(contact: Contact, language: str) -> None:
    contact.headers["Accept-Language"] = LANGUAGES[language]


_PLACES: dict[str, Callable[[Contact, str], None]] = {
    "kontaktens nøgle": lambda contact, text: contact.encounter.update(id=text),
    "feltet til diagnosekoden": lambda contact, text: contact.add("diagnoses", [text], "main"),
    "begrundelsen for en fravigelse": lambda contact, text: contact.overrides.append({"rule": "dk.restkode", "reason": text}),
    "et felt, som aftalen ikke kender": lambda contact, text: contact.encounter.update(note=text),
    "kaldets adresse": lambda contact, text: contact.query.update(release=text),
    "kaldets sporingsnummer": lambda contact, text: contact.headers.update({"X-Request-ID": text}),
}


@given(spoken('der står "(?P<text>.+)" i (?P<place>.+)'))
def a_text_in_a_place(contact: Contact, text: str, place: str) -> None:
    _PLACES[place](contact, text)


# Editions other than those in use; an application over one is built once


def _settings(**chosen: Path) -> Settings:
    return replace(read_settings(), **chosen)


@pytest.fixture(scope="session")
def with_dates(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Flask]:
    return cache(lambda *code: create_app(_settings(catalog=catalogue_with_dates(tmp_path_factory.mktemp("dated"), *code))))


@pytest.fixture(scope="session")
def in_use(catalogue: Catalogue, releases: list[Release]) -> Callable[[str], Flask]:
    """The application as it is once a draft that ships has become the current release."""

    def application(name: str) -> Flask:
        (draft,) = (release for release in releases if release.name == name)
        assert draft.status == "draft"
        return create_app(service=Service.from_releases(catalogue, [replace(draft, status="current")]))

    return cache(application)


@given(spoken(rf"et kodekatalog, hvor (?P<code>\S+) gælder fra (?P<first>{DATE}) til (?P<last>{DATE})"))
def a_catalogue_with_dates(contact: Contact, with_dates: Callable[..., Flask], code: str, first: str, last: str) -> None:
    contact.client = with_dates(code, date(first), date(last)).test_client()


@given(spoken(rf"en udgave af kataloget, der gælder fra (?P<first>{DATE}), uden (?P<gone>\S+) og med den nye kode (?P<new>\S+)"))
def an_imported_edition(contact: Contact, catalogue: Catalogue, releases: list[Release], first: str, gone: str, new: str) -> None:
    imported = edition("ny-udgave", date(first), titles(catalogue, [gone], **{new: "Ny kode"}))
    contact.client = create_app(service=Service.from_releases(add_editions(catalogue, [imported]), releases)).test_client()


@given(spoken('at forløbet "(?P<title>.+)" kun kodes med (?P<codes>.+)'))
def a_decided_course(
    contact: Contact, catalogue: Catalogue, release: Release, course_ids: dict[str, str], title: str, codes: str
) -> None:
    course = release.courses[course_ids[title]]
    decided = replace(course, main_diagnosis=(replace(course.main_diagnosis[0], codes=tuple(words(codes)), status="decided"),))
    changed = replace(release, courses={**release.courses, course.id: decided}, status="current")
    contact.client = create_app(service=Service.from_releases(catalogue, [changed])).test_client()


@pytest.fixture
def with_new_period(contact: Contact, catalogue: Catalogue, release: Release) -> Callable[[str, MainDiagnosis], None]:
    """Judge the contact by a release with another period of a course's main diagnosis, from its first day on."""

    def judge_by(course_id: str, entry: MainDiagnosis) -> None:
        course = release.courses[course_id]
        changed = replace(course, main_diagnosis=(*course.main_diagnosis, entry))
        altered = replace(release, courses={**release.courses, course.id: changed}, status="current")
        contact.client = create_app(service=Service.from_releases(catalogue, [altered])).test_client()

    return judge_by


@given(spoken(rf'at forløbet "(?P<title>.+)" fra den (?P<first>{DATE}) kodes med (?P<codes>.+)'), target_fixture="new_period")
def a_new_period(
    with_new_period: Callable[[str, MainDiagnosis], None], course_ids: dict[str, str], title: str, first: str, codes: str
) -> tuple[str, MainDiagnosis]:
    entry = MainDiagnosis(datetime.date.fromisoformat(date(first)), None, "ekm-moede-2024", tuple(words(codes)))
    with_new_period(course_ids[title], entry)
    return course_ids[title], entry


@given("at patientforløb i gang bliver bedt om den nye kode")
def running_courses_are_asked(with_new_period: Callable[[str, MainDiagnosis], None], new_period: tuple[str, MainDiagnosis]) -> None:
    course_id, entry = new_period
    with_new_period(course_id, replace(entry, running="ask"))


@given(spoken('at kladden "(?P<name>.+)" er gjort gældende'))
def a_draft_in_use(contact: Contact, in_use: Callable[[str], Flask], name: str) -> None:
    contact.client = in_use(name).test_client()


@given(spoken('systemet beder om udgaven "(?P<name>.+)"'))
def a_release_is_asked_for(contact: Contact, name: str) -> None:
    contact.query["release"] = name


# A visit in Sweden


@given(spoken(f"et besøg hos en fysioterapeut i Sverige den (?P<day>{DATE})"))
def a_visit(contact: Contact, day: str) -> None:
    contact.encounter.update(jurisdiction="se", specialty="fysioterapi", visit_type="FYS002", date=date(day))


@given(spoken(r"(?:der er ingen KVÅ-koder|KVÅ-koden er (?P<code>\S+))"))
def the_measures(contact: Contact, code: str | None) -> None:
    contact.encounter["measures"] = [code] if code else []


@given(spoken(r"patienten har haft (?P<visits>\d+) besøg det seneste år og er (?P<plan>med|uden) plan"))
def the_visits_and_the_plan(contact: Contact, visits: str, plan: str) -> None:
    contact.encounter.update(visits_last_year=int(visits), plan=plan == "med")


@given(spoken(r"patienten er (?:ikke registreret i noget register|registreret i (?P<register>\S+))"))
def the_registers(contact: Contact, register: str | None) -> None:
    contact.encounter["registrations"] = [register] if register else []


# A coding case


@pytest.fixture(scope="session")
def bank(catalogue: Catalogue) -> Bank:
    bank = read_bank(read_settings().cases, catalogue).bank
    assert bank is not None
    return bank


@pytest.fixture
def learner(client: FlaskClient, bank: Bank) -> Learner:
    return Learner(client, bank)


@given(spoken('casen "(?P<title>.+)"'))
def a_case(learner: Learner, title: str) -> None:
    learner.choose(title)


@when(spoken('der søges efter "(?P<query>.+)"'))
def a_search(contact: Contact, query: str) -> None:
    contact.search(query)


@when("casen læses")
def the_case_is_read(learner: Learner) -> None:
    learner.read()


@when(spoken(r"der svares med (?P<answer>.+?)(?: og fase (?P<phase>\d+))?"))
def the_case_is_answered(learner: Learner, answer: str, phase: str | None) -> None:
    learner.answer(coded(answer), phase and int(phase))


# What the clinician and the system do


@when("kontakten gemmes")
def the_contact_is_saved(contact: Contact) -> None:
    contact.save()


@when("kontakten bedømmes efter begge udgaver")
def the_contact_is_judged_by_both(contact: Contact, in_use: Callable[[str], Flask]) -> None:
    contact.save()
    contact.by_draft = contact.at(in_use("ekm-2025-06").test_client())


@when(spoken('klinikeren fraviger bemærkningen om, at (?P<phrase>.+), med begrundelsen "(?P<reason>.*)"'))
def a_finding_is_overridden(contact: Contact, phrase: str, reason: str) -> None:
    contact.override(kind(phrase), reason)


@when(spoken("klinikeren fraviger bemærkningen om, at (?P<phrase>.+), uden begrundelse"))
def a_finding_is_overridden_without_a_reason(contact: Contact, phrase: str) -> None:
    contact.override(kind(phrase), None)


@when(spoken(r'klinikeren fraviger kun bemærkningen ved (?P<code>\S+) om, at (?P<phrase>.+), med begrundelsen "(?P<reason>.*)"'))
def one_of_several_findings_is_overridden(contact: Contact, code: str, phrase: str, reason: str) -> None:
    contact.override(kind(phrase), reason, code)


@when(spoken("systemet sender en fravigelse af en regel, der ikke (?P<lack>findes|slog til)"))
def a_rule_that_did_not_fire_is_overridden(contact: Contact, release: Release, lack: str) -> None:
    silent = next(rule.id for rule in release.rules if rule.kind == "sex-conflict")
    contact.overrides.append({"rule": silent if lack == "slog til" else "dk.findes-ikke", "reason": "Aftalt med patienten"})
    contact.save()


@when(spoken('systemet slår koden "(?P<code>.+)" op'))
def a_code_is_looked_up(contact: Contact, code: str) -> None:
    contact.look_up(code)


# The owner of the rules


@pytest.fixture
def rule_owner(tmp_path: Path, catalogue: Catalogue, release: Release) -> RuleOwner:
    return RuleOwner(tmp_path, catalogue, release)


@given(spoken(rf"at en udgave af kataloget fra (?P<first>{DATE}) uden koden (?P<gone>\S+) er taget ind"))
def an_edition_was_imported(rule_owner: RuleOwner, first: str, gone: str) -> None:
    rule_owner.import_icpc(date(first), gone)


@when(spoken(rf"EKM ser på en udgave af SKS fra (?P<first>{DATE}) (?:uden koden (?P<gone>\S+)|med alle forløbenes koder)"))
def an_edition_is_looked_at(rule_owner: RuleOwner, first: str, gone: str | None) -> None:
    rule_owner.look_at_sks(date(first), gone)


@when("EKM udgiver en kladde, der kun ændrer en tekst")
def a_draft_is_published(rule_owner: RuleOwner) -> None:
    rule_owner.publish_draft()
