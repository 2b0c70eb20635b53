"""The specification in `features/`, run through the HTTP layer: the steps that begin with "Så", which check the answer."""

import json

from pytest_bdd import parsers, scenarios, then

from tests.features.danish import (
    ACTIONS,
    AMONG_OTHERS,
    AUDIENCES,
    DATE,
    IN_ORDER,
    ONLY,
    SAID,
    SEVERITIES,
    SILENT,
    STATUSES,
    coded,
    date,
    kind,
    quoted,
    words,
)
from tests.features.learner import Learner
from tests.features.rule_owner import RuleOwner
from tests.features.saved_contact import Contact

spoken = parsers.re

scenarios(".")


# What was found


@then(spoken('svaret nævner (?P<no>ikke )?udgaven "(?P<name>.+)"'))
def the_answer_names_the_edition(contact: Contact, no: str | None, name: str) -> None:
    assert (contact.verdict["catalogue"]["edition"] == name) is (no is None)


@then(spoken("(?:er der|der er) ingen bemærkninger"))
def nothing_is_found(contact: Contact) -> None:
    verdict = contact.verdict
    assert (verdict["findings"], verdict["status"], verdict["savable"]) == ([], "ok", True)


@then(spoken(ONLY))
def only_this_is_found(contact: Contact, phrase: str) -> None:
    assert contact.kinds == [kind(phrase)]
    contact.look_at(kind(phrase))


@then(IN_ORDER)
def these_are_found_in_this_order(contact: Contact, datatable: list[list[str]]) -> None:
    assert contact.kinds == [kind(phrase) for (phrase,) in datatable]


@then(spoken(AMONG_OTHERS))
def this_is_found_among_others(contact: Contact, phrase: str) -> None:
    contact.look_at(kind(phrase))


@then(spoken(SILENT))
def this_is_not_found(contact: Contact, phrase: str) -> None:
    assert kind(phrase) not in contact.kinds


@then(spoken(f"siger den gældende udgave,? {SAID}"))
def the_current_release_says(contact: Contact, phrase: str | None) -> None:
    assert contact.verdict["rules"]["release"] == "ekm-2024-11"
    assert contact.kinds == _kinds(phrase)


@then(spoken(f"kladden siger,? {SAID}"))
def the_draft_says(contact: Contact, phrase: str | None) -> None:
    assert contact.by_draft is not None
    assert contact.by_draft.verdict["rules"]["release"] == "ekm-2025-06"
    assert contact.by_draft.kinds == _kinds(phrase)


def _kinds(phrase: str | None) -> list[str]:
    return [kind(phrase)] if phrase else []


# What a finding says


@then(spoken("bemærkningen er en (?P<severity>fejl|advarsel|oplysning)"))
def the_severity(contact: Contact, severity: str) -> None:
    assert contact.finding["severity"] == SEVERITIES[severity]


@then(spoken("bemærkningen (?P<audience>vises for klinikeren|er til systemleverandøren|gemmes kun som data)"))
def the_audience(contact: Contact, audience: str) -> None:
    assert contact.finding["audience"] == AUDIENCES[audience]


@then(spoken(r"bemærkningen gælder (?P<code>\S+)"))
def the_code_that_is_meant(contact: Contact, code: str) -> None:
    assert contact.code_at(contact.finding) == code


@then(spoken('bemærkningen begynder med "(?P<text>.+)"'))
def the_message(contact: Contact, text: str) -> None:
    assert contact.finding["message"].startswith(text)


@then(spoken('forklaringen siger "(?P<text>.+)"'))
def the_explanation(contact: Contact, text: str) -> None:
    assert text in contact.finding["explanation"]


@then(spoken('kilden er "(?P<title>.+)"'))
def the_source(contact: Contact, title: str) -> None:
    assert contact.finding["source"]["title"] == title


@then(spoken("reglen er (?P<status>besluttet|under afklaring|ubekræftet)"))
def the_status_of_the_rule(contact: Contact, status: str) -> None:
    assert contact.finding["source"]["status"] == STATUSES[status]


