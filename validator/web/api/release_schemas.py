"""Marshmallow schemas of requests and answers about published releases.

They are part of the OpenAPI document.
"""

from marshmallow import fields

from validator.web.api.draft_schemas import DraftFilesSchema, RuleProblemSchema, files_field
from validator.web.api.verdict_schemas import open_list
from validator.web.http.extensible_schema import ExtensibleSchema


class ReleaseFilesSchema(DraftFilesSchema):
    """The files of a release to publish."""

    note = fields.String(required=True, metadata={"description": "What the release changes and why; at most 500 characters."})
    files = files_field(
        metadata={"description": "The text of each file by its name, with `pack.yaml`, which has the release's name."}
    )


class PublishedSchema(ExtensibleSchema):
    """A published release with the time it was `published` at; its `parent` was current then."""

    name = fields.String(required=True)
    pack = fields.String(required=True)
    current = fields.Boolean(required=True)
    digest = fields.String(required=True)
    catalogue = fields.String(required=True)
    author = fields.String(required=True)
    note = fields.String(required=True)
    published = fields.DateTime(required=True)
    parent = fields.String(required=True, allow_none=True)


class ListedReleaseSchema(ExtensibleSchema):
    """A release in a list.

    `author`, `note`, `published` and `parent` come from the store. One that cannot be used has `error` instead of what its rules
    say.
    """

    name = fields.String(required=True)
    pack = fields.String(required=True)
    current = fields.Boolean(required=True)
    digest = fields.String(required=True, allow_none=True)
    owner = fields.String(allow_none=True)
    languages = fields.List(fields.String())
    start = fields.Date()
    courses = fields.Integer()
    rules = fields.Integer()
    author = fields.String()
    note = fields.String()
    published = fields.DateTime()
    parent = fields.String(allow_none=True)
    error = fields.String(metadata={"description": "Why the release cannot be used."})


class BrokenCaseSchema(ExtensibleSchema):
    """A coding case whose right answers the release refuses, with the messages of its rules."""

    case = fields.String(required=True)
    answers = fields.List(fields.String(), required=True)
    messages = fields.List(fields.String(), required=True)


class PublishedDraftSchema(PublishedSchema):
    """The published release, with the warnings about its rules.

    `new` is false where it had been published earlier. `cases` are withdrawn once the release is current, because it refuses
    their right answers.
    """

    new = fields.Boolean(required=True)
    warnings = fields.List(fields.Nested(RuleProblemSchema), required=True)
    cases = fields.List(fields.Nested(BrokenCaseSchema), required=True)


class ActivatedSchema(PublishedSchema):
    """The release that is now current; `before` was current until now."""

    before = fields.String(required=True, allow_none=True)


class ReleaseFileSchema(ExtensibleSchema):
    """A release as a file for another installation.

    `signature` is of `payload`, by the private part of `key`.
    """

    format = fields.String(required=True)
    version = fields.Integer(required=True)
    payload = fields.String(required=True)
    key = fields.String(required=True, allow_none=True)
    signature = fields.String(required=True, allow_none=True)


class NamedReleaseSchema(ExtensibleSchema):
    """A release by its pack and name."""

    pack = fields.String(required=True)
    release = fields.String(required=True)


class DifferenceSchema(ExtensibleSchema):
    """A sentence about one item of a release, with the item's id and title."""

    subject = open_list(["release", "specialty", "source", "course", "rule"], "What the item is.")
    id = fields.String(required=True)
    title = fields.String(required=True)
    change = open_list(["added", "removed", "changed"], "What happened to the item.")
    text = fields.String(required=True, metadata={"description": "A sentence in the language of `Accept-Language`: da, en or sv."})


class ReleaseDifferencesSchema(ExtensibleSchema):
    """What changes `from` one release `to` another."""

    from_ = fields.Nested(NamedReleaseSchema, required=True, data_key="from")
    to = fields.Nested(NamedReleaseSchema, required=True)
    differences = fields.List(fields.Nested(DifferenceSchema), required=True)
