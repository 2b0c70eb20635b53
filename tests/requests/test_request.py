"""Reading requests: required members, types and limits; every fault is reported with its path.

The meaning of a contact is judged, never refused; an unknown member is a finding.
"""

import datetime
import json
from collections.abc import Callable
from typing import Any

import pytest

from validator import Diagnosis, Override, RequestError, read_request
from validator.contract.encounter import JOINTS, ROLES, SERVICES, SEXES
from validator.requests.errors import Fault
from validator.requests.json_decoding import MAX_DEPTH
from validator.requests.request import Submission, read_body, read_json

TEXT, ITEMS = 200, 100


def contact(**members: Any) -> dict[str, Any]:
    encounter = {"date": "2027-06-01", "specialty": "51", "diagnoses": [], **members}
    return {"encounter": {name: value for name, value in encounter.items() if value is not ...}}


def faults(data: object) -> list[tuple[str, str]]:
    with pytest.raises(RequestError) as refused:
        read_request(data)
    return [(fault.path, fault.key) for fault in refused.value.faults]


def fault_of(data: object) -> Fault:
    with pytest.raises(RequestError) as refused:
        read_request(data)
    (fault,) = refused.value.faults
    return fault


def test_the_contract_s_own_request_is_read_completely() -> None:
    submission = read_request(
        {
            "encounter": {
                "id": "c-1",
                "date": "2025-10-14",
                "specialty": "51",
                "course": "lumbal-stenose",
                "phase": 2,
                "contact_number": 3,
                "patient": {"age": 67, "sex": "female"},
                "observations": {"radiating_pain": True, "joints": ["hip"]},
                "diagnoses": [{"code": "L84", "system": "icpc-2", "role": "main"}, {"code": "L03", "role": "secondary"}],
                "previous_diagnoses": [{"code": "L03", "role": "main", "date": "2025-09-30"}],
                "saved_diagnoses": None,
                "referral": {"diagnoses": [{"code": "DG35", "system": "sks"}]},
                "services": ["group-training"],
            },
            "overrides": [{"rule": "...", "reason": "..."}],
        }
    )
    encounter = submission.encounter
    assert encounter.date == datetime.date(2025, 10, 14)
    assert encounter.diagnoses == (Diagnosis("L84", "icpc-2", "main"), Diagnosis("L03", None, "secondary"))
    assert encounter.previous_diagnoses == (Diagnosis("L03", None, "main", datetime.date(2025, 9, 30)),)
    assert encounter.saved_diagnoses is None
    assert (encounter.patient.age, encounter.patient.sex, encounter.observations.joints) == (67, "female", ("hip",))
    assert encounter.referral is not None
    assert encounter.referral.diagnoses == (Diagnosis("DG35", "sks"),)
    assert (submission.overrides, submission.unknown_fields) == ((Override("...", "..."),), ())


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, [("/encounter", "required")]),
        ({"encounter": None}, [("/encounter", "required")]),
        ({"encounter": {}}, [(f"/encounter/{name}", "required") for name in ("date", "diagnoses", "specialty")]),
        (
            contact(date=None, specialty=None, diagnoses=None),
            [(f"/encounter/{name}", "required") for name in ("date", "diagnoses", "specialty")],
        ),
        (contact(diagnoses=[{}]), [("/encounter/diagnoses/0/code", "required")]),
        (contact(previous_diagnoses=[{"code": None}]), [("/encounter/previous_diagnoses/0/code", "required")]),
        ({**contact(), "overrides": [{}]}, [("/overrides/0/rule", "required")]),
    ],
)
def test_what_is_required_is_reported(data: object, expected: list[tuple[str, str]]) -> None:
    assert faults(data) == expected


@pytest.mark.parametrize(
    "member",
    [
        "id",
        "course",
        "phase",
        "contact_number",
        "patient",
        "observations",
        "previous_diagnoses",
        "saved_diagnoses",
        "referral",
        "services",
        "jurisdiction",
    ],
)
def test_null_is_absent(member: str) -> None:
    assert read_request(contact(**{member: None})) == read_request(contact())


def test_an_empty_list_is_present_and_empty() -> None:
    read = read_request(contact(previous_diagnoses=[], saved_diagnoses=[], services=[], observations={"joints": []})).encounter
    assert (read.previous_diagnoses, read.saved_diagnoses, read.services, read.observations.joints) == ((), (), (), ())
    absent = read_request(contact()).encounter
    assert (absent.previous_diagnoses, absent.saved_diagnoses, absent.services, absent.observations.joints) == (None,) * 4


