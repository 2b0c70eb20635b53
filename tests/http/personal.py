"""CPR numbers and lookalikes, and the assertion that one was refused."""

from werkzeug.test import TestResponse

from tests.http.problems import assert_problem

# A date as DDMMYY of any century, and four digits; the first two are what most tests use.
NUMBERS = [
    "0101901234",
    "010190-1234",
    "3112991234",
    "290296-1234",
    "2902001234",
    "290204-0000",
    "010190‐1234",
    "010190 1234",
    "010190 – 1234",
    "010190.1234",
    "610190-1234",
    "251248-AB12",
    "120526 1430",
]
NONE = [
    "0001901234",
    "3201901234",
    "0100901234",
    "0113901234",
    "310490-1234",
    "3002961234",
    "2902971234",
    "290201-1234",
    "01019012345",
    "101019012345",
    "010190123",
    "010190-12345",
    "1010190-1234",
    "01019-01234",
    "k0101901234",
    "0101901234k",
    "k010190-1234",
    "å0101901234",
    "01.01.90.1234",
    "050607 dage",
    "020304 OKAY",
    "ref 240524-L86A",
    "9912319999",
]


def leaks(number: str, text: str) -> bool:
    """Whether a text contains the number, with or without hyphen."""
    bare = "".join(filter(str.isdigit, number))
    return number in text or (len(bare) == 10 and bare in text) or f"{bare[:6]}-{bare[6:]}" in text


def assert_refused(response: TestResponse, number: str, path: str | None = None) -> None:
    """Assert a 422 with the place of the number and without the number."""
    assert_problem(response, 422, path=path)
    assert not leaks(number, response.text)
    assert not leaks(number, str(response.headers))
