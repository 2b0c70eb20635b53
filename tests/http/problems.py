"""Assertion of the problem details that every error of every route has."""

from typing import Any

from werkzeug.test import TestResponse

from validator.texts import PROBLEMS

KEYS = ["type", "title", "status", "detail", "errors"]


def assert_problem(
    response: TestResponse, status: int, *, path: str | None = None, language: str = "da", absent: str | None = None
) -> dict[str, Any]:
    """Return the problem of a response. `path` is that of one of its errors; `absent` was sent and must not be repeated."""
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["X-Request-ID"]
    assert response.headers["Content-Language"] == language
    content: dict[str, Any] = response.get_json()
    assert_problem_shape(content, status, language=language)
    if path is not None:
        assert path in [error["path"] for error in content["errors"]]
    if status == 405:
        assert response.headers["Allow"]
        assert all(method in content["detail"] for method in response.headers["Allow"].split(", "))
    if absent is not None:
        assert absent not in response.get_data(as_text=True)
        assert absent not in str(response.headers)
    return content


def assert_problem_shape(content: dict[str, Any], status: int, *, language: str = "da") -> None:
    """Assert the members of a problem, such as that of a line in a batch."""
    assert list(content) == KEYS
    space, _, name = content["type"].rpartition(":")
    assert space == "urn:kodevagt:problem"
    assert content["title"] == PROBLEMS[language][name]
    assert content["status"] == status
    assert isinstance(content["detail"], str)
    assert content["detail"]
    for error in content["errors"]:
        assert list(error) == ["path", "message"]
        assert isinstance(error["path"], str)
        assert error["message"]
        assert "{" not in error["message"]
    assert "{" not in content["detail"]
