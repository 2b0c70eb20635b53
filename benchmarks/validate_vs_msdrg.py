"""The whole of `Validator.validate` in process, against the Medicare edits of msdrg on claims of the same contacts; one thread.

msdrg (compiled Zig behind ctypes) reports which Medicare edits an inpatient claim breaks. It speaks JSON with its core, by Python's
own module or, if installed, by orjson; both are measured. The contacts are those of the other benchmarks; the claim of
each has an ICD-10-CM code for every diagnosis. Before the clock is started the service judges WARM contacts, as on its first
morning; every turn has contacts of its own, once each. Two questions: the library's own call on an object that is ready, and from
JSON text to JSON text.
"""

import json
import statistics
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from unittest import mock

import msdrg
import orjson

from benchmarks.contacts import contacts, encounters, repetition
from benchmarks.turns import bound, microseconds, progress, ratios, spread, take_turns
from validator import Service, read_settings
from validator.requests.request import read_body

TURNS, CONTACTS, WARM = 8, 1000, 8_000
# For every code of the benchmark's contacts one of ICD-10-CM that means much the same; L999 and M17.1 are as wrong there.
ICD10_CM = {
    "L01": "M542",
    "L02": "M546",
    "L03": "M5450",
    "L08": "M25511",
    "L13": "M25551",
    "L15": "M25561",
    "L18": "M7918",
    "L28": "M6240",
    "L77": "S93401A",
    "L83": "M5412",
    "L84": "M51360",
    "L86": "M5416",
    "L89": "M1611",
    "L90": "M1711",
    "L92": "M7501",
    "L93": "M7711",
    "L99": "M353",
    "N01": "R519",
    "N17": "R42",
    "P76": "F329",
    "T82": "E669",
    "K86": "I10",
    "A45": "Z7189",
    "M17.1": "M171",
    "L999": "L999",
}


def claim(request: dict[str, Any]) -> dict[str, Any]:
    """The contact as a claim that the Medicare Code Editor reads."""
    encounter = request["encounter"]
    first, *others = ({"code": ICD10_CM[diagnosis["code"]]} for diagnosis in encounter["diagnoses"])
    return {
        "discharge_date": int(encounter["date"].replace("-", "")),
        "age": encounter["patient"]["age"],
        "sex": int(encounter["patient"]["sex"] == "female"),
        "discharge_status": 1,
        "pdx": first,
        "sdx": others,
        "procedures": [],
    }


def main() -> None:
    progress("drawing contacts")
    count = WARM + 2 * (TURNS + 1) * CONTACTS
    requests = list(contacts(count))
    judged = encounters(count)
    claims = [claim(request) for request in requests]
    settings = read_settings()
    off, on = (Service.from_settings(replace(settings, cache=size)) for size in (0, settings.cache))
    bodies = [json.dumps(request).encode() for request in requests]
    claim_bodies = [orjson.dumps(item) for item in claims]

    def turn(function: Callable[[Any], object], items: Sequence[Any], number: int) -> float:
        """Calls a second. The second question takes the last of the contacts, so that no contact is met twice."""
        begin = (number + 1) * CONTACTS + (count - (TURNS + 1) * CONTACTS if isinstance(items[0], bytes) else WARM)
        return 1e6 / microseconds(function, items[begin : begin + CONTACTS], least=0)

    for encounter in judged[:WARM]:
        on.validator("dk").validate(encounter)
    with msdrg.MceEditor() as editor:
        edited = sum(bool(editor.edit(item)["edits"]) for item in claims) / count
        found = sum(off.validator("dk").validate(item).status != "ok" for item in judged) / count

        def plain(function: Callable[[Any], object], number: int, items: Sequence[Any]) -> float:
            with mock.patch.multiple(msdrg.mce, _dumps=_dumps, _loads=json.loads):
                return turn(function, items, number)

        calls = take_turns(
            {
                "msdrg": lambda number: plain(editor.edit, number, claims),
                "msdrg, orjson": partial(turn, editor.edit, claims),
                "validate, cache off": partial(turn, off.validator("dk").validate, judged),
                "validate, cache on": partial(turn, on.validator("dk").validate, judged),
            },
            TURNS,
        )
        texts = take_turns(
            {
                "msdrg": lambda number: plain(lambda body: json.dumps(editor.edit(json.loads(body))), number, claim_bodies),
                "msdrg, orjson": partial(turn, lambda body: orjson.dumps(editor.edit(orjson.loads(body))), claim_bodies),
                "judge, cache off": partial(turn, lambda body: off.judge(read_body(body)).json_text(), bodies),
                "judge, cache on": partial(turn, lambda body: on.judge(read_body(body)).json_text(), bodies),
            },
            TURNS,
        )
    for title, figures in (("object to object", calls), ("JSON text to JSON text", texts)):
        print(f"{title:24} {'a second':>10}  {'over msdrg':18} over msdrg with orjson")
        for name, values in figures.items():
            over, over_orjson = (spread(ratios(values, figures[rival])) for rival in ("msdrg", "msdrg, orjson"))
            print(f"  {name:22} {statistics.median(values):10.0f}  {over:18} {over_orjson}")
    for rival in ("msdrg", "msdrg, orjson"):
        for name in ("validate, cache off", "validate, cache on"):
            print(bound(f"{name}, over {rival}", statistics.median(ratios(calls[name], calls[rival])), 1, at_least=True))
    share = repetition(off.validator("dk"), judged)
    print(
        f"{count} contacts, the first {WARM} before the clock was started; the facts of {share:.0%} were those of one before it; "
        f"a finding on {found:.0%}, an edit on {edited:.0%}"
    )


def _dumps(claim: object) -> bytes:
    """As msdrg writes a claim where orjson is not installed."""
    return json.dumps(claim).encode()


if __name__ == "__main__":
    main()