# What is suggested


def _suggested(contact: Contact, member: str = "code") -> list[tuple[str, str]]:
    return [(suggestion["action"], suggestion[member]) for suggestion in contact.finding["suggestions"]]


@then(spoken("det foreslås at (?P<action>skifte til|tilføje|fjerne|gendanne) (?P<codes>.+)"))
def codes_are_suggested(contact: Contact, action: str, codes: str) -> None:
    assert _suggested(contact) == [(ACTIONS[action], code) for code in words(codes)]


@then(spoken(r"det foreslås at gøre (?P<code>\S+) til hoveddiagnose"))
def a_main_diagnosis_is_suggested(contact: Contact, code: str) -> None:
    assert _suggested(contact) == [("make-main", code)]


@then(spoken("det foreslås at vælge forløbet (?P<titles>.+)"))
def courses_are_suggested(contact: Contact, course_ids: dict[str, str], titles: str) -> None:
    assert _suggested(contact, "course") == [("replace", course_ids[title]) for title in quoted(titles)]


@then("der foreslås ikke noget andet")
def nothing_is_suggested(contact: Contact) -> None:
    assert _suggested(contact) == []


@then(spoken('forslaget hedder "(?P<title>.+)"'))
def the_title_of_the_suggestion(contact: Contact, title: str) -> None:
    assert [suggestion["title"] for suggestion in contact.finding["suggestions"]] == [title]


# The verdict as a whole


@then(spoken("kontakten kan sendes videre"))
def the_coding_may_be_sent_on(contact: Contact) -> None:
    assert contact.verdict["savable"] is True


@then("kodningen er ikke klar til at blive sendt videre")
def the_coding_may_not_be_sent_on(contact: Contact) -> None:
    assert contact.verdict["savable"] is False
    assert any(finding["blocking"] for finding in contact.verdict["findings"])


@then(spoken("den samlede vurdering er (?P<status>fejl|advarsel|oplysning|i orden)"))
def the_status(contact: Contact, status: str) -> None:
    assert contact.verdict["status"] == SEVERITIES[status]


@then(spoken(f"kontakten er bedømt efter reglerne den (?P<day>{DATE})"))
def the_day_of_the_rules(contact: Contact, day: str) -> None:
    assert contact.verdict["rules"]["as_of"] == date(day)


@then(spoken('begrundelsen "(?P<reason>.+)" står ved bemærkningen'))
def the_reason_is_in_the_answer(contact: Contact, reason: str) -> None:
    assert contact.finding["overridden"] == {"reason": reason}


@then("bemærkningen er ikke fraveget")
def the_finding_still_counts(contact: Contact) -> None:
    assert contact.finding["overridden"] is None


@then(spoken(r"er kun bemærkningen ved (?P<code>\S+) fraveget"))
def one_finding_is_overridden(contact: Contact, code: str) -> None:
    overridden = [finding for finding in contact.verdict["findings"] if finding["overridden"]]
    assert [contact.code_at(finding) for finding in overridden] == [code]


# What a learner is shown


@then("står hverken facit, begrundelse eller de nære svar i den")
def no_answer_key_is_shown(learner: Learner) -> None:
    case, shown = learner.chosen, json.dumps(learner.response, ensure_ascii=False)
    secrets = [code.code for code in case.key] + [case.rationale["da"], *(remark.reason["da"] for remark in case.near_misses)]
    assert case.vignette["da"] in shown
    assert [secret for secret in secrets if secret in shown] == []


@then(spoken("er facit (?P<answer>.+)"))
def the_key(learner: Learner, answer: str) -> None:
    assert learner.response["key"] == coded(answer)


@then(spoken("står de berørte led (?P<no>ikke )?i (?:den|svaret)"))
def the_joints_are_shown(learner: Learner, no: str | None) -> None:
    assert ("joints" in learner.response["given"].get("observations", {})) is (no is None)


