"""The base of the schemas that document JSON objects of the API."""

from typing import Any

from marshmallow import EXCLUDE, Schema


class ExtensibleSchema(Schema):
    """A JSON object to which members may be added later; callers ignore those that they do not know."""

    def __init__(self, **options: Any) -> None:
        # By default, the OpenAPI document would forbid additional members.
        super().__init__(**{"unknown": EXCLUDE, **options})
