"""What every request passes: access, limits, headers, errors, metrics and the OpenAPI document."""