@then("begrundelsen er casens egen")
def the_rationale(learner: Learner) -> None:
    assert learner.response["rationale"] == learner.chosen.rationale["da"] != ""


@then(spoken('svaret forklares med "(?P<text>.+)"'))
def the_remark(learner: Learner, text: str) -> None:
    assert learner.response["remark"].startswith(text)


@then(spoken(r"giver svaret (?P<points>[\d,]+) point"))
def the_score(learner: Learner, points: str) -> None:
    assert learner.response["score"] == float(points.replace(",", "."))


@then(spoken("viser journalsystemet,? (?:ingen fejl|at (?P<phrase>.+))"))
def the_practice_system_shows(learner: Learner, phrase: str | None) -> None:
    errors = [finding["kind"] for finding in learner.response["verdict"]["findings"] if finding["severity"] == "error"]
    assert errors == _kinds(phrase)


@then("er den trukket tilbage med en forklaring")
def the_case_is_withdrawn(learner: Learner) -> None:
    assert learner.response["withdrawn"]


# What a search finds


@then(spoken("er (?:de|den) første koder? (?P<codes>.+)"))
def these_codes_are_first(contact: Contact, codes: str) -> None:
    found = [hit["code"] for hit in contact.answer.get_json()["items"]]
    assert found[: len(words(codes))] == words(codes)


@then(spoken('på siden om (?P<code>.+) står "(?P<term>.+)" blandt kodens egne ord'))
def the_page_has_the_term_among_its_own(contact: Contact, code: str, term: str) -> None:
    page = contact.client.get(f"/codes/{code}").text
    own, _, others = page.partition("Bruges også, men helst en anden kode")
    assert term in own
    assert term not in others


# What is refused


@then(spoken('afvises kaldet med teksten "(?P<title>.+)"'))
def the_request_is_refused(contact: Contact, title: str) -> None:
    assert (contact.answer.status_code, contact.answer.mimetype) == (422, "application/problem+json")
    assert contact.answer.get_json()["title"] == title


@then("afvises kaldet, fordi udgaven ikke er udgivet")
def the_release_is_not_published(contact: Contact) -> None:
    assert (contact.answer.status_code, contact.answer.mimetype) == (404, "application/problem+json")
    assert [error["path"] for error in contact.answer.get_json()["errors"]] == ["?release"]


_NAMED = {
    "kontakten": "/encounter",
    "kontaktens nøgle": "/encounter/id",
    "feltet til diagnosekoden": "/encounter/diagnoses/0/code",
    "begrundelsen for en fravigelse": "/overrides/0/reason",
    "et felt, som aftalen ikke kender": "/encounter/note",
    "kaldets adresse": "address",
    "kaldets sporingsnummer": "X-Request-ID",
}


@then(spoken("svaret peger på (?P<place>.+)"))
def the_place_is_named(contact: Contact, place: str) -> None:
    assert [error["path"] for error in contact.answer.get_json()["errors"]] == [_NAMED[place]]


@then(spoken('hverken svaret eller loggen gentager "(?P<number>.+)"'))
def the_number_is_not_repeated(contact: Contact, number: str) -> None:
    assert contact.log, "the request was not logged"
    output = f"{contact.answer.text}\n{contact.answer.headers}\n{contact.log}"
    assert number not in output
    assert number.replace("-", "") not in output


# What the owner of the rules is told


@then(spoken(r'advares der om, at koden (?P<code>\S+) står i forløbet "(?P<course>.+)"'))
def a_code_of_a_course_is_warned_of(rule_owner: RuleOwner, code: str, course: str) -> None:
    (warning,) = rule_owner.warnings
    assert f'{code} nævnes i forløbet "{course}"' in warning


@then("er der ingen advarsler om reglerne")
def nothing_is_warned_of(rule_owner: RuleOwner) -> None:
    assert rule_owner.warnings == []


@then("er kladden udgivet")
def the_draft_is_published(rule_owner: RuleOwner) -> None:
    assert "kladde er udgivet" in rule_owner.shown
