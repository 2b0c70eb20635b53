"""Fields that were added later are left out where they have their default."""

from dataclasses import dataclass, field

from validator.support.added_fields import ADDED_LATER, added_fields, published_fields


@dataclass(frozen=True)
class Grown:
    first: int
    later: str = field(default="keep", metadata=ADDED_LATER)


def test_an_added_field_is_published_only_where_it_has_not_its_default() -> None:
    assert added_fields(Grown) == added_fields(Grown(1)) == {"later": "keep"}
    assert published_fields(Grown(1)) == {"first": 1}
    assert published_fields(Grown(1, "ask")) == {"first": 1, "later": "ask"}
    assert added_fields(dict) == {}