@pytest.mark.parametrize(
    ("members", "path", "key"),
    [
        ({"date": "2025-13-01"}, "date", "date"),
        ({"date": "2025-02-29"}, "date", "date"),
        ({"date": "01-04-2025"}, "date", "date"),
        ({"date": "20250401"}, "date", "date"),
        ({"date": "2025-04-01T00:00:00Z"}, "date", "date"),
        ({"date": 20250401}, "date", "date"),
        ({"specialty": 51}, "specialty", "text"),
        ({"course": ["a"]}, "course", "text"),
        ({"id": {}}, "id", "text"),
        ({"phase": "2"}, "phase", "integer"),
        ({"phase": 2.5}, "phase", "integer"),
        ({"phase": True}, "phase", "integer"),
        ({"contact_number": -1}, "contact_number", "range"),
        ({"patient": []}, "patient", "not-object"),
        ({"patient": {"age": 131}}, "patient/age", "range"),
        ({"patient": {"age": -1}}, "patient/age", "range"),
        ({"patient": {"age": "67"}}, "patient/age", "integer"),
        ({"patient": {"sex": "F"}}, "patient/sex", "choice"),
        ({"observations": {"radiating_pain": "true"}}, "observations/radiating_pain", "truth"),
        ({"observations": {"radiating_pain": 1}}, "observations/radiating_pain", "truth"),
        ({"observations": {"joints": "hip"}}, "observations/joints", "list"),
        ({"observations": {"joints": ["hip", "hofte"]}}, "observations/joints/1", "choice"),
        ({"observations": {"joints": [None]}}, "observations/joints/0", "choice"),
        ({"diagnoses": {}}, "diagnoses", "list"),
        ({"diagnoses": ["L84"]}, "diagnoses/0", "not-object"),
        ({"diagnoses": [None]}, "diagnoses/0", "not-object"),
        ({"diagnoses": [{"code": 84}]}, "diagnoses/0/code", "text"),
        ({"diagnoses": [{"code": ""}]}, "diagnoses/0/code", "empty-text"),
        ({"diagnoses": [{"code": " \t"}]}, "diagnoses/0/code", "empty-text"),
        ({"diagnoses": [{"code": "L84", "role": "hoved"}]}, "diagnoses/0/role", "choice"),
        ({"diagnoses": [{"code": "L84", "system": "icpc"}]}, "diagnoses/0/system", "choice"),
        ({"previous_diagnoses": [{"code": "L84", "date": "i går"}]}, "previous_diagnoses/0/date", "date"),
        ({"referral": {"diagnoses": [{"code": "DG35", "system": "x"}]}}, "referral/diagnoses/0/system", "choice"),
        ({"services": ["massage"]}, "services/0", "choice"),
        ({"jurisdiction": "no"}, "jurisdiction", "choice"),
        ({"course": "a" * (TEXT + 1)}, "course", "too-long"),
        ({"diagnoses": [{"code": "a" * (TEXT + 1)}]}, "diagnoses/0/code", "too-long"),
        ({"diagnoses": [{"code": "L84"}] * (ITEMS + 1)}, "diagnoses", "too-many"),
        ({"previous_diagnoses": [{"code": "L84"}] * (ITEMS + 1)}, "previous_diagnoses", "too-many"),
    ],
)
def test_a_member_of_the_wrong_type_is_reported_with_its_place(members: dict[str, Any], path: str, key: str) -> None:
    assert faults(contact(**members)) == [(f"/encounter/{path}", key)]


@pytest.mark.parametrize(
    ("members", "allowed"),
    [
        ({"patient": {"sex": "F"}}, SEXES),
        ({"observations": {"joints": ["x"]}}, JOINTS),
        ({"services": ["x"]}, SERVICES),
        ({"diagnoses": [{"code": "L84", "role": "x"}]}, ROLES),
        ({"jurisdiction": "no"}, ("dk", "se")),
        (
            {"diagnoses": [{"code": "L84", "system": "x"}]},
            ("icpc-2", "icd-10", "icd-10-se", "sks", "kva", "urn:oid:1.2.208.176.2.31"),
        ),
    ],
)
def test_a_closed_list_names_what_is_allowed(members: dict[str, Any], allowed: tuple[str, ...]) -> None:
    named = str(fault_of(contact(**members)).values["allowed"]).split(", ")
    assert [value for value in allowed if value not in named] == []


def test_the_closed_lists_are_those_of_the_contract() -> None:
    assert SEXES == ("female", "male", "other", "unknown")
    assert JOINTS == ("hip", "knee", "shoulder", "elbow", "hand", "ankle", "neck", "back")
    assert set(SERVICES) == {
        *("individual", "group-training", "supervised-self-training", "self-training", "digital-follow-up"),
        *("video", "cross-sector", "examination", "home-visit"),
    }


