"""The security headers of every response, which forbid browsers everything that they do not need."""

_LOCKED = "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
_SAME_ORIGIN = "script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"
# Content security policies; Swagger UI and Bootstrap have their icons as `data:` URLs.
_JSON_POLICY = f"default-src 'none'; {_LOCKED}"
DOCS_POLICY = f"default-src 'none'; {_SAME_ORIGIN}; {_LOCKED}"
PAGE_POLICY = f"default-src 'none'; {_SAME_ORIGIN}; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
_ALWAYS = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
)
_DEFAULTS = (("Content-Security-Policy", _JSON_POLICY), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-store"))


def add_security_headers(headers: list[tuple[str, str]]) -> None:
    """Add the headers to those of a response; defaults do not replace what the response has already."""
    present = {name for name, _ in headers}
    headers.extend(_ALWAYS)
    headers.extend([header for header in _DEFAULTS if header[0] not in present])
