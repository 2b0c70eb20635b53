"""`GET /metrics` as a scraper reads it."""

from dataclasses import dataclass

from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families


@dataclass(frozen=True)
class Counts:
    """Every sample: its name, its labels, its value."""

    samples: dict[tuple[str, frozenset[tuple[str, str]]], float]

    def total(self, name: str, **labels: str) -> float:
        """The sum of the samples of a name that have these labels; 0 where there are none."""
        found = [value for (of, has), value in self.samples.items() if of == name and labels.items() <= dict(has).items()]
        return sum(found)

    def labels(self, label: str) -> set[str]:
        """All values of a label."""
        return {dict(has)[label] for _, has in self.samples if label in dict(has)}


def counts_of(text: str) -> Counts:
    """The counts in a text of the Prometheus format; no sample stands twice, and every metric says what it is."""
    found: dict[tuple[str, frozenset[tuple[str, str]]], float] = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for sample in family.samples:
            key = sample.name, frozenset(sample.labels.items())
            assert key not in found
            found[key] = sample.value
    return Counts(found)


def scraped(client: FlaskClient) -> Counts:
    response = client.get("/metrics")
    assert response.status_code == 200
    assert response.mimetype == "text/plain"
    return counts_of(response.text)
