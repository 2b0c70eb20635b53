"""Randomly mutated requests: each is answered with a verdict or a problem, never with a server error.

The seed is printed, and the message of a failure has the number of its request, so that it can be repeated.
"""

import json
import random
from collections import Counter

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.http.mutations import Sent, mutate_request
from tests.http.problems import assert_problem, assert_problem_shape
from tests.http.routes import NDJSON
from validator.texts import LANGUAGES, PROBLEMS

VERDICT = ["status", "savable", "findings", "rules", "catalogue"]


@pytest.mark.parametrize(
    ("count", "seed"),
    [
        pytest.param(600, 20_251_014, marks=pytest.mark.slow),
        pytest.param(20_000, random.SystemRandom().getrandbits(32), marks=pytest.mark.soak, id="20000 from a new seed"),
    ],
)
def test_a_mutated_request_is_judged_or_refused(client: FlaskClient, count: int, seed: int) -> None:
    print(f"seed {seed}")
    statuses: Counter[int] = Counter()
    for number in range(count):
        sent = mutate_request(random.Random(f"{seed} {number}"))
        # The path goes into the environment: in a URL, two leading slashes would name a host.
        response = client.open("/", method=sent.method, data=sent.body, environ_overrides=sent.environ, buffered=True)
        statuses[response.status_code] += 1
        try:
            assert_answered(sent, response)
        except (AssertionError, ValueError) as error:
            raise AssertionError(f"request {number} of seed {seed}: {sent}: {response.data[:2000]!r}") from error
    print(f"{count} mutated requests: {dict(sorted(statuses.items()))}")
    assert {200, 400, 404, 405, 415, 422} <= set(statuses), "too few or too many mutations test nothing"
    assert statuses[200] > count // 10


def assert_answered(sent: Sent, response: TestResponse) -> None:
    assert response.status_code < 500
    assert response.headers["X-Request-ID"]
    if response.status_code >= 400:
        language = response.headers["Content-Language"]
        assert language in LANGUAGES
        if sent.method == "HEAD":
            assert response.data == b""
        elif response.mimetype == "text/html":  # the page about an unknown code, which suggests others
            assert response.status_code == 404
            assert sent.path.startswith("/codes/")
        else:
            assert_problem(response, response.status_code, language=language)
    elif response.mimetype == NDJSON:
        for line in response.text.splitlines():
            answer = json.loads(line)
            if "problem" in answer:
                assert list(answer) in (["line", "problem"], ["line", "id", "problem"])
                assert_problem_shape(answer["problem"], answer["problem"]["status"], language=_language(answer["problem"]))
            else:
                assert list(answer) in (["line", *VERDICT], ["line", "id", *VERDICT])
    elif sent.method == "POST":
        assert list(response.get_json()) in (VERDICT, ["id", *VERDICT])


def _language(problem: dict[str, str]) -> str:
    name = problem["type"].rpartition(":")[2]
    return next(language for language in LANGUAGES if PROBLEMS[language][name] == problem["title"])
