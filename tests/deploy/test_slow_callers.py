"""Behind nginx with the shipped configuration, slow callers do not delay others, however many they are.

The callers of an attack come from several addresses, so that the limit for each address does not help.
"""

from collections.abc import Collection

import pytest

from tests.deploy.conftest import Keyed
from tests.deploy.nginx import nginx_in_front_of
from tests.endurance.load import Load
from tests.endurance.slow import FILES, FORM, Slow
from tests.endurance.stream import stream
from validator import Service

pytestmark = pytest.mark.slow
ATTACKERS = 140  # more than the two workers have threads
ADDRESSES = 14
LONGEST = 10.0  # seconds that an honest request may wait in `make soak`; those of an attack lasted a minute
WITHOUT_KEY = {
    "a form slowly": (FORM,),
    "files unread": (FILES,),
    "contacts slowly": ("sends its body slowly", "sends chunks slowly"),
    "batches unread": ("sends a batch and reads nothing",),
    "heads slowly": ("says nothing", "sends its head slowly"),
}


def paced(port: int, keyed: Keyed, service: Service, rate: float, seconds: float) -> Load:
    """Send honest contacts and return their results."""
    load = Load(port, stream(service, 200, key=keyed.key))
    load.paced(rate, seconds)
    return load


def results(load: Load) -> str:
    wrong = f"{load.answered} answered, {load.wrong} wrong, {len(load.failures)} failed"
    return f"{wrong}, median {load.median * 1000:.1f} ms, longest {load.longest * 1000:.0f} ms"


def attacked(
    keyed: Keyed, service: Service, ways: Collection[str], rate: float, seconds: float, key: str = ""
) -> tuple[Load, Load]:
    """Return the results of honest contacts without and beside slow callers."""
    (asked,) = stream(service, 1)
    with nginx_in_front_of(keyed.port) as nginx:
        before = paced(nginx.port, keyed, service, rate, seconds)
        with Slow(nginx.port, asked, ATTACKERS // len(ways), only=ways, key=key, addresses=ADDRESSES) as slow:
            beside = paced(nginx.port, keyed, service, rate, seconds)
        assert len(slow) == ATTACKERS
    print(f"\n{ATTACKERS} callers ({', '.join(ways)}): {results(beside)}; without them {results(before)}")
    return before, beside


@pytest.mark.parametrize(
    ("rate", "seconds"), [pytest.param(50, 3, id="50 a second"), pytest.param(100, 60, marks=pytest.mark.soak, id="soak")]
)
@pytest.mark.parametrize("ways", WITHOUT_KEY.values(), ids=WITHOUT_KEY)
def test_slow_callers_without_a_key_delay_nobody(
    keyed: Keyed, service: Service, ways: Collection[str], rate: float, seconds: float
) -> None:
    before, beside = attacked(keyed, service, ways, rate, seconds)
    assert (before.failures, before.wrong) == ([], 0)
    assert (beside.failures, beside.wrong) == ([], 0)
    assert beside.answered > before.answered / 2
    assert seconds < 60 or (beside.answered > rate * seconds / 2 and beside.longest < LONGEST)


def test_slow_batches_of_a_key_are_limited(keyed: Keyed, service: Service) -> None:
    before, beside = attacked(keyed, service, ("sends a batch and reads nothing",), 50, 3, key=keyed.key)
    assert (beside.failures, beside.wrong) == ([], 0)
    assert beside.answered > before.answered / 2
