"""Codes of ICPC-2 as marshmallow schemas, for the OpenAPI document."""

from marshmallow import fields

from validator.catalogue.synonyms_and_notes import SYNONYM_KINDS
from validator.rulebook.vocabulary import VOCABULARY
from validator.web.api.verdict_schemas import open_list
from validator.web.http.extensible_schema import ExtensibleSchema

_KINDS = VOCABULARY["kind"].values or ()


class DescribedCodeSchema(ExtensibleSchema):
    """What every answer says about a code; `valid_from` and `valid_to` are null where there is no limit."""

    code = fields.String(required=True)
    title = fields.String(required=True, allow_none=True)
    chapter = fields.String(required=True, allow_none=True)
    kind = open_list(_KINDS, "What the code is for; others may be added.")
    valid_from = fields.Date(required=True, allow_none=True)
    valid_to = fields.Date(required=True, allow_none=True)


class FoundCodeSchema(DescribedCodeSchema):
    """A code that the search found; `term` is the title or synonym by which it was found."""

    short_title = fields.String(required=True, allow_none=True)
    term = fields.String(required=True, allow_none=True)


class SynonymSchema(ExtensibleSchema):
    """Another name of a code; `preferred` on the code to offer first where several share the name."""

    term = fields.String(required=True)
    language = fields.String(required=True)
    kind = open_list(SYNONYM_KINDS, "Who says so; others may be added.")
    preferred = fields.Boolean(required=True)


class ExclusionSchema(ExtensibleSchema):
    """What does not belong to a code, and the code that it belongs to."""

    text = fields.String(required=True)
    code = fields.String(required=True)


class CodeNotesSchema(ExtensibleSchema):
    """What a code includes and excludes, and when to use it, in one language."""

    includes = fields.String(required=True, allow_none=True)
    not_here = fields.List(fields.Nested(ExclusionSchema), required=True)
    use_when = fields.String(required=True, allow_none=True)


class BridgeSchema(ExtensibleSchema):
    """A code of ICD-10 or SKS that is bridged to this one; `preferred` where this is its first bridge."""

    system = fields.String(required=True)
    code = fields.String(required=True)
    preferred = fields.Boolean(required=True)


class NamedCourseSchema(ExtensibleSchema):
    """A course of the current rules that names the code."""

    id = fields.String(required=True)
    title = fields.String(required=True)


class ReadCodeSchema(DescribedCodeSchema):
    """A code with all that is known about it; titles and notes are by language.

    `counterpart` is the code for the other sex.
    """

    titles = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    short_titles = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    component = fields.Integer(required=True)
    sex = fields.String(required=True, allow_none=True)
    counterpart = fields.String(required=True, allow_none=True)
    synonyms = fields.List(fields.Nested(SynonymSchema), required=True)
    notes = fields.Dict(keys=fields.String(), values=fields.Nested(CodeNotesSchema), required=True)
    bridges = fields.List(fields.Nested(BridgeSchema), required=True)
    courses = fields.List(fields.Nested(NamedCourseSchema), required=True)
    edition = fields.String(required=True)
