"""Compile rules to branches of comparisons between numbered slots and whole numbers.

A slot holds a field, or a test that engines cannot express (of a list, or of all diagnoses), computed here as 0 or 1.
Texts become small numbers, since rules only compare them for equality; a number becomes the index of its interval
between the bounds that rules use. So a contact is one row of small numbers and one row for each diagnosis, and
contacts that no rule distinguishes have equal rows.

A row begins with the clinical slots of the contact. The other slots depend on its coding only, and are computed once
for all contacts with the same coding.
"""

import operator
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any, cast

from validator.contract.encounter import Encounter
from validator.engines import slot_encoding
from validator.engines.branches import Comparison, CompiledBranch, Row, Rows, join_rows
from validator.engines.relevant_slots import RelevantSlots
from validator.rulebook.conditions import Exists, Test
from validator.rulebook.facts import Facts, Value
from validator.rulebook.normal_form import branches_of
from validator.rulebook.rule import Rule
from validator.rulebook.vocabulary import CLINICAL, EXCEPTIONS, VOCABULARY

_CLINICAL, _CODED, _DIAGNOSIS = range(3)  # the parts of a row, in order
_CACHED_DIAGNOSES = 256
_Key = tuple[int, object]


class CompiledRules:
    """A set of rules in compiled form, and the encoder of contacts for it."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._texts: dict[str, dict[object, int]] = {}
        self._bounds: dict[str, list[int]] = {}
        self._clinical: dict[_Key, tuple[str, slot_encoding.ValueEncoder]] = {}
        self._coded: dict[_Key, tuple[str, slot_encoding.ValueEncoder]] = {}  # a block about all the diagnoses has no field
        literals = [
            (number, rule.each is not None, [*branch, *(Test(EXCEPTIONS[name], "is", False) for name in rule.unless)])
            for number, rule in enumerate(rules)
            for branch in branches_of(rule.when)
        ]
        for _, _, branch in literals:
            for literal in branch:
                self._prepare(literal)
        self._numbers = {key: number for number, key in enumerate(sorted((*self._clinical, *self._coded), key=_part))}
        self._clinical_fields = list(self._clinical.values())
        self.read_clinical_slots = _clinical_reader(self._clinical_fields)
        self._of_encounter = [encoder for key, encoder in self._coded.items() if _part(key) == _CODED]
        of_diagnosis = [encoder for key, encoder in self._coded.items() if _part(key) == _DIAGNOSIS]
        self._diagnosis_fields = list(dict.fromkeys(field for field, _ in of_diagnosis))
        self._encode_diagnosis = _diagnosis_encoder(self._diagnosis_fields, of_diagnosis)
        self.branches = tuple(
            CompiledBranch(number, each, tuple(dict.fromkeys(part for literal in branch for part in self._comparisons(literal))))
            for number, each, branch in literals
        )
        self._relevant_slots = RelevantSlots(self.branches, len(self._clinical_fields))

    def encode_coding(self, facts: Facts) -> Rows:
        """Return the rows of a contact without their clinical slots."""
        contact = facts.encounter
        encounter = [encode(contact[field]) if field else encode(facts) for field, encode in self._of_encounter]
        fields, encode_diagnosis = self._diagnosis_fields, self._encode_diagnosis
        diagnoses = [(*encounter, *encode_diagnosis(tuple([values[field] for field in fields]))) for values in facts.diagnoses]
        return Rows(tuple(encounter), tuple(diagnoses))

    def encode(self, facts: Facts) -> Rows:
        """Return the complete rows of a contact."""
        clinical = tuple([encode(facts.encounter[field]) for field, encode in self._clinical_fields])
        return join_rows(clinical, self.encode_coding(facts))

    def relevant_slots_reader(self, coding: Rows) -> Callable[[Encounter], Row]:
        """Return a reader of the clinical slots that can still change the outcome for this coding."""
        return _clinical_reader([self._clinical_fields[slot] for slot in sorted(self._relevant_slots.find(coding))])

    def _prepare(self, literal: Test | Exists) -> None:
        """Choose the encoder of the slot that a literal needs."""
        key = _key(literal)
        if isinstance(literal, Exists):
            self._coded[key] = "", slot_encoding.block_encoder(literal)
            return
        encode: slot_encoding.ValueEncoder
        if key[1] is literal:
            encode = slot_encoding.flag_encoder(literal)
        elif VOCABULARY[literal.field].type == "text":
            texts = self._texts.setdefault(literal.field, {None: slot_encoding.MISSING})
            texts.setdefault(literal.value, len(texts))
            encode = slot_encoding.text_encoder(texts)
        else:
            # "At least" begins at the value, "at most" ends before the next one, and "is" does both.
            value = int(cast(int, literal.value))
            begins = {value} if literal.operator == "at_least" else {value + 1}
            bounds = self._bounds.setdefault(literal.field, [])
            bounds[:] = sorted({*bounds, *begins, *([value] if literal.operator == "is" else [])})
            encode = slot_encoding.interval_encoder(bounds)
        if key[0] == _CLINICAL:
            self._clinical[key] = literal.field, encode
        else:
            self._coded[key] = literal.field, encode

    def _comparisons(self, literal: Test | Exists) -> list[Comparison]:
        key = _key(literal)
        slot = self._numbers[key]
        if isinstance(literal, Exists) or key[1] is literal:
            return [Comparison(slot, "eq", 1)]
        value: Any = literal.value
        match literal.operator:
            case "is":
                texts = self._texts.get(literal.field)
                constant = self._interval(literal.field, value) if texts is None else texts[value]
                return [Comparison(slot, "eq", constant)]
            case "at_least":
                return [Comparison(slot, "ge", self._interval(literal.field, value))]
            case _:
                return [Comparison(slot, "le", self._interval(literal.field, value)), Comparison(slot, "ge", 0)]

    def _interval(self, field: str, value: int) -> int:
        return bisect_right(self._bounds[field], value)


def _key(literal: Test | Exists) -> _Key:
    """Return the key of a literal's slot.

    For a simple comparison it is the field, otherwise the literal itself.
    """
    if isinstance(literal, Exists):
        return _CODED, literal
    simple = literal.operator in ("is", "at_least", "at_most")
    part = _CLINICAL if literal.field in CLINICAL else _CODED if VOCABULARY[literal.field].scope == "encounter" else _DIAGNOSIS
    return part, literal.field if simple else literal


def _part(key: _Key) -> int:
    return key[0]


def _diagnosis_encoder(
    fields: Sequence[str], encoders: Iterable[tuple[str, slot_encoding.ValueEncoder]]
) -> Callable[[tuple[Value, ...]], Row]:
    """Return a function that encodes the values of a diagnosis's `fields`.

    It caches rows: contacts repeat each other's diagnoses, and a tried suggestion changes one of a hundred.
    """
    located = [(fields.index(field), encode) for field, encode in encoders]
    return lru_cache(_CACHED_DIAGNOSES)(lambda values: tuple([encode(values[place]) for place, encode in located]))


def _clinical_reader(fields: Sequence[tuple[str, slot_encoding.ValueEncoder]]) -> Callable[[Encounter], Row]:
    """Return a function that encodes clinical fields.

    The names of the fields are attribute paths of an encounter.
    """
    if not fields:
        return lambda _: ()
    names, encoders = zip(*fields, strict=True)
    get_values: Callable[[Encounter], Any] = operator.attrgetter(*names)
    if len(names) == 1:
        (encode,) = encoders
        return lambda encounter: (encode(get_values(encounter)),)
    return lambda encounter: tuple([encode(value) for encode, value in zip(encoders, get_values(encounter), strict=True)])
