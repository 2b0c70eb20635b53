"""Access, limits, headers, errors, metrics and the OpenAPI document, for every request."""