@pytest.mark.parametrize(
    "members",
    [
        {"phase": 6},
        {"phase": -3},
        {"phase": 2.0},
        {"date": "2099-12-31"},
        {"course": "findes-ikke"},
        {"course": ""},
        {"specialty": "99"},
        {"specialty": ""},
        {"patient": {"age": 0}},
        {"patient": {"age": 130}},
        {"course": "a" * TEXT},
        {"diagnoses": [{"code": "L84"}] * ITEMS},
        {"visits_last_year": 21, "plan": False, "measures": [], "registrations": ["artrosregistret"], "visit_type": "FYS002"},
    ],
)
def test_meaning_is_judged_and_not_refused(members: dict[str, Any]) -> None:
    assert isinstance(read_request({**contact(**members), "overrides": [{"rule": "a", "reason": " "}]}), Submission)


def test_every_fault_is_reported_at_once_in_order() -> None:
    data = {**contact(date="x", patient={"age": 200, "sex": "x"}, services=["a", "video", "b"]), "overrides": "x"}
    assert faults(data) == [
        ("/encounter/date", "date"),
        ("/encounter/patient/age", "range"),
        ("/encounter/patient/sex", "choice"),
        ("/encounter/services/0", "choice"),
        ("/encounter/services/2", "choice"),
        ("/overrides", "list"),
    ]


@pytest.mark.parametrize(("data", "key"), [(value, "not-object") for value in (None, 5, "x", [], True)])
def test_a_request_is_an_object(data: object, key: str) -> None:
    assert faults(data) == [("", key)]


def test_members_that_the_contract_does_not_know_are_pointed_to() -> None:
    data = {
        **contact(
            diagnosis=1,
            patient={"age": 5, "køn": "K"},
            diagnoses=[{"code": "L84"}, {"code": "L86", "a/b": 1, "c~d": 2}],
            referral={"diagnoses": [{"code": "DG35", "kind": "x"}], "from": "x"},
        ),
        "overrides": [{"rule": "a", "why": "x"}],
        "extra": None,
    }
    assert set(read_request(data).unknown_fields) == {
        "/encounter/diagnosis",
        "/encounter/patient/køn",
        "/encounter/diagnoses/1/a~1b",
        "/encounter/diagnoses/1/c~0d",
        "/encounter/referral/diagnoses/0/kind",
        "/encounter/referral/from",
        "/overrides/0/why",
        "/extra",
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", [("", "not-json")]),
        (b"{", [("", "not-json")]),
        (b"{'a': 1}", [("", "not-json")]),
        (b'{"a": NaN}', [("", "not-json")]),
        (b'{"a": -Infinity}', [("", "not-json")]),
        (b'{"a": 1} x', [("", "not-json")]),
        (b'{"a": ' + b"9" * 10_000 + b"}", [("", "not-json")]),
        (b"\xff\xfe{}", [("", "not-utf8")]),
        ('{"æ": 1}'.encode("latin-1"), [("", "not-utf8")]),
        (b"[" * 100_000, [("", "nested-too-deep")]),
        (b'{"a": ' * 100_000, [("", "nested-too-deep")]),
        (b'{"encounter": "\\ud800"}', [("/encounter", "surrogate")]),
        (b'{"\\udc00": 1}', [("", "surrogate")]),
        (b"[]", [("", "not-object")]),
    ],
)
def test_bytes_that_are_no_request_are_refused(body: bytes, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(RequestError) as refused:
        read_body(body)
    assert [(fault.path, fault.key) for fault in refused.value.faults] == expected


@pytest.mark.parametrize("levels", [MAX_DEPTH + 1, 1000, 1024, 1025, 100_000])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("read", [read_body, read_json])
def test_json_nested_deeper_than_the_limit_is_refused(read: Callable[[bytes], object], mark: bytes, levels: int) -> None:
    for body in (b"[" * levels + b"]" * levels, b'{"a":' * levels + b"1" + b"}" * levels):
        with pytest.raises(RequestError) as refused:
            read(mark + body)
        assert refused.value.faults == [Fault("", "nested-too-deep")]


def test_json_nested_as_deep_as_the_limit_is_read() -> None:
    for body in (b"[" * MAX_DEPTH + b"]" * MAX_DEPTH, b'{"a":' * MAX_DEPTH + b"1" + b"}" * MAX_DEPTH):
        assert read_json(body) == json.loads(body)


def test_many_lists_beside_each_other_are_not_deep() -> None:
    assert read_json(b"[" + b"[]," * 10 * MAX_DEPTH + b"[]]") == [[]] * (10 * MAX_DEPTH + 1)


def test_a_fault_of_json_has_its_line_and_column() -> None:
    with pytest.raises(RequestError) as refused:
        read_body(b'{\n  "encounter": ,\n}')
    assert refused.value.faults[0].values == {"line": 2, "column": 16}


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ascii_only", [True, False])
def test_a_body_says_what_its_json_says(mark: bytes, ascii_only: bool) -> None:
    data = contact(course="lænderyg", id="c-🦴", phase=3.0, ekstra="æøå")
    assert read_body(mark + json.dumps(data, ensure_ascii=ascii_only).encode()) == read_request(data)
