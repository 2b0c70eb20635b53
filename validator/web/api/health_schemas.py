"""What the service says about itself as marshmallow schemas, for the OpenAPI document."""

from marshmallow import fields

from validator.web.api.verdict_schemas import open_list
from validator.web.http.extensible_schema import ExtensibleSchema


class LivenessSchema(ExtensibleSchema):
    """The process runs."""

    status = fields.String(required=True)


class RuleFolderSchema(ExtensibleSchema):
    """How the rule folder differs from what is served: the releases that do, or that it is unreadable."""

    differing = fields.List(fields.String())
    unreadable = fields.Boolean()


class ReadinessSchema(ExtensibleSchema):
    """Whether contacts can be judged, and the current release of each pack.

    `damaged` are the packs whose current release cannot be used; `offered` has the newer release of each pack that came with the
    rule folder.
    """

    status = open_list(["ready", "starting", "stopping", "store-not-writable"], "Others may be added.")
    releases = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    damaged = fields.List(fields.String())
    rule_folder = fields.Nested(RuleFolderSchema)
    offered = fields.Dict(keys=fields.String(), values=fields.String())
