"""What can be said: kinds of entities, relationships, claims, dates; everything else is derived from here."""

from graph.schema.claims import Citation, Claim, DocumentVersion, Source, make_claim
from graph.schema.dates import Bounds, Certainty, GivenDates, TimeClass
from graph.schema.kinds import Kind, PropertyType, ValueType
from graph.schema.model import SCHEMA, Schema
from graph.schema.relationships import Ends, Qualifier, RelationshipType
from graph.schema.values import Value

__all__ = [
    "SCHEMA",
    "Bounds",
    "Certainty",
    "Citation",
    "Claim",
    "DocumentVersion",
    "Ends",
    "GivenDates",
    "Kind",
    "PropertyType",
    "Qualifier",
    "RelationshipType",
    "Schema",
    "Source",
    "TimeClass",
    "Value",
    "ValueType",
    "make_claim",
]
